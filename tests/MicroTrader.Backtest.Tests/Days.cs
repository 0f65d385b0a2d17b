using System.Globalization;
using MicroTrader.Domain.Market;
using MicroTrader.MarketData;

namespace MicroTrader.Backtest.Tests;

/// <summary>Writes synthetic recordings with all that a record of a live run has: quotes, kinds, traits, and ticks that come late.</summary>
internal static class Days
{
    /// <summary>A Monday afternoon in New York, 10 a.m.</summary>
    public static readonly DateTimeOffset Monday = new(2026, 6, 15, 14, 0, 0, TimeSpan.Zero);

    /// <summary>Ticks of some symbols, a quarter of a second apart.</summary>
    /// <param name="seed">The same seed gives the same prices.</param>
    /// <param name="start">The first ticks' time.</param>
    /// <param name="ticks">How many each symbol has.</param>
    /// <param name="symbols">The symbols.</param>
    /// <param name="every">The time between two of one symbol; null for a quarter of a second.</param>
    /// <param name="alike">Whether all symbols have the first one's prices, so that all signal at once.</param>
    public static IEnumerable<RecordedTick> Ticks(long seed, DateTimeOffset start, int ticks, string[] symbols, TimeSpan? every = null, bool alike = false)
    {
        var paths = symbols.Select(s => (Symbol: Symbol.Parse(s), Path: new SyntheticPath(Symbol.Parse(alike ? symbols[0] : s), seed))).ToList();
        for (var i = 0; i < ticks; i++)
        {
            var at = start + (i * (every ?? TimeSpan.FromMilliseconds(250)));
            foreach (var (symbol, path) in paths)
            {
                var step = path.Next();
                yield return new RecordedTick(at, new Tick(symbol, TickKind.Trade, at, step.Price, step.Volume));
            }
        }
    }

    /// <summary>Writes a record, in the order in which its ticks came.</summary>
    public static string Record(string path, IEnumerable<RecordedTick> ticks)
    {
        using var file = new StreamWriter(path);
        file.WriteLine("time,symbol,price,volume,kind,bid,ask,basis,traits,received");
        foreach (var (at, t) in ticks.OrderBy(t => t.KnownAt))
            file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{t.Time:yyyy-MM-ddTHH:mm:ss.fffffffZ},{t.Symbol},{t.Price},{t.Volume},{t.Kind},{t.Bid},{t.Ask},{t.Basis},{Words(t.Traits)},{at:yyyy-MM-ddTHH:mm:ss.fffffffZ}"));
        return path;
    }

    private static string Words(TickTraits traits) => traits == TickTraits.None ? "" : traits.ToString().Replace(", ", "+", StringComparison.Ordinal);
}
