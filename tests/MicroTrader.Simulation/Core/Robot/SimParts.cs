using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Reconciliation;
using MicroTrader.Domain.Risk;

namespace MicroTrader.Simulation.Core.Robot;

/// <summary>
/// The pure parts that the shell carries messages between. They are the domain's own; only the tests of the guards put sabotaged ones in their place.
/// </summary>
internal record SimParts
{
    public virtual PositionDecision Decide(PositionState state, PositionCommand command, DateTimeOffset now, PositionContext context, decimal? account) =>
        state.Decide(command, now, context);

    public virtual IReadOnlyList<Finding> Review(JournalView view, Evidence evidence, ReconciliationRules rules, DateTimeOffset now) =>
        Reconciler.Review(view, evidence, rules, now);

    public virtual RiskVerdict Judge(RiskState state, EntryRequest request, RiskLimits limits, DateTimeOffset now) => state.Judge(request, limits, now);

    /// <summary>Whether an order leaves before its intent is in the journal.</summary>
    public virtual bool SendsFirst => false;

    /// <summary>Whether a lost answer makes the client send again.</summary>
    public virtual bool Repeats => false;

    /// <summary>When a signal is worth nothing any more.</summary>
    public virtual DateTimeOffset Deadline(EntrySignal signal, TimeSpan deadline) => signal.At + deadline;

    /// <summary>Whether the history is read on until it reaches far enough back.</summary>
    public virtual bool ReadsOn => true;
}
