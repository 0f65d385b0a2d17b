using System.Text.Json;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Strategy;
using Resolution = MicroTrader.Domain.Positions.Resolution;

namespace MicroTrader.Domain.Tests.Positions;

/// <summary>One position with a clock in the test's hand: decides, applies, keeps the journal.</summary>
internal sealed class Bench
{
    public static readonly Symbol Axsm = Symbol.Parse("AXSM");
    public static readonly Ticker AxsmTicker = new("AXSM_US_EQ");
    public static readonly DateTimeOffset Start = new(2026, 6, 1, 14, 0, 0, TimeSpan.Zero);

    private long _nextOrderId = 100;

    public PositionState State { get; private set; } = PositionState.Empty(Axsm);

    public DateTimeOffset Now { get; private set; } = Start;

    public PositionContext Context { get; set; } = new(new ExitParameters(), 0, TimeSpan.FromMinutes(15), MaySell: true);

    public List<IPositionEvent> Journal { get; } = [];

    public TradeState Trade => State.Trade!;

    public OrderState Order => Trade.Orders[^1];

    public OrderReference Last => Order.Reference;

    public Bench Wait(double seconds)
    {
        Now += TimeSpan.FromSeconds(seconds);
        return this;
    }

    public Bench MaySell(bool may)
    {
        Context = Context with { MaySell = may };
        return this;
    }

    /// <summary>Decides and applies; the answer is what was decided.</summary>
    public PositionDecision Do(PositionCommand command, EvidenceNoted? seen = null)
    {
        var decision = State.Decide(command, Now, Context, seen);
        State = State.ApplyAll(decision.Events);
        Journal.AddRange(decision.Events);
        return decision;
    }

    public PositionDecision Enter(decimal quantity = 1m, decimal price = 157.50m, decimal? heldBefore = 0m) =>
        Do(new PositionCommand.IntendEntry(Signal(price), AxsmTicker, "USD", quantity, heldBefore));

    public EntrySignal Signal(decimal price = 157.50m) => new(Axsm, price, Now, Now, 0.1m, 3, 1.5m);

    public PositionDecision Exit(ExitReason reason, decimal? price = null, long? trade = null) => Do(new PositionCommand.Exit(reason, price, trade));

    public PositionDecision CheckDue() => Do(new PositionCommand.CheckDue());

    public PositionDecision Accept(OrderReference? order = null) => Outcome(new OrderOutcome.Accepted(_nextOrderId++), order);

    public PositionDecision Reject(OrderReference? order = null, string code = "insufficient-free-for-stocks-buy") =>
        Outcome(new OrderOutcome.Rejected(code, "Insufficient free funds"), order);

    public PositionDecision NotExecute(OrderReference? order = null) => Outcome(new OrderOutcome.NotExecuted("connection refused"), order);

    public PositionDecision Lose(OrderReference? order = null) => Outcome(new OrderOutcome.Unknown("time-out"), order);

    public PositionDecision Outcome(OrderOutcome outcome, OrderReference? order = null) =>
        Do(new PositionCommand.RecordOutcome(order ?? Last, outcome));

    public PositionDecision Find(OrderReference? order = null, string source = "history") =>
        Do(new PositionCommand.RecordFound(order ?? Last, _nextOrderId++, source));

    public PositionDecision NotPlace(OrderReference? order = null) => Do(new PositionCommand.RecordNotPlaced(order ?? Last));

    /// <summary>Evidence says that the shares of the held-back sell are there and free.</summary>
    public PositionDecision ClearExit() => Do(new PositionCommand.ClearExit(Trade.Number, Trade.ExitHold!.Since, "the shares are there and free"));

    public PositionDecision NeedPerson(BlockCode code, OrderReference? reference = null, params long[] orderIds) =>
        Do(new PositionCommand.NeedPerson(code, $"{code} in words", reference, orderIds));

    public PositionDecision Resolve(Resolution choice, long? orderId = null) => Do(new PositionCommand.Resolve(choice, orderId));

    public PositionDecision Adjust(AdjustmentReason reason, decimal quantity, decimal? price = null, params long[] orderIds) =>
        Do(new PositionCommand.AdjustHolding(reason, State.TradeNumber, quantity, price, orderIds, $"{reason} in words"));

    public PositionDecision Estimate(decimal price, OrderReference? order = null, DateTimeOffset? filledAt = null)
    {
        var target = Trade.Find(order ?? Last)!;
        return Do(new PositionCommand.RecordFillEstimate(target.Reference, target.Quantity, price, filledAt ?? target.AcceptedAt ?? Now));
    }

    public PositionDecision Settle(decimal price, decimal? quantity = null, OrderReference? order = null)
    {
        var target = Trade.Find(order ?? Last)!;
        var filled = quantity ?? target.Quantity;
        return SettleWith(filled == target.Quantity ? "FILLED" : "CANCELLED", filled == 0 ? [] : [Fill(filled, price)], target.Reference);
    }

    public PositionDecision SettleWith(string venueStatus, IReadOnlyList<Fill> fills, OrderReference? order = null) =>
        Do(new PositionCommand.RecordSettlement(order ?? Last, venueStatus, fills));

    /// <summary>A fill at the bench's time, stamped by the broker's clock.</summary>
    public Fill Fill(decimal quantity, decimal price) =>
        new(null, quantity, price, Now + TimeSpan.FromMilliseconds(Context.BrokerClockOffsetMs), quantity * price, "USD", 1m, []);

    /// <summary>Bought and settled: OPEN.</summary>
    public Bench Held(decimal quantity = 1m, decimal price = 157.50m)
    {
        Enter(quantity);
        Accept();
        Settle(price);
        Assert.Equal(PositionStatus.Open, State.Status);
        return this;
    }

    /// <summary>A whole trade, won.</summary>
    public Bench Won()
    {
        Held();
        Exit(ExitReason.TakeProfit, 159.50m);
        Accept();
        Settle(159.50m);
        Assert.Equal(PositionStatus.Closed, State.Status);
        return this;
    }

    /// <summary>The decided facts by name, in order.</summary>
    public static string Names(PositionDecision decision) => string.Join(" ", decision.Events.Select(e => e.GetType().Name));

    /// <summary>The whole state as text: states hold lists, which do not compare by value.</summary>
    public static string Text(PositionState state) => JsonSerializer.Serialize(state);
}
