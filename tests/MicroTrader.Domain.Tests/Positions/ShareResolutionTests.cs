using System.Globalization;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;

namespace MicroTrader.Domain.Tests.Positions;

/// <summary>What a person may say where shares are in question, or an order that is known but makes no sense.</summary>
public sealed class ShareResolutionTests
{
    public static TheoryData<BlockCode> AboutShares() => [BlockCode.SharesMissing, BlockCode.ExitUncertain, BlockCode.CorporateAction];

    [Theory]
    [MemberData(nameof(AboutShares))]
    public void Shares_that_are_mine_leave_by_the_rules_without_more_evidence(BlockCode code)
    {
        var bench = Asked.Shares(code);
        Assert.Equal("PositionResolved ExitCleared ExitIntended", Bench.Names(bench.Resolve(Resolution.Mine)));

        Assert.Equal((1m, ExitReason.StopLoss), (bench.Order.Quantity, bench.Trade.Exit!.Reason));
        bench.EndsAndTradesAgain();
    }

    [Theory]
    [MemberData(nameof(AboutShares))]
    public void Shares_that_are_to_be_sold_are_sold_now(BlockCode code)
    {
        var bench = new Bench().Held();
        bench.NeedPerson(code);
        Assert.Equal("PositionResolved ExitRequested ExitIntended", Bench.Names(bench.Resolve(Resolution.Sell)));

        Assert.Equal(ExitReason.Close, bench.Trade.Exit!.Reason);
        bench.EndsAndTradesAgain();
        Assert.Equal("PositionResolved ExitCleared ExitIntended", Bench.Names(Asked.Shares(code).Resolve(Resolution.Sell)));
    }

    [Theory]
    [MemberData(nameof(AboutShares))]
    public void Shares_that_are_not_mine_are_handed_over_and_the_trade_ends(BlockCode code)
    {
        var bench = Asked.Shares(code);
        Assert.Equal("PositionResolved HoldingAdjusted TradeClosed", Bench.Names(bench.Resolve(Resolution.NotMine)));

        Assert.Equal((PositionStatus.Closed, ExitReason.HandedOver, "handed over to you"), (bench.State.Status, bench.Trade.CloseReason!.Value, bench.Trade.CloseDetail));
        var adjusted = Assert.Single(bench.Trade.Adjustments!);
        Assert.Equal((AdjustmentReason.HandedOver, -1m, (decimal?)null), (adjusted.Reason, adjusted.Quantity, adjusted.Price));
        Assert.Equal(0m, bench.Trade.Result!.Gross);
        bench.EndsAndTradesAgain();
    }

    [Fact]
    public void What_stays_the_robot_s_is_not_sold_before_a_reason_to_leave()
    {
        var bench = new Bench().Held();
        bench.NeedPerson(BlockCode.CorporateAction, null, 300);
        Assert.Equal("PositionResolved", Bench.Names(bench.Resolve(Resolution.Mine)));

        Assert.Empty(bench.Wait(9.999).CheckDue().Events);
        // The order behind the question is known from now on: the same is not asked again.
        Assert.Contains(300L, bench.State.RecentOrderIds);
        bench.EndsAndTradesAgain();
    }

    [Fact]
    public void Sell_while_nothing_may_be_sold_is_a_wish_that_waits()
    {
        var bench = new Bench().Held().MaySell(false);
        bench.NeedPerson(BlockCode.SharesMissing);

        Assert.Equal("PositionResolved ExitRequested", Bench.Names(bench.Resolve(Resolution.Sell)));
        Assert.Equal("ExitIntended", Bench.Names(bench.MaySell(true).CheckDue()));
    }

    [Fact]
    public void While_an_order_is_under_way_shares_cannot_be_handed_over()
    {
        var bench = new Bench();
        bench.Enter();
        bench.Accept();
        bench.NeedPerson(BlockCode.Contradiction, Asked.Buy, 100, 101);
        AssertRefused(bench, Resolution.NotMine, "an order is under way (AXSM-1-B1 is Accepted)");
        bench.Estimate(157m);
        AssertRefused(bench, Resolution.NotMine, "an order is under way (AXSM-1-B1 is FilledProvisionally)");

        bench.Settle(157m);
        Assert.Equal("PositionResolved HoldingAdjusted TradeClosed", Bench.Names(bench.Resolve(Resolution.NotMine)));
        bench.EndsAndTradesAgain();
    }

    [Theory]
    [InlineData(Resolution.Mine, "PositionResolved")]
    [InlineData(Resolution.Sell, "PositionResolved ExitRequested")]
    public void A_contradiction_about_a_buy_under_way_can_be_settled_before_it_ends(Resolution choice, string facts)
    {
        var bench = new Bench();
        bench.Enter();
        bench.Accept();
        bench.Outcome(new OrderOutcome.Accepted(901));
        Assert.Equal(BlockCode.Contradiction, bench.State.Blocked!.Code);

        Assert.Equal(facts, Bench.Names(bench.Resolve(choice)));
        Assert.Contains(901L, bench.State.RecentOrderIds);
        bench.EndsAndTradesAgain();
    }

