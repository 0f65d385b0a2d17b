using MicroTrader.Actors.Tests.Support;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Simulators.Paper;
using MicroTrader.Trading212;
using OrderSide = MicroTrader.Domain.Orders.OrderSide;
using OrderStatus = MicroTrader.Domain.Orders.OrderStatus;

namespace MicroTrader.Actors.Tests;

/// <summary>What becomes of a buy whose request or answer goes wrong at the venue. Whatever it is: one request, and nothing forgotten.</summary>
public sealed class EntryOutcomeTests
{
    [Theory]
    [InlineData("lost request")]
    [InlineData("500 before")]
    [InlineData("408 before")]
    public async Task An_entry_that_did_not_arrive_is_unknown_until_the_settle_window_is_over_then_not_placed(string fault)
    {
        await using var robot = await RobotHarness.StartAsync();
        robot.Broker.Faults.Next(PaperEndpoint.PlaceMarketOrder, Faults.Named(fault));
        await robot.SignalAsync();
        await robot.UntilOrderAsync(OrderStatus.Unknown, OrderSide.Buy);
        var since = robot.State().Trade!.Entry.UnknownSince!.Value;
        Assert.True((await robot.Robot.PositionsAsync(default)).Single().NeedsEvidence);

        await robot.AdvanceAsync(since + TimeSpan.FromSeconds(29) - robot.Now);
        Assert.Equal(OrderStatus.Unknown, robot.State().Trade!.Entry.Status);
        await robot.UntilStatusAsync(PositionStatus.Closed);
        var trade = Assert.Single(robot.Trades);
        Assert.Equal("NOT_PLACED", trade.CloseReason);
        Assert.Null(trade.Pnl);

        // Watched for a quarter of an hour more: no entry before.
        var until = robot.State().NoEntryBefore!.Value;
        Assert.Equal(trade.CloseTime + TimeSpan.FromMinutes(15), until);
        await robot.SignalAsync();
        Assert.Equal(PositionStatus.Closed, robot.State().Status);
        Assert.Contains("watched", (await robot.ReportAsync("strategy-AXSM")).Fields["no entry because"], StringComparison.Ordinal);
        robot.AssertVenue(posts: 1, buys: 0, sells: 0);
        await robot.AdvanceAsync(until - robot.Now);
        await robot.OpenAsync();
        robot.AssertVenue(posts: 2, buys: 1, sells: 0, left: 1m);
    }

    [Theory]
    [InlineData("lost answer")]
    [InlineData("500 after")]
    [InlineData("408 after")]
    [InlineData("cut body")]
    [InlineData("malformed body")]
    public async Task An_entry_whose_answer_was_lost_is_found_and_goes_on(string fault)
    {
        await using var robot = await RobotHarness.StartAsync();
        robot.Broker.Faults.Next(PaperEndpoint.PlaceMarketOrder, Faults.Named(fault));
        await robot.OpenAsync(at: 157.50m);

        Assert.Contains(robot.Facts(), f => f is OrderOutcomeUnknown);
        Assert.Contains(robot.Facts(), f => f is OrderFound);
        Assert.DoesNotContain(robot.Logs.Lines, l => l.Message.Contains("dead letter", StringComparison.Ordinal));
        await robot.TickAsync("AXSM", 159.50m);
        await robot.UntilStatusAsync(PositionStatus.Closed);
        Assert.Equal("TP", Assert.Single(robot.Trades).CloseReason);
        robot.AssertVenue(posts: 2, buys: 1, sells: 1);
    }

    [Fact]
    public async Task An_entry_answered_429_was_not_executed_and_the_next_signal_trades()
    {
        await using var robot = await RobotHarness.StartAsync();
        robot.Broker.Faults.Next(PaperEndpoint.PlaceMarketOrder, PaperFault.TooManyRequests);
        await robot.SignalAsync();
        await robot.UntilAsync(() => robot.Trades.Count == 1, "the entry came to nothing");
        Assert.Equal("NOT_EXECUTED", robot.Trades[0].CloseReason);
        Assert.Null(robot.State().NoEntryBefore);

        // The broker said that nothing is left of the minute.
        await robot.AdvanceAsync(TimeSpan.FromMinutes(2));
        await robot.OpenAsync();
        robot.AssertVenue(posts: 2, buys: 1, sells: 0, left: 1m);
    }

