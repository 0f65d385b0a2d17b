using System.Collections.Immutable;
using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData;

/// <summary>What a <see cref="SyntheticFeed"/> generates.</summary>
public sealed record SyntheticFeedOptions
{
    /// <summary>The shortest <see cref="Interval"/>.</summary>
    public static readonly TimeSpan LeastInterval = TimeSpan.FromMilliseconds(10);

    /// <summary>The longest <see cref="Interval"/>: beyond it the endings of a burst do not fit into the 10 s of a trade.</summary>
    public static readonly TimeSpan MostInterval = TimeSpan.FromSeconds(2);

    /// <summary>The symbols, at least one, none twice.</summary>
    public IReadOnlyList<Symbol> Symbols { get; init; } = ImmutableArray.Create(Symbol.Parse("AXSM"), Symbol.Parse("DJT"), Symbol.Parse("WULF"), Symbol.Parse("HUT"));

    /// <summary>Decides the sequence: the same seed and symbol give the same prices and volumes, on any machine.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>From one tick of a symbol to the next (10 ms to 2 s).</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Start prices in dollars that replace <see cref="SyntheticPrices.StartFor"/> (5 to 100,000, whole cents).</summary>
    public IReadOnlyDictionary<Symbol, decimal> StartPrices { get; init; } = ImmutableDictionary<Symbol, decimal>.Empty;

    /// <summary>
    /// Ask minus bid in percent of the price (0 to 5); each side is half of it away, in whole cents and at least one cent from the other. Zero gives no quotes, so that
    /// no rule on spreads meets a spread that nobody asked for.
    /// </summary>
    public decimal SpreadPercent { get; init; }

    /// <summary>
    /// How often, about, a symbol's price leaps from one tick to the next (1 s or more); null for never. Leaps come in quiet stretches only, up or down, by half of
    /// <see cref="GapPercent"/> to all of it; within about two minutes the price is drawn back. They are drawn from a sequence of their own, which changes no other number.
    /// </summary>
    public TimeSpan? GapEvery { get; init; }

    /// <summary>The furthest leap in percent of the price (0.1 to 20).</summary>
    public decimal GapPercent { get; init; } = 2m;

    /// <summary>Names what is impossible in these options; empty when they can be used.</summary>
    public IEnumerable<string> Problems()
    {
        if (Symbols.Count == 0)
            yield return "Symbols: none are given; at least one is needed";
        if (Symbols.Any(s => s.Value.Length == 0))
            yield return "Symbols: one is empty; names such as AXSM are allowed";
        if (Symbols.GroupBy(s => s).FirstOrDefault(g => g.Count() > 1) is { } twice)
            yield return $"Symbols: {twice.Key} is given twice; each once is allowed";
        if (Interval < LeastInterval || Interval > MostInterval)
            yield return $"Interval: {Interval:c} is not allowed; {LeastInterval:c} to {MostInterval:c}";
        if (SpreadPercent is < 0 or > 5)
            yield return FormattableString.Invariant($"SpreadPercent: {SpreadPercent} is not allowed; 0 to 5");
        if (GapEvery is { } every && (every < TimeSpan.FromSeconds(1) || every > TimeSpan.FromDays(1)))
            yield return $"GapEvery: {every:c} is not allowed; 00:00:01 to a day, or none";
        if (GapPercent is < 0.1m or > 20)
            yield return FormattableString.Invariant($"GapPercent: {GapPercent} is not allowed; 0.1 to 20");
        foreach (var (symbol, price) in StartPrices)
        {
            if (SyntheticPath.PriceProblem(price) is { } problem)
                yield return $"StartPrices: {symbol}: {problem}";
        }
    }
}