    [Theory]
    [InlineData(Resolution.Mine)]
    [InlineData(Resolution.NotMine)]
    [InlineData(Resolution.Sell)]
    public void Where_nothing_is_held_any_word_frees_the_symbol(Resolution choice)
    {
        foreach (var bench in new[] { new Bench(), new Bench().Won() })
        {
            bench.NeedPerson(BlockCode.Contradiction, null, 300);

            Assert.Equal("PositionResolved", Bench.Names(bench.Resolve(choice)));
            Assert.Equal((PositionStatus.Closed, "EntryIntended"), (bench.State.Status, Bench.Names(bench.Enter())));
            Assert.Contains(300L, bench.State.RecentOrderIds);
        }
    }

    [Theory]
    [InlineData(Resolution.Mine)]
    [InlineData(Resolution.NotMine)]
    public void Too_many_sold_that_is_accepted_ends_the_trade_without_counting_them(Resolution choice)
    {
        var bench = Asked.Oversold();
        Assert.Equal("PositionResolved HoldingAdjusted TradeClosed", Bench.Names(bench.Resolve(choice)));

        Assert.Equal((PositionStatus.Closed, ExitReason.StopLoss), (bench.State.Status, bench.Trade.CloseReason!.Value));
        // Bought at 157.50, sold at 155 on average: the second share was not the robot's gain.
        Assert.Equal((-2.5m, 157.5m, 155m), (bench.Trade.Result!.Gross, bench.Trade.Result.EntryPrice, bench.Trade.Result.ExitPrice));
        bench.EndsAndTradesAgain();
    }

    [Fact]
    public void Too_many_sold_cannot_be_sold()
    {
        AssertRefused(Asked.Oversold(), Resolution.Sell, "more was sold than bought");
        Assert.Contains("order 7 is not in question", Asked.Oversold().Resolve(Resolution.Mine, 7).Ignored);
    }

    [Fact]
    public void Too_many_sold_that_an_answer_to_another_question_uncovers_is_asked_about_next()
    {
        var bench = Asked.LostSell();
        bench.ClearExit();
        bench.Accept();
        bench.Find(Asked.Sell);
        bench.NeedPerson(BlockCode.Contradiction, Asked.Buy, 100, 300);
        bench.Settle(160m);
        Assert.Equal("OrderSettled", Bench.Names(bench.Settle(150m, order: Asked.Sell)));

        Assert.Equal("PositionResolved PositionBlocked", Bench.Names(bench.Resolve(Resolution.NotMine)));
        Assert.Equal(BlockCode.Oversold, bench.State.Blocked!.Code);
        bench.Resolve(Resolution.Mine);
        bench.EndsAndTradesAgain();
    }

    [Theory]
    [InlineData("2")]
    [InlineData("-1")]
    public void A_buy_whose_fills_make_no_sense_can_be_left_to_the_person(string quantity)
    {
        var bench = NonsensicalBuy(decimal.Parse(quantity, CultureInfo.InvariantCulture));
        Assert.Equal("PositionResolved OrderSettled TradeClosed", Bench.Names(bench.Resolve(Resolution.NotMine)));

        Assert.Equal((PositionStatus.Closed, ExitReason.Cancelled), (bench.State.Status, bench.Trade.CloseReason!.Value));
        bench.EndsAndTradesAgain();
    }

    [Fact]
    public void A_sell_whose_fills_make_no_sense_can_be_left_to_the_person_with_what_is_held()
    {
        var bench = new Bench().Held();
        bench.Exit(ExitReason.TakeProfit);
        bench.Accept();
        bench.SettleWith("CANCELLED", [bench.Fill(2m, 157m)]);
        Assert.Equal("PositionResolved OrderSettled HoldingAdjusted TradeClosed", Bench.Names(bench.Resolve(Resolution.NotMine)));

        Assert.Equal(ExitReason.HandedOver, bench.Trade.CloseReason);
        bench.EndsAndTradesAgain();
    }

    [Theory]
    [InlineData(Resolution.Mine)]
    [InlineData(Resolution.Sell)]
    public void An_order_whose_fills_make_no_sense_and_that_stays_the_robot_s_is_asked_for_anew(Resolution choice)
    {
        var bench = NonsensicalBuy(2m);
        var decision = bench.Resolve(choice);

        Assert.Equal(new PositionEffect.Follow(Asked.Buy, 100), PositionEffects.Of(bench.State, decision.Events[0]));
        // The same nonsense is asked about again, sense is taken.
        Assert.Equal("PositionBlocked", Bench.Names(bench.SettleWith("FILLED", [bench.Fill(2m, 157m)])));
        bench.Resolve(choice);
        bench.EndsAndTradesAgain();
    }

    private static Bench NonsensicalBuy(decimal quantity)
    {
        var bench = new Bench();
        bench.Enter();
        bench.Accept();
        bench.SettleWith("FILLED", [bench.Fill(quantity, 157m)]);
        Assert.Equal(BlockCode.Contradiction, bench.State.Blocked!.Code);
        return bench;
    }

    private static void AssertRefused(Bench bench, Resolution choice, string why)
    {
        var before = Bench.Text(bench.State);
        var decision = bench.Resolve(choice);

        Assert.Contains(why, decision.Ignored);
        Assert.Empty(decision.Events);
        Assert.Equal(before, Bench.Text(bench.State));
    }
}