    [Theory]
    [InlineData("cancelled", "CANCELLED")]
    [InlineData("rejected", "REJECTED")]
    public async Task An_entry_that_ends_at_the_venue_without_a_fill_comes_to_nothing(string fate, string status)
    {
        await using var robot = await RobotHarness.StartAsync();
        robot.Broker.Faults.NextOrder(fate == "cancelled" ? PaperFate.Cancelled : PaperFate.Rejected);
        await robot.SignalAsync();
        await robot.UntilAsync(() => robot.Trades.Count == 1, "the entry came to nothing");

        Assert.Equal(("CANCELLED", status), (robot.Trades[0].CloseReason, robot.Trades[0].CloseDetail));
        Assert.NotNull(robot.Trades[0].EntryOrderId);
        await robot.OpenAsync();
        robot.AssertVenue(posts: 2, buys: 2, sells: 0, left: 1m);
    }

    [Fact]
    public async Task An_entry_filled_in_part_is_left_with_what_was_filled()
    {
        await using var robot = await RobotHarness.StartAsync(new HarnessOptions { Settings = s => s with { Quantity = 4m } });
        robot.Broker.Faults.NextOrder(PaperFate.PartialThenCancelled(0.25m));
        await robot.OpenAsync(at: 157.50m);
        Assert.Equal(1m, robot.State().Trade!.Held);
        await robot.TickAsync("AXSM", 159.50m);
        await robot.UntilStatusAsync(PositionStatus.Closed);

        Assert.Equal(1m, robot.Facts().OfType<ExitIntended>().Single().Quantity);
        Assert.Equal(2.00m, Assert.Single(robot.Trades).Pnl);
        robot.AssertVenue(posts: 2, buys: 1, sells: 1);
    }

    [Fact]
    public async Task While_the_history_lags_the_holding_opens_the_position_and_take_profit_works()
    {
        await using var robot = await RobotHarness.StartAsync(new HarnessOptions { Venue = o => o with { HistoryLag = TimeSpan.FromSeconds(40) } });
        await robot.OpenAsync(at: 157.50m);
        Assert.Contains(robot.Facts(), f => f is OrderFillEstimated);
        await robot.TickAsync("AXSM", 159.50m);
        await robot.UntilAsync(() => robot.Broker.ReadLedger().Fills.Count == 2, "it is sold");
        Assert.Equal(PositionStatus.PendingClose, robot.State().Status);

        await robot.UntilStatusAsync(PositionStatus.Closed);
        Assert.Equal(("TP", 2.00m), (robot.Trades.Single().CloseReason, robot.Trades.Single().Pnl));
        robot.AssertVenue(posts: 2, buys: 1, sells: 1);
    }

    [Fact]
    public async Task While_the_positions_are_frozen_the_history_opens_the_position()
    {
        await using var robot = await RobotHarness.StartAsync();
        robot.Broker.Faults.FreezePositions();
        await robot.OpenAsync(at: 157.50m);
        Assert.DoesNotContain(robot.Facts(), f => f is OrderFillEstimated);
        Assert.Contains(robot.Facts(), f => f is OrderSettled);
        await robot.UntilStatusAsync(PositionStatus.Closed);
        robot.AssertVenue(posts: 2, buys: 1, sells: 1);
    }

    [Fact]
    public async Task An_exit_that_is_found_while_the_entry_is_pending_fires_after_the_fill()
    {
        await using var robot = await RobotHarness.StartAsync();
        robot.Broker.Faults.NextOrder(PaperFate.Delayed(TimeSpan.FromSeconds(3)));
        await robot.SignalAsync(at: 157.50m);
        await robot.UntilOrderAsync(OrderStatus.Accepted, OrderSide.Buy);
        await robot.TickAsync("AXSM", 159.50m);
        await robot.TickAsync("AXSM", 157.50m);
        Assert.Equal(ExitReason.TakeProfit, robot.State().Trade!.Exit!.Reason);
        Assert.Equal(1, robot.Broker.PostsReceived);

        await robot.UntilStatusAsync(PositionStatus.Closed, within: TimeSpan.FromSeconds(9));
        Assert.Equal("TP", Assert.Single(robot.Trades).CloseReason);
        robot.AssertVenue(posts: 2, buys: 1, sells: 1);
    }

