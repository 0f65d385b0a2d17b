using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Reconciliation;

namespace MicroTrader.Domain.Tests.Positions;

/// <summary>Orders that turn up after they were held for not placed, and what a restart finds.</summary>
public sealed class LateOrderTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_late_buy_reopens_its_trade_and_leaves_by_its_rules(bool byAnswer)
    {
        var bench = NotPlacedEntry();
        Assert.Equal(PositionStatus.Closed, bench.State.Status);
        Assert.Equal("OrderFound", Bench.Names(bench.Wait(300).LateAnswer(byAnswer)));

        Assert.Equal((PositionStatus.Pending, 1L), (bench.State.Status, bench.Trade.Number));
        Assert.Null(bench.Trade.ClosedAt);
        Assert.Null(bench.Trade.CloseReason);
        Assert.Null(bench.Trade.CloseDetail);
        Assert.Null(bench.State.NoEntryBefore);
        bench.Settle(157.5m);
        Assert.Equal("ExitIntended", Bench.Names(bench.Wait(10).CheckDue()));
        bench.Accept();
        bench.Settle(157m);
        Assert.Equal((PositionStatus.Closed, ExitReason.Time, -0.5m), (bench.State.Status, bench.Trade.CloseReason!.Value, bench.Trade.Result!.Gross));
    }

    [Fact]
    public void A_late_buy_is_left_at_once_where_an_exit_was_wanted_before()
    {
        var bench = new Bench();
        bench.Enter();
        bench.Lose();
        bench.Exit(ExitReason.Flatten);
        bench.NotPlace();
        bench.Find();

        Assert.Equal("OrderSettled ExitIntended", Bench.Names(bench.Settle(157.5m)));
        Assert.Equal(ExitReason.Flatten, bench.Trade.Exit!.Reason);
    }

    [Fact]
    public void No_entry_is_made_while_a_buy_that_was_not_found_is_watched_for()
    {
        var bench = NotPlacedEntry();
        Assert.Equal(Bench.Start.AddMinutes(15), bench.State.NoEntryBefore);
        Assert.Contains("still watched for", bench.Wait((15 * 60) - 0.001).Enter().Ignored);

        Assert.Equal("EntryIntended", Bench.Names(bench.Wait(0.001).Enter()));
        Assert.Null(bench.State.NoEntryBefore);
    }

    [Fact]
    public void No_entry_is_made_while_a_sell_that_was_not_found_is_watched_for()
    {
        var bench = new Bench().Held();
        bench.Exit(ExitReason.StopLoss);
        bench.Lose();
        bench.NotPlace();
        bench.ClearExit();
        bench.Accept();
        bench.Settle(156m);
        Assert.Equal(PositionStatus.Closed, bench.State.Status);

        // The lost sell would take the next trade's shares.
        Assert.Contains("still watched for", bench.Wait(899).Enter().Ignored);
        Assert.Equal("EntryIntended", Bench.Names(bench.Wait(1).Enter()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_late_buy_joins_no_other_trade_but_needs_the_person(bool byAnswer)
    {
        var bench = NotPlacedEntry();
        var lost = bench.Last;
        bench.Wait(900).Held();
        Assert.Equal("PositionBlocked", Bench.Names(byAnswer ? bench.Accept(lost) : bench.Find(lost)));

        AssertBlocked(bench, BlockCode.LateOrder, lost, byAnswer ? "its answer came after its trade was over" : "it belongs to an earlier trade");
        Assert.Equal((2L, 1m), (bench.Trade.Number, bench.Trade.Held));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_late_buy_after_its_watch_needs_the_person(bool byAnswer)
    {
        var bench = NotPlacedEntry().Wait((15 * 60) + 0.001);
        Assert.Equal("PositionBlocked", Bench.Names(bench.LateAnswer(byAnswer)));

        AssertBlocked(bench, BlockCode.LateOrder, bench.Last, "it was no longer watched for");
        Assert.Equal(PositionStatus.Closed, bench.State.Status);
    }

    [Fact]
    public void A_late_buy_at_the_last_moment_of_its_watch_is_adopted() =>
        Assert.Equal("OrderFound", Bench.Names(NotPlacedEntry().Wait(15 * 60).LateAnswer(byAnswer: false)));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_late_sell_is_adopted_while_the_shares_are_still_held(bool byAnswer)
    {
        var bench = HeldWithLostSell();
        var lost = bench.Last;
        Assert.Equal(PositionStatus.Open, bench.State.Status);
        Assert.Equal("OrderFound", Bench.Names(bench.LateAnswer(byAnswer)));
        Assert.Equal((PositionStatus.PendingClose, OrderStatus.Accepted), (bench.State.Status, bench.Trade.Find(lost)!.Status));
        Assert.Null(bench.State.NoEntryBefore);

        // No second sell while it is on its way.
        Assert.Empty(bench.Wait(60).CheckDue().Events);
        Assert.Equal("OrderSettled TradeClosed", Bench.Names(bench.Settle(156m)));
    }

    [Fact]
    public void The_watch_goes_on_while_another_sell_of_the_trade_is_not_found()
    {
        var bench = HeldWithLostSell();
        var first = bench.Last;
        bench.ClearExit();
        bench.Lose();
        bench.Wait(60).NotPlace();
        var until = bench.State.NoEntryBefore;
        bench.Find(first);

        Assert.Equal(bench.Now.AddMinutes(15), until);
        Assert.Equal(until, bench.State.NoEntryBefore);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_late_sell_found_while_another_is_under_way_is_adopted_and_the_other_s_refusal_sends_no_third(bool byAnswer)
    {
        var bench = HeldWithLostSell();
        var lost = bench.Last;
        Assert.Equal("ExitCleared ExitIntended", Bench.Names(bench.ClearExit()));
        var second = bench.Last;
        Assert.Equal("OrderFound", Bench.Names(byAnswer ? bench.Accept(lost) : bench.Find(lost)));
        Assert.Equal((PositionStatus.PendingClose, OrderStatus.Accepted), (bench.State.Status, bench.Trade.Find(lost)!.Status));

        // The first reserves the shares: the second is refused, and the position waits for the first.
        Assert.Equal("OrderRejected", Bench.Names(bench.Reject(second, PositionRules.NotOwnedCode)));
        Assert.Equal(PositionStatus.PendingClose, bench.State.Status);
        Assert.Empty(bench.Wait(600).CheckDue().Events);
        Assert.Equal("OrderSettled TradeClosed", Bench.Names(bench.Settle(156m, order: lost)));
        Assert.Null(bench.State.Blocked);
    }

    [Fact]
    public void Two_sells_that_both_were_filled_need_the_person()
    {
        var bench = HeldWithLostSell();
        var lost = bench.Last;
        bench.ClearExit();
        bench.Accept();
        bench.Find(lost);
        Assert.Equal("OrderSettled", Bench.Names(bench.Settle(156m)));
        Assert.Equal("OrderSettled PositionBlocked", Bench.Names(bench.Settle(155m, order: lost)));

        Assert.Equal((PositionStatus.PendingClose, -1m), (bench.State.Status, bench.Trade.Held));
        Assert.Equal(BlockCode.Oversold, bench.State.Blocked!.Code);
        Assert.Equal("2 shares were sold, 1 were the robot's: 1 of yours may be among them", bench.State.Blocked.Detail);
        Assert.Equal([102L, 101L], bench.State.Blocked.OrderIds);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_late_sell_of_a_trade_that_is_over_needs_the_person(bool byAnswer)
    {
        var bench = HeldWithLostSell();
        var lost = bench.Last;
        bench.ClearExit();
        bench.Accept();
        bench.Settle(156m);
        Assert.Equal(PositionStatus.Closed, bench.State.Status);
        Assert.Equal("PositionBlocked", Bench.Names(byAnswer ? bench.Accept(lost) : bench.Find(lost)));

        AssertBlocked(bench, BlockCode.LateOrder, lost, "its trade is over");
        Assert.Equal(PositionStatus.Closed, bench.State.Status);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_late_sell_that_the_person_called_the_robot_s_is_not_asked_about_again(bool inNextTrade, bool byAnswer)
    {
        var bench = HeldWithLostSell();
        var lost = bench.Last;
        bench.ClearExit();
        bench.Accept();
        bench.Settle(156m);
        if (inNextTrade)
            bench.Wait(901).Enter();
        bench.Outcome(new OrderOutcome.Accepted(300), lost);
        bench.Resolve(Resolution.Mine, 300);
        Assert.Null(bench.State.Blocked);

        var again = byAnswer ? bench.Outcome(new OrderOutcome.Accepted(300), lost) : bench.Do(new PositionCommand.RecordFound(lost, 300, "history"));
        Assert.Empty(again.Events);
        Assert.Empty(Intents.GivenUp(bench.State, bench.Now.AddDays(1)));
        Assert.Empty(Intents.Watched(bench.State, bench.Now));

        // Another one is another question.
        Assert.Equal("PositionBlocked", Bench.Names(bench.Outcome(new OrderOutcome.Accepted(301), lost)));
    }

    [Fact]
    public void A_late_sell_that_the_person_disowned_is_asked_about_once_more_where_the_broker_s_answer_names_it()
    {
        var bench = HeldWithLostSell();
        var lost = bench.Last;
        bench.ClearExit();
        bench.Accept();
        bench.Settle(156m);
        bench.Do(new PositionCommand.RecordFound(lost, 300, "history"));
        bench.Resolve(Resolution.NotMine, 300);
        Assert.Null(bench.Trade.Find(lost)!.OrderId);

        Assert.Equal("PositionBlocked", Bench.Names(bench.Outcome(new OrderOutcome.Accepted(300), lost)));
        AssertBlocked(bench, BlockCode.Contradiction, lost, "the broker accepted AXSM-1-S1 as order 300, which is NotPlaced");
    }

    [Fact]
    public void Other_answers_after_not_placed_change_nothing()
    {
        var bench = NotPlacedEntry();

        Assert.Contains("is NotPlaced", bench.Reject().Ignored);
        Assert.Contains("is NotPlaced", bench.NotExecute().Ignored);
        Assert.Contains("is NotPlaced", bench.Lose().Ignored);
    }

    [Fact]
    public void An_answer_after_the_order_was_found_changes_nothing()
    {
        var bench = new Bench();
        bench.Enter();
        bench.Lose();
        bench.Find();

        var same = bench.Outcome(new OrderOutcome.Accepted(100));
        Assert.Equal("AXSM-1-B1 is Accepted", same.Ignored);
        Assert.Empty(same.Events);
        Assert.Equal("AXSM-1-B1 is Accepted", bench.Lose().Ignored);
        Assert.Equal(100L, bench.Order.OrderId);
    }

    public static TheoryData<OrderOutcome, string> Nothings => new()
    {
        { new OrderOutcome.Rejected("min-quantity-exceeded", "too few"), "min-quantity-exceeded: too few" },
        { new OrderOutcome.NotExecuted("dropped"), "dropped" },
    };

    // What was adopted is another's then, most likely: a program that bought as many in that moment.
    [Theory]
    [MemberData(nameof(Nothings))]
    public void A_refusal_after_an_order_was_adopted_needs_the_person(OrderOutcome nothing, string words)
    {
        var bench = new Bench();
        bench.Enter();
        bench.Lose();
        bench.Find();
        Assert.Equal("PositionBlocked", Bench.Names(bench.Outcome(nothing)));

        AssertBlocked(bench, BlockCode.Contradiction, bench.Last, $"AXSM-1-B1 is Accepted as order 100, and its answer says that it came to nothing: {words}");
        Assert.Equal([100L], bench.State.Blocked!.OrderIds);
        bench.Resolve(Resolution.NotMine);
        Assert.Equal((PositionStatus.Closed, (Block?)null), (bench.State.Status, bench.State.Blocked));
    }

    [Fact]
    public void A_refusal_after_an_order_was_adopted_may_be_wrong_and_the_order_ours()
    {
        var bench = new Bench();
        bench.Enter();
        bench.Lose();
        bench.Find();
        bench.Outcome(new OrderOutcome.NotExecuted("dropped"));
        bench.Resolve(Resolution.Mine);

        Assert.Null(bench.State.Blocked);
        Assert.Equal((OrderStatus.Accepted, 100L), (bench.Order.Status, bench.Order.OrderId));
        bench.EndsAndTradesAgain();
    }

    [Theory]
    [InlineData(true, "the broker accepted AXSM-1-B1 as order 101, which is Accepted as order 100")]
    [InlineData(false, "order 101 was found for AXSM-1-B1, which is Accepted as order 100")]
    public void Evidence_of_another_order_than_the_adopted_one_needs_the_person(bool byAnswer, string why)
    {
        var bench = new Bench();
        bench.Enter();
        bench.Lose();
        bench.Find();
        Assert.Equal("PositionBlocked", Bench.Names(bench.LateAnswer(byAnswer)));

        AssertBlocked(bench, BlockCode.Contradiction, bench.Last, why);
        Assert.Equal([100L, 101L], bench.State.Blocked!.OrderIds);
        Assert.Equal(100L, bench.Order.OrderId);
        Assert.StartsWith("blocked already", bench.Outcome(new OrderOutcome.Accepted(101)).Ignored);
    }

    [Fact]
    public void A_restart_makes_an_intent_without_an_outcome_unknown_and_sends_nothing()
    {
        var bench = new Bench();
        bench.Enter();
        var decision = bench.Wait(60).Do(new PositionCommand.Recover());

        Assert.Equal("OrderOutcomeUnknown", Bench.Names(decision));
        Assert.Equal((OrderStatus.Unknown, Bench.Start.AddSeconds(60)), (bench.Order.Status, bench.Order.UnknownSince!.Value));
        Assert.Empty(bench.Do(new PositionCommand.Recover()).Events);
    }

    [Fact]
    public void A_restart_makes_a_sell_without_an_outcome_unknown_and_sends_no_other()
    {
        var bench = new Bench().Held();
        bench.Exit(ExitReason.TakeProfit);

        Assert.Equal("OrderOutcomeUnknown", Bench.Names(bench.Wait(60).Do(new PositionCommand.Recover())));
        Assert.Equal(PositionStatus.PendingClose, bench.State.Status);
        Assert.Single(bench.Journal.OfType<ExitIntended>());
    }

    [Fact]
    public void A_restart_leaves_everything_else_as_it_was()
    {
        Assert.Empty(new Bench().Do(new PositionCommand.Recover()).Events);
        Assert.Empty(new Bench().Won().Do(new PositionCommand.Recover()).Events);
        Assert.Empty(new Bench().Held().Do(new PositionCommand.Recover()).Events);
        var bench = new Bench();
        bench.Enter();
        bench.Accept();
        Assert.Empty(bench.Do(new PositionCommand.Recover()).Events);
    }

    [Fact]
    public void A_restart_after_TIME_leaves_at_once()
    {
        var bench = new Bench().Held();

        Assert.Equal("ExitIntended", Bench.Names(bench.Wait(3600).Do(new PositionCommand.Recover())));
        Assert.Equal(ExitReason.Time, bench.Trade.Exit!.Reason);
    }

    private static void AssertBlocked(Bench bench, BlockCode code, OrderReference reference, string why)
    {
        var block = bench.State.Blocked!;
        Assert.Equal((code, (OrderReference?)reference, bench.Now), (block.Code, block.Reference, block.Since));
        Assert.Contains(why, block.Detail);
    }

    private static Bench NotPlacedEntry()
    {
        var bench = new Bench();
        bench.Enter();
        bench.Lose();
        bench.NotPlace();
        return bench;
    }

    private static Bench HeldWithLostSell()
    {
        var bench = new Bench().Held();
        bench.Exit(ExitReason.StopLoss);
        bench.Lose();
        bench.NotPlace();
        return bench;
    }
}

file static class LateAnswers
{
    /// <summary>The order turns up: in a read, or because its answer comes after all.</summary>
    public static PositionDecision LateAnswer(this Bench bench, bool byAnswer) => byAnswer ? bench.Accept() : bench.Find();
}
