using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Reconciliation;
using MicroTrader.Domain.Risk;
using MicroTrader.Simulation.Shared;

namespace MicroTrader.Simulation.Core.Robot;

/// <summary>The pure parts with one guard taken out of them: the invariants must miss it.</summary>
internal static class Sabotage
{
    public static SimParts Of(Guard guard) => guard switch
    {
        Guard.None => new SimParts(),
        Guard.IntentBeforePost => new WithoutIntentFirst(),
        Guard.SettleWindow => new WithoutSettleWindow(),
        Guard.SettleStart => new WithoutSettleStart(),
        Guard.LateWatch => new WithoutLateWatch(),
        Guard.NoRepeat => new WithRepeats(),
        Guard.Staleness => new WithoutStaleness(),
        Guard.CompleteHistory => new WithoutCompleteHistory(),
        Guard.PersonsShares => new WithoutPersonsShares(),
        _ => throw new ArgumentOutOfRangeException(nameof(guard), guard, "no such guard"),
    };

    private sealed record WithoutIntentFirst : SimParts
    {
        public override bool SendsFirst => true;
    }

    private sealed record WithoutSettleWindow : SimParts
    {
        public override IReadOnlyList<Finding> Review(JournalView view, Evidence evidence, ReconciliationRules rules, DateTimeOffset now) =>
            base.Review(view, evidence, rules with { SettleWindow = TimeSpan.Zero }, now);
    }

    private sealed record WithoutSettleStart : SimParts
    {
        // Counted from the intent, as if it had left at once.
        public override IReadOnlyList<Finding> Review(JournalView view, Evidence evidence, ReconciliationRules rules, DateTimeOffset now) =>
            base.Review(view with { Positions = [.. view.Positions.Select(FromIntent)] }, evidence, rules, now);

        private static PositionState FromIntent(PositionState state) => state.Trade is { } trade
            ? state with { Trade = trade with { Orders = [.. trade.Orders.Select(o => o with { UnknownSince = o.UnknownSince is null ? null : o.IntendedAt })] } }
            : state;
    }

    private sealed record WithoutLateWatch : SimParts
    {
        public override PositionDecision Decide(PositionState state, PositionCommand command, DateTimeOffset now, PositionContext context, decimal? account) =>
            base.Decide(state, command, now, context with { LateWatch = TimeSpan.Zero }, account);
    }

    private sealed record WithRepeats : SimParts
    {
        public override bool Repeats => true;
    }

    private sealed record WithoutStaleness : SimParts
    {
        public override RiskVerdict Judge(RiskState state, EntryRequest request, RiskLimits limits, DateTimeOffset now) =>
            base.Judge(state, request, limits with { MaxTickAge = TimeSpan.FromDays(1) }, now);
    }

    private sealed record WithoutCompleteHistory : SimParts
    {
        // The first page is taken for all there is.
        public override bool ReadsOn => false;
    }

    private sealed record WithoutPersonsShares : SimParts
    {
        // The account's whole holding, as a robot would that asks "what do we hold".
        public override PositionDecision Decide(PositionState state, PositionCommand command, DateTimeOffset now, PositionContext context, decimal? account)
        {
            var decision = base.Decide(state, command, now, context, account);
            return decision with { Events = [.. decision.Events.Select(e => e is ExitIntended exit && account > 0 ? exit with { Quantity = account.Value } : e)] };
        }
    }
}
