using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Reconciliation;

namespace MicroTrader.Backtest.Model;

/// <summary>An order at the venue.</summary>
internal sealed class VenueOrder
{
    public required long Id { get; init; }

    public required ModelInstrument Instrument { get; init; }

    /// <summary>Shares; negative sells.</summary>
    public required decimal Quantity { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Account money that is set aside for it.</summary>
    public decimal ReservedCash { get; set; }

    /// <summary>FILLED, CANCELLED or REJECTED; empty while it is pending.</summary>
    public string Status { get; set; } = "";

    public Fill? Fill { get; set; }

    public bool IsBuy => Quantity > 0;
}

/// <summary>A symbol at the venue: its newest price and what is held of it.</summary>
internal sealed class ModelInstrument(BacktestSymbol symbol)
{
    public Ticker Ticker { get; } = symbol.Ticker;

    public string Currency { get; } = symbol.Currency;

    public int QuantityDecimals { get; } = symbol.Limits?.QuantityDecimals ?? new InstrumentLimits().QuantityDecimals;

    public decimal Price { get; set; }

    /// <summary>An order of it is due and waits for nothing but the venue's next look.</summary>
    public bool IsWatched { get; set; }

    public decimal Held { get; set; }

    public decimal AveragePrice { get; set; }

    public DateTimeOffset? OpenedAt { get; set; }
}

/// <summary>
/// The venue in memory. It fills like the paper broker of the simulators, whose books this follows to the cent: at the newest price when the delay is over,
/// moved by half the spread and the slippage, with amounts rounded to cents and the fees of changing money.
/// </summary>
internal sealed class ModelVenue
{
    /// <summary>Lines of the history that one page holds (the most that Trading 212 hands out).</summary>
    public const int PageSize = 50;

    // As the paper broker numbers its orders, so that a replay and a backtest can be compared line by line.
    private const long FirstOrderId = 54_250_294_524;

    // A reader follows 20 pages at the most.
    private const int HistoryKept = 21 * PageSize;
    private static readonly TimeSpan ShortestTimer = TimeSpan.FromMilliseconds(1);

    private readonly BacktestVenue _rules;
    private readonly EventClock _clock;
    private readonly ModelTimer _timer;
    private readonly List<VenueOrder> _pending = [];
    private readonly List<VenueOrder> _history = [];
    private readonly decimal _edge;
    private readonly decimal _holdBack;
    private long _firstSequence;
    private long _orders = FirstOrderId - 1;
    private long _fills;

    public ModelVenue(BacktestVenue rules, EventClock clock)
    {
        _rules = rules;
        _clock = clock;
        // It is older than every alarm of the robot, so it comes first in a moment.
        _timer = new ModelTimer(clock, RunDue, number: -1);
        _edge = (rules.SpreadPercent / 200m) + (rules.SlippagePercent / 100m);
        _holdBack = 1m + (rules.CashHoldBackPercent / 100m);
        Cash = rules.StartingCash;
    }

    /// <summary>The account's cash, what is set aside included.</summary>
    public decimal Cash { get; private set; }

    /// <summary>Cash that is free to trade with.</summary>
    public decimal AvailableCash => Cash - Reserved;

    private decimal Reserved => _pending.Sum(o => o.ReservedCash);

    /// <summary>A price came that an order waits for.</summary>
    public void PriceSeen() => RunDue();

    /// <summary>Takes an order, or refuses it.</summary>
    public OrderOutcome Place(ModelInstrument instrument, decimal quantity)
    {
        if (Refuse(instrument, quantity) is { } refused)
            return refused;
        var reserved = 0m;
        if (quantity > 0)
        {
            var value = Cents(Value(instrument, quantity, ExecutionPrice(instrument.Price, true)) * _holdBack);
            reserved = value + Fees(instrument, value).Sum(f => f.Amount);
            if (reserved > AvailableCash || AvailableCash <= 0)
                return new OrderOutcome.Rejected("insufficient-free-for-stocks-buy", "Insufficient free funds to buy the equities");
        }

        var now = _clock.Now;
        var order = new VenueOrder
        {
            Id = ++_orders,
            Instrument = instrument,
            Quantity = quantity,
            CreatedAt = now,
            DueAt = now + _rules.FillDelay,
            ReservedCash = reserved,
        };
        _pending.Add(order);
        Rearm();
        return new OrderOutcome.Accepted(order.Id);
    }

    /// <summary>Whether an order is pending.</summary>
    public bool IsPending(long id) => _pending.Exists(o => o.Id == id);

    /// <summary>Cancels an order; nothing where it is no longer pending.</summary>
    public void Cancel(long id)
    {
        if (_pending.Find(o => o.Id == id) is not { } order)
            return;
        Close(order, "CANCELLED", null);
        Rearm();
    }

    /// <summary>A holding as a read of it shows it; null where none is held.</summary>
    public static BrokerHolding? Holding(ModelInstrument instrument) =>
        instrument.Held == 0 ? null : new BrokerHolding(instrument.Ticker, instrument.Held, instrument.AveragePrice, instrument.Price, instrument.OpenedAt);

    /// <summary>A page of the history, newest first, and where the next one begins; null where it is the last.</summary>
    public (IReadOnlyList<BrokerOrder> Lines, long? Next) History(long? before)
    {
        var newest = (int)Math.Min(_history.Count, (before ?? long.MaxValue) - _firstSequence) - 1;
        var lines = new List<BrokerOrder>();
        for (; newest >= 0 && lines.Count < PageSize; newest--)
            lines.Add(Shown(_history[newest]));
        return (lines, newest >= 0 || _firstSequence > 0 ? newest + 1 + _firstSequence : null);
    }

