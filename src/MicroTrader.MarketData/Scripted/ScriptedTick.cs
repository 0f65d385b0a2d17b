using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData;

/// <summary>One line of a script.</summary>
/// <param name="Symbol">The instrument.</param>
/// <param name="Price">Price of one share in the instrument's currency, above zero.</param>
/// <param name="Volume">Shares traded, zero or more; null for not known.</param>
/// <param name="Delay">How long after the line before it the tick comes, zero or more.</param>
public readonly record struct ScriptedTick(Symbol Symbol, decimal Price, decimal? Volume, TimeSpan Delay);
