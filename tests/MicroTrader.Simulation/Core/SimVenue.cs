using System.Globalization;
using MicroTrader.Domain.Orders;
using MicroTrader.Simulation.Shared;

namespace MicroTrader.Simulation.Core;

/// <summary>
/// The broker's books, much leaner than the paper broker: market orders, fills, cash, and who really did what. What its reads show of it is
/// <see cref="SimVenueReads"/>'s.
/// </summary>
internal sealed class SimVenue : IVenueBooks
{
    private readonly SimClock _clock;
    private readonly Adversary _adversary;
    private readonly Trace _trace;
    private readonly List<LedgerEntry> _ledger = [];
    private readonly List<SimOrder> _waitingForOpen = [];
    private readonly Dictionary<string, decimal> _heldAtStart = [];
    private readonly decimal _fx;
    private readonly List<SimOrder> _pending = [];
    private long _nextId;
    private long _nextFillId = 1;

    public SimVenue(SimClock clock, Adversary adversary, Trace trace, IReadOnlyList<SimInstrument> instruments)
    {
        _clock = clock;
        _adversary = adversary;
        _trace = trace;
        Instruments = instruments;
        var random = adversary.Random;
        _nextId = random.Between(1_000, 9_000);
        _fx = 1m + (random.Below(3_000) / 10_000m);
        CashAtStart = Cash = 100_000m;
        ClockOffset = adversary.Strikes(FaultKind.BrokerClockOff) ? random.Between(-8_000, 8_000) * Span.Millisecond : 0;
        foreach (var instrument in instruments)
        {
            // Often the person holds some of what the robot trades.
            if (adversary.MayStrike(FaultKind.PersonTrades) && random.Below(2) == 0)
            {
                instrument.Held = random.Below(4);
                instrument.AveragePrice = instrument.Price;
                instrument.OpenedAt = Now;
            }

            _heldAtStart[instrument.Ticker.Value] = instrument.Held;
        }
    }

    public IReadOnlyList<SimInstrument> Instruments { get; }

    /// <summary>Is told when the robot hands over an order.</summary>
    public Action<SimInstrument>? OnRobotOrder { get; set; }

    public IReadOnlyList<LedgerEntry> Ledger => _ledger;

    public decimal CashAtStart { get; }

    public decimal Cash { get; private set; }

    /// <summary>The venue's clock minus the robot's, in units of 100 ns.</summary>
    public long ClockOffset { get; private set; }

    /// <summary>By the venue's clock.</summary>
    public DateTimeOffset Now => _clock.Now.AddTicks(ClockOffset);

    public bool IsOpen { get; private set; } = true;

    public IReadOnlyList<SimOrder> Pending => _pending;

    /// <summary>Everything that ended, or a corporate action did, in order, with when the history begins to show it.</summary>
    public List<SimHistoryItem> History { get; } = [];

    public decimal HeldAtStart(string ticker) => _heldAtStart[ticker];

    public decimal Held(string ticker) => Instrument(ticker).Held;

    public SimInstrument Instrument(string ticker)
    {
        foreach (var instrument in Instruments)
        {
            if (instrument.Ticker.Value == ticker)
                return instrument;
        }

        throw new ArgumentOutOfRangeException(nameof(ticker), ticker, "no such instrument");
    }

    /// <summary>The robot handed an order to the transport.</summary>
    public void Sent(SimInstrument instrument, string intent, decimal quantity)
    {
        Book(LedgerKind.Sent, instrument.Ticker.Value, Owner.Robot, 0, intent, quantity, 0);
        OnRobotOrder?.Invoke(instrument);
    }