    [Fact]
    public async Task An_order_that_turns_up_after_it_was_given_up_is_adopted_and_leaves_by_its_rules()
    {
        await using var robot = await RobotHarness.StartAsync(new HarnessOptions { Client = o => o with { WriteTimeout = TimeSpan.FromMilliseconds(300) } });
        robot.Broker.Faults.Next(PaperEndpoint.PlaceMarketOrder, PaperFault.DelayedHandling(TimeSpan.FromMinutes(3)));
        await robot.SignalAsync();
        await robot.EventuallyAsync(() => robot.State().Trade!.Entry.Status == OrderStatus.Unknown, "the client gave up");
        await robot.UntilStatusAsync(PositionStatus.Closed);
        Assert.Equal("NOT_PLACED", Assert.Single(await robot.Robot.TradesAsync(9, default)).CloseReason);

        await robot.UntilAsync(() => robot.State().Status != PositionStatus.Closed, "it turned up", TimeSpan.FromMinutes(6));
        Assert.Empty(await robot.Robot.TradesAsync(9, default));
        await robot.UntilStatusAsync(PositionStatus.Closed);
        Assert.Equal("TIME", Assert.Single(await robot.Robot.TradesAsync(9, default)).CloseReason);
        robot.AssertVenue(posts: 2, buys: 1, sells: 1);
    }

    [Fact]
    public async Task An_order_of_the_person_is_never_taken_for_ours_and_their_shares_are_left_alone()
    {
        await using var robot = await RobotHarness.StartAsync();
        robot.Broker.PutPrice("AXSM_US_EQ", 157m);
        robot.Broker.PlaceByPerson("AXSM_US_EQ", 5m);
        await robot.AdvanceAsync(TimeSpan.FromMinutes(1));
        robot.Broker.Faults.Next(PaperEndpoint.PlaceMarketOrder, PaperFault.LostRequest);
        await robot.SignalAsync();
        robot.Broker.PlaceByPerson("AXSM_US_EQ", 1m);
        await robot.UntilAsync(() => robot.Trades.Count == 1, "it is over");
        Assert.Equal("NOT_PLACED", Assert.Single(robot.Trades).CloseReason);

        await robot.AdvanceAsync(TimeSpan.FromMinutes(16));
        await robot.OpenAsync(at: 157.50m);
        await robot.TickAsync("AXSM", 159.50m);
        await robot.UntilStatusAsync(PositionStatus.Closed);
        Assert.Equal(2.00m, robot.Trades[^1].Pnl);
        robot.AssertVenue(posts: 3, buys: 3, sells: 1, left: 6m);
    }

    [Fact]
    public async Task Two_orders_that_could_both_be_ours_need_the_person_and_nothing_more_is_sent()
    {
        await using var robot = await RobotHarness.StartAsync();
        robot.Broker.Faults.Next(PaperEndpoint.PlaceMarketOrder, PaperFault.LostRequest);
        await robot.SignalAsync();
        using var other = new Trading212Client(new Trading212Options { BaseAddress = robot.Broker.BaseAddress, ApiKey = "paper", ApiSecret = "paper" });
        foreach (var _ in Enumerable.Range(0, 2))
            Assert.IsType<PlaceOrderResult.Placed>(await other.PlaceMarketOrderAsync(new MarketOrderRequest("AXSM_US_EQ", 1m)));
        await robot.AdvanceAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(OrderStatus.Unknown, robot.State().Trade!.Entry.Status);
        Assert.Equal(1, robot.Logs.Count(21));
        Assert.Equal(3, robot.Broker.PostsReceived);
    }
}
