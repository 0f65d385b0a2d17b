using System.Globalization;
using MicroTrader.Actors.Messages;
using MicroTrader.Actors.Tests.Support;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Actors.Tests;

/// <summary>What the read side keeps in memory of orders does not grow with trades.</summary>
public sealed class LedgerMemoryTests
{
    [Fact]
    public async Task The_newest_orders_are_kept_and_those_of_old_trades_forgotten()
    {
        await using var robot = await RobotHarness.StartAsync();
        var ledger = robot.System.ActorSelection("/user/robot/ledger");
        for (var trade = 1; trade <= 2_500; trade++)
        {
            ledger.Tell(new PositionShown(Symbol.Parse("AXSM"), null, null, [Order(trade, "B1", 0), Order(trade, "S1", 5)]), Akka.Actor.ActorRefs.NoSender);
        }

        await robot.RestAsync();
        var orders = await robot.Robot.OrdersAsync(1_000, default);
        Assert.Equal(1_000, orders.Count);
        Assert.Equal(["AXSM-2500-S1", "AXSM-2500-B1"], orders.Take(2).Select(o => o.Reference));
        Assert.Equal("AXSM-2001-B1", orders[^1].Reference);
        Assert.InRange(int.Parse((await robot.ReportAsync("ledger")).Fields["trades with orders"], CultureInfo.InvariantCulture), 1_000, 1_999);

        OrderView Order(int trade, string name, int seconds) => new(
            $"AXSM-{trade}-{name}", $"AXSM-{trade}", "AXSM", "AXSM_US_EQ", name[0] == 'B' ? "BUY" : "SELL", 1m, "Settled", trade, 1m, 157m, "USD", robot.Now.AddMinutes(trade).AddSeconds(seconds), false);
    }

    [Fact]
    public async Task A_start_on_a_journal_of_many_trades_keeps_the_newest_orders_alone()
    {
        await using var robot = await RobotHarness.StartAsync();
        await FactWriter.WriteAsync(robot.System, "HUT", [.. Enumerable.Range(1, 1_050).SelectMany(n => PastTrades.Refused("HUT", n, robot.Now.AddMinutes(n)))]);
        await robot.RestartRobotAsync();

        await robot.EventuallyAsync(async () => (await robot.ReportAsync("ledger")).Fields["loaded"] == "True", "the journal is read");
        Assert.Equal("1000", (await robot.ReportAsync("ledger")).Fields["trades with orders"]);
        Assert.Equal(["HUT-1050-B1", "HUT-1049-B1"], (await robot.Robot.OrdersAsync(2, default)).Select(o => o.Reference));
        Assert.Equal(1_050, (await robot.Robot.TradePageAsync(new TradeQuery(), default)).Total);
    }
}