    /// <summary>An order arrives.</summary>
    public (SimOrder? Order, OrderOutcome.Rejected? Refusal) Place(SimInstrument instrument, decimal quantity, Owner owner, string? intent)
    {
        if (owner == Owner.Robot && _adversary.Strikes(FaultKind.RefusedOrder))
            return (null, new OrderOutcome.Rejected("insufficient-free-for-stocks-buy", "Insufficient free funds"));
        if (quantity < 0)
        {
            var free = instrument.Held - instrument.Reserved;
            if (free < -quantity || (owner == Owner.Robot && _adversary.Strikes(FaultKind.NotSettledYet)))
                return (null, new OrderOutcome.Rejected("selling-equity-not-owned", string.Create(CultureInfo.InvariantCulture, $"Selling more equities than owned, owned: {free}")));
            instrument.Reserved -= quantity;
        }
        else if (quantity * instrument.Price / _fx * 1.05m > Cash)
        {
            return (null, new OrderOutcome.Rejected("insufficient-free-for-stocks-buy", "Insufficient free funds"));
        }

        var order = new SimOrder
        {
            Id = _nextId += _adversary.Random.Between(1, 5),
            Instrument = instrument,
            Quantity = quantity,
            Owner = owner,
            Intent = intent,
            CreatedAt = Now,
            ShowsOrigin = owner == Owner.Person || !_adversary.Strikes(FaultKind.OriginNotGiven),
        };
        order.ShownFrom = _clock.Ticks + (_adversary.Strikes(FaultKind.LaggingPending) ? _adversary.Random.Between(0, 20 * Span.Second) : 0);
        _pending.Add(order);
        Book(LedgerKind.Accepted, instrument.Ticker.Value, owner, order.Id, intent, quantity, 0);
        if (_trace.IsOn)
            _trace.Add(_clock.Ticks, "venue", $"order {order.Id} accepted: {quantity} {instrument.Ticker} of {owner} {intent}");
        if (IsOpen)
            Execute(order);
        else
            _waitingForOpen.Add(order);
        return (order, null);
    }

    /// <summary>Cancels what is left of an order; false where it is no longer pending.</summary>
    public bool Cancel(long orderId)
    {
        foreach (var order in _pending)
        {
            if (order.Id != orderId)
                continue;
            End(order, "CANCELLED");
            return true;
        }

        return false;
    }

    public void SetOpen(bool open)
    {
        if (IsOpen == open)
            return;
        IsOpen = open;
        if (_trace.IsOn)
            _trace.Add(_clock.Ticks, "venue", open ? "market opens" : "market closes");
        if (!open)
            return;
        foreach (var order in _waitingForOpen)
            Execute(order);
        _waitingForOpen.Clear();
    }

    /// <summary>Each share of an instrument becomes several.</summary>
    public void Split(SimInstrument instrument, decimal factor)
    {
        var brought = instrument.Held * (factor - 1);
        instrument.Held *= factor;
        instrument.Price /= factor;
        instrument.AveragePrice /= factor;
        Book(LedgerKind.Split, instrument.Ticker.Value, Owner.Person, 0, null, factor, 0);
        if (brought != 0)
            History.Add(new SimHistoryItem(null, null, instrument, _nextId += 3, brought, Now, _clock.Ticks + Lag()));
        if (_trace.IsOn)
            _trace.Add(_clock.Ticks, "venue", $"{instrument.Ticker} is split {factor} for 1");
    }

    /// <summary>From here on nothing is late: what is pending is executed, and the history shows all soon.</summary>
    public void Recover()
    {
        SetOpen(true);
        for (var i = 0; i < History.Count; i++)
        {
            if (History[i].ShownFrom > _clock.Ticks)
                History[i] = History[i] with { ShownFrom = _clock.Ticks + Math.Min(History[i].ShownFrom - _clock.Ticks, 2 * Span.Second) };
        }

        foreach (var order in _pending.ToList())
        {
            order.ShownFrom = _clock.Ticks;
            _clock.In(_adversary.Random.Between(0, 2 * Span.Second), () => Fill(order, order.Left, last: true));
        }
    }

