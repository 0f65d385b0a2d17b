using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;

namespace MicroTrader.Domain.Tests.Positions;

/// <summary>Sells that come to nothing: the shares stay held and wanted out, and no sell is ever sent twice.</summary>
public sealed class ExitFailureTests
{
    [Fact]
    public void A_refused_sell_leaves_the_position_open_with_the_reason_and_backs_off()
    {
        var bench = new Bench().Held();
        bench.Exit(ExitReason.StopLoss, 156m);
        Assert.Equal("OrderRejected", Bench.Names(bench.Reject()));

        Assert.Equal((PositionStatus.Open, 1m), (bench.State.Status, bench.Trade.Held));
        Assert.Equal("insufficient-free-for-stocks-buy: Insufficient free funds", bench.Order.Detail);
        Assert.Equal(ExitReason.StopLoss, bench.Trade.Exit!.Reason);
        Assert.Equal(Bench.Start.AddSeconds(1), bench.State.NextDue(bench.Context));
    }

    [Fact]
    public void Refused_sells_wait_1_2_4_to_60_seconds_and_each_has_a_new_reference()
    {
        var bench = new Bench().Held();
        bench.Exit(ExitReason.StopLoss, 156m);
        var attempt = 1;
        foreach (var seconds in new[] { 1, 2, 4, 8, 16, 32, 60, 60, 60 })
        {
            bench.Reject();
            Assert.Empty(bench.Wait(seconds - 0.001).CheckDue().Events);
            Assert.Equal("ExitIntended", Bench.Names(bench.Wait(0.001).CheckDue()));
            Assert.Equal(($"AXSM-1-S{++attempt}", 1m), (bench.Last.Value, bench.Order.Quantity));
        }
    }

    [Fact]
    public void A_wish_to_leave_does_not_hurry_a_refused_sell()
    {
        var bench = new Bench().Held();
        bench.Exit(ExitReason.StopLoss, 156m);
        bench.Reject();

        var flatten = bench.Wait(0.5).Exit(ExitReason.Flatten);
        Assert.Equal("an exit is under way", flatten.Ignored);
        Assert.Empty(flatten.Events);
    }

    [Fact]
    public void A_sell_that_never_left_is_intended_anew_at_once_then_backs_off()
    {
        var bench = new Bench().Held();
        bench.Exit(ExitReason.TakeProfit, 159m);
        var decision = bench.NotExecute();
        Assert.Equal("OrderNotExecuted ExitIntended", Bench.Names(decision));
        Assert.Equal(("AXSM-1-S2", ExitReason.TakeProfit), (bench.Last.Value, ((ExitIntended)decision.Events[1]).Reason));

        foreach (var seconds in new[] { 1, 2, 4, 5, 5, 5, 5, 5 })
        {
            Assert.Equal("OrderNotExecuted", Bench.Names(bench.NotExecute()));
            Assert.Empty(bench.Wait(seconds - 0.001).CheckDue().Events);
            Assert.Equal("ExitIntended", Bench.Names(bench.Wait(0.001).CheckDue()));
        }

        Assert.Equal("AXSM-1-S10", bench.Last.Value);
    }

    [Theory]
    [InlineData(1, true, 1)]
    [InlineData(7, true, 60)]
    [InlineData(1_000_000, true, 60)]
    [InlineData(1, false, 0)]
    [InlineData(2, false, 1)]
    [InlineData(8, false, 5)]
    [InlineData(int.MaxValue, false, 5)]
    public void The_back_off_has_an_end(int failed, bool refused, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), PositionRules.ExitBackOff(failed, refused));

    [Fact]
    public void While_a_sell_is_unknown_no_other_is_sent()
    {
        var bench = new Bench().Held();
        bench.Exit(ExitReason.StopLoss, 156m);
        Assert.Equal("OrderOutcomeUnknown", Bench.Names(bench.Lose()));
        Assert.True(bench.State.IsFrozen);
        Assert.Null(bench.State.NextDue(bench.Context));

        foreach (var command in new PositionCommand[]
        {
            new PositionCommand.CheckDue(),
            new PositionCommand.Exit(ExitReason.Flatten, null, null),
            new PositionCommand.Recover(),
            new PositionCommand.RecordOutcome(bench.Last, new OrderOutcome.Unknown("again")),
        })
        {
            Assert.Empty(bench.Wait(86_400).Do(command).Events);
        }

        Assert.Equal(PositionStatus.PendingClose, bench.State.Status);
    }

    [Fact]
    public void An_unknown_sell_that_is_found_is_tracked_to_its_end()
    {
        var bench = new Bench().Held();
        bench.Exit(ExitReason.StopLoss, 156m);
        bench.Lose();
        Assert.Equal("OrderFound", Bench.Names(bench.Find()));
        Assert.Equal((PositionStatus.PendingClose, OrderStatus.Accepted), (bench.State.Status, bench.Order.Status));
        Assert.Equal("OrderSettled TradeClosed", Bench.Names(bench.Settle(156m)));
        Assert.Single(bench.Journal.OfType<ExitIntended>());
    }

    [Fact]
    public void An_unknown_sell_that_was_not_placed_is_intended_anew_under_another_reference()
    {
        var bench = new Bench().Held();
        bench.Exit(ExitReason.StopLoss, 156m);
        bench.Lose();
        var decision = bench.Wait(40).NotPlace();

        Assert.Equal("OrderNotPlaced ExitIntended", Bench.Names(decision));
        Assert.Equal(("AXSM-1-S2", 1m), (bench.Last.Value, bench.Order.Quantity));
    }

    [Fact]
    public void What_a_sell_left_over_is_sold_by_the_next()
    {
        var bench = new Bench().Held(3m);
        bench.Exit(ExitReason.TakeProfit, 159m);
        bench.Accept();
        var decision = bench.Settle(159m, 1.25m);

        Assert.Equal("OrderSettled ExitIntended", Bench.Names(decision));
        Assert.Equal((1.75m, ExitReason.TakeProfit), (((ExitIntended)decision.Events[1]).Quantity, ((ExitIntended)decision.Events[1]).Reason));
        bench.Accept();
        Assert.Equal("OrderSettled TradeClosed", Bench.Names(bench.Settle(161m)));
        Assert.Equal(3m, bench.Trade.Result!.Quantity);
        Assert.Equal(Math.Round(((1.25m * 159m) + (1.75m * 161m)) / 3m, 10), bench.Trade.Result.ExitPrice);
    }

    [Fact]
    public void A_sell_that_the_venue_cancelled_whole_is_intended_anew()
    {
        var bench = new Bench().Held();
        bench.Exit(ExitReason.TakeProfit, 159m);
        bench.Accept();

        Assert.Equal("OrderSettled ExitIntended", Bench.Names(bench.Settle(0m, 0m)));
        Assert.Equal(1m, bench.Order.Quantity);
    }

    [Fact]
    public void A_sell_s_fills_above_its_quantity_or_with_a_sign_are_left_out()
    {
        var bench = new Bench().Held();
        bench.Exit(ExitReason.TakeProfit, 159m);
        bench.Accept();

        Assert.Empty(bench.SettleWith("FILLED", [bench.Fill(2m, 159m)]).Events);
        // Counted in, "minus one sold" would read as two held.
        Assert.Empty(bench.SettleWith("CANCELLED", [bench.Fill(-1m, 159m)]).Events);
        Assert.Equal(1m, bench.Trade.Held);
    }
}
