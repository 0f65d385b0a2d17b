namespace MicroTrader.Domain.Robot;

/// <summary>How prices stand, over all symbols.</summary>
/// <param name="Stale">Symbols whose newest price is too old.</param>
/// <param name="Late">Symbols whose prices the source gives late.</param>
/// <param name="Withheld">Ticks that were withheld since the start, by code.</param>
public sealed record PriceSummary(IReadOnlyList<string> Stale, IReadOnlyList<string> Late, IReadOnlyDictionary<string, long> Withheld)
{
    /// <summary>Sums up symbols.</summary>
    public static PriceSummary Of(IReadOnlyList<SymbolView> symbols) => new(
        [.. symbols.Where(s => s.Prices == PriceWords.Stale).Select(s => s.Symbol)],
        [.. symbols.Where(s => s.Prices == PriceWords.Late).Select(s => s.Symbol)],
        symbols
            .SelectMany(s => s.Withheld ?? new Dictionary<string, long>())
            .GroupBy(w => w.Key, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Sum(w => w.Value), StringComparer.Ordinal));
}
