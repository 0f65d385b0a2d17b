using MicroTrader.Actors.Journal;
using MicroTrader.Actors.Tests.Support;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Risk;
using MicroTrader.Simulators.Paper;

namespace MicroTrader.Actors.Tests;

/// <summary>The robot is cut off in every state, and started again on the same files.</summary>
public sealed class RecoveryTests
{
    // Longer than the client waits: the answer, or the handling, is still out when the robot is cut off.
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task An_entry_whose_request_was_cut_off_is_unknown_and_is_found()
    {
        await using var robot = await RobotHarness.StartAsync();
        robot.MostRestMs = 100;
        robot.Broker.Faults.Next(PaperEndpoint.PlaceMarketOrder, PaperFault.DelayedAnswer(Late));
        await robot.SignalAsync();
        await robot.EventuallyAsync(() => robot.Broker.ReadLedger().Orders.Count == 1, "the venue has the order");
        Assert.Equal(OrderStatus.Intended, robot.State().Trade!.Entry.Status);

        await StopAndStartAsync(robot, "PENDING", "AXSM-1-B1");
        Assert.IsType<OrderOutcomeUnknown>(robot.Facts()[1]);
        await CarriesOnAsync(robot, "TIME");
        Assert.Contains(robot.Facts(), f => f is OrderFound);
    }

    [Fact]
    public async Task An_entry_that_never_reached_the_venue_comes_to_nothing_and_no_other_is_made_before_the_watch_is_over()
    {
        await using var robot = await RobotHarness.StartAsync(new HarnessOptions { Settings = s => s with { Reconciliation = s.Reconciliation with { LateWatch = TimeSpan.FromMinutes(2) } } });
        robot.MostRestMs = 100;
        robot.Broker.Faults.Next(PaperEndpoint.PlaceMarketOrder, PaperFault.DelayedHandling(TimeSpan.FromHours(1)));
        await robot.SignalAsync();
        await robot.EventuallyAsync(() => robot.Broker.PostsReceived == 1, "the request arrived");

        await StopAndStartAsync(robot, "PENDING", "AXSM-1-B1");
        await robot.UntilStatusAsync(PositionStatus.Closed);
        Assert.Equal(ExitReason.NotPlaced, robot.State().Trade!.CloseReason);
        var until = robot.State().NoEntryBefore!.Value;

        // The watch survives one more restart.
        await robot.RestartRobotAsync();
        await robot.SignalAsync();
        Assert.Equal(1, robot.State().TradeNumber);
        await robot.AdvanceAsync(until - robot.Now);
        await robot.OpenAsync();
        Assert.Equal(2, robot.State().TradeNumber);
        Assert.Equal(2, robot.Broker.PostsReceived);
    }

    [Fact]
    public async Task An_accepted_entry_is_followed_to_its_fill()
    {
        await using var robot = await RobotHarness.StartAsync();
        robot.Broker.Faults.NextOrder(PaperFate.Delayed(TimeSpan.FromSeconds(5)));
        await robot.SignalAsync();
        await robot.UntilOrderAsync(OrderStatus.Accepted, OrderSide.Buy);

        await StopAndStartAsync(robot, "PENDING", "AXSM-1-B1");
        await CarriesOnAsync(robot, "TIME");
    }

    [Fact]
    public async Task An_open_position_is_still_taken_at_its_profit()
    {
        await using var robot = await RobotHarness.StartAsync();
        await robot.OpenAsync(at: 157.50m);
        await StopAndStartAsync(robot, "OPEN", "AXSM-1-B1");
        Assert.Equal(PositionStatus.Open, robot.State().Status);

        await robot.TickAsync("AXSM", 159.50m);
        await CarriesOnAsync(robot, "TP");
    }

