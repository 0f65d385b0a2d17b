namespace MicroTrader.Domain.Market;

/// <summary>What the guard says of a tick.</summary>
public enum PriceCode : byte
{
    /// <summary>It serves for everything.</summary>
    Good,

    /// <summary>The price is not above zero, or beyond what any share costs.</summary>
    NotAPrice,

    /// <summary>The source's stamp is too old: what the price was then says nothing about now.</summary>
    TooOld,

    /// <summary>The source's stamp is ahead of the robot's clock: its age cannot be known.</summary>
    FromFuture,

    /// <summary>It is older than a tick of the same symbol that was taken in before.</summary>
    OutOfOrder,

    /// <summary>The bid is not below the ask, or is no price.</summary>
    CrossedQuote,

    /// <summary>The price is far outside of bid and ask.</summary>
    OutsideQuote,

    /// <summary>The price is further from the last good one of the day than the limit.</summary>
    Jump,

    /// <summary>The day in New York has no good price yet that it could be measured by.</summary>
    FirstOfDay,

    /// <summary>The source gives its prices late: nothing is left by TP or SL on them, and nothing entered unless a setting accepts it.</summary>
    Delayed,
}
