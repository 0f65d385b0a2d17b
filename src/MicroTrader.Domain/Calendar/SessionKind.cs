namespace MicroTrader.Domain.Calendar;

/// <summary>What a market does at a moment.</summary>
public enum SessionKind
{
    /// <summary>No trading, or nothing is known: the answer that trades least.</summary>
    Closed = 0,

    /// <summary>Trading before the regular session, thin and wide.</summary>
    PreMarket,

    /// <summary>The regular session.</summary>
    Regular,

    /// <summary>A pause within the day, as in Tokyo and Hong Kong: no trading.</summary>
    Break,

    /// <summary>Trading after the regular session, thin and wide.</summary>
    AfterHours,

    /// <summary>Trading between after hours and the next pre-market.</summary>
    Overnight,
}