    [Fact]
    public async Task An_open_position_whose_time_is_over_leaves_at_once()
    {
        await using var robot = await RobotHarness.StartAsync();
        await robot.OpenAsync();
        await robot.StopRobotAsync();
        var before = Json(robot);
        robot.Clock.AdvanceTo(robot.Now + TimeSpan.FromHours(3));

        await robot.StartRobotAsync();
        Assert.Equal(before, Json(robot, facts: robot.Facts().TakeWhile(f => f is not (ExitRequested or ExitIntended))));
        var at = robot.Now;
        await CarriesOnAsync(robot, "TIME");
        Assert.True(robot.Facts().OfType<ExitIntended>().Single().At - at < TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task Time_of_a_recovered_position_goes_on_where_it_was()
    {
        await using var robot = await RobotHarness.StartAsync();
        await robot.OpenAsync();
        var from = robot.Broker.ReadLedger().Fills.Single().FilledAt;
        await robot.AdvanceAsync(TimeSpan.FromSeconds(4));
        await StopAndStartAsync(robot, "OPEN", "AXSM-1-B1");
        await CarriesOnAsync(robot, "TIME");
        Assert.Equal(from + TimeSpan.FromSeconds(10), robot.Facts().OfType<ExitIntended>().Single().At);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_exit_whose_request_was_cut_off_is_unknown_and_is_never_sent_twice(bool reachedTheVenue)
    {
        await using var robot = await RobotHarness.StartAsync();
        await robot.OpenAsync(at: 157.50m);
        robot.MostRestMs = 100;
        robot.Broker.Faults.Next(
            PaperEndpoint.PlaceMarketOrder,
            reachedTheVenue ? PaperFault.DelayedAnswer(Late) : PaperFault.DelayedHandling(TimeSpan.FromHours(1)));
        await robot.TickAsync("AXSM", 159.50m);
        await robot.EventuallyAsync(() => robot.Broker.PostsReceived == 2, "the request arrived");
        Assert.Equal(OrderStatus.Intended, robot.State().Trade!.LastExit!.Status);

        await StopAndStartAsync(robot, "PENDING_CLOSE", "AXSM-1-S1");
        var unknown = robot.Facts().OfType<OrderOutcomeUnknown>().Single();
        await robot.UntilStatusAsync(PositionStatus.Closed);
        Assert.Equal("TP", robot.Trades.Single().CloseReason);
        robot.AssertVenue(posts: reachedTheVenue ? 2 : 3, buys: 1, sells: 1);
        if (!reachedTheVenue)
        {
            var second = robot.Facts().OfType<ExitIntended>().Last();
            Assert.Equal("AXSM-1-S2", second.Reference.Value);
            Assert.True(second.At - unknown.At >= TimeSpan.FromSeconds(30), $"sent anew {second.At - unknown.At} after it was unknown");
        }
    }

    [Fact]
    public async Task An_accepted_exit_is_followed_to_its_fill()
    {
        await using var robot = await RobotHarness.StartAsync();
        await robot.OpenAsync(at: 157.50m);
        robot.Broker.Faults.NextOrder(PaperFate.Delayed(TimeSpan.FromSeconds(5)));
        await robot.TickAsync("AXSM", 159.50m);
        await robot.UntilOrderAsync(OrderStatus.Accepted, OrderSide.Sell);

        await StopAndStartAsync(robot, "PENDING_CLOSE", "AXSM-1-S1");
        await CarriesOnAsync(robot, "TP");
    }

    [Fact]
    public async Task An_exit_that_is_unknown_stays_so_and_is_resolved()
    {
        await using var robot = await RobotHarness.StartAsync();
        await robot.OpenAsync(at: 157.50m);
        robot.Broker.Faults.Next(PaperEndpoint.PlaceMarketOrder, PaperFault.LostAnswer);
        robot.Broker.Faults.HistoryLag = TimeSpan.FromSeconds(20);
        // Not seen while it is pending (the client asks twice), and late in the history.
        robot.Broker.Faults.Next(PaperEndpoint.PendingOrders, PaperFault.StatusBefore(503), times: 2);
        await robot.TickAsync("AXSM", 159.50m);
        await robot.UntilOrderAsync(OrderStatus.Unknown, OrderSide.Sell);
        // Filled by now, and no longer pending.
        await robot.AdvanceAsync(TimeSpan.FromSeconds(1));

        await StopAndStartAsync(robot, "PENDING_CLOSE", "AXSM-1-S1");
        Assert.True(robot.State().IsFrozen);
        await CarriesOnAsync(robot, "TP");
    }

    [Fact]
    public async Task A_closed_position_says_nothing_and_the_next_trade_has_the_next_number()
    {
        await using var robot = await RobotHarness.StartAsync();
        await robot.OpenAsync(at: 157.50m);
        await robot.TickAsync("AXSM", 159.50m);
        await robot.UntilStatusAsync(PositionStatus.Closed);
        var before = Json(robot);
        await robot.RestartRobotAsync();

        Assert.Equal(before, Json(robot));
        Assert.Equal(0, robot.Logs.Count(6));
        Assert.Single(await robot.Robot.TradesAsync(10, default));
        await robot.OpenAsync();
        Assert.Equal("AXSM-2-B1", robot.State().Trade!.Entry.Reference.Value);
    }

    [Fact]
    public async Task An_order_that_turns_up_late_after_a_restart_is_adopted()
    {
        await using var robot = await RobotHarness.StartAsync();
        robot.MostRestMs = 100;
        robot.Broker.Faults.Next(PaperEndpoint.PlaceMarketOrder, PaperFault.DelayedHandling(TimeSpan.FromMinutes(2)));
        await robot.SignalAsync();
        await robot.EventuallyAsync(() => robot.Broker.PostsReceived == 1, "the request arrived");
        await robot.RestartRobotAsync();
        await robot.UntilAsync(() => robot.Trades.Count == 1, "it is given up");
        Assert.Equal(ExitReason.NotPlaced, robot.State().Trade!.CloseReason);
        await robot.RestartRobotAsync();

        await robot.UntilAsync(() => robot.Broker.ReadLedger().Orders.Count == 1, "the order turns up");
        await robot.UntilAsync(() => robot.State().Status != PositionStatus.Closed, "it is adopted");
        await CarriesOnAsync(robot, "TIME");
        Assert.Equal(1, robot.State().TradeNumber);
    }

    [Fact]
    public async Task A_symbol_that_is_no_longer_traded_is_managed_to_its_end()
    {
        await using var robot = await RobotHarness.StartAsync(new HarnessOptions { Symbols = ["AXSM", "HUT"] });
        await robot.OpenAsync("HUT", 41.20m);
        await robot.StopRobotAsync();
        robot.Options = robot.Options with { Symbols = ["AXSM"] };
        await robot.StartRobotAsync();

        var held = (await robot.Robot.PositionsAsync(default)).Single();
        // No price of it comes any more: TIME, by the general rules, is all there is.
        Assert.Equal(("HUT", false, null, 10), (held.Symbol, held.WatchesPrices, held.TakeProfitPrice, held.Exits?.MaxHoldSeconds));
        await robot.UntilStatusAsync(PositionStatus.Closed, "HUT");
        Assert.Equal("TIME", Assert.Single(robot.Trades).CloseReason);
        robot.AssertVenue(posts: 2, buys: 1, sells: 1, symbol: "HUT");
    }

    [Fact]
    public async Task Exit_only_survives_a_restart_and_exits_go_on()
    {
        await using var robot = await RobotHarness.StartAsync();
        await robot.OpenAsync(at: 157.50m);
        Assert.True((await robot.Robot.SetTradingStateAsync(TradingState.ExitOnly, "a test", default)).Done);
        await robot.RestartRobotAsync();
        var status = await robot.Robot.StatusAsync(default);
        Assert.Equal(("ExitOnly", "a test"), (status.TradingState, status.TradingStateReason));

        await robot.UntilStatusAsync(PositionStatus.Closed);
        await robot.SignalAsync();
        Assert.Equal(1, (await robot.Robot.StatusAsync(default)).Denials["ExitOnly"]);
        robot.AssertVenue(posts: 2, buys: 1, sells: 1);
    }

    [Fact]
    public async Task Nothing_is_sold_while_stopped_not_even_after_a_restart()
    {
        await using var robot = await RobotHarness.StartAsync();
        await robot.OpenAsync(at: 157.50m);
        Assert.True((await robot.Robot.SetTradingStateAsync(TradingState.Stopped, "a test", default)).Done);
        await robot.StopRobotAsync();
        robot.Clock.AdvanceTo(robot.Now + TimeSpan.FromMinutes(1));
        await robot.StartRobotAsync();
        await robot.TickAsync("AXSM", 159.50m);
        await robot.AdvanceAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(1, robot.Broker.PostsReceived);
        Assert.Equal(PositionStatus.Open, robot.State().Status);

        Assert.True((await robot.Robot.SetTradingStateAsync(TradingState.Active, "go on", default)).Done);
        await CarriesOnAsync(robot, "TP");
    }

    [Fact]
    public async Task A_snapshot_and_the_facts_after_it_give_the_same_position()
    {
        await using var robot = await RobotHarness.StartAsync(new HarnessOptions { Settings = s => s with { SnapshotEvery = 5 } });
        for (var i = 0; i < 2; i++)
        {
            await robot.OpenAsync(at: 157.50m);
            await robot.TickAsync("AXSM", 159.50m);
            await robot.UntilStatusAsync(PositionStatus.Closed);
            await robot.AdvanceAsync(TimeSpan.FromSeconds(30));
        }

        await robot.EventuallyAsync(() => RawJournal.Snapshots(robot.JournalPath).Count > 0, "a snapshot is there");
        await robot.OpenAsync(at: 157.50m);
        await robot.UntilOrderAsync(OrderStatus.Settled, OrderSide.Buy);
        var before = await ReportedAsync(robot);
        await robot.RestartRobotAsync();
        Assert.Equal(before, await ReportedAsync(robot));
        Assert.Equal("3", before["trade"]);
        await robot.UntilStatusAsync(PositionStatus.Closed);
        robot.AssertVenue(posts: 6, buys: 3, sells: 3);
    }

    [Fact]
    public async Task Recovery_begins_at_the_snapshot()
    {
        await using var robot = await RobotHarness.StartAsync(new HarnessOptions { Settings = s => s with { SnapshotEvery = 1 } });
        await robot.OpenAsync(at: 157.50m);
        await robot.TickAsync("AXSM", 159.50m);
        await robot.UntilStatusAsync(PositionStatus.Closed);
        await robot.EventuallyAsync(() => RawJournal.Snapshots(robot.JournalPath).Count > 0, "a snapshot is there");
        await robot.StopRobotAsync();

        // Something that no fact says: only the snapshot can have told it.
        var snapshot = RawJournal.Snapshots(robot.JournalPath)[^1];
        Assert.Equal("pos-state/1", snapshot.Manifest);
        var state = (PositionState)MicroTraderSerializer.Read(snapshot.Payload, snapshot.Manifest);
        var changed = MicroTraderSerializer.Write(state with { NoEntryBefore = robot.Now + TimeSpan.FromHours(1) });
        RawJournal.Run(robot.JournalPath, $"UPDATE snapshot SET snapshot = X'{Convert.ToHexString(changed)}' WHERE sequence_number = {snapshot.SequenceNumber}");
        await robot.StartRobotAsync();
        Assert.StartsWith("2026-06-15 15:", (await ReportedAsync(robot))["no entry before"], StringComparison.Ordinal);
    }

    // The same facts before and after; the actor reports the same; exactly one line says that it is back.
    private static async Task StopAndStartAsync(RobotHarness robot, string status, string reference)
    {
        var reported = await ReportedAsync(robot);
        await robot.StopRobotAsync();
        var facts = robot.Facts().Count;
        var before = Json(robot);
        await robot.StartRobotAsync();
        Assert.Equal(before, Json(robot, robot.Facts().Take(facts)));
        var line = Assert.Single(robot.Logs.Lines, l => l.EventId == 6);
        Assert.StartsWith($"Recovered AXSM: {status}, trade 1, ", line.Message, StringComparison.Ordinal);
        Assert.Equal(("AXSM", reference), (line.Properties["Symbol"], line.Properties["Reference"]));
        if (robot.Facts().Count == facts)
            Assert.Equal(reported, await ReportedAsync(robot));
    }

    private static async Task CarriesOnAsync(RobotHarness robot, string reason)
    {
        await robot.UntilStatusAsync(PositionStatus.Closed);
        Assert.Equal(reason, Assert.Single(robot.Trades).CloseReason);
        robot.AssertVenue(posts: 2, buys: 1, sells: 1);
    }

    private static async Task<IReadOnlyDictionary<string, string>> ReportedAsync(RobotHarness robot) =>
        (await robot.ReportAsync("position-AXSM")).Fields;

    private static string Json(RobotHarness robot, IEnumerable<IPositionEvent>? facts = null) => System.Text.Encoding.UTF8.GetString(
        MicroTraderSerializer.Write(PositionState.Empty(Symbol.Parse("AXSM")).ApplyAll(facts ?? robot.Facts())));
}
