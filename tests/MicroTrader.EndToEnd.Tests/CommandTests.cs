using System.Text.Json;
using MicroTrader.EndToEnd.Tests.Support;

namespace MicroTrader.EndToEnd.Tests;

/// <summary>What a person asks and tells a robot from another terminal.</summary>
public sealed class CommandTests
{
    [Fact]
    public async Task Without_a_robot_each_command_says_so_in_one_line()
    {
        await using var folder = new HostFolder();
        foreach (var command in new[] { "positions", "trades", "status" })
        {
            var answer = await folder.RunAsync(command, "--set", "Web:Port=0");
            Assert.Equal(1, answer.ExitCode);
            Assert.Single(answer.ErrorLines);
            Assert.Equal("", answer.Output);
        }

        Assert.Empty(folder.Left());
    }

    [Fact]
    public async Task Positions_and_trades_are_told_while_the_robot_runs_and_when_it_does_not()
    {
        await using var folder = new HostFolder();
        var robot = await StartAsync(folder, ["AXSM"], "Exits:MaxHold=4s");
        await robot.PositionAsync("AXSM", "OPEN");
        var held = Assert.Single((await folder.DoAsync("positions", "--json")).Array);
        Assert.Equal("AXSM", held.Text("symbol"));
        Assert.Equal("LONG", held.Text("direction"));
        Assert.Equal("AXSM-1-B1", held.Text("reference"));
        Assert.Equal(157.50m, held.Number("signalPrice"));
        Assert.Equal(1m, held.Number("quantity"));
        Assert.NotNull(held.Id("entryOrderId"));

        await robot.Process.WaitForAsync("Position CLOSED: AXSM ");
        var pause = await folder.DoAsync("pause");
        Assert.NotEmpty(pause.Output);
        await robot.WaitUntilAsync("positions", p => p.GetArrayLength() == 0, "nothing held");
        var running = (await folder.DoAsync("trades", "--json")).Output;
        var table = (await folder.DoAsync("trades")).Output;
        Assert.Contains("SYMBOL", table, StringComparison.Ordinal);
        Assert.Contains("AXSM", table, StringComparison.Ordinal);
        Assert.Contains(" TIME ", table, StringComparison.Ordinal);
        Assert.Contains("No positions.", (await folder.DoAsync("positions")).Output, StringComparison.Ordinal);
        await robot.Process.KillAsync();

        Assert.Equal(running, (await folder.DoAsync("trades", "--json")).Output);
        Assert.Empty((await folder.DoAsync("positions", "--json")).Array);
        var trade = Json.Array(running)[0];
        foreach (var field in new[] { "tradeNumber", "closeTime", "entryTime", "exitOrderId", "durationSeconds", "pnl", "pnlPercent", "net", "fees" })
            Assert.Equal(JsonValueKind.Undefined, trade.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null ? JsonValueKind.Undefined : value.ValueKind);
    }

    [Fact]
    public async Task Status_and_inspect_tell_how_the_robot_stands()
    {
        await using var folder = new HostFolder();
        var robot = await folder.TradeAsync("--symbols", "AXSM", "--feed", "script", "--data", folder.Write("quiet.csv", PriceScript.Quiet("AXSM").ToString()));
        await robot.Process.WaitForAsync("Ready to trade");
        await robot.WaitUntilAsync("symbols", s => s[0].GetProperty("ticks").GetInt64() >= 15, "a full window");

        var plain = (await folder.DoAsync("status")).Output;
        Assert.Matches(@"(?m)^mode +SIM\r?$", plain);
        Assert.Matches($@"(?m)^process +{robot.Process.Id}, since ", plain);
        Assert.Matches(@"(?m)^trading +Active ", plain);
        using (var status = JsonDocument.Parse((await folder.DoAsync("status", "--json")).Output))
        {
            Assert.Equal("SIM", status.RootElement.Text("mode"));
            Assert.Equal(folder.Journal, status.RootElement.Text("journal"));
            Assert.True(status.RootElement.GetProperty("ready").GetBoolean());
        }

        var reports = (await folder.DoAsync("inspect", "--json")).Array.ToDictionary(r => r.Text("actor")!, r => r.GetProperty("fields"));
        JsonElement Of(string part) => reports.Single(r => r.Key.Contains(part, StringComparison.Ordinal)).Value;
        Assert.Equal("15", Of("/strategy-AXSM").Text("window"));
        Assert.Contains("15 ticks", Of("/strategy-AXSM").Text("strategy"), StringComparison.Ordinal);
        Assert.Contains("moves up in a row", Of("/strategy-AXSM").Text("no entry because"), StringComparison.Ordinal);
        Assert.Equal("CLOSED", Of("/position-AXSM").Text("state"));
        foreach (var actor in new[] { "/feed", "/risk", "/gateway", "/reconciliation", "/ledger" })
            Assert.NotEmpty(Of(actor).EnumerateObject());
        Assert.Contains("/strategy-AXSM", (await folder.DoAsync("inspect")).Output, StringComparison.Ordinal);

        // Inspect also writes to the log what it prints.
        var log = await File.ReadAllTextAsync(folder.In("logs", "microtrader.log"));
        Assert.Matches(@"DBG /user/robot/strategy-AXSM: .*window.*15", log);
    }

