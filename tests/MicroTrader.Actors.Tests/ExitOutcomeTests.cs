using MicroTrader.Actors.Tests.Support;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Simulators.Paper;

namespace MicroTrader.Actors.Tests;

/// <summary>What becomes of a sell whose request or answer goes wrong. Never a second one while the first may exist; never a forgotten share.</summary>
public sealed class ExitOutcomeTests
{
    [Theory]
    [InlineData("lost request")]
    [InlineData("500 before")]
    [InlineData("408 before")]
    public async Task An_exit_that_did_not_arrive_is_sent_anew_only_after_the_settle_window(string fault)
    {
        await using var robot = await RobotHarness.StartAsync();
        await robot.OpenAsync(at: 157.50m);
        robot.Broker.Faults.Next(PaperEndpoint.PlaceMarketOrder, Faults.Named(fault));
        await robot.TickAsync("AXSM", 159.50m);
        await robot.UntilOrderAsync(OrderStatus.Unknown, OrderSide.Sell);
        var since = robot.State().Trade!.LastExit!.UnknownSince!.Value;

        // Whatever is asked meanwhile, nothing is sent.
        await robot.TickAsync("AXSM", 150m);
        await robot.Robot.CloseAsync(Domain.Market.Symbol.Parse("AXSM"), default);
        await robot.Robot.FlattenAsync(default);
        await robot.AdvanceAsync(since + TimeSpan.FromSeconds(29) - robot.Now);
        Assert.Equal(2, robot.Broker.PostsReceived);

        await robot.UntilStatusAsync(PositionStatus.Closed);
        Assert.Equal(["AXSM-1-S1", "AXSM-1-S2"], robot.Facts().OfType<ExitIntended>().Select(e => e.Reference.Value));
        Assert.Equal("TP", Assert.Single(robot.Trades).CloseReason);

        // The first is still watched for; the second's order is not taken for it.
        await robot.AdvanceAsync(TimeSpan.FromMinutes(20));
        Assert.DoesNotContain(robot.Facts(), f => f is OrderFound);
        Assert.Equal(0, robot.Logs.Count(25));
        robot.AssertVenue(posts: 3, buys: 1, sells: 1);
    }

    [Theory]
    [InlineData("lost answer")]
    [InlineData("500 after")]
    [InlineData("408 after")]
    [InlineData("cut body")]
    [InlineData("malformed body")]
    public async Task An_exit_whose_answer_was_lost_is_found_and_never_sent_again(string fault)
    {
        await using var robot = await RobotHarness.StartAsync();
        await robot.OpenAsync(at: 157.50m);
        robot.Broker.Faults.Next(PaperEndpoint.PlaceMarketOrder, Faults.Named(fault));
        await robot.TickAsync("AXSM", 159.50m);
        await robot.UntilStatusAsync(PositionStatus.Closed);

        Assert.Contains(robot.Facts(), f => f is OrderOutcomeUnknown);
        Assert.Equal("TP", Assert.Single(robot.Trades).CloseReason);
        robot.AssertVenue(posts: 2, buys: 1, sells: 1);
    }

    [Fact]
    public async Task An_exit_answered_429_is_intended_anew_at_once()
    {
        await using var robot = await RobotHarness.StartAsync();
        await robot.OpenAsync(at: 157.50m);
        robot.Broker.Faults.Next(PaperEndpoint.PlaceMarketOrder, PaperFault.TooManyRequests);
        await robot.TickAsync("AXSM", 159.50m);

        var intents = robot.Facts().OfType<ExitIntended>().ToList();
        Assert.Equal(["AXSM-1-S1", "AXSM-1-S2"], intents.Select(e => e.Reference.Value));
        Assert.Equal(intents[0].At, intents[1].At);
        await robot.UntilStatusAsync(PositionStatus.Closed);
        robot.AssertVenue(posts: 3, buys: 1, sells: 1);
    }

    [Fact]
    public async Task A_refused_exit_stays_open_with_the_reason_and_backs_off()
    {
        await using var robot = await RobotHarness.StartAsync();
        await robot.OpenAsync(at: 157.50m);
        robot.Broker.MoveToPie("AXSM_US_EQ", 1m);
        await robot.TickAsync("AXSM", 159.50m);
        Assert.Equal(PositionStatus.Open, robot.State().Status);
        Assert.Equal(OrderStatus.Rejected, robot.State().Trade!.LastExit!.Status);
        Assert.Equal(2, robot.Broker.PostsReceived);
        var view = Assert.Single(await robot.Robot.PositionsAsync(default));
        Assert.Equal(("OPEN", "TP"), (view.Status, view.ExitReason));
        Assert.Contains("selling-equity-not-owned", view.Detail, StringComparison.Ordinal);
        var alarm = Assert.Single(robot.Logs.Lines, l => l.EventId == 12);
        Assert.Equal(Microsoft.Extensions.Logging.LogLevel.Error, alarm.Level);

        await robot.AdvanceAsync(TimeSpan.FromSeconds(10));
        robot.Broker.MoveToPie("AXSM_US_EQ", -1m);
        await robot.UntilStatusAsync(PositionStatus.Closed);
        var intents = robot.Facts().OfType<ExitIntended>().ToList();
        Assert.Equal(intents.Select((_, i) => $"AXSM-1-S{i + 1}"), intents.Select(e => e.Reference.Value));
        var waits = intents.Zip(intents.Skip(1), (a, b) => b.At - a.At).ToList();
        // No sooner than the back-off, and never without a look at the broker in between.
        Assert.All(waits.Zip([1, 2, 4, 8]), w => Assert.True(w.Item1.TotalSeconds >= w.Item2, $"{w.Item1} after a refusal"));
        Assert.Equal(intents.Count - 1, robot.Facts().OfType<ExitCleared>().Count());
        Assert.Equal("TP", Assert.Single(robot.Trades).CloseReason);
        robot.AssertVenue(posts: 1 + intents.Count, buys: 1, sells: 1);
    }

