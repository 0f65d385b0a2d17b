using MicroTrader.Domain.Gateway;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Reconciliation;
using MicroTrader.Domain.Risk;

namespace MicroTrader.Simulation.Core.Robot;

// What the parts of the simulated robot tell each other: the same as the real actors do.

/// <summary>The strategy wishes to enter.</summary>
internal sealed record EntryWished(EntrySignal Signal);

/// <summary>Leave a position.</summary>
internal sealed record ExitWished(ExitReason Reason, decimal? Price, long? TradeNumber);

/// <summary>A position asks risk for leave to enter.</summary>
internal sealed record EntryAsked(EntryRequest Request, long Number);

/// <summary>Risk's answer.</summary>
internal sealed record EntryAnswered(long Number, RiskVerdict Verdict);

/// <summary>What a position takes of the cap.</summary>
internal sealed record ExposureTold(PositionStanding Standing, long Answered);

/// <summary>The trades of the positions' journals, in the order in which they ended.</summary>
internal sealed record PastTold(IReadOnlyList<EndedTrade> Trades);

/// <summary>Something that risk waits for is ready.</summary>
internal sealed record ReadyTold(string What, SimActor From);

/// <summary>Risk was started: it holds nothing of what others told it.</summary>
internal sealed record RiskStarted;

/// <summary>What the robot may do.</summary>
internal sealed record TradingStateTold(TradingState State);

/// <summary>Set what the robot may do.</summary>
internal sealed record TradingStateWished(TradingState State, string Reason);

/// <summary>Send an order.</summary>
internal sealed record OrderWished(OrderTicket Ticket, DateTimeOffset? Deadline);

/// <summary>Follow an order that the broker has.</summary>
internal sealed record FollowWished(OrderTicket Ticket, long OrderId);

/// <summary>An exit waits for an order's figures.</summary>
internal sealed record HurryWished(OrderReference Reference);

/// <summary>What the gateway needs to know of an order.</summary>
internal sealed record OrderTicket(
    Symbol Symbol,
    Ticker Ticker,
    OrderReference Reference,
    OrderSide Side,
    decimal Quantity,
    DateTimeOffset IntendedAt,
    long BrokerClockOffsetMs,
    decimal? HeldBefore);

/// <summary>Something that a position is told, as the command that it is.</summary>
internal sealed record Told(PositionCommand Command);

/// <summary>The gateway was restarted: it knows no order any more.</summary>
internal sealed record GatewayRestarted;

/// <summary>Reconciliation was restarted: it knows no position any more.</summary>
internal sealed record ReconciliationRestarted;

/// <summary>The broker's clock minus ours.</summary>
internal sealed record BrokerClockTold(long OffsetMs);

/// <summary>Asks the gateway for it.</summary>
internal sealed record ClockAsked(SimActor From);

/// <summary>How a position stands by its journal.</summary>
internal sealed record PositionTold(PositionState State);

/// <summary>Read something that several may wait for.</summary>
internal sealed record ReadWished(
    BrokerEndpoint Endpoint,
    RequestPriority Priority,
    DateTimeOffset? HistorySince,
    DateTimeOffset? DueAt = null,
    FollowedOrder? Order = null);

/// <summary>How many reads of the history are left.</summary>
internal sealed record ReadsTold(ReadOutlook Outlook);

/// <summary>What the list of pending orders showed.</summary>
internal sealed record PendingTold(IReadOnlyList<BrokerOrder>? Orders, DateTimeOffset ReadAt);

/// <summary>What the holdings showed.</summary>
internal sealed record HoldingsTold(IReadOnlyDictionary<Ticker, BrokerHolding>? Holdings, DateTimeOffset ReadAt);

/// <summary>What the history showed.</summary>
internal sealed record HistoryTold(IReadOnlyList<BrokerOrder>? Orders, DateTimeOffset? CompleteSince, DateTimeOffset ReadAt);

/// <summary>A request of the gateway's came to an end.</summary>
internal sealed record Answered(Action Then);

/// <summary>An alarm rang.</summary>
internal sealed record Rung(SimAlarm Alarm, long Number);
