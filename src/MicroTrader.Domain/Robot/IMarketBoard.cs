using MicroTrader.Domain.Market;

namespace MicroTrader.Domain.Robot;

/// <summary>The newest prices, kept for who looks. Safe for several threads; it never makes a tick wait for long.</summary>
public interface IMarketBoard
{
    /// <summary>Ticks of all symbols since the start.</summary>
    long Ticks { get; }

    /// <summary>The newest price of a symbol, in its instrument's currency; null before its first tick.</summary>
    decimal? LastPrice(string symbol);

    /// <summary>The newest candles of a symbol, oldest first; empty for one that has no tick.</summary>
    /// <param name="symbol">Which.</param>
    /// <param name="width">How long a candle is: whole seconds, 1 or more.</param>
    /// <param name="most">How many at the most.</param>
    IReadOnlyList<Candle> Candles(string symbol, TimeSpan width, int most);

    /// <summary>The price that a symbol had at a time, in its instrument's currency, to the second; null where that is forgotten, or was not seen.</summary>
    /// <param name="symbol">Which.</param>
    /// <param name="at">When, by the feed's clock.</param>
    decimal? PriceAt(string symbol, DateTimeOffset at) =>
        Candles(symbol, TimeSpan.FromSeconds(1), int.MaxValue).Where(c => c.Start <= at).Select(c => (decimal?)c.Close).LastOrDefault();
}
