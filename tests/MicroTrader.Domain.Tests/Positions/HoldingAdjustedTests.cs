using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;

namespace MicroTrader.Domain.Tests.Positions;

/// <summary>Shares that came or went without an order of ours.</summary>
public sealed class HoldingAdjustedTests
{
    [Fact]
    public void Shares_that_the_person_sold_whole_end_the_trade()
    {
        var bench = new Bench().Held();
        Assert.Equal("HoldingAdjusted TradeClosed", Bench.Names(bench.Adjust(AdjustmentReason.ClosedByYou, -1m, 159m, 300)));

        Assert.Equal((PositionStatus.Closed, ExitReason.ClosedByYou, "ClosedByYou in words"), (bench.State.Status, bench.Trade.CloseReason!.Value, bench.Trade.CloseDetail));
        Assert.Equal((1.5m, 159m), (bench.Trade.Result!.Gross, bench.Trade.Result.ExitPrice));
        bench.EndsAndTradesAgain();
    }

    [Fact]
    public void Shares_that_the_person_sold_in_part_are_missing_from_the_next_sell()
    {
        var bench = new Bench().Held(2m);
        Assert.Equal("HoldingAdjusted", Bench.Names(bench.Adjust(AdjustmentReason.ClosedByYou, -0.5m, 159m, 300)));
        Assert.Equal((PositionStatus.Open, 1.5m), (bench.State.Status, bench.Trade.Held));

        Assert.Equal(1.5m, ((ExitIntended)bench.Exit(ExitReason.TakeProfit).Events[^1]).Quantity);
        bench.Accept();
        bench.Settle(161m);
        // 0.5 at 159 and 1.5 at 161, bought at 157.50; the robot's own sale gives the reason.
        Assert.Equal((ExitReason.TakeProfit, 6m, 160.5m), (bench.Trade.CloseReason!.Value, bench.Trade.Result!.Gross, bench.Trade.Result.ExitPrice));
        Assert.Null(bench.Trade.Result.Net);
    }

    [Fact]
    public void A_split_changes_the_number_of_shares_and_the_price_of_one()
    {
        var bench = new Bench().Held();
        Assert.Equal("HoldingAdjusted", Bench.Names(bench.Adjust(AdjustmentReason.CorporateAction, 1m, null, 300)));
        Assert.Equal((2m, 78.75m), (bench.Trade.Held, bench.Trade.EntryPrice));

        Assert.Equal(2m, ((ExitIntended)bench.Exit(ExitReason.TakeProfit).Events[^1]).Quantity);
        bench.Accept();
        bench.Settle(79.75m);
        Assert.Equal((2m, 78.75m, 79.75m), (bench.Trade.Result!.Gross, bench.Trade.Result.EntryPrice, bench.Trade.Result.ExitPrice));
    }

    [Fact]
    public void A_reverse_split_changes_the_number_of_shares_and_the_price_of_one()
    {
        var bench = new Bench().Held(4m);
        bench.Adjust(AdjustmentReason.CorporateAction, -3m, null, 300);

        Assert.Equal((1m, 630m), (bench.Trade.Held, bench.Trade.EntryPrice));
    }

    [Fact]
    public void An_adjustment_that_does_not_fit_changes_nothing()
    {
        var bench = new Bench().Held();
        AssertIgnored("of 1 shares cannot have gone", bench.Adjust(AdjustmentReason.ClosedByYou, -1.0001m, 1m, 300));
        AssertIgnored("of 1 shares cannot have gone", bench.Adjust(AdjustmentReason.ClosedByYou, 0m, 1m, 300));
        AssertIgnored("trade 2 does not hold", bench.Do(new PositionCommand.AdjustHolding(AdjustmentReason.ClosedByYou, 2, -1m, null, [], "")));

        bench.Adjust(AdjustmentReason.CorporateAction, 3m, null, 300, 301);
        AssertIgnored("are counted already", bench.Adjust(AdjustmentReason.CorporateAction, 3m, null, 301));
        Assert.Equal(4m, bench.Trade.Held);
    }

    [Fact]
    public void Nothing_is_adjusted_while_an_order_is_under_way_or_nothing_is_held()
    {
        var bench = new Bench();
        AssertIgnored("does not hold", bench.Adjust(AdjustmentReason.ClosedByYou, -1m));
        bench.Enter();
        bench.Accept();
        AssertIgnored("does not hold", bench.Adjust(AdjustmentReason.ClosedByYou, -1m));
        bench.Estimate(157m);
        AssertIgnored("does not hold", bench.Adjust(AdjustmentReason.ClosedByYou, -1m));
        bench.Settle(157m);
        bench.Exit(ExitReason.Close);
        AssertIgnored("does not hold", bench.Adjust(AdjustmentReason.ClosedByYou, -1m));
        bench.Accept();
        bench.Settle(157m);
        AssertIgnored("does not hold", bench.Adjust(AdjustmentReason.ClosedByYou, -1m));
    }

    private static void AssertIgnored(string why, PositionDecision decision)
    {
        Assert.Contains(why, decision.Ignored);
        Assert.Empty(decision.Events);
    }
}
