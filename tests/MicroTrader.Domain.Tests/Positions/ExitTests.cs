using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;

namespace MicroTrader.Domain.Tests.Positions;

/// <summary>From a reason to leave to CLOSED, when all goes well.</summary>
public sealed class ExitTests
{
    [Theory]
    [InlineData(ExitReason.TakeProfit)]
    [InlineData(ExitReason.StopLoss)]
    [InlineData(ExitReason.Close)]
    [InlineData(ExitReason.Flatten)]
    public void A_reason_to_leave_is_a_sell_at_once(ExitReason reason)
    {
        var bench = new Bench().Held();
        var decision = bench.Wait(2).Exit(reason, 159.50m);

        Assert.Equal("ExitRequested ExitIntended", Bench.Names(decision));
        Assert.Equal(
            new ExitIntended(new OrderReference("AXSM-1-S1"), 1m, reason, 159.50m, 0, Bench.Start.AddSeconds(2)),
            decision.Events[1]);
        Assert.Equal(PositionStatus.PendingClose, bench.State.Status);
        Assert.Equal(new PendingExit(reason, 159.50m, Bench.Start.AddSeconds(2)), bench.Trade.Exit);
    }

    [Fact]
    public void A_sell_is_accepted_settled_and_the_trade_closed_with_its_result()
    {
        var bench = new Bench().Held();
        bench.Exit(ExitReason.TakeProfit, 159.50m);
        Assert.Equal("OrderAccepted", Bench.Names(bench.Accept()));
        Assert.Equal(PositionStatus.PendingClose, bench.State.Status);
        var decision = bench.Wait(3).Settle(159.50m);

        Assert.Equal("OrderSettled TradeClosed", Bench.Names(decision));
        Assert.Equal(PositionStatus.Closed, bench.State.Status);
        Assert.Equal((ExitReason.TakeProfit, Bench.Start.AddSeconds(3)), (bench.Trade.CloseReason!.Value, bench.Trade.ClosedAt!.Value));
        Assert.Equal("+2.00 USD (+1.27%)", bench.Trade.Result!.Describe());
        Assert.Equal(0m, bench.Trade.Held);
        Assert.Equal("EntryIntended", Bench.Names(bench.Enter()));
    }

    [Fact]
    public void A_sale_that_is_only_estimated_is_not_closed_yet()
    {
        var bench = new Bench().Held();
        bench.Exit(ExitReason.TakeProfit);
        bench.Accept();
        Assert.Equal("OrderFillEstimated", Bench.Names(bench.Estimate(159m)));
        Assert.Equal((PositionStatus.PendingClose, 0m), (bench.State.Status, bench.Trade.Held));
        Assert.Empty(bench.Wait(600).CheckDue().Events);

        Assert.Equal("OrderSettled TradeClosed", Bench.Names(bench.Settle(159m)));
    }

    [Fact]
    public void A_buy_whose_fill_is_only_estimated_is_not_sold_before_the_history_has_settled_it()
    {
        var bench = new Bench();
        bench.Enter(2m);
        bench.Accept();
        bench.Estimate(157.5m);
        Assert.Equal("ExitRequested", Bench.Names(bench.Exit(ExitReason.Close, 158m)));
        Assert.Equal(PositionStatus.Open, bench.State.Status);
        Assert.Null(bench.State.NextDue(bench.Context));
        Assert.Empty(bench.Wait(600).CheckDue().Events);
        Assert.Equal("an exit is under way", bench.Exit(ExitReason.Flatten).Ignored);

        // The history says how many: those are sold, for the reason that was first.
        Assert.Equal("OrderSettled ExitIntended", Bench.Names(bench.Settle(157.5m, 1.5m)));
        Assert.Equal((1.5m, ExitReason.Close, 158m), (bench.Order.Quantity, bench.Trade.Exit!.Reason, bench.Trade.Exit.Price!.Value));
    }

    [Fact]
    public void Exits_that_meet_are_one_and_the_first_reason_stands()
    {
        var bench = new Bench().Held();
        bench.Exit(ExitReason.StopLoss, 156m);
        foreach (var reason in new[] { ExitReason.TakeProfit, ExitReason.Time, ExitReason.Close, ExitReason.Flatten, ExitReason.StopLoss })
            Assert.Equal("an exit is under way", bench.Wait(20).Exit(reason).Ignored);
        Assert.Empty(bench.CheckDue().Events);
        bench.Accept();
        Assert.Equal("an exit is under way", bench.Exit(ExitReason.Flatten).Ignored);
        bench.Settle(156m);

        Assert.Equal(ExitReason.StopLoss, bench.Trade.CloseReason);
        Assert.Single(bench.Journal.OfType<ExitIntended>());
    }

