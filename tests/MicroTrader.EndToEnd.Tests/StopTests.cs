using MicroTrader.EndToEnd.Tests.Support;

namespace MicroTrader.EndToEnd.Tests;

/// <summary>Ctrl+C: a robot that cannot be stopped is what people fear most.</summary>
public sealed class StopTests
{
    private const string Stopping = "^Stopping: no entries from now on, exits go on. Once more to end at once.$";

    [Fact]
    public async Task The_first_Ctrl_C_lets_exits_go_on_and_entries_not()
    {
        await using var folder = new HostFolder();
        // DJT begins to rise when AXSM has long been bought, and is still held: nobody may buy it then.
        var script = new PriceScript();
        for (var i = 0; i < 24; i++)
        {
            script.Rise("AXSM", 500);
            if (i >= 10)
                script.Rise("DJT");
        }

        var robot = await folder.TradeAsync(
            "--symbols", "AXSM,DJT", "--feed", "script", "--data", folder.Write("prices.csv", script.ToString()), "--set", "Exits:MaxHold=9s");
        await robot.Process.WaitForAsync("BUY order created: ");
        await robot.Process.InterruptAsync();
        var stopping = await robot.Process.WaitForAsync(Stopping);
        await robot.Process.WaitForAsync("Entry of DJT denied: Draining: ");
        await robot.Process.WaitForAsync("Position CLOSED: AXSM P&L: .* reason TIME$", stopping.Index);
        Assert.Equal(0, await robot.Process.ExitAsync());
        Assert.Single(robot.Process.Find("Creating BUY order: "));
        Assert.Single(robot.Process.Find(@"^Trades: 1 \(TIME 1\)"));
        Assert.Empty(robot.Process.Find("^Still open"));
    }

    [Fact]
    public async Task The_second_Ctrl_C_ends_at_once_and_the_next_start_carries_on()
    {
        await using var folder = new HostFolder();
        var robot = await StartAsync(folder, "Exits:MaxHold=30s");
        await robot.PositionAsync("AXSM", "OPEN");
        await robot.Process.InterruptAsync();
        await robot.Process.WaitForAsync(Stopping);
        await robot.Process.InterruptAsync();
        Assert.Equal(130, await robot.Process.ExitAsync());
        Assert.Single(robot.Process.Find("^Ended at once. What is open stays in the journal; the next start carries on.$"));

        var second = await StartAsync(folder, "Exits:MaxHold=1s");
        await second.Process.WaitForAsync("Recovered AXSM: OPEN, ");
        await second.Process.WaitForAsync("Position CLOSED: AXSM P&L: .* reason TIME$");
    }

    [Fact]
    public async Task A_service_managers_stop_drains_as_Ctrl_C_does()
    {
        await using var folder = new HostFolder();
        var robot = await StartAsync(folder, "Exits:MaxHold=3s");
        await robot.Process.WaitForAsync("BUY order created: ");
        await robot.Process.TerminateAsync();
        var stopping = await robot.Process.WaitForAsync(Stopping);
        await robot.Process.WaitForAsync("Position CLOSED: AXSM P&L: .* reason TIME$", stopping.Index);
        Assert.Equal(0, await robot.Process.ExitAsync());
        Assert.Single(robot.Process.Find(@"^Trades: 1 \(TIME 1\)"));
    }

    [Fact]
    public async Task A_deadline_that_passes_names_what_stays_open()
    {
        await using var folder = new HostFolder();
        var robot = await StartAsync(folder, "Exits:MaxHold=60s", "Shutdown:DrainTimeout=0s");
        var position = await robot.PositionAsync("AXSM", "OPEN");
        await robot.Process.InterruptAsync();
        Assert.Equal(1, await robot.Process.ExitAsync());
        var reference = position.EnumerateArray().Single().Text("reference");
        Assert.Single(robot.Process.Find($@"^Still open: AXSM OPEN x 1 \({reference}\)\. It stays in the journal; the next start carries on\.$"));
        Assert.Equal("OPEN", Assert.Single((await folder.DoAsync("positions", "--json")).Array).Text("status"));
    }

    private static Task<Robot> StartAsync(HostFolder folder, params string[] settings) => folder.TradeAsync([
        "--symbols", "AXSM", "--feed", "script", "--data", folder.Write("prices.csv", PriceScript.Rises(60, 700, "AXSM").ToString()), .. settings.SelectMany(s => new[] { "--set", s })]);
}
