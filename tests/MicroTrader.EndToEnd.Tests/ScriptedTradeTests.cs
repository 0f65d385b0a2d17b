using MicroTrader.EndToEnd.Tests.Support;

namespace MicroTrader.EndToEnd.Tests;

/// <summary>The design's example, to the cent, over real HTTP: one trade by each way out, and an entry that the broker refuses.</summary>
public sealed class ScriptedTradeTests
{
    [Fact]
    public async Task A_trade_leaves_by_TP_SL_or_TIME_with_the_profit_of_the_prices()
    {
        await using var folder = new HostFolder();
        var script = new PriceScript();
        for (var i = 0; i < 3; i++)
        {
            script.Rise("AXSM", 2_000).Rise("DJT").Rise("WULF");
            // Long enough for the fills, at the price of the entry.
            script.Tick("AXSM", 159.50m, 4_000).Tick("DJT", 156.50m, 0).Tick("WULF", 157.80m, 0);
            // Long enough for TIME, and for the fills of the exits.
            script.Tick("AXSM", 159.50m, 6_000);
        }

        var robot = await folder.TradeAsync(
            "--symbols", "AXSM,DJT,WULF", "--feed", "script", "--data", folder.Write("prices.csv", script.ToString()), "--set", "Exits:MaxHold=6s");
        await Task.WhenAll(
            robot.Process.WaitForAsync(@"Position CLOSED: AXSM P&L: \+2\.00 USD \(\+1\.27%\) reason TP$"),
            robot.Process.WaitForAsync(@"Position CLOSED: DJT P&L: -1\.00 USD \(-0\.63%\) reason SL$"),
            robot.Process.WaitForAsync(@"Position CLOSED: WULF P&L: \+0\.30 USD \(\+0\.19%\) reason TIME$"));
        await robot.Process.InterruptAsync();
        Assert.Equal(0, await robot.Process.ExitAsync());

        var trades = (await folder.DoAsync("trades", "--json")).Array;
        var tp = trades.First(t => t.Text("symbol") == "AXSM");
        Assert.Equal(157.50m, tp.Number("signalPrice"));
        Assert.Equal(157.50m, tp.Number("entryPrice"));
        Assert.Equal(159.50m, tp.Number("closePrice"));
        Assert.Equal(2.00m, tp.Number("pnl"));
        Assert.Equal(1.27m, Math.Round(tp.Number("pnlPercent"), 2));
        Assert.Equal("TP", tp.Text("closeReason"));
        Assert.Equal("LONG", tp.Text("direction"));
        Assert.Equal(1m, tp.Number("quantity"));
        Assert.Equal(2.00m, tp.Number("net"));
        var time = trades.First(t => t.Text("symbol") == "WULF");
        Assert.InRange(time.GetProperty("durationSeconds").GetDouble(), 6.0, 30.0);
        (await PaperBooks.ReadAsync(folder)).AgreeWith(trades);
    }

    [Fact]
    public async Task A_rejected_entry_ends_CLOSED_with_the_brokers_reason()
    {
        await using var folder = new HostFolder();
        var script = folder.Write("prices.csv", PriceScript.Rises(30, 700, "AXSM").ToString());
        var robot = await folder.TradeAsync("--symbols", "AXSM", "--feed", "script", "--data", script, "--set", "Paper:StartingCash=1", "--set", "Risk:CashHoldBackPercent=");
        var closed = await robot.Process.WaitForAsync(@"Position CLOSED: AXSM without a trade, reason REJECTED: (?<detail>.+)$");
        Assert.Contains("free", closed["detail"], StringComparison.OrdinalIgnoreCase);
        await robot.Process.InterruptAsync();
        Assert.Equal(0, await robot.Process.ExitAsync());

        var trade = (await folder.DoAsync("trades", "--json")).Array[0];
        Assert.Equal("REJECTED", trade.Text("closeReason"));
        Assert.Equal(0m, trade.Number("quantity"));
        Assert.True(trade.IsNull("pnl"));
        Assert.Contains(trade.Text("closeDetail")!, closed["detail"], StringComparison.Ordinal);
    }

    // All symbols rise at the same moment, again and again, from before the robot is ready on: only one may be held at any time.
    [Fact]
    public async Task Never_more_positions_than_allowed()
    {
        await using var folder = new HostFolder();
        var script = folder.Write("prices.csv", PriceScript.Rises(60, 50, "AXSM", "DJT", "WULF", "HUT").ToString());
        var robot = await folder.TradeAsync("--feed", "script", "--data", script, "--set", "Risk:MaxOpenPositions=1", "--set", "Exits:MaxHold=1s");
        var first = await robot.Process.WaitForAsync("Position CLOSED: ");
        await robot.Process.WaitForAsync("Position CLOSED: ", first.Index);
        // A third one, if there is one, is left within the usual drain; what closes it is read when the history's limit allows.
        await robot.Process.InterruptAsync();
        Assert.Equal(0, await robot.Process.ExitAsync());
        var held = 0;
        foreach (var line in robot.Process.Find("(Creating BUY order|Position CLOSED): "))
        {
            held += line.Text.Contains("Creating", StringComparison.Ordinal) ? 1 : -1;
            Assert.True(held is 0 or 1, robot.Process.Told());
        }

        Assert.NotEmpty(robot.Process.Find("denied: TooManyPositions: 1 positions, 1 are allowed"));
    }
}
