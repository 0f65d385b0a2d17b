namespace MicroTrader.MarketData;

/// <summary>What is asked of Massive's stream for each symbol.</summary>
[Flags]
public enum MassiveChannels
{
    /// <summary>Nothing; not allowed.</summary>
    None = 0,

    /// <summary><c>T</c>: each trade.</summary>
    Trades = 1,

    /// <summary><c>A</c>: an aggregate of each second with a trade.</summary>
    SecondBars = 2,

    /// <summary><c>Q</c>: best bid and ask. They make no ticks of their own; the ticks after them carry them.</summary>
    Quotes = 4,

    /// <summary><c>AM</c>: an aggregate of each minute with a trade.</summary>
    MinuteBars = 8,
}
