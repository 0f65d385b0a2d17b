using System.Collections.Frozen;

namespace MicroTrader.Domain.Positions;

/// <summary>A fact that cannot follow on a position's state. It is a fault of the program or of the journal, never of the market.</summary>
public sealed class IllegalTransitionException : InvalidOperationException
{
    /// <summary>Names the fact and the state.</summary>
    public IllegalTransitionException(PositionState state, IPositionEvent @event, string why)
        : base($"position {state.Symbol}: {@event.GetType().Name} cannot follow on {state.Status}: {why}")
    {
    }
}

/// <summary>
/// The legal moves of a position, whole: which fact may come in which state, and where it may lead.
/// What is not in the table is an <see cref="IllegalTransitionException"/>.
/// </summary>
public static class PositionTransitions
{
    private const PositionStatus Closed = PositionStatus.Closed;
    private const PositionStatus Pending = PositionStatus.Pending;
    private const PositionStatus Open = PositionStatus.Open;
    private const PositionStatus PendingClose = PositionStatus.PendingClose;

    private static readonly FrozenDictionary<(PositionStatus From, Type Event), PositionStatus[]> Table =
        new Dictionary<(PositionStatus, Type), PositionStatus[]>
        {
            // A trade begins. Only from CLOSED: one position a symbol.
            [(Closed, typeof(EntryIntended))] = [Pending],

            // What became of the buy. A refusal is followed by TradeClosed in the same write.
            [(Pending, typeof(OrderAccepted))] = [Pending],
            [(Pending, typeof(OrderRejected))] = [Pending],
            [(Pending, typeof(OrderNotExecuted))] = [Pending],
            [(Pending, typeof(OrderOutcomeUnknown))] = [Pending],
            [(Pending, typeof(OrderFound))] = [Pending],
            [(Pending, typeof(OrderNotPlaced))] = [Pending],
            [(Pending, typeof(ExitRequested))] = [Pending],
            [(Pending, typeof(OrderFillEstimated))] = [Open],
            [(Pending, typeof(OrderSettled))] = [Open, Pending],
            [(Pending, typeof(TradeClosed))] = [Closed],

            // Held. The history may still settle the buy, and show that its estimate was wrong; a sell that was given up may turn up.
            [(Open, typeof(OrderSettled))] = [Open, Pending],
            [(Open, typeof(ExitRequested))] = [Open],
            [(Open, typeof(ExitIntended))] = [PendingClose],
            [(Open, typeof(OrderFound))] = [PendingClose],

            // What became of the sell. One that came to nothing leaves the shares held, unless another that turned up late is on its way.
            [(PendingClose, typeof(OrderAccepted))] = [PendingClose],
            [(PendingClose, typeof(OrderRejected))] = [Open, PendingClose],
            [(PendingClose, typeof(OrderNotExecuted))] = [Open, PendingClose],
            [(PendingClose, typeof(OrderOutcomeUnknown))] = [PendingClose],
            [(PendingClose, typeof(OrderFound))] = [PendingClose],
            [(PendingClose, typeof(OrderNotPlaced))] = [Open, PendingClose],
            [(PendingClose, typeof(OrderFillEstimated))] = [PendingClose],
            [(PendingClose, typeof(OrderSettled))] = [PendingClose, Open],
            [(PendingClose, typeof(TradeClosed))] = [Closed],

            // Shares that came or went without an order of ours; what is left decides.
            [(Open, typeof(HoldingAdjusted))] = [Open, PendingClose],
            [(PendingClose, typeof(HoldingAdjusted))] = [PendingClose],
            [(Open, typeof(ExitCleared))] = [Open],

            // What needs the person, what the person said, and what was seen: at any time.
            [(Closed, typeof(PositionBlocked))] = [Closed],
            [(Pending, typeof(PositionBlocked))] = [Pending],
            [(Open, typeof(PositionBlocked))] = [Open],
            [(PendingClose, typeof(PositionBlocked))] = [PendingClose],
            [(Closed, typeof(PositionResolved))] = [Closed],
            [(Pending, typeof(PositionResolved))] = [Pending],
            [(Open, typeof(PositionResolved))] = [Open],
            [(PendingClose, typeof(PositionResolved))] = [PendingClose],
            [(Closed, typeof(EvidenceNoted))] = [Closed],
            [(Pending, typeof(EvidenceNoted))] = [Pending],
            [(Open, typeof(EvidenceNoted))] = [Open],
            [(PendingClose, typeof(EvidenceNoted))] = [PendingClose],

            // A buy of an earlier trade that a person says is ours: a trade of its own.
            [(Closed, typeof(LateEntryAdopted))] = [Pending],

            // A buy that was held for not placed turns up late: it is ours and leaves by its rules.
            [(Closed, typeof(OrderFound))] = [Pending],
        }.ToFrozenDictionary();

    /// <summary>Every state.</summary>
    public static IReadOnlyList<PositionStatus> Statuses { get; } = [Closed, Pending, Open, PendingClose];

    /// <summary>Every kind of fact.</summary>
    public static IReadOnlyList<Type> EventTypes { get; } =
    [
        typeof(EntryIntended), typeof(ExitIntended), typeof(ExitRequested), typeof(OrderAccepted), typeof(OrderRejected), typeof(OrderNotExecuted),
        typeof(OrderOutcomeUnknown), typeof(OrderFound), typeof(OrderNotPlaced), typeof(OrderFillEstimated), typeof(OrderSettled), typeof(TradeClosed),
        typeof(PositionBlocked), typeof(PositionResolved), typeof(HoldingAdjusted), typeof(ExitCleared), typeof(LateEntryAdopted), typeof(EvidenceNoted),
    ];

    /// <summary>Where a fact may lead from a state; empty where it may not come.</summary>
    public static IReadOnlyList<PositionStatus> From(PositionStatus status, Type eventType) =>
        Table.TryGetValue((status, eventType), out var next) ? next : [];
}