    [Fact]
    public void The_sell_is_sized_from_our_fills_whatever_the_account_holds()
    {
        var bench = new Bench();
        bench.Enter(0.5m, heldBefore: 100m);
        bench.Accept();
        bench.Settle(157.5m);

        Assert.Equal(0.5m, ((ExitIntended)bench.Exit(ExitReason.Close).Events[^1]).Quantity);
    }

    [Fact]
    public void An_exit_meant_for_another_trade_does_nothing()
    {
        var bench = new Bench().Won().Held();

        Assert.Equal("meant for trade 1, this is trade 2", bench.Exit(ExitReason.TakeProfit, 159m, trade: 1).Ignored);
        Assert.Equal("ExitRequested ExitIntended", Bench.Names(bench.Exit(ExitReason.TakeProfit, 159m, trade: 2)));
        Assert.Equal("AXSM-2-S1", bench.Last.Value);
    }

    [Fact]
    public void Nothing_held_is_nothing_to_leave()
    {
        var bench = new Bench();
        Assert.Equal("nothing is held", bench.Exit(ExitReason.Flatten).Ignored);
        bench.Won();
        Assert.Equal("nothing is held", bench.Exit(ExitReason.Flatten).Ignored);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_exit_wanted_while_the_buy_is_on_its_way_fires_when_the_fill_is_known(bool estimated)
    {
        var bench = new Bench();
        bench.Enter(2m);
        Assert.Equal("ExitRequested", Bench.Names(bench.Wait(1).Exit(ExitReason.StopLoss, 156m)));
        Assert.Equal(PositionStatus.Pending, bench.State.Status);
        Assert.Equal("an exit is under way", bench.Exit(ExitReason.Flatten).Ignored);
        Assert.Equal("OrderAccepted", Bench.Names(bench.Accept()));
        if (estimated)
            Assert.Equal("OrderFillEstimated", Bench.Names(bench.Wait(1).Estimate(157m)));
        var decision = bench.Wait(1).Settle(157m, 1.5m);

        Assert.Equal("OrderSettled ExitIntended", Bench.Names(decision));
        var exit = (ExitIntended)decision.Events[^1];
        Assert.Equal((ExitReason.StopLoss, 156m, 1.5m), (exit.Reason, exit.Price!.Value, exit.Quantity));
    }

    [Fact]
    public void An_exit_wanted_for_a_buy_that_came_to_nothing_is_over_with_it()
    {
        var bench = new Bench();
        bench.Enter();
        bench.Exit(ExitReason.Close);
        Assert.Equal("OrderRejected TradeClosed", Bench.Names(bench.Reject()));
        Assert.Equal(ExitReason.Rejected, bench.Trade.CloseReason);

        // It does not fall on the next trade.
        bench.Held();
        Assert.Null(bench.Trade.Exit);
        Assert.Empty(bench.CheckDue().Events);
    }

    [Fact]
    public void While_nothing_may_be_sold_an_exit_is_wanted_and_waits()
    {
        var bench = new Bench().Held().MaySell(false);
        Assert.Equal("ExitRequested", Bench.Names(bench.Exit(ExitReason.StopLoss, 156m)));
        Assert.Empty(bench.Wait(3600).CheckDue().Events);
        Assert.Equal(PositionStatus.Open, bench.State.Status);

        Assert.Equal("ExitIntended", Bench.Names(bench.MaySell(true).CheckDue()));
        Assert.Equal(ExitReason.StopLoss, bench.Trade.Exit!.Reason);
    }

    [Fact]
    public void While_nothing_may_be_sold_TIME_waits_too()
    {
        var bench = new Bench().Held().MaySell(false);
        Assert.Empty(bench.Wait(60).CheckDue().Events);
        Assert.Null(bench.Trade.Exit);

        Assert.Equal("ExitIntended", Bench.Names(bench.MaySell(true).CheckDue()));
        Assert.Equal(ExitReason.Time, bench.Trade.Exit!.Reason);
    }
}
