using System.Collections.Frozen;
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
    private static readonly (string Manifest, Type Type, JsonTypeInfo Json)[] All =
    [
        ("pos-entry-intended/1", typeof(EntryIntended), JournalJsonContext.Default.EntryIntended),
        ("pos-exit-intended/1", typeof(ExitIntended), JournalJsonContext.Default.ExitIntended),
        ("pos-exit-requested/1", typeof(ExitRequested), JournalJsonContext.Default.ExitRequested),
        ("pos-order-accepted/1", typeof(OrderAccepted), JournalJsonContext.Default.OrderAccepted),
        ("pos-order-rejected/1", typeof(OrderRejected), JournalJsonContext.Default.OrderRejected),
        ("pos-order-not-executed/1", typeof(OrderNotExecuted), JournalJsonContext.Default.OrderNotExecuted),
        ("pos-order-unknown/1", typeof(OrderOutcomeUnknown), JournalJsonContext.Default.OrderOutcomeUnknown),
        ("pos-order-found/1", typeof(OrderFound), JournalJsonContext.Default.OrderFound),
        ("pos-order-not-placed/1", typeof(OrderNotPlaced), JournalJsonContext.Default.OrderNotPlaced),
        ("pos-fill-estimated/1", typeof(OrderFillEstimated), JournalJsonContext.Default.OrderFillEstimated),
        ("pos-order-settled/1", typeof(OrderSettled), JournalJsonContext.Default.OrderSettled),
        ("pos-trade-closed/1", typeof(TradeClosed), JournalJsonContext.Default.TradeClosed),
        ("pos-state/1", typeof(PositionState), JournalJsonContext.Default.PositionState),
        ("risk-trading-state/1", typeof(TradingStateChanged), JournalJsonContext.Default.TradingStateChanged),
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

    /// <summary>The shape behind a name; null where the name is not known (a journal of a newer version).</summary>
    public static JsonTypeInfo? Find(string manifest) => ByManifest.GetValueOrDefault(manifest);
}
