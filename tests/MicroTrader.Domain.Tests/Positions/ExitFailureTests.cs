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

    [Theory]
    [InlineData(true, ExitHoldKind.Refused, "OrderRejected")]
    [InlineData(false, ExitHoldKind.NotPlaced, "OrderNotPlaced")]
    public void A_sell_refused_for_want_of_shares_or_not_placed_waits_for_evidence_then_is_intended_anew(bool refused, ExitHoldKind kind, string facts)
    {
        var bench = HeldBack(refused, out var decision);
        Assert.Equal(facts, Bench.Names(decision));
        Assert.Equal((PositionStatus.Open, new ExitHold(kind, bench.Now)), (bench.State.Status, bench.Trade.ExitHold));
        Assert.Null(bench.State.NextDue(bench.Context));

        // Neither time, nor a wish, nor a restart sends it.
        Assert.Empty(bench.Wait(3600).CheckDue().Events);
        Assert.Equal("an exit is under way", bench.Exit(ExitReason.Flatten).Ignored);
        Assert.Empty(bench.Do(new PositionCommand.Recover()).Events);

        Assert.Equal("ExitCleared ExitIntended", Bench.Names(bench.ClearExit()));
        Assert.Equal(("AXSM-1-S2", 1m, ExitReason.StopLoss), (bench.Last.Value, bench.Order.Quantity, bench.Trade.Exit!.Reason));
        Assert.Null(bench.Trade.ExitHold);
    }

    [Fact]
    public void A_sell_refused_for_want_of_shares_still_backs_off_when_evidence_frees_it()
    {
        var bench = HeldBack(refused: true, out _);

        Assert.Equal("ExitCleared", Bench.Names(bench.ClearExit()));
        Assert.Empty(bench.Wait(0.999).CheckDue().Events);
        Assert.Equal("ExitIntended", Bench.Names(bench.Wait(0.001).CheckDue()));
    }

    [Fact]
    public void Evidence_gathered_for_another_hold_or_another_trade_frees_nothing()
    {
        var bench = HeldBack(refused: true, out _);
        var first = bench.Trade.ExitHold!.Since;

        Assert.NotNull(bench.Do(new PositionCommand.ClearExit(2, first, "")).Ignored);
        Assert.NotNull(bench.Do(new PositionCommand.ClearExit(1, first.AddTicks(-1), "")).Ignored);
        Assert.NotNull(new Bench().Held().Do(new PositionCommand.ClearExit(1, first, "")).Ignored);
        Assert.NotNull(new Bench().Do(new PositionCommand.ClearExit(0, first, "")).Ignored);
        // The second refusal asks anew: what was seen before it is no longer enough.
        bench.ClearExit();
        bench.Wait(1).CheckDue();
        bench.Wait(1).Reject(code: PositionRules.NotOwnedCode);
        Assert.NotNull(bench.Do(new PositionCommand.ClearExit(1, first, "")).Ignored);
        Assert.Equal(new ExitHold(ExitHoldKind.Refused, bench.Now), bench.Trade.ExitHold);
    }

    [Fact]
    public void A_sell_that_nobody_found_weighs_more_than_a_refusal_after_it()
    {
        // The one that nobody found turns up, is cancelled, and meanwhile the one after it was refused.
        var bench = HeldBack(refused: false, out _);
        var since = bench.Trade.ExitHold!.Since;
        Assert.Equal(ExitHoldKind.NotPlaced, bench.Trade.ExitHold.Kind);
        var state = bench.State.Apply(new OrderFound(bench.Last, 900, "history", bench.Now));
        Assert.Null(state.Trade!.ExitHold);

        // Found, it is no longer missing; and an order that is refused while one is held for missing does not make light of it.
        var twice = bench.State with { Status = PositionStatus.PendingClose, Trade = bench.Trade with { Orders = [.. bench.Trade.Orders, bench.Order with { Reference = new OrderReference("AXSM-1-S2"), Status = OrderStatus.Intended }] } };
        var refused = twice.Apply(new OrderRejected(new OrderReference("AXSM-1-S2"), PositionRules.NotOwnedCode, "", bench.Now.AddSeconds(1)));
        Assert.Equal(new ExitHold(ExitHoldKind.NotPlaced, since), refused.Trade!.ExitHold);
    }

    [Fact]
    public void Any_other_refusal_of_a_sell_needs_no_evidence()
    {
        var bench = new Bench().Held();
        bench.Exit(ExitReason.StopLoss, 156m);
        bench.Reject();

        Assert.Null(bench.Trade.ExitHold);
        Assert.Equal("ExitIntended", Bench.Names(bench.Wait(1).CheckDue()));
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
    public void A_sell_s_fills_above_its_quantity_or_with_a_sign_are_left_out_and_need_the_person()
    {
        // Counted in, "minus one sold" would read as two held.
        foreach (var quantity in new[] { 2m, -1m })
        {
            var bench = new Bench().Held();
            bench.Exit(ExitReason.TakeProfit, 159m);
            bench.Accept();

            Assert.Equal("PositionBlocked", Bench.Names(bench.SettleWith("CANCELLED", [bench.Fill(quantity, 159m)])));
            Assert.Equal((BlockCode.Contradiction, 1m), (bench.State.Blocked!.Code, bench.Trade.Held));
        }
    }

    private static Bench HeldBack(bool refused, out PositionDecision decision)
    {
        var bench = new Bench().Held();
        bench.Exit(ExitReason.StopLoss, 156m);
        if (!refused)
            bench.Lose();
        decision = refused ? bench.Reject(code: PositionRules.NotOwnedCode) : bench.Wait(40).NotPlace();
        return bench;
    }
}
