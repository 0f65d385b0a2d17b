using System.Globalization;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;

namespace MicroTrader.Domain.Tests.Positions;

/// <summary>From the intent to buy to OPEN, or to an entry that came to nothing.</summary>
public sealed class EntryTests
{
    [Fact]
    public void An_entry_s_intent_holds_what_it_was_decided_on()
    {
        var bench = new Bench();
        bench.Context = bench.Context with { BrokerClockOffsetMs = 250 };
        var decision = bench.Enter(2.5m, heldBefore: 3m);

        Assert.Null(decision.Ignored);
        var intent = Assert.IsType<EntryIntended>(Assert.Single(decision.Events));
        Assert.Equal(
            new EntryIntended(1, new OrderReference("AXSM-1-B1"), Bench.AxsmTicker, "USD", 2.5m, bench.Signal(), 250, 3m, Bench.Start),
            intent);
        Assert.Equal(PositionStatus.Pending, bench.State.Status);
        Assert.True(bench.State.IsFrozen);
        Assert.Equal(3m, bench.Trade.HeldBefore);
        Assert.Null(bench.Trade.OpenedAt);
        Assert.Equal(157.50m, bench.Trade.EntryPrice);
    }

    [Fact]
    public void A_buy_is_accepted_settled_and_open()
    {
        var bench = new Bench();
        bench.Enter();
        Assert.Equal("OrderAccepted", Bench.Names(bench.Wait(0.1).Accept()));
        Assert.Equal((PositionStatus.Pending, 100L, Bench.Start.AddSeconds(0.1)), (bench.State.Status, bench.Order.OrderId!.Value, bench.Trade.OpenedAt));
        Assert.Equal("OrderSettled", Bench.Names(bench.Wait(1).Settle(157.60m)));

        Assert.Equal(PositionStatus.Open, bench.State.Status);
        Assert.Equal((1m, 1m, 157.60m), (bench.Trade.Bought, bench.Trade.Held, bench.Trade.EntryPrice));
        Assert.Equal(Bench.Start.AddSeconds(1.1), bench.Trade.OpenedAt);
    }

    [Fact]
    public void An_estimated_fill_is_open_until_the_history_settles_it()
    {
        var bench = new Bench();
        bench.Enter();
        bench.Accept();
        Assert.Equal("OrderFillEstimated", Bench.Names(bench.Wait(1).Estimate(157.55m)));
        Assert.Equal((PositionStatus.Open, OrderStatus.FilledProvisionally, 157.55m), (bench.State.Status, bench.Order.Status, bench.Trade.EntryPrice));
        // From Accepted on: the fill's own time is not known yet.
        Assert.Equal(Bench.Start, bench.Trade.OpenedAt);

        Assert.Equal("OrderSettled", Bench.Names(bench.Wait(1).Settle(157.60m)));
        Assert.Equal((PositionStatus.Open, OrderStatus.Settled, 157.60m), (bench.State.Status, bench.Order.Status, bench.Trade.EntryPrice));
        Assert.Equal(Bench.Start.AddSeconds(2), bench.Trade.OpenedAt);
    }

    [Theory]
    [InlineData("0.5", "157.5")]
    [InlineData("2", "157.5")]
    [InlineData("1", "0")]
    [InlineData("1", "-1")]
    public void An_estimate_that_does_not_fit_the_order_is_left_out(string quantity, string price)
    {
        var bench = new Bench();
        bench.Enter();
        bench.Accept();
        var decision = bench.Do(new PositionCommand.RecordFillEstimate(bench.Last, decimal.Parse(quantity), decimal.Parse(price), bench.Now));

        Assert.Empty(decision.Events);
        Assert.Contains("does not wait for a fill", decision.Ignored);
    }

    [Fact]
    public void The_price_is_weighted_by_the_quantities_of_the_fills()
    {
        var bench = new Bench();
        bench.Enter(4m);
        bench.Accept();
        bench.SettleWith("FILLED", [bench.Fill(1m, 100m), bench.Fill(3m, 104m)]);

        Assert.Equal((4m, 103m), (bench.Trade.Held, bench.Trade.EntryPrice));
    }

