using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;

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
        bench.Accept();
        bench.Settle(156m);
        Assert.Equal(PositionStatus.Closed, bench.State.Status);

        // The lost sell would take the next trade's shares.
        Assert.Contains("still watched for", bench.Wait(899).Enter().Ignored);
        Assert.Equal("EntryIntended", Bench.Names(bench.Wait(1).Enter()));
    }

    [Fact]
    public void A_late_buy_joins_no_other_trade()
    {
        var bench = NotPlacedEntry();
        var lost = bench.Last;
        bench.Wait(900).Held();

        Assert.Equal($"{lost} is no order of the present trade", bench.Find(lost).Ignored);
        Assert.Equal($"{lost} is no order of the present trade", bench.Accept(lost).Ignored);
        Assert.Equal((2L, 1m), (bench.Trade.Number, bench.Trade.Held));
    }

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
        Assert.Empty(bench.MaySell(true).Wait(60).CheckDue().Events);
        Assert.Equal("OrderSettled TradeClosed", Bench.Names(bench.Settle(156m)));
    }

    [Fact]
    public void The_watch_goes_on_while_another_sell_of_the_trade_is_not_found()
    {
        var bench = HeldWithLostSell();
        var first = bench.Last;
        bench.MaySell(true).CheckDue();
        bench.Lose();
        bench.MaySell(false).Wait(60).NotPlace();
        var until = bench.State.NoEntryBefore;
        bench.Find(first);

        Assert.Equal(bench.Now.AddMinutes(15), until);
        Assert.Equal(until, bench.State.NoEntryBefore);
    }

    [Fact]
    public void A_late_sell_while_another_is_on_its_way_is_a_contradiction()
    {
        var bench = HeldWithLostSell();
        var lost = bench.Last;
        bench.MaySell(true).CheckDue();

        AssertContradiction("order 101 was found for AXSM-1-S1, which is NotPlaced", bench.Find(lost));
        AssertContradiction("order 102 was found for AXSM-1-S1, which is NotPlaced", bench.Accept(lost));
    }

    [Fact]
    public void A_late_sell_of_a_trade_that_is_over_is_a_contradiction()
    {
        var bench = HeldWithLostSell();
        var lost = bench.Last;
        bench.MaySell(true).CheckDue();
        bench.Accept();
        bench.Settle(156m);
        Assert.Equal(PositionStatus.Closed, bench.State.Status);

        AssertContradiction("order 102 was found for AXSM-1-S1, which is NotPlaced", bench.Find(lost));
        AssertContradiction("order 103 was found for AXSM-1-S1, which is NotPlaced", bench.Accept(lost));
        Assert.Equal(PositionStatus.Closed, bench.State.Status);
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
        Assert.Equal(("AXSM-1-B1 is Accepted", false), (same.Ignored, same.IsContradiction));
        Assert.Contains("is Accepted", bench.Reject().Ignored);
        Assert.Equal(100L, bench.Order.OrderId);
    }

    [Fact]
    public void Evidence_of_another_order_than_the_adopted_one_is_a_contradiction()
    {
        var bench = new Bench();
        bench.Enter();
        bench.Lose();
        bench.Find();

        AssertContradiction("the broker accepted AXSM-1-B1 as order 7, which is Accepted as order 100", bench.Outcome(new OrderOutcome.Accepted(7)));
        AssertContradiction("order 101 was found for AXSM-1-B1, which is Accepted as order 100", bench.Find());
        Assert.Equal(100L, bench.Order.OrderId);
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

    private static void AssertContradiction(string why, PositionDecision decision)
    {
        Assert.Equal(why, decision.Ignored);
        Assert.True(decision.IsContradiction);
        Assert.Empty(decision.Events);
    }

    private static Bench NotPlacedEntry()
    {
        var bench = new Bench();
        bench.Enter();
        bench.Lose();
        bench.NotPlace();
        return bench;
    }

    // Nothing may be sold, so that the given-up sell is not followed by the next at once.
    private static Bench HeldWithLostSell()
    {
        var bench = new Bench().Held();
        bench.Exit(ExitReason.StopLoss);
        bench.Lose();
        bench.MaySell(false).NotPlace();
        return bench;
    }
}

file static class LateAnswers
{
    /// <summary>The order turns up: in a read, or because its answer comes after all.</summary>
    public static PositionDecision LateAnswer(this Bench bench, bool byAnswer) => byAnswer ? bench.Accept() : bench.Find();
}
