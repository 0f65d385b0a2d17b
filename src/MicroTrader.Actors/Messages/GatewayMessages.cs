using Akka.Actor;
using MicroTrader.Domain.Gateway;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Reconciliation;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Actors.Messages;

/// <summary>What the gateway must know of an order to send it and to follow it.</summary>
/// <param name="Symbol">The instrument, by our name.</param>
/// <param name="Ticker">The instrument, by the broker's name.</param>
/// <param name="Reference">Our reference.</param>
/// <param name="Side">Buy or sell.</param>
/// <param name="Quantity">Shares, without a sign.</param>
/// <param name="IntendedAt">When its intent was journalled.</param>
/// <param name="BrokerClockOffsetMs">The broker's clock minus ours at the intent, in milliseconds.</param>
/// <param name="HeldBefore">Shares that the account held before; null where no read said so.</param>
/// <param name="TradeNumber">The symbol's n-th trade, by the position's journal: a symbol's orders come in the order of its trades.</param>
/// <param name="ExtendedHours">Whether it is to be executed outside of the regular session.</param>
internal sealed record OrderTicket(
    Symbol Symbol,
    Ticker Ticker,
    OrderReference Reference,
    OrderSide Side,
    decimal Quantity,
    DateTimeOffset IntendedAt,
    long BrokerClockOffsetMs,
    decimal? HeldBefore,
    long TradeNumber,
    bool ExtendedHours = false);

/// <summary>Send an order: its intent is in the journal. The gateway sends a reference once at the most.</summary>
/// <param name="Ticket">The order.</param>
/// <param name="Deadline">Dropped if it could not be sent before; null for never.</param>
/// <param name="SignalTimestamp">When the strategy decided, as a <see cref="TimeProvider"/> timestamp; null where no strategy did.</param>
/// <param name="ReplyTo">Who is told of the outcome and the fills.</param>
internal sealed record PlaceOrder(OrderTicket Ticket, DateTimeOffset? Deadline, long? SignalTimestamp, IActorRef ReplyTo);

/// <summary>Follow an order that the broker has until its fills are known. Nothing is sent.</summary>
/// <param name="Ticket">The order.</param>
/// <param name="OrderId">The broker's id.</param>
/// <param name="ReplyTo">Who is told.</param>
internal sealed record TrackOrder(OrderTicket Ticket, long OrderId, IActorRef ReplyTo);

/// <summary>What became of sending an order.</summary>
/// <param name="Reference">Our reference.</param>
/// <param name="Outcome">What.</param>
/// <param name="Seen">The requests behind it.</param>
internal sealed record OrderAnswered(OrderReference Reference, OrderOutcome Outcome, IReadOnlyList<EvidenceNote> Seen);

/// <summary>An order ended and the holding moved by its quantity; its figures are not known yet.</summary>
internal sealed record FillEstimated(OrderReference Reference, long OrderId, decimal Quantity, decimal Price, DateTimeOffset FilledAt, IReadOnlyList<EvidenceNote> Seen);

/// <summary>An order ended; these are its fills.</summary>
internal sealed record OrderEnded(OrderReference Reference, long OrderId, string VenueStatus, IReadOnlyList<Fill> Fills, IReadOnlyList<EvidenceNote> Seen);

/// <summary>An exit waits for an order's figures: they are needed now.</summary>
internal sealed record HurryOrder(OrderReference Reference);

/// <summary>An order without an outcome is held for not placed: nothing needs to be kept ready for its answer.</summary>
internal sealed record GiveUpOrder(OrderReference Reference);

/// <summary>The gateway was restarted: what it had under way, it no longer knows.</summary>
internal sealed record GatewayRestarted;

/// <summary>Reconciliation was restarted: what it was asked, it no longer knows.</summary>
internal sealed record ReconciliationRestarted;

/// <summary>The broker's clock minus ours, in milliseconds.</summary>
internal sealed record BrokerClock(long OffsetMs);

/// <summary>Ask the gateway for a <see cref="BrokerClock"/>.</summary>
internal sealed record DescribeBrokerClock;

/// <summary>Ask reconciliation for the newest <see cref="HoldingsRead"/>.</summary>
internal sealed record DescribeHoldings;

/// <summary>Read the pending orders. The answer is a <see cref="PendingRead"/>.</summary>
internal sealed record ReadPending(RequestPriority Priority);

/// <summary>The pending orders; null if they could not be read.</summary>
internal sealed record PendingRead(IReadOnlyList<BrokerOrder>? Orders, DateTimeOffset ReadAt, string? Failure);

/// <summary>Read the holdings. The answer is a <see cref="HoldingsRead"/>.</summary>
internal sealed record ReadHoldings(RequestPriority Priority);

/// <summary>The holdings; null if they could not be read.</summary>
internal sealed record HoldingsRead(IReadOnlyDictionary<Ticker, BrokerHolding>? Holdings, DateTimeOffset ReadAt, string? Failure);

/// <summary>Read the account's free cash. The answer is a <see cref="CashRead"/>.</summary>
internal sealed record ReadCash(RequestPriority Priority);

/// <summary>The account's free cash, in its currency; null if it could not be read.</summary>
internal sealed record CashRead(decimal? Free, DateTimeOffset ReadAt, string? Failure);

/// <summary>
/// Read the history back to a time of the broker's clock. One sweep serves all who wait: the broker allows six in a minute. The answer is a
/// <see cref="HistoryRead"/>.
/// </summary>
/// <param name="Since">How far back.</param>
/// <param name="Priority">How urgent it is.</param>
/// <param name="DueAt">Until then another's read will do; from then on one is made for it. Null for at once.</param>
/// <param name="Order">The one order that it is about: the answer comes as soon as that shows; null where all is to be read.</param>
internal sealed record ReadHistory(DateTimeOffset Since, RequestPriority Priority, DateTimeOffset? DueAt = null, FollowedOrder? Order = null);

/// <summary>The history's orders, newest first; null if it could not be read.</summary>
/// <param name="Orders">The orders.</param>
/// <param name="CompleteSince">Every order created since then is among them; null if it could not be read.</param>
/// <param name="ReadAt">When the first page was asked for.</param>
/// <param name="Failure">Why it could not be read; null if it could.</param>
internal sealed record HistoryRead(IReadOnlyList<BrokerOrder>? Orders, DateTimeOffset? CompleteSince, DateTimeOffset ReadAt, string? Failure);

/// <summary>A position tells reconciliation what its journal holds, after every change.</summary>
/// <param name="State">The position.</param>
/// <param name="ReplyTo">Who is told what the comparison shows.</param>
internal sealed record PositionKnown(PositionState State, IActorRef ReplyTo);

/// <summary>Reconciliation tells a position what the comparison shows of it.</summary>
/// <param name="Finding">What.</param>
/// <param name="Seen">The reads behind it.</param>
internal sealed record ReviewFound(Finding.OfSymbol Finding, IReadOnlyList<EvidenceNote> Seen);

/// <summary>Compare journal and broker now. The answer is a <see cref="CommandResult"/>, once the comparison is through.</summary>
internal sealed record ReconcileNow;

/// <summary>The clock on the wall jumped: what was read before says nothing about now.</summary>
/// <param name="By">How far.</param>
internal sealed record ClockJumped(TimeSpan By);