    [Theory]
    [InlineData("reject", ExitReason.Rejected, "insufficient-free-for-stocks-buy: Insufficient free funds", "OrderRejected TradeClosed")]
    [InlineData("not executed", ExitReason.NotExecuted, "connection refused", "OrderNotExecuted TradeClosed")]
    [InlineData("not placed", ExitReason.NotPlaced, "time-out", "OrderNotPlaced TradeClosed")]
    [InlineData("cancelled", ExitReason.Cancelled, "CANCELLED", "OrderSettled TradeClosed")]
    public void An_entry_that_came_to_nothing_is_closed_with_its_reason(string end, ExitReason reason, string detail, string facts)
    {
        var bench = new Bench();
        bench.Enter();
        if (end == "not placed")
            bench.Lose();
        if (end == "cancelled")
            bench.Accept();
        var decision = end switch
        {
            "reject" => bench.Reject(),
            "not executed" => bench.NotExecute(),
            "not placed" => bench.NotPlace(),
            _ => bench.Settle(0m, 0m),
        };

        Assert.Equal(facts, Bench.Names(decision));
        Assert.Equal(PositionStatus.Closed, bench.State.Status);
        Assert.Equal((reason, detail), (bench.Trade.CloseReason!.Value, bench.Trade.CloseDetail));
        Assert.Null(bench.Trade.Result);
        Assert.Equal(Bench.Start, bench.Trade.ClosedAt);
    }

    [Fact]
    public void An_entry_that_came_to_nothing_leaves_the_next_its_own_number()
    {
        var bench = new Bench();
        bench.Enter();
        bench.Reject();
        bench.Enter();

        Assert.Equal("AXSM-2-B1", bench.Last.Value);
    }

    [Fact]
    public void A_partial_fill_then_cancelled_is_open_with_what_was_filled_and_sells_that()
    {
        var bench = new Bench();
        bench.Enter(3m);
        bench.Accept();
        Assert.Equal("OrderSettled", Bench.Names(bench.Settle(157.50m, 1.25m)));
        Assert.Equal((PositionStatus.Open, 1.25m), (bench.State.Status, bench.Trade.Held));

        var exit = bench.Exit(ExitReason.StopLoss, 156m);
        Assert.Equal(1.25m, Assert.IsType<ExitIntended>(exit.Events[^1]).Quantity);
    }

    [Fact]
    public void A_filled_order_waits_until_the_history_shows_every_fill()
    {
        var bench = new Bench();
        bench.Enter(3m);
        bench.Accept();

        // One item a fill: a page that ends between two would leave shares forgotten; with none shown, a whole order.
        foreach (var shown in new List<IReadOnlyList<Fill>> { new List<Fill>(), new List<Fill> { bench.Fill(1m, 157m) } })
        {
            var decision = bench.SettleWith("FILLED", shown);
            Assert.Empty(decision.Events);
            // Nothing is wrong, only early.
            Assert.Contains("the history shows", decision.Ignored);
        }

        Assert.Equal("OrderSettled", Bench.Names(bench.SettleWith("FILLED", [bench.Fill(1m, 157m), bench.Fill(2m, 157m)])));
    }

