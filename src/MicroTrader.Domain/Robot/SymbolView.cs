namespace MicroTrader.Domain.Robot;

/// <summary>A symbol's prices and the strategy's mind, as people see them.</summary>
/// <param name="Symbol">The instrument.</param>
/// <param name="LastPrice">The newest tick's price, in the instrument's currency; null before the first.</param>
/// <param name="LastTickAt">The newest tick's time; null before the first.</param>
/// <param name="Ticks">Ticks taken in since the start.</param>
/// <param name="Signals">Entry signals since the start.</param>
/// <param name="Mind">Why the strategy does not enter, e.g. <c>warming up 4/15</c>.</param>
public sealed record SymbolView(string Symbol, decimal? LastPrice, DateTimeOffset? LastTickAt, long Ticks, long Signals, string Mind)
{
    /// <summary>How often the strategy answered how, by <see cref="Strategy.EntryCode"/>, since the start.</summary>
    public IReadOnlyDictionary<string, long> Decisions { get; init; } = new Dictionary<string, long>();
}
