using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;

namespace MicroTrader.Domain.Tests.Positions;

/// <summary>Facts that fit the position but not the order they speak of.</summary>
public sealed class OrderFactTests
{
    private static readonly DateTimeOffset At = Bench.Start;

    public static TheoryData<string, OrderStatus[]> LegalFor() => new()
    {
        // Which states of an order a fact about it may follow on.
        { nameof(OrderAccepted), [OrderStatus.Intended, OrderStatus.Unknown] },
        { nameof(OrderRejected), [OrderStatus.Intended, OrderStatus.Unknown] },
        { nameof(OrderNotExecuted), [OrderStatus.Intended, OrderStatus.Unknown] },
        { nameof(OrderOutcomeUnknown), [OrderStatus.Intended] },
        { nameof(OrderFound), [OrderStatus.Intended, OrderStatus.Unknown, OrderStatus.NotPlaced] },
        { nameof(OrderNotPlaced), [OrderStatus.Unknown] },
        { nameof(OrderFillEstimated), [OrderStatus.Accepted] },
        { nameof(OrderSettled), [OrderStatus.Accepted, OrderStatus.FilledProvisionally] },
    };

    [Theory]
    [MemberData(nameof(LegalFor))]
    public void A_fact_about_an_order_follows_only_on_what_makes_sense(string kind, OrderStatus[] legal)
    {
        foreach (var status in Enum.GetValues<OrderStatus>())
        {
            // The facts are put to a sell, whose every state is seen while the position is PENDING_CLOSE or OPEN.
            var state = SellThatIs(status);
            var fact = Fact(kind, state.Trade!.Orders[1].Reference);
            if (PositionTransitions.From(state.Status, fact.GetType()).Count > 0 && legal.Contains(status))
            {
                Assert.NotEqual(status, state.Apply(fact).Trade!.Orders[1].Status);
                continue;
            }

            var error = Assert.Throws<IllegalTransitionException>(() => state.Apply(fact));
            Assert.Contains(kind, error.Message);
            Assert.Contains(state.Status.ToString(), error.Message);
        }
    }

    [Fact]
    public void Accepting_twice_is_an_error_that_names_the_order()
    {
        var bench = new Bench();
        bench.Enter();
        bench.Accept();

        var error = Assert.Throws<IllegalTransitionException>(() => bench.State.Apply(new OrderAccepted(bench.Last, 7, At)));
        Assert.Equal("position AXSM: OrderAccepted cannot follow on Pending: order AXSM-1-B1 is Accepted", error.Message);
    }

    [Fact]
    public void Settling_before_accepting_is_an_error()
    {
        var bench = new Bench();
        bench.Enter();

        Assert.Throws<IllegalTransitionException>(() => bench.State.Apply(Fact(nameof(OrderSettled), bench.Last)));
    }

    [Fact]
    public void A_reference_that_the_trade_does_not_know_is_an_error()
    {
        var bench = new Bench();
        bench.Enter();

        var error = Assert.Throws<IllegalTransitionException>(() => bench.State.Apply(new OrderAccepted(new OrderReference("AXSM-9-B1"), 7, At)));
        Assert.EndsWith("AXSM-9-B1 is no order of trade 1", error.Message);
    }

    [Fact]
    public void An_order_of_the_trade_before_is_unknown_to_the_next()
    {
        var bench = new Bench().Won();
        bench.Enter();

        Assert.Throws<IllegalTransitionException>(() => bench.State.Apply(new OrderAccepted(new OrderReference("AXSM-1-B1"), 7, At)));
        Assert.Equal("AXSM-1-B1 is no order of the present trade", bench.Accept(new OrderReference("AXSM-1-B1")).Ignored);
    }

    [Fact]
    public void A_fact_about_an_order_needs_a_trade()
    {
        var error = Assert.Throws<IllegalTransitionException>(
            () => new Bench().State.Apply(new OrderFound(new OrderReference("AXSM-1-B1"), 7, "history", At)));
        Assert.EndsWith("there is no trade", error.Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_trade_s_number_follows_on_the_one_before(long number)
    {
        var bench = new Bench().Won();
        var intent = new EntryIntended(number, new OrderReference("AXSM-X-B1"), Bench.AxsmTicker, "USD", 1m, bench.Signal(), 0, null, At);

        Assert.EndsWith($"trade {number} after trade 1", Assert.Throws<IllegalTransitionException>(() => bench.State.Apply(intent)).Message);
    }

    [Fact]
    public void The_latest_128_order_ids_are_remembered_across_trades()
    {
        var bench = new Bench();
        for (var i = 0; i < 66; i++)
            bench.Won();

        // Two a trade, from 100 on: the last 128 of 132.
        Assert.Equal(Enumerable.Range(104, 128).Select(i => (long)i), bench.State.RecentOrderIds);
    }

    [Fact]
    public void Only_an_order_that_may_exist_freezes_the_ticker()
    {
        var frozen = Enum.GetValues<OrderStatus>().Where(s => SellThatIs(s).IsFrozen);
        Assert.Equal([OrderStatus.Intended, OrderStatus.Unknown], frozen);
        Assert.False(PositionState.Empty(Bench.Axsm).IsFrozen);
    }

    private static PositionState SellThatIs(OrderStatus status)
    {
        var bench = new Bench().Held(2m);
        bench.Exit(ExitReason.TakeProfit);
        var sell = bench.Last;
        if (status is OrderStatus.Unknown or OrderStatus.NotPlaced)
            bench.Lose();
        if (status is OrderStatus.Accepted or OrderStatus.FilledProvisionally or OrderStatus.Settled)
            bench.Accept();
        // What ends a sell would have the next one intended at once.
        bench.MaySell(false);
        if (status == OrderStatus.Rejected)
            bench.Reject();
        if (status == OrderStatus.NotExecuted)
            bench.NotExecute();
        if (status == OrderStatus.NotPlaced)
            bench.NotPlace();
        if (status == OrderStatus.FilledProvisionally)
            bench.Estimate(159m);
        if (status == OrderStatus.Settled)
            bench.Settle(159m, 1m);
        Assert.Equal(status, bench.Trade.Find(sell)!.Status);
        return bench.State;
    }

    private static IOrderEvent Fact(string kind, OrderReference reference) => kind switch
    {
        nameof(OrderAccepted) => new OrderAccepted(reference, 900, At),
        nameof(OrderRejected) => new OrderRejected(reference, "code", "detail", At),
        nameof(OrderNotExecuted) => new OrderNotExecuted(reference, "detail", At),
        nameof(OrderOutcomeUnknown) => new OrderOutcomeUnknown(reference, "detail", At),
        nameof(OrderFound) => new OrderFound(reference, 901, "history", At),
        nameof(OrderNotPlaced) => new OrderNotPlaced(reference, At.AddMinutes(15), At),
        nameof(OrderFillEstimated) => new OrderFillEstimated(reference, 2m, 159m, At, At),
        nameof(OrderSettled) => new OrderSettled(reference, "FILLED", [new Fill(null, 2m, 159m, At, null, null, null, [])], At),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
