using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Risk;

namespace MicroTrader.Domain.Positions;

/// <summary>A fact about a position. Facts are journalled and kept for ever: add members, never change their meaning.</summary>
public interface IPositionEvent
{
    /// <summary>When it was decided or learned, by the robot's clock.</summary>
    DateTimeOffset At { get; }
}

/// <summary>A fact about one order of a position.</summary>
public interface IOrderEvent : IPositionEvent
{
    /// <summary>Our reference of the order.</summary>
    OrderReference Reference { get; }
}

/// <summary>A trade is to begin: durable before the buy order leaves.</summary>
/// <param name="TradeNumber">The position's n-th trade, from 1.</param>
/// <param name="Reference">Our reference of the buy order.</param>
/// <param name="Ticker">The broker's identifier.</param>
/// <param name="Currency">The instrument's currency, ISO 4217.</param>
/// <param name="Quantity">Shares to buy.</param>
/// <param name="Signal">What it was decided on.</param>
/// <param name="BrokerClockOffsetMs">The broker's clock minus ours, in milliseconds.</param>
/// <param name="HeldBefore">Shares of the ticker that the account held; null where no read said so.</param>
/// <param name="At">When.</param>
/// <param name="Risk">What risk looked at when it granted it; null where that was not kept.</param>
public sealed record EntryIntended(
    long TradeNumber,
    OrderReference Reference,
    Ticker Ticker,
    string Currency,
    decimal Quantity,
    EntrySignal Signal,
    long BrokerClockOffsetMs,
    decimal? HeldBefore,
    DateTimeOffset At,
    RiskLook? Risk = null) : IOrderEvent;

/// <summary>The position is to be left: durable before the sell order leaves.</summary>
/// <param name="Reference">Our reference of the sell order.</param>
/// <param name="Quantity">Shares to sell.</param>
/// <param name="Reason">Why.</param>
/// <param name="Price">The price that set it off, in the instrument's currency; null for TIME and for people's wishes.</param>
/// <param name="BrokerClockOffsetMs">The broker's clock minus ours, in milliseconds.</param>
/// <param name="At">When.</param>
/// <param name="Basis">What the price was taken from, where it is not the feed's; null where it is, or where no price did.</param>
public sealed record ExitIntended(
    OrderReference Reference,
    decimal Quantity,
    ExitReason Reason,
    decimal? Price,
    long BrokerClockOffsetMs,
    DateTimeOffset At,
    PriceBasis? Basis = null) : IOrderEvent;

/// <summary>An exit was wanted at a moment when no sell order could be sent; it is sent as soon as one can.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Price">The price that set it off, in the instrument's currency; null where none did.</param>
/// <param name="At">When.</param>
/// <param name="Basis">What the price was taken from, where it is not the feed's; null where it is, or where no price did.</param>
public sealed record ExitRequested(ExitReason Reason, decimal? Price, DateTimeOffset At, PriceBasis? Basis = null) : IPositionEvent;

/// <summary>The broker has the order.</summary>
/// <param name="Reference">Our reference.</param>
/// <param name="OrderId">The broker's id.</param>
/// <param name="At">When the answer came.</param>
public sealed record OrderAccepted(OrderReference Reference, long OrderId, DateTimeOffset At) : IOrderEvent;

/// <summary>The broker refused the order.</summary>
/// <param name="Reference">Our reference.</param>
/// <param name="Code">The broker's type of refusal.</param>
/// <param name="Detail">The broker's words.</param>
/// <param name="At">When the answer came.</param>
public sealed record OrderRejected(OrderReference Reference, string Code, string Detail, DateTimeOffset At) : IOrderEvent;

/// <summary>The order never left.</summary>
/// <param name="Reference">Our reference.</param>
/// <param name="Detail">Why.</param>
/// <param name="At">When that was known.</param>
public sealed record OrderNotExecuted(OrderReference Reference, string Detail, DateTimeOffset At) : IOrderEvent;

/// <summary>The order may exist or not; the ticker is frozen until evidence tells.</summary>
/// <param name="Reference">Our reference.</param>
/// <param name="Detail">What was seen.</param>
/// <param name="At">When: the settle window counts from here.</param>
public sealed record OrderOutcomeUnknown(OrderReference Reference, string Detail, DateTimeOffset At) : IOrderEvent;

/// <summary>An order whose outcome was unknown, or which was held for not placed, was found at the broker.</summary>
/// <param name="Reference">Our reference.</param>
/// <param name="OrderId">The broker's id.</param>
/// <param name="Source">Where: <c>pending</c>, <c>history</c> or <c>answer</c> (a late one).</param>
/// <param name="At">When.</param>
public sealed record OrderFound(OrderReference Reference, long OrderId, string Source, DateTimeOffset At) : IOrderEvent;

/// <summary>No such order exists as far as complete reads over the whole settle window can tell.</summary>
/// <param name="Reference">Our reference.</param>
/// <param name="WatchUntil">Until when it is still looked for; no new entry before.</param>
/// <param name="At">When.</param>
public sealed record OrderNotPlaced(OrderReference Reference, DateTimeOffset WatchUntil, DateTimeOffset At) : IOrderEvent;

/// <summary>The order ended at the venue and the holding moved by its quantity; the history has not shown the fill yet.</summary>
/// <param name="Reference">Our reference.</param>
/// <param name="Quantity">Shares.</param>
/// <param name="Price">An estimate of the price of a share, in the instrument's currency.</param>
/// <param name="FilledAt">An estimate of when it was filled, by our clock.</param>
/// <param name="At">When.</param>
public sealed record OrderFillEstimated(OrderReference Reference, decimal Quantity, decimal Price, DateTimeOffset FilledAt, DateTimeOffset At) : IOrderEvent;

/// <summary>The order ended at the venue, with these fills (none if it was cancelled or refused there).</summary>
/// <param name="Reference">Our reference.</param>
/// <param name="VenueStatus">The broker's final status, e.g. <c>FILLED</c> or <c>CANCELLED</c>.</param>
/// <param name="Fills">Its fills, from the history.</param>
/// <param name="At">When that was known.</param>
public sealed record OrderSettled(OrderReference Reference, string VenueStatus, IReadOnlyList<Fill> Fills, DateTimeOffset At) : IOrderEvent;

/// <summary>The trade is over: every order is final and what was bought is sold. The position is ready for the next.</summary>
/// <param name="TradeNumber">The position's n-th trade.</param>
/// <param name="Reason">Why it ended.</param>
/// <param name="Detail">The broker's words, where it said something.</param>
/// <param name="Result">What it brought; null for an entry that came to nothing.</param>
/// <param name="At">When.</param>
public sealed record TradeClosed(long TradeNumber, ExitReason Reason, string? Detail, TradeResult? Result, DateTimeOffset At) : IPositionEvent;
