using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Robot;
using MicroTrader.Domain.Tests.Positions;

namespace MicroTrader.Domain.Tests.Robot;

/// <summary>What people see of a symbol that needs them, and what they may type.</summary>
public sealed class BlockedViewTests
{
    [Fact]
    public void A_symbol_that_is_free_shows_nothing()
    {
        Assert.Null(BlockedView.From(new Bench().Held().State));
        Assert.Empty(BlockedChoice.Of(new Bench().Held().State));
        Assert.Null(PositionView.FromOrBlocked(new Bench().Won().State));
    }

    [Fact]
    public void Of_several_orders_each_can_be_named()
    {
        var view = BlockedView.From(ExplainerTests.Blocked().State)!;

        Assert.Equal(("AXSM", "AMBIGUOUS", "AXSM-1-B1", 0m), (view.Symbol, view.Code, view.Reference, view.Held));
        Assert.Equal([501L, 502L], view.OrderIds);
        Assert.Equal(
            ["resolve AXSM mine --order 501", "resolve AXSM mine --order 502", "resolve AXSM not-mine", "resolve AXSM sell --order 501", "resolve AXSM sell --order 502"],
            view.Choices.Select(c => c.Command));
        Assert.All(view.Choices, c => Assert.NotEmpty(c.Effect));
    }

    [Fact]
    public void A_second_question_is_counted_and_follows_when_the_first_is_answered()
    {
        var bench = ExplainerTests.Blocked();
        bench.Do(new PositionCommand.NeedPerson(BlockCode.CorporateAction, "a split", null, [900]));
        Assert.Equal(("AMBIGUOUS", 1), (BlockedView.From(bench.State)!.Code, BlockedView.From(bench.State)!.MoreQuestions));

        bench.Do(new PositionCommand.Resolve(Resolution.NotMine, null));
        Assert.Equal(("CORPORATE_ACTION", 0), (BlockedView.From(bench.State)!.Code, BlockedView.From(bench.State)!.MoreQuestions));
        Assert.NotEmpty(BlockedView.From(bench.State)!.Choices);
    }

    // What is shown is what is done: every choice goes through, in the words that were shown.
    [Theory]
    [MemberData(nameof(Codes))]
    public void Each_choice_that_is_shown_is_one_that_the_position_takes(BlockCode code)
    {
        var held = new Bench().Held();
        held.Do(new PositionCommand.NeedPerson(code, "a test", null, []));
        var choices = BlockedView.From(held.State)!.Choices;
        Assert.Equal(["resolve AXSM mine", "resolve AXSM not-mine", "resolve AXSM sell"], choices.Select(c => c.Command));
        foreach (var choice in choices)
        {
            var bench = new Bench().Held();
            bench.Do(new PositionCommand.NeedPerson(code, "a test", null, []));
            var decision = bench.Do(new PositionCommand.Resolve(InterventionWords.ParseResolution(choice.Command.Split(' ')[2])!.Value, null));

            Assert.Null(decision.Ignored);
            Assert.Equal(choice.Effect, decision.Events.OfType<PositionResolved>().Single().Detail);
            Assert.Null(bench.State.Blocked);
        }
    }

    [Fact]
    public void A_sell_in_question_can_be_told_apart()
    {
        var bench = LostSell();
        bench.Do(new PositionCommand.NeedPerson(BlockCode.LateOrder, "it turned up", bench.Last, [900]));
        var choices = BlockedView.From(bench.State)!.Choices;

        Assert.Equal(["resolve AXSM mine", "resolve AXSM not-mine", "resolve AXSM sell"], choices.Select(c => c.Command));
        Assert.Contains("order 900 is AXSM-1-S1", choices[0].Effect, StringComparison.Ordinal);
        Assert.Contains("was not placed", choices[1].Effect, StringComparison.Ordinal);
    }

    // More was sold than bought: there is nothing that could be sold.
    [Fact]
    public void A_choice_that_the_position_would_turn_down_is_not_shown()
    {
        var bench = LostSell();
        bench.Do(new PositionCommand.ClearExit(1, bench.Trade.ExitHold!.Since, "a test"));
        bench.Wait(10).CheckDue();
        bench.Accept();
        bench.Find(new OrderReference("AXSM-1-S1"));
        bench.Settle(159m, order: new OrderReference("AXSM-1-S1"));
        bench.Settle(159m, order: new OrderReference("AXSM-1-S2"));
        var view = BlockedView.From(bench.State)!;

        Assert.Equal(("OVERSOLD", -1m), (view.Code, view.Held));
        Assert.Equal(["resolve AXSM mine", "resolve AXSM not-mine"], view.Choices.Select(c => c.Command));
    }

    [Fact]
    public void A_CLOSED_position_that_needs_the_person_is_listed_where_a_person_looks()
    {
        var bench = new Bench();
        bench.Enter();
        bench.Lose();
        bench.Do(new PositionCommand.RecordNotPlaced(bench.Last));
        bench.Wait(16 * 60);
        bench.Do(new PositionCommand.RecordFound(bench.Last, 777, "history"));

        Assert.Null(PositionView.From(bench.State));
        var view = PositionView.FromOrBlocked(bench.State)!;
        Assert.Equal(("CLOSED", 0m, "LATE_ORDER"), (view.Status, view.Quantity, view.Blocked!.Code));
    }

    [Fact]
    public void The_warning_of_a_stop_names_what_stays_unmanaged()
    {
        var held = new Bench().Held();
        var pending = new Bench();
        pending.Enter(1.5m);

        Assert.Equal("No orders at all from now on; nothing is open. It stays so across restarts; resume ends it.", StopWarning.Of([]));
        Assert.Equal(
            "No orders at all from now on: TP, SL and TIME sell nothing. Unmanaged: AXSM x 1 (OPEN, bought at 157.50), AXSM x 1.5 (PENDING, an order is on its way and may still fill)."
            + " It stays so across restarts; resume ends it.",
            StopWarning.Of([PositionView.From(held.State)!, PositionView.From(pending.State)!]));
    }

    private static Bench LostSell()
    {
        var bench = new Bench().Held();
        bench.Exit(ExitReason.TakeProfit, 159.50m);
        bench.Lose();
        bench.NotPlace();
        return bench;
    }

    public static TheoryData<BlockCode> Codes => [BlockCode.Contradiction, BlockCode.ExitUncertain, BlockCode.SharesMissing, BlockCode.CorporateAction];
}
