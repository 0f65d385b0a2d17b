namespace MicroTrader.Domain.Risk;

/// <summary>Why an entry was denied.</summary>
public enum DenialCode
{
    /// <summary>The start is not through: journals are read, the broker is compared.</summary>
    NotReady,

    /// <summary>The host is about to stop.</summary>
    Draining,

    /// <summary>A person allowed exits only.</summary>
    ExitOnly,

    /// <summary>A person stopped all orders.</summary>
    Stopped,

    /// <summary>The symbol has a position, or a grant for one.</summary>
    PositionExists,

    /// <summary>As many positions as allowed.</summary>
    TooManyPositions,

    /// <summary>The quantity is not above zero, or above the limit.</summary>
    Quantity,

    /// <summary>The instrument allows no entry of the size that is set: too small for its decimals, or more than may be held of it.</summary>
    InstrumentLimits,

    /// <summary>The tick behind the signal is too old.</summary>
    StaleTick,

    /// <summary>The market is shut.</summary>
    MarketClosed,

    /// <summary>The close is too near.</summary>
    NearClose,

    /// <summary>The market trades outside of its regular session.</summary>
    NotRegularSession,

    /// <summary>Regular trading has just started.</summary>
    JustOpened,

    /// <summary>A price that the limits need is not known, or makes no sense.</summary>
    MissingPrice,

    /// <summary>No rate is known between two currencies whose amounts a limit adds up or compares.</summary>
    MissingRate,

    /// <summary>The day has lost as much as it may.</summary>
    DailyLoss,

    /// <summary>Too many losing trades in a row, not long ago.</summary>
    CoolDown,

    /// <summary>As many trades begun within the hour as allowed.</summary>
    TooManyTradesPerHour,

    /// <summary>As many orders within the minute as allowed.</summary>
    TooManyOrdersPerMinute,

    /// <summary>Too few reads of the broker's order history are left to find out what it buys, and so to sell that by its rules.</summary>
    HistoryReads,

    /// <summary>The entry would buy for more than allowed.</summary>
    Notional,

    /// <summary>All positions together would have been bought for more than allowed.</summary>
    TotalNotional,

    /// <summary>The entry would cost more than the account's free cash less what is held back, or that cash is not known.</summary>
    Cash,

    /// <summary>The spread is too wide for the gain that is aimed at.</summary>
    Spread,

    /// <summary>Buying and selling costs too much of the gain that is aimed at.</summary>
    RoundTripCost,
}