    [Fact]
    public async Task A_pause_survives_a_restart_until_it_is_lifted()
    {
        await using var folder = new HostFolder();
        var robot = await StartAsync(folder, ["AXSM"], "Exits:MaxHold=1s");
        await folder.DoAsync("pause");
        Assert.Single(robot.Process.Find(@"Trading state: ExitOnly "));
        await robot.Process.InterruptAsync();
        Assert.Equal(0, await robot.Process.ExitAsync());

        var second = await StartAsync(folder, ["AXSM"], "Exits:MaxHold=1s");
        await second.Process.WaitForAsync("Entry of AXSM denied: ExitOnly: ");
        Assert.Empty(second.Process.Find("Creating BUY order"));
        using (var status = JsonDocument.Parse((await folder.DoAsync("status", "--json")).Output))
            Assert.Equal("ExitOnly", status.RootElement.Text("tradingState"));
        var before = second.Process.Count - 1;
        await folder.DoAsync("resume");
        await second.Process.WaitForAsync("Trading state: Active ", before);
        await second.Process.WaitForAsync("Creating BUY order: AXSM", before);
    }

    [Fact]
    public async Task Close_leaves_one_position_and_flatten_all()
    {
        await using var folder = new HostFolder();
        var robot = await StartAsync(folder, ["AXSM", "DJT"], "Exits:MaxHold=5m");
        await robot.PositionAsync("AXSM", "OPEN");
        await robot.PositionAsync("DJT", "OPEN");

        var nobody = await folder.RunAsync("close", "NOPE");
        Assert.Equal(1, nobody.ExitCode);
        Assert.Contains("NOPE: no such symbol", nobody.Output + nobody.Error, StringComparison.Ordinal);
        Assert.Contains("AXSM", (await folder.DoAsync("close", "axsm")).Output, StringComparison.Ordinal);
        var closed = await robot.Process.WaitForAsync(@"Position CLOSED: AXSM P&L: .* reason (?<reason>\w+)$");
        Assert.Equal("CLOSE", closed["reason"]);
        Assert.Empty(robot.Process.Find("Position CLOSED: DJT"));

        await folder.DoAsync("flatten");
        Assert.Equal("FLATTEN", (await robot.Process.WaitForAsync(@"Position CLOSED: DJT P&L: .* reason (?<reason>\w+)$"))["reason"]);
        await robot.WaitUntilAsync("positions", p => p.GetArrayLength() == 0, "nothing held");
        Assert.Equal("ExitOnly", (await robot.AskAsync("status")).Text("tradingState"));
        await robot.Process.WaitForAsync("Entry of DJT denied: ExitOnly");

        // Nothing is held: said so, and not done.
        var again = await folder.RunAsync("close", "DJT", "--json");
        Assert.Equal(1, again.ExitCode);
        using var answer = JsonDocument.Parse(again.Output);
        Assert.False(answer.RootElement.GetProperty("done").GetBoolean());
        await robot.Process.InterruptAsync();
        Assert.Equal(0, await robot.Process.ExitAsync());
        (await PaperBooks.ReadAsync(folder)).AgreeWith((await folder.DoAsync("trades", "--json")).Array);
    }

    private static Task<Robot> StartAsync(HostFolder folder, string[] symbols, params string[] settings) => folder.TradeAsync([
        "--symbols", string.Join(',', symbols), "--feed", "script", "--data", folder.Write("prices.csv", PriceScript.Rises(80, 500, symbols).ToString()), .. settings.SelectMany(s => new[] { "--set", s })]);
}