    [Fact]
    public async Task An_exit_cancelled_at_the_venue_is_sent_anew()
    {
        await using var robot = await RobotHarness.StartAsync();
        await robot.OpenAsync(at: 157.50m);
        robot.Broker.Faults.NextOrder(PaperFate.Cancelled);
        await robot.TickAsync("AXSM", 159.50m);
        await robot.UntilStatusAsync(PositionStatus.Closed);
        Assert.Equal("TP", Assert.Single(robot.Trades).CloseReason);
        robot.AssertVenue(posts: 3, buys: 1, sells: 2);
        Assert.Contains("CANCELLED with 1.0 shares left", Assert.Single(robot.Logs.ForPeople, l => l.EventId == 12).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_exit_left_over_is_sold_by_the_next()
    {
        await using var robot = await RobotHarness.StartAsync(new HarnessOptions { Settings = s => s with { Quantity = 4m } });
        await robot.OpenAsync(at: 157.50m);
        robot.Broker.Faults.NextOrder(PaperFate.PartialThenCancelled(0.25m));
        await robot.TickAsync("AXSM", 159.50m);
        await robot.UntilStatusAsync(PositionStatus.Closed);

        Assert.Equal([4m, 3m], robot.Facts().OfType<ExitIntended>().Select(e => e.Quantity));
        Assert.Equal((4m, 8.00m), (robot.Trades.Single().Quantity, robot.Trades.Single().Pnl));
        robot.AssertVenue(posts: 3, buys: 1, sells: 2);
    }

    [Fact]
    public async Task A_sell_that_was_given_up_is_not_confused_with_the_next_that_leaves_shares_over()
    {
        await using var robot = await RobotHarness.StartAsync(new HarnessOptions { Settings = s => s with { Quantity = 2m } });
        await robot.OpenAsync(at: 157.50m);
        robot.Broker.Faults.Next(PaperEndpoint.PlaceMarketOrder, PaperFault.LostRequest);
        robot.Broker.Faults.NextOrder(PaperFate.PartialThenCancelled(0.5m));
        await robot.TickAsync("AXSM", 159.50m);
        await robot.UntilStatusAsync(PositionStatus.Closed, within: TimeSpan.FromMinutes(10));
        await robot.AdvanceAsync(TimeSpan.FromMinutes(5));

        Assert.Equal([2m, 2m, 1m], robot.Facts().OfType<ExitIntended>().Select(e => e.Quantity));
        Assert.DoesNotContain(robot.Facts(), f => f is OrderFound);
        Assert.Equal((2m, 4.00m), (robot.Trades.Single().Quantity, robot.Trades.Single().Pnl));
        robot.AssertVenue(posts: 4, buys: 1, sells: 2);
    }

    [Fact]
    public async Task A_lagging_history_keeps_the_trade_pending_close_and_nothing_is_sold_twice()
    {
        await using var robot = await RobotHarness.StartAsync();
        robot.Broker.Faults.FreezePositions();
        await robot.OpenAsync(at: 157.50m);
        robot.Broker.Faults.HistoryLag = TimeSpan.FromMinutes(2);
        await robot.TickAsync("AXSM", 159.50m);
        await robot.AdvanceAsync(TimeSpan.FromSeconds(90));
        Assert.Equal(PositionStatus.PendingClose, robot.State().Status);
        robot.Broker.Faults.ThawPositions();
        await robot.UntilStatusAsync(PositionStatus.Closed);
        robot.AssertVenue(posts: 2, buys: 1, sells: 1);
    }

    [Fact]
    public async Task A_broker_that_cannot_be_read_for_a_while_changes_nothing()
    {
        // The client's breaker counts by the clock on the wall, which hardly moves here.
        await using var robot = await RobotHarness.StartAsync(new HarnessOptions { Client = o => o with { ReadBreaker = o.ReadBreaker with { MinimumThroughput = 1000 } } });
        robot.Broker.Faults.Next(PaperEndpoint.PlaceMarketOrder, PaperFault.LostAnswer);
        foreach (var endpoint in new[] { PaperEndpoint.PendingOrders, PaperEndpoint.HistoryOrders, PaperEndpoint.Positions, PaperEndpoint.OrderById })
            robot.Broker.Faults.Next(endpoint, PaperFault.StatusBefore(503), times: 6);
        await robot.SignalAsync();
        await robot.UntilAsync(() => robot.Trades.Count == 1, "it is over", TimeSpan.FromMinutes(15));
        Assert.Equal("TIME", Assert.Single(robot.Trades).CloseReason);
        robot.AssertVenue(posts: 2, buys: 1, sells: 1);
    }
}
