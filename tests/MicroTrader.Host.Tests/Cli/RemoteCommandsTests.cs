using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using MicroTrader.Actors.Journal;
using MicroTrader.Dashboard;
using MicroTrader.Domain.Robot;
using MicroTrader.Host.Tests.Support;

namespace MicroTrader.Host.Tests.Cli;

public sealed class RemoteCommandsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Status_shows_the_robot_at_a_glance()
    {
        await using var server = await RobotServer.StartAsync(new FixedRobot());

        var run = await AskAsync(server, "status");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        foreach (var words in new[] { "SIM", "synthetic, a tick every 250 ms", "10000001", "4711, since 2026-10-14 13:25:05Z", "Active (started)", "1 position(s)", "MAX_OPEN 3", "12s ago, 2026-10-14 13:26:05Z" })
            Assert.Contains(words, run.Output);
    }

    [Fact]
    public async Task Status_says_what_needs_the_person_and_what_to_type()
    {
        await using var server = await RobotServer.StartAsync(new FixedRobot { Status = new FixedRobot().Status with { Blocked = [FixedRobot.Ambiguous], ReconciledAt = null, ReconciliationAgeSeconds = null, TradingState = "Stopped" } });

        var run = await AskAsync(server, "status");

        foreach (var words in new[]
        {
            "DJT AMBIGUOUS",
            "NEEDS YOU  DJT  AMBIGUOUS, since 2026-10-14 13:25:05Z: orders 501, 502 could all be DJT-4-B1",
            "our order DJT-4-B1; orders in question: 501, 502; the robot holds 0",
            "resolve DJT mine --order 501  order 501 is DJT-4-B1",
            "resolve DJT not-mine          orders 501, 502 are yours",
            "never since the start",
            "no orders at all, what is open stays unmanaged; resume ends it",
        })
            Assert.Contains(words, run.Output);

        using var json = JsonDocument.Parse((await AskAsync(server, "status", "--json")).Output);
        var blocked = Assert.Single(json.RootElement.GetProperty("blocked").EnumerateArray());
        Assert.Equal("resolve DJT mine --order 501", blocked.GetProperty("choices")[0].GetProperty("command").GetString());
    }

    [Fact]
    public async Task Stop_all_prints_what_stays_unmanaged()
    {
        await using var server = await RobotServer.StartAsync(new FixedRobot());

        var run = await AskAsync(server, "stop-all");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Unmanaged: AXSM x 1.5 (OPEN, bought at 157.125).", run.Output);
        Assert.Equal(["Stopped: stopped by a person"], server.Robot.Told);
    }

    [Fact]
    public async Task Status_shows_what_risk_has_counted()
    {
        var until = new DateTimeOffset(2026, 10, 14, 13, 30, 0, TimeSpan.Zero);
        var counted = new RiskSummary(3, 3, until, 4, 15, 2, 40, new DateOnly(2026, 10, 14), -50.004m, 5, 1, 50m, true, "EUR");
        var bare = new RiskSummary(0, null, null, 0, null, 0, null, null, null, 0, 0, null, false, null);

        Assert.Equal(
            [
                "-50.00 EUR after 5 trade(s), 1 of them estimated; at most -50.00 EUR a day in New York: REACHED, no entries before the next day",
                "3 in a row, a pause after 3: no entries before 13:30:00Z",
                "4 trade(s) this hour, at most 15; 2 order(s) this minute, at most 40",
            ],
            await RowsAsync(counted));
        Assert.Equal(
            ["not known after 0 trade(s); no limit to a day's loss", "0 in a row", "0 trade(s) this hour, no limit; 0 order(s) this minute, no limit"],
            await RowsAsync(bare));

        async Task<IEnumerable<string>> RowsAsync(RiskSummary risk)
        {
            var robot = new FixedRobot();
            await using var server = await RobotServer.StartAsync(new FixedRobot { Status = robot.Status with { Risk = risk } });
            var run = await AskAsync(server, "status");
            return run.Output.Split('\n').Select(l => l.Trim()).Where(l => l.Split(' ')[0] is "today" or "losses" or "pace").Select(l => l[l.IndexOf(' ', StringComparison.Ordinal)..].Trim());
        }
    }

    [Fact]
    public async Task Status_as_json_is_the_apis()
    {
        await using var server = await RobotServer.StartAsync(new FixedRobot());

        var run = await AskAsync(server, "status", "--json");

        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal("SIM", json.RootElement.GetProperty("mode").GetString());
        Assert.Equal(3, json.RootElement.GetProperty("denials").GetProperty("MAX_OPEN").GetInt64());
    }

    [Fact]
    public async Task Inspect_prints_every_report()
    {
        await using var server = await RobotServer.StartAsync(new FixedRobot());

        var run = await AskAsync(server, "inspect");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("/user/robot/risk", run.Output);
        Assert.Contains("state  Active", run.Output);
    }

    [Fact]
    public async Task Decisions_tell_why_a_symbol_was_not_bought()
    {
        var at = new DateTimeOffset(2026, 6, 1, 14, 2, 5, TimeSpan.Zero);
        await using var server = await RobotServer.StartAsync(new FixedRobot
        {
            Decided = [new DecisionView(at, "AXSM", 157.1m, 0.2m, 3, 2m, true, "AXSM-17"), new DecisionView(at.AddSeconds(-5), "HUT", 41.2m, 0.1m, 3, null, false, "denied: CoolDown: a pause")],
        });

        var all = await AskAsync(server, "decisions");
        Assert.Equal(0, all.ExitCode);
        Assert.Contains("entered: AXSM-17", all.Output);
        Assert.Contains("denied: CoolDown: a pause", all.Output);
        var one = await AskAsync(server, "decisions", "hut");
        Assert.DoesNotContain("AXSM", one.Output);
        Assert.Contains("2026-06-01 14:02:00", one.Output);
        Assert.Contains("denied: CoolDown: a pause", one.Output);
        using var json = JsonDocument.Parse((await AskAsync(server, "decisions", "HUT", "--json")).Output);
        Assert.Equal("denied: CoolDown: a pause", Assert.Single(json.RootElement.EnumerateArray()).GetProperty("outcome").GetString());
        Assert.Contains("No wish", (await AskAsync(server, "decisions", "DJT")).Output);
        var wrong = await AskAsync(server, "decisions", "no symbol");
        Assert.NotEqual(0, wrong.ExitCode);
        Assert.Contains("'no symbol' is not a symbol", wrong.Error);
    }

    [Theory]
    [InlineData("pause", "ExitOnly: paused by a person")]
    [InlineData("resume", "Active: resumed by a person")]
    [InlineData("flatten", "flatten")]
    [InlineData("close AXSM", "close AXSM")]
    [InlineData("reconcile", "reconcile")]
    public async Task A_command_is_passed_on_and_its_answer_printed(string command, string told)
    {
        await using var server = await RobotServer.StartAsync(new FixedRobot());

        var run = await AskAsync(server, command.Split(' '));

        Assert.Equal((0, "done as told", ""), (run.ExitCode, run.Output.Trim(), run.Error));
        Assert.Equal([told], server.Robot.Told);
    }

    [Theory]
    [InlineData("pause")]
    [InlineData("close AXSM")]
    public async Task A_command_that_is_not_done_says_why_and_fails(string command)
    {
        await using var server = await RobotServer.StartAsync(new FixedRobot { Answer = new CommandResult(false, "no position of AXSM") });

        var run = await AskAsync(server, command.Split(' '));

        Assert.Equal((1, "no position of AXSM"), (run.ExitCode, run.Output.Trim()));
    }

    [Fact]
    public async Task A_symbol_that_is_none_fails_with_the_reason()
    {
        await using var server = await RobotServer.StartAsync(new FixedRobot());

        var run = await AskAsync(server, "close", "4U");

        Assert.Equal((1, "'4U' is not a symbol"), (run.ExitCode, run.Output.Trim()));
    }

    [Fact]
    public async Task A_robot_that_does_not_answer_in_time_fails_in_a_line()
    {
        await using var server = await RobotServer.StartAsync(new FixedRobot { Silent = new HashSet<string> { "status" } });

        var run = await AskAsync(server, "status");

        Assert.Equal((1, $"{server.Address}: answered 503: the robot did not answer about status"), (run.ExitCode, run.ErrorLine));
    }

    [Fact]
    public async Task The_robot_is_found_where_it_wrote_down_that_it_is()
    {
        await using var server = await RobotServer.StartAsync(new FixedRobot());
        using var held = Hold("sim-1", server.Address);

        var run = await FindAsync("pause");

        Assert.Equal(0, run.ExitCode);
        Assert.Single(server.Robot.Told);
    }

    [Fact]
    public async Task A_robot_that_was_killed_does_not_hide_the_one_that_runs()
    {
        await using var server = await RobotServer.StartAsync(new FixedRobot());
        using var killed = Hold("sim-1", new Uri($"http://127.0.0.1:{FreePort()}"));
        using var held = Hold("practice-1", server.Address);

        var run = await FindAsync("pause");

        Assert.Equal(0, run.ExitCode);
        Assert.Single(server.Robot.Told);
    }

    [Fact]
    public async Task Another_program_at_a_robots_old_address_is_not_taken_for_one()
    {
        await using var other = await HeaderListener.StartAsync(200, "text/html", "<html>\n</html>");
        using var held = Hold("sim-1", other.Address);

        var run = await FindAsync("flatten");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("no robot is running", run.ErrorLine);
        Assert.All(other.Requests, r => Assert.Equal("/api/v1/status", r.Path));
    }

    [Fact]
    public async Task Where_several_robots_run_a_command_reaches_none_until_one_is_named()
    {
        await using var sim = await RobotServer.StartAsync(new FixedRobot());
        await using var practice = await RobotServer.StartAsync(new FixedRobot { Status = new FixedRobot().Status with { Mode = "PRACTICE" } });
        using var held = Hold("sim-1", sim.Address);
        using var heldToo = Hold("practice-1", practice.Address);

        var run = await FindAsync("flatten");

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("several robots run: ", run.ErrorLine);
        Assert.Contains($"{sim.Address} (SIM)", run.ErrorLine);
        Assert.Contains($"{practice.Address} (PRACTICE)", run.ErrorLine);
        Assert.Empty(sim.Robot.Told.Concat(practice.Robot.Told));

        Assert.Equal(0, (await FindAsync("flatten", "--mode", "practice")).ExitCode);
        Assert.Equal(0, (await AskAsync(sim, "pause")).ExitCode);
        Assert.Equal(["ExitOnly: paused by a person"], sim.Robot.Told);
        Assert.Equal(["flatten"], practice.Robot.Told);
    }

    [Fact]
    public async Task A_robot_of_another_mode_is_not_the_one_that_was_meant()
    {
        await using var server = await RobotServer.StartAsync(new FixedRobot());
        using var held = Hold("sim-1", server.Address);

        var run = await FindAsync("flatten", "--mode", "practice");

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("no robot of mode practice is running", run.ErrorLine);
        Assert.Empty(server.Robot.Told);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("inspect")]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("flatten")]
    [InlineData("close", "AXSM")]
    [InlineData("stop-all")]
    [InlineData("reconcile")]
    [InlineData("resolve", "AXSM", "mine", "--yes")]
    public async Task Without_a_robot_a_command_fails_in_a_line(params string[] command)
    {
        var run = await FindAsync(command);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("no robot is running (none has written down its address)", run.ErrorLine);
    }

    [Fact]
    public async Task The_usual_place_is_asked_where_nothing_was_written_down()
    {
        await using var server = await RobotServer.StartAsync(new FixedRobot());

        Assert.Equal(0, (await FindAsync("status", "--set", $"Web:Port={server.Address.Port}")).ExitCode);
    }

    [Fact]
    public async Task A_named_address_where_nobody_is_fails_in_a_line()
    {
        var url = $"http://127.0.0.1:{FreePort()}";

        var run = await CommandLine.RunAsync("flatten", "--url", url);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"no robot is running (nobody answers at {url}", run.ErrorLine);
    }

    [Theory]
    [InlineData(200, "text/html", "<html>\n</html>", "is no robot")]
    [InlineData(200, "application/json", "[1]", "is no robot of this version")]
    [InlineData(200, "application/json", "{", "is no robot of this version")]
    [InlineData(404, "text/html", "<html>\nlost\n</html>", "answered 404: <html>")]
    [InlineData(409, "text/plain", "busy\nvery", "answered 409: busy")]
    [InlineData(307, "text/plain", "go on", "answered 307: go on")]
    public async Task A_named_address_of_another_program_fails_in_a_line(int status, string contentType, string body, string words)
    {
        await using var other = await HeaderListener.StartAsync(status, contentType, body);
        foreach (var command in new[] { "pause", "status" })
        {
            var run = await CommandLine.RunAsync(command, "--url", other.Address.ToString());

            Assert.Equal(1, run.ExitCode);
            Assert.StartsWith(other.Address.ToString(), run.ErrorLine);
            Assert.Contains(words, run.ErrorLine);
        }
    }

    [Theory]
    [InlineData("127.0.0.1:5210")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("here")]
    public async Task What_is_no_address_is_refused(string url)
    {
        var run = await CommandLine.RunAsync("status", "--url", url);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"--url: '{url}' is not allowed", run.ErrorLine);
    }

    [Fact]
    public async Task A_robot_that_asks_for_a_token_is_shown_it_and_says_so_where_it_is_missing()
    {
        const string Token = "a-token-of-a-test-0123456789";
        await using var server = await RobotServer.StartAsync(new FixedRobot(), new WebGate { Token = Token });

        var with = await AskAsync(server, "pause", "--set", $"Web:Token={Token}");
        var without = await AskAsync(server, "pause");
        var wrong = await AskAsync(server, "pause", "--set", $"Web:Token={Token}-");

        Assert.Equal((0, ""), (with.ExitCode, with.Error));
        foreach (var refused in new[] { without, wrong })
        {
            Assert.NotEqual(0, refused.ExitCode);
            Assert.Contains("401", refused.Error);
            Assert.Contains("Web:Token", refused.Error);
            Assert.DoesNotContain(Token, refused.Error);
        }

        Assert.Equal(["ExitOnly: paused by a person"], server.Robot.Told);
    }

    private static Task<CommandLine> AskAsync(RobotServer server, params string[] command) => CommandLine.RunAsync([.. command, "--url", server.Address.ToString()]);

    // Port 0: there is no usual place, so that a robot of the person who runs the tests is left alone.
    private Task<CommandLine> FindAsync(params string[] command) => CommandLine.RunAsync([command[0], "--set", $"Journal:Folder={_folder.Path}", "--set", "Web:Port=0", .. command[1..]]);

    private HostLock Hold(string name, Uri address) => HostLock.Take(_folder.File(name), new HostHolder("here", 1, FixedRobot.Start, address.ToString()));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
