namespace MicroTrader.Domain.Robot;

/// <summary>A symbol's prices and the strategy's mind, as people see them.</summary>
/// <param name="Symbol">The instrument.</param>
/// <param name="LastPrice">The newest price that was believed, in the instrument's currency; null before the first.</param>
/// <param name="LastTickAt">Its time; null before the first.</param>
/// <param name="Ticks">Ticks that came since the start.</param>
/// <param name="Signals">Entry signals since the start.</param>
/// <param name="Mind">Why the strategy does not enter, e.g. <c>warming up 4/15</c>.</param>
/// <param name="Prices">How its prices stand: <c>fresh</c>, <c>stale</c>, <c>late</c> or <c>market shut</c>; null where nobody said.</param>
/// <param name="Withheld">Ticks that were withheld since the start, by code; null where nobody counts them.</param>
public sealed record SymbolView(
    string Symbol,
    decimal? LastPrice,
    DateTimeOffset? LastTickAt,
    long Ticks,
    long Signals,
    string Mind,
    string? Prices = null,
    IReadOnlyDictionary<string, long>? Withheld = null)
{
    /// <summary>How often the strategy answered how, by <see cref="Strategy.EntryCode"/>, since the start.</summary>
    public IReadOnlyDictionary<string, long> Decisions { get; init; } = new Dictionary<string, long>();

    /// <summary>When its positions are left by price and time: its own rules where it has some, else the general ones; null where nobody said.</summary>
    public ExitView? Exits { get; init; }

    /// <summary>What its prices are in, ISO 4217; null where nobody said.</summary>
    public string? Currency { get; init; }

    /// <summary>The age at which its newest price is stale, in seconds; null where age does not matter, as in a recording.</summary>
    public double? StaleAfterSeconds { get; init; }

    /// <summary>Whether the broker's own price is asked for TP and SL meanwhile: something is held, and the feed cannot tell.</summary>
    public bool AsksBroker { get; init; }
}
