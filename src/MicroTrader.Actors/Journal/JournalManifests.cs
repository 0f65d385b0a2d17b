using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Risk;

namespace MicroTrader.Actors.Journal;

/// <summary>
/// What the journal may hold: a short versioned name for each kind of fact. A name is written once and for ever; a fact that changes its shape gets
/// a new name and its old one is still read. A golden file for each holds that (tests/MicroTrader.Actors.Tests/Golden).
/// </summary>
public static class JournalManifests
{
    // Before All, which is made with it.
    private static readonly JsonSerializerOptions Strict = new(JournalJsonContext.Default.Options)
    {
        TypeInfoResolver = JournalJsonContext.Default.WithAddedModifier(RequireWhatCannotBeNull),
    };

    private static readonly (string Manifest, Type Type, JsonTypeInfo Json)[] All =
    [
        ("pos-entry-intended/1", typeof(EntryIntended), Shape<EntryIntended>()),
        ("pos-exit-intended/1", typeof(ExitIntended), Shape<ExitIntended>()),
        ("pos-exit-requested/1", typeof(ExitRequested), Shape<ExitRequested>()),
        ("pos-order-accepted/1", typeof(OrderAccepted), Shape<OrderAccepted>()),
        ("pos-order-rejected/1", typeof(OrderRejected), Shape<OrderRejected>()),
        ("pos-order-not-executed/1", typeof(OrderNotExecuted), Shape<OrderNotExecuted>()),
        ("pos-order-unknown/1", typeof(OrderOutcomeUnknown), Shape<OrderOutcomeUnknown>()),
        ("pos-order-found/1", typeof(OrderFound), Shape<OrderFound>()),
        ("pos-order-not-placed/1", typeof(OrderNotPlaced), Shape<OrderNotPlaced>()),
        ("pos-fill-estimated/1", typeof(OrderFillEstimated), Shape<OrderFillEstimated>()),
        ("pos-order-settled/1", typeof(OrderSettled), Shape<OrderSettled>()),
        ("pos-trade-closed/1", typeof(TradeClosed), Shape<TradeClosed>()),
        ("pos-blocked/1", typeof(PositionBlocked), Shape<PositionBlocked>()),
        ("pos-resolved/1", typeof(PositionResolved), Shape<PositionResolved>()),
        ("pos-holding-adjusted/1", typeof(HoldingAdjusted), Shape<HoldingAdjusted>()),
        ("pos-exit-cleared/1", typeof(ExitCleared), Shape<ExitCleared>()),
        ("pos-late-entry-adopted/1", typeof(LateEntryAdopted), Shape<LateEntryAdopted>()),
        ("pos-evidence/1", typeof(EvidenceNoted), Shape<EvidenceNoted>()),
        ("pos-state/1", typeof(PositionState), Shape<PositionState>()),
        ("risk-foreign-orders/1", typeof(ForeignOrdersSeen), Shape<ForeignOrdersSeen>()),
        ("risk-trading-state/1", typeof(TradingStateChanged), Shape<TradingStateChanged>()),
        ("risk-day-began/1", typeof(TradingDayBegan), Shape<TradingDayBegan>()),
        ("risk-trade-taken/1", typeof(TradeTaken), Shape<TradeTaken>()),
        ("risk-cool-down/1", typeof(CoolDownBegan), Shape<CoolDownBegan>()),
        ("risk-daily-loss/1", typeof(DailyLossReached), Shape<DailyLossReached>()),
        ("risk-state/1", typeof(RiskSnapshot), Shape<RiskSnapshot>()),
    ];

    private static readonly FrozenDictionary<Type, (string Manifest, JsonTypeInfo Json)> ByType =
        All.ToFrozenDictionary(a => a.Type, a => (a.Manifest, a.Json));

    private static readonly FrozenDictionary<string, JsonTypeInfo> ByManifest =
        All.ToFrozenDictionary(a => a.Manifest, a => a.Json, StringComparer.Ordinal);

    /// <summary>Every type that the journal may hold.</summary>
    public static IEnumerable<Type> Types => All.Select(a => a.Type);

    /// <summary>The name and the shape of a type.</summary>
    /// <exception cref="ArgumentException">The type may not be journalled.</exception>
    public static (string Manifest, JsonTypeInfo Json) For(Type type) =>
        ByType.TryGetValue(type, out var found) ? found : throw new ArgumentException($"{type.FullName} has no name in the journal", nameof(type));

    private static JsonTypeInfo Shape<T>() => Strict.GetTypeInfo(typeof(T));

    // A fact without its reference or its time is a damaged journal, not a fact with a default: only what may be null may be left out. A member that is
    // added to a fact later is therefore nullable or has a default.
    private static void RequireWhatCannotBeNull(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.AssociatedParameter is { IsNullable: false, HasDefaultValue: false })
                property.IsRequired = true;
        }
    }

    /// <summary>The shape behind a name; null where the name is not known (a journal of a newer version).</summary>
    public static JsonTypeInfo? Find(string manifest) => ByManifest.GetValueOrDefault(manifest);
}
