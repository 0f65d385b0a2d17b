using Microsoft.Extensions.Logging;
using MicroTrader.Actors.Tests.Support;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Simulators.Paper;

namespace MicroTrader.Actors.Tests;

/// <summary>A whole trade over real HTTP: the design's example, and the other ways out.</summary>
public sealed class TradeEndToEndTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_design_s_example_leaves_by_take_profit_with_its_four_lines(bool pump)
    {
        await using var robot = await RobotHarness.StartAsync(new HarnessOptions { Pump = pump });
        var before = robot.Logs.ForPeople.Count;
        await robot.OpenAsync(at: 157.50m);
        await robot.TickAsync("AXSM", 159.50m);
        await robot.UntilStatusAsync(PositionStatus.Closed);
        await robot.EventuallyAsync(() => robot.Logs.Count(4) == 1, "the last line");

        var trade = Assert.Single(robot.Trades);
        Assert.Equal(("TP", 157.50m, 159.50m, 2.00m), (trade.CloseReason, trade.EntryPrice, trade.ClosePrice, trade.Pnl));
        Assert.Equal(1.27m, Math.Round(trade.PnlPercent!.Value, 2));
        Assert.Equal((2.00m, "USD", 0m), (trade.Net, trade.NetCurrency, trade.Fees));
        robot.AssertVenue(posts: 2, buys: 1, sells: 1);

        var orders = robot.Broker.ReadLedger().Orders;
        var lines = robot.Logs.ForPeople.Skip(before).ToList();
        Assert.Equal(
            [
                "Creating BUY order: AXSM x 1.0",
                $"BUY order created: {orders[0].Id}",
                "Closing position: AXSM",
                "Position CLOSED: AXSM P&L: +2.00 USD (+1.27%) reason TP",
            ],
            lines.Select(l => l.Message));
        Assert.All(lines, l => Assert.Equal((LogLevel.Information, "AXSM"), (l.Level, l.Properties["Symbol"])));
        Assert.Equal(["AXSM-1-B1", "AXSM-1-B1", "AXSM-1-S1", "AXSM-1-S1"], lines.Select(l => l.Properties["Reference"]));
        Assert.DoesNotContain(robot.Logs.Lines, l => l.Message.Contains("dead letter", StringComparison.Ordinal));
        Assert.Equal([orders[0].Id, orders[1].Id], new[] { lines[1], lines[3] }.Select(l => (long)l.Properties["OrderId"]!));
    }

    [Theory]
    [InlineData(159.07, "OPEN")]
    [InlineData(159.075, "TP")]
    [InlineData(156.72, "OPEN")]
    [InlineData(156.7125, "SL")]
    public async Task A_position_is_left_at_its_limits_and_not_a_cent_before(double price, string end)
    {
        await using var robot = await RobotHarness.StartAsync();
        await robot.OpenAsync(at: 157.50m);
        await robot.TickAsync("AXSM", (decimal)price);

        if (end == "OPEN")
        {
            Assert.Equal(PositionStatus.Open, robot.State().Status);
            robot.AssertVenue(posts: 1, buys: 1, sells: 0, left: 1m);
            return;
        }

        await robot.UntilStatusAsync(PositionStatus.Closed, within: TimeSpan.FromSeconds(8));
        Assert.Equal(end, Assert.Single(robot.Trades).CloseReason);
        robot.AssertVenue(posts: 2, buys: 1, sells: 1);
    }

    [Fact]
    public async Task A_loss_is_cut_with_its_sign_and_percent()
    {
        await using var robot = await RobotHarness.StartAsync();
        await robot.OpenAsync(at: 157.50m);
        await robot.TickAsync("AXSM", 156.50m);
        await robot.UntilStatusAsync(PositionStatus.Closed);

        Assert.Equal("Position CLOSED: AXSM P&L: -1.00 USD (-0.63%) reason SL", robot.Logs.ForPeople[^1].Message);
        robot.AssertVenue(posts: 2, buys: 1, sells: 1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Time_counts_from_the_fill_and_needs_no_tick(bool historyFirst)
    {
        await using var robot = await RobotHarness.StartAsync();
        if (historyFirst)
            robot.Broker.Faults.FreezePositions();
        await robot.OpenAsync();
        var from = robot.Broker.ReadLedger().Fills.Single().FilledAt;
        Assert.Equal(historyFirst ? OrderStatus.Settled : OrderStatus.FilledProvisionally, robot.State().Trade!.Entry.Status);
        await robot.AdvanceAsync(from + TimeSpan.FromSeconds(10) - TimeSpan.FromMilliseconds(1) - robot.Now);
        Assert.Equal(PositionStatus.Open, robot.State().Status);
        Assert.Equal(1, robot.Broker.PostsReceived);

        await robot.AdvanceAsync(TimeSpan.FromMilliseconds(1));
        Assert.Equal(PositionStatus.PendingClose, robot.State().Status);
        await robot.UntilStatusAsync(PositionStatus.Closed);
        Assert.Equal("TIME", Assert.Single(robot.Trades).CloseReason);
        robot.AssertVenue(posts: 2, buys: 1, sells: 1);
    }

    [Fact]
    public async Task A_refused_entry_is_closed_with_the_broker_s_reason_and_the_next_signal_trades()
    {
        await using var robot = await RobotHarness.StartAsync(new HarnessOptions { Venue = o => o with { StartingCash = 200m } });
        robot.Broker.PutPrice("AXSM_US_EQ", 157.50m);
        var person = robot.Broker.PlaceByPerson("AXSM_US_EQ", 1m);
        await robot.SignalAsync(at: 157.50m);
        await robot.UntilAsync(() => robot.Trades.Count == 1, "the entry came to nothing");

        var refused = robot.Trades[0];
        Assert.Equal("REJECTED", refused.CloseReason);
        Assert.Contains("insufficient-free-for-stocks-buy", refused.CloseDetail, StringComparison.Ordinal);
        Assert.Null(refused.EntryOrderId);
        var line = robot.Logs.ForPeople[^1];
        Assert.Equal((LogLevel.Warning, refused.CloseDetail), (line.Level, line.Properties["Detail"]));
        Assert.Equal(1, robot.Broker.PostsReceived);

        // The person sells: there is cash again.
        await robot.UntilAsync(() => !robot.Broker.ReadLedger().Orders.Single(o => o.Id == person.Id).IsPending, "the person's order is filled");
        robot.Broker.PlaceByPerson("AXSM_US_EQ", -1m);
        await robot.AdvanceAsync(TimeSpan.FromSeconds(1));
        await robot.OpenAsync(at: 158m);
        await robot.TickAsync("AXSM", 161m);
        await robot.UntilStatusAsync(PositionStatus.Closed);
        Assert.Equal(["REJECTED", "TP"], robot.Trades.Select(t => t.CloseReason));
        Assert.Equal(3, robot.Broker.PostsReceived);
        Assert.Equal(0m, robot.Broker.ReadLedger().Fills.Sum(f => f.Quantity));
    }

    [Fact]
    public async Task A_person_closes_one_position_and_flattens_all()
    {
        await using var robot = await RobotHarness.StartAsync(new HarnessOptions { Symbols = ["AXSM", "HUT"] });
        await robot.OpenAsync("AXSM", 157.50m);
        await robot.OpenAsync("HUT", 41.20m);
        Assert.True((await robot.Robot.CloseAsync(Domain.Market.Symbol.Parse("HUT"), default)).Done);
        await robot.UntilStatusAsync(PositionStatus.Closed, "HUT", TimeSpan.FromSeconds(9));
        Assert.Equal(PositionStatus.Open, robot.State().Status);
        Assert.Equal("CLOSE", Assert.Single(robot.Trades).CloseReason);

        Assert.True((await robot.Robot.FlattenAsync(default)).Done);
        // The history, whose figures end a trade, may be read six times a minute.
        await robot.UntilStatusAsync(PositionStatus.Closed, within: TimeSpan.FromSeconds(20));
        Assert.Equal(["CLOSE", "FLATTEN"], robot.Trades.Select(t => t.CloseReason));
        Assert.Equal("ExitOnly", (await robot.Robot.StatusAsync(default)).TradingState);
        Assert.False((await robot.Robot.CloseAsync(Domain.Market.Symbol.Parse("HUT"), default)).Done);
        var unknown = await robot.Robot.CloseAsync(Domain.Market.Symbol.Parse("NOPE"), default);
        Assert.Contains("no such symbol", unknown.Message, StringComparison.Ordinal);
        robot.AssertVenue(posts: 4, buys: 1, sells: 1);
        robot.AssertVenue(posts: 4, buys: 1, sells: 1, symbol: "HUT");
    }

    [Fact]
    public async Task An_entry_filled_in_two_pieces_has_their_weighted_price()
    {
        await using var robot = await RobotHarness.StartAsync(new HarnessOptions { Settings = s => s with { Quantity = 4m } });
        robot.Broker.Faults.NextOrder(PaperFate.InTwoPieces(0.25m));
        await robot.SignalAsync(at: 100m);
        await robot.UntilAsync(() => robot.Broker.ReadLedger().Fills.Count == 1, "the first piece is filled");
        robot.Broker.PutPrice("AXSM_US_EQ", 100.40m);
        await robot.UntilStatusAsync(PositionStatus.Open);
        Assert.Equal(4m, robot.State().Trade!.Held);
        await robot.UntilOrderAsync(OrderStatus.Settled, OrderSide.Buy);

        Assert.Equal(100.30m, robot.State().Trade!.EntryPrice);
        Assert.Equal(2, robot.State().Trade!.Entry.Fills.Count);
        await robot.UntilStatusAsync(PositionStatus.Closed);
        robot.AssertVenue(posts: 2, buys: 1, sells: 1);
        Assert.Equal(ExitReason.Time, robot.State().Trade!.CloseReason);
    }
}