    [Theory]
    [InlineData("FILLED", "1.5", "fills of 1.5 for an order of 1 make no sense")]
    [InlineData("CANCELLED", "-1", "a fill of -1 shares makes no sense")]
    [InlineData("FILLED", "1 0", "a fill of 0 shares makes no sense")]
    public void Fills_that_make_no_sense_are_left_out_and_need_the_person(string venueStatus, string quantities, string why)
    {
        var bench = new Bench();
        bench.Enter();
        bench.Accept();
        var decision = bench.SettleWith(venueStatus, [.. quantities.Split(' ').Select(q => bench.Fill(decimal.Parse(q, CultureInfo.InvariantCulture), 157m))]);

        Assert.Equal("PositionBlocked", Bench.Names(decision));
        Assert.Equal((BlockCode.Contradiction, $"AXSM-1-B1: {why}", bench.Last), (bench.State.Blocked!.Code, bench.State.Blocked.Detail, bench.State.Blocked.Reference!.Value));
        Assert.Equal([100L], bench.State.Blocked.OrderIds);
        Assert.Equal((OrderStatus.Accepted, 0m), (bench.Order.Status, bench.Trade.Held));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("1.5")]
    public void A_history_that_says_otherwise_than_the_estimate_wins(string filled)
    {
        var bench = new Bench();
        bench.Enter(2m);
        bench.Accept();
        bench.Estimate(157m);
        Assert.Equal(2m, bench.Trade.Held);
        Assert.Equal("OrderSettled", Bench.Names(bench.Settle(156m, decimal.Parse(filled, CultureInfo.InvariantCulture))));

        Assert.Equal((PositionStatus.Open, decimal.Parse(filled, CultureInfo.InvariantCulture), 156m), (bench.State.Status, bench.Trade.Held, bench.Trade.EntryPrice));
        Assert.Equal(bench.Trade.Held, ((ExitIntended)bench.Exit(ExitReason.Close).Events[^1]).Quantity);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_history_without_a_fill_ends_a_trade_that_an_estimate_had_opened(bool exitWanted)
    {
        // What moved the holding was the person's own purchase of the same quantity.
        var bench = new Bench();
        bench.Enter();
        bench.Accept();
        bench.Estimate(157m);
        if (exitWanted)
            Assert.Equal("ExitRequested", Bench.Names(bench.Exit(ExitReason.StopLoss, 155m)));
        Assert.Equal("OrderSettled TradeClosed", Bench.Names(bench.Settle(0m, 0m)));

        Assert.Equal((PositionStatus.Closed, ExitReason.Cancelled, "CANCELLED"), (bench.State.Status, bench.Trade.CloseReason!.Value, bench.Trade.CloseDetail));
        Assert.Null(bench.Trade.Result);
        Assert.Empty(bench.Journal.OfType<ExitIntended>());
        Assert.Equal("EntryIntended", Bench.Names(bench.Enter()));
    }

    [Fact]
    public void A_second_entry_is_refused_while_a_position_exists()
    {
        var bench = new Bench();
        bench.Enter();
        Assert.Equal("a position is Pending", bench.Enter().Ignored);
        bench.Accept();
        bench.Settle(157.5m);
        Assert.Equal("a position is Open", bench.Enter().Ignored);
        bench.Exit(ExitReason.Close);
        Assert.Equal("a position is PendingClose", bench.Enter().Ignored);
        Assert.Single(bench.Journal.OfType<EntryIntended>());
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    public void An_entry_of_nothing_is_refused(string quantity)
    {
        var bench = new Bench();

        Assert.Contains("is not above zero", bench.Enter(decimal.Parse(quantity)).Ignored);
        Assert.Empty(bench.Journal);
    }

    [Fact]
    public void An_unknown_entry_stays_frozen_until_an_answer_comes_after_all()
    {
        var bench = new Bench();
        bench.Enter();
        Assert.Equal("OrderOutcomeUnknown", Bench.Names(bench.Wait(5).Lose()));
        Assert.Equal((OrderStatus.Unknown, Bench.Start.AddSeconds(5)), (bench.Order.Status, bench.Order.UnknownSince!.Value));
        Assert.Equal("already unknown", bench.Lose().Ignored);
        Assert.True(bench.State.IsFrozen);

        Assert.Equal("OrderAccepted", Bench.Names(bench.Wait(5).Accept()));
        Assert.False(bench.State.IsFrozen);
        Assert.Equal(Bench.Start.AddSeconds(10), bench.Order.AcceptedAt);
    }

    [Fact]
    public void A_refusal_after_unknown_still_counts()
    {
        var bench = new Bench();
        bench.Enter();
        bench.Lose();

        Assert.Equal("OrderRejected TradeClosed", Bench.Names(bench.Reject()));
        Assert.Equal(ExitReason.Rejected, bench.Trade.CloseReason);
    }

    [Fact]
    public void An_unknown_entry_that_is_found_is_tracked_like_an_accepted_one()
    {
        var bench = new Bench();
        bench.Enter();
        bench.Lose();
        Assert.Equal("OrderFound", Bench.Names(bench.Find(source: "pending")));
        Assert.Equal((PositionStatus.Pending, OrderStatus.Accepted, 100L), (bench.State.Status, bench.Order.Status, bench.Order.OrderId!.Value));
        Assert.Equal([100L], bench.State.RecentOrderIds);
        Assert.Equal("AXSM-1-B1 is Accepted", bench.Do(new PositionCommand.RecordFound(bench.Last, 100, "history")).Ignored);

        bench.Settle(157.5m);
        Assert.Equal(PositionStatus.Open, bench.State.Status);
    }

    [Fact]
    public void Answers_and_evidence_for_strangers_change_nothing()
    {
        var bench = new Bench();
        var stranger = new OrderReference("AXSM-7-B1");
        Assert.NotNull(bench.Accept(stranger).Ignored);
        bench.Enter();

        Assert.NotNull(bench.Accept(stranger).Ignored);
        Assert.NotNull(bench.Find(stranger).Ignored);
        Assert.NotNull(bench.NotPlace(stranger).Ignored);
        Assert.NotNull(bench.SettleWith("FILLED", [], stranger).Ignored);
        Assert.NotNull(bench.Do(new PositionCommand.RecordFillEstimate(stranger, 1m, 1m, bench.Now)).Ignored);
        Assert.Single(bench.Journal);
    }

    [Fact]
    public void Not_placed_needs_an_order_that_is_unknown()
    {
        var bench = new Bench();
        bench.Enter();
        Assert.Contains("is not unknown", bench.NotPlace().Ignored);
        bench.Accept();
        Assert.Contains("is not unknown", bench.NotPlace().Ignored);
    }
}
