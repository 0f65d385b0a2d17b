using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData;

/// <summary>Where synthetic prices start.</summary>
public static class SyntheticPrices
{
    /// <summary>The lowest start price in dollars: below it one cent is too coarse for moves of a fraction of a percent.</summary>
    public const decimal Least = 5m;

    /// <summary>The highest start price in dollars.</summary>
    public const decimal Most = 100_000m;

    /// <summary>
    /// A start price in dollars for a symbol: a plausible one for the default symbols (an invention, not a quote), else one between 10 and 300 that follows
    /// from the symbol's name and is the same every time.
    /// </summary>
    public static decimal StartFor(Symbol symbol) => symbol.Value switch
    {
        "AXSM" => 157.50m,
        "DJT" => 18.40m,
        "WULF" => 12.60m,
        "HUT" => 41.20m,
        // 10.00 to 300.00 in whole cents.
        var name => 10m + ((StableRandom.Hash(name) % 29_001) / 100m),
    };
}