    private void Execute(SimOrder order)
    {
        var random = _adversary.Random;
        var wait = random.Between(5 * Span.Millisecond, 900 * Span.Millisecond);
        var ours = order.Owner == Owner.Robot;
        if (ours && _adversary.Strikes(FaultKind.LateFill))
            wait = random.Below(4) > 0 ? random.Between(Span.Second, 40 * Span.Second) : random.Between(Span.Second, 5 * Span.Minute);
        if (ours && _adversary.Strikes(FaultKind.RefusedFill))
        {
            _clock.In(wait, () => End(order, random.Below(2) == 0 ? "REJECTED" : "CANCELLED"));
            return;
        }

        if (ours && _adversary.Strikes(FaultKind.PartialFill))
        {
            // Some hundredths of it now; the rest later, or never, or the venue cancels it.
            var part = Math.Round(order.Left * random.Between(10, 90) / 100m, 2);
            _clock.In(wait, () => Fill(order, part, last: false));
            var rest = random.Between(Span.Second, 60 * Span.Second);
            switch (random.Below(3))
            {
                case 0:
                    _clock.In(wait + rest, () => Fill(order, order.Left, last: true));
                    break;
                case 1:
                    _clock.In(wait + rest, () => End(order, "CANCELLED"));
                    break;
            }

            return;
        }

        _clock.In(wait, () => Fill(order, order.Left, last: true));
    }

    private void Fill(SimOrder order, decimal quantity, bool last)
    {
        if (order.IsOver || quantity <= 0)
            return;
        var instrument = order.Instrument;
        var sells = order.Quantity < 0;
        var slippage = 1m + (_adversary.Random.Between(-10, 10) / 10_000m);
        var price = Math.Round(instrument.Price * slippage, 4);
        var gross = quantity * price / _fx;
        var fee = Math.Round(gross * 0.0015m, 2);
        var value = Math.Round(gross, 2) + (sells ? -fee : fee);
        order.Fills.Add(new SimFill(_nextFillId++, quantity, price, Now, value, _fx, fee));
        order.Filled += quantity;
        order.Status = order.Left == 0 ? "FILLED" : "PARTIALLY_FILLED";
        if (sells)
        {
            instrument.Reserved -= quantity;
            instrument.Held -= quantity;
            Cash += value;
        }
        else
        {
            if (instrument.Held == 0)
                instrument.OpenedAt = Now;
            instrument.AveragePrice = ((instrument.Held * instrument.AveragePrice) + (quantity * price)) / (instrument.Held + quantity);
            instrument.Held += quantity;
            Cash -= value;
        }

        Book(LedgerKind.Filled, instrument.Ticker.Value, order.Owner, order.Id, order.Intent, sells ? -quantity : quantity, sells ? value : -value);
        if (_trace.IsOn)
            _trace.Add(_clock.Ticks, "venue", $"order {order.Id} filled: {quantity} at {price}, account holds {instrument.Held}");
        if (last || order.Left == 0)
            End(order, order.Status);
    }

    private void End(SimOrder order, string status)
    {
        if (order.IsOver)
            return;
        order.IsOver = true;
        order.Status = status == "PARTIALLY_FILLED" ? "CANCELLED" : status;
        if (order.Quantity < 0)
            order.Instrument.Reserved -= order.Left;
        _pending.Remove(order);
        if (order.Fills.Count == 0)
        {
            History.Add(new SimHistoryItem(order, null, order.Instrument, 0, 0, Now, _clock.Ticks + Lag()));
        }
        else
        {
            // Each fill is an item of its own, and they need not appear together.
            foreach (var fill in order.Fills)
                History.Add(new SimHistoryItem(order, fill, order.Instrument, 0, 0, Now, _clock.Ticks + Lag()));
        }

        Book(LedgerKind.Ended, order.Instrument.Ticker.Value, order.Owner, order.Id, order.Intent, order.Quantity < 0 ? -order.Filled : order.Filled, 0);
        if (_trace.IsOn)
            _trace.Add(_clock.Ticks, "venue", $"order {order.Id} ended {order.Status} with {order.Filled} filled");
    }

    // At its worst the history takes nearly as long as the settle window allows for.
    private long Lag()
    {
        var random = _adversary.Random;
        if (!_adversary.Strikes(FaultKind.LaggingHistory))
            return random.Between(0, 300 * Span.Millisecond);
        return random.Below(3) == 0 ? random.Between(28 * Span.Second, 29 * Span.Second) : random.Between(0, 24 * Span.Second);
    }

    private void Book(LedgerKind kind, string ticker, Owner owner, long id, string? intent, decimal quantity, decimal cash) =>
        _ledger.Add(new LedgerEntry(kind, _clock.Now, ticker, owner, id, intent, quantity, cash));
}