    private static BrokerOrder Shown(VenueOrder order) => new(
        order.Id,
        order.Instrument.Ticker,
        order.IsBuy ? OrderSide.Buy : OrderSide.Sell,
        Math.Abs(order.Quantity),
        order.Fill?.Quantity ?? 0m,
        order.Status,
        true,
        Stamp(order.CreatedAt),
        OrderOrigin.Api,
        order.Fill is { } fill ? [fill] : []);

    private OrderOutcome.Rejected? Refuse(ModelInstrument instrument, decimal quantity)
    {
        if (quantity == 0)
            return new OrderOutcome.Rejected("invalid-quantity", "the quantity is zero");
        if (decimal.Round(quantity, instrument.QuantityDecimals) != quantity)
            return new OrderOutcome.Rejected("quantity-precision-mismatch", $"at most {instrument.QuantityDecimals} decimals are allowed");
        if (quantity < 0)
        {
            return -quantity > instrument.Held
                ? new OrderOutcome.Rejected("selling-equity-not-owned", "Selling more equities than owned")
                : null;
        }

        return Value(instrument, instrument.Held + quantity, instrument.Price) < _rules.MinPositionValue
            ? new OrderOutcome.Rejected("min-opened-position-exceeded", $"must have opened position at least {_rules.MinPositionValue}")
            : null;
    }

    // What is due is filled in its order; afterwards the alarm is set for what comes next.
    private void RunDue()
    {
        while (_pending.Where(o => o.DueAt <= _clock.Now).MinBy(o => (o.DueAt, o.Id)) is { } due)
            Execute(due);
        Rearm();
    }

    private void Execute(VenueOrder order)
    {
        var instrument = order.Instrument;
        var quantity = Math.Abs(order.Quantity);
        var price = ExecutionPrice(instrument.Price, order.IsBuy);
        var value = Value(instrument, quantity, price);
        var fees = Fees(instrument, value);
        var fee = fees.Sum(f => f.Amount);
        var net = order.IsBuy ? value + fee : value - fee;
        if (order.IsBuy && net > Cash - (Reserved - order.ReservedCash))
        {
            Close(order, "REJECTED", null);
            return;
        }

        var now = _clock.Now;
        if (order.IsBuy)
        {
            instrument.OpenedAt ??= Stamp(now);
            instrument.AveragePrice = instrument.Held == 0
                ? price
                : decimal.Round(((instrument.AveragePrice * instrument.Held) + (price * quantity)) / (instrument.Held + quantity), 8);
            instrument.Held += quantity;
            Cash -= net;
        }
        else
        {
            instrument.Held -= quantity;
            if (instrument.Held == 0)
                instrument.OpenedAt = null;
            Cash += net;
        }

        Close(order, "FILLED", new Fill(++_fills, quantity, price, Stamp(now), net, _rules.AccountCurrency, FxRate(instrument), fees));
    }

    private void Close(VenueOrder order, string status, Fill? fill)
    {
        order.Status = status;
        order.Fill = fill;
        order.ReservedCash = 0m;
        order.Instrument.IsWatched = false;
        _pending.Remove(order);
        _history.Add(order);
        if (_history.Count < 2 * HistoryKept)
            return;
        // What no reader goes back to is let go, so that memory stays flat.
        _firstSequence += _history.Count - HistoryKept;
        _history.RemoveRange(0, _history.Count - HistoryKept);
    }

    // Rounded up to whole milliseconds, and never at once, as the paper broker's own timer.
    private void Rearm()
    {
        DateTimeOffset? earliest = null;
        foreach (var order in _pending)
        {
            order.Instrument.IsWatched = order.DueAt <= _clock.Now;
            if (earliest is null || order.DueAt < earliest)
                earliest = order.DueAt;
        }

        if (earliest is not { } due)
        {
            _timer.ArmAt(null);
            return;
        }

        var wait = TimeSpan.FromMilliseconds(Math.Ceiling((due - _clock.Now).TotalMilliseconds));
        _timer.ArmAt(_clock.Now + (wait < ShortestTimer ? ShortestTimer : wait));
    }

    private decimal ExecutionPrice(decimal last, bool isBuy) =>
        _edge == 0 ? last : decimal.Round(last * (isBuy ? 1m + _edge : 1m - _edge), 4, MidpointRounding.AwayFromZero);

    private decimal Value(ModelInstrument instrument, decimal quantity, decimal price) => Cents(Math.Abs(quantity) * price / FxRate(instrument));

    private List<Fee> Fees(ModelInstrument instrument, decimal value)
    {
        var fees = new List<Fee>();
        if (Cents(value * _rules.FeePercent / 100m) is > 0 and var commission)
            fees.Add(new Fee("Commission", commission, _rules.AccountCurrency));
        if (IsForeign(instrument.Currency) && Cents(value * _rules.FxFeePercent / 100m) is > 0 and var conversion)
            fees.Add(new Fee("CurrencyConversionFee", conversion, _rules.AccountCurrency));
        return fees;
    }

    private decimal FxRate(ModelInstrument instrument) => instrument.Currency == _rules.AccountCurrency ? 1m : _rules.FxRate(instrument.Currency);

    // The venue's stamps are cut off to milliseconds.
    private static DateTimeOffset Stamp(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMillisecond));

    // Pounds and pence are one money.
    private bool IsForeign(string currency) => Pounds(currency) != Pounds(_rules.AccountCurrency);

    private static string Pounds(string currency) => currency == "GBX" ? "GBP" : currency;

    private static decimal Cents(decimal value) => decimal.Round(value, 2, MidpointRounding.AwayFromZero);
}
