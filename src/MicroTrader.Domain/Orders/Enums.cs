namespace MicroTrader.Domain.Orders;

/// <summary>Which way an order goes.</summary>
public enum OrderSide
{
    /// <summary>Buys.</summary>
    Buy,

    /// <summary>Sells.</summary>
    Sell,
}

/// <summary>Why a trade ended, or is to end. The text that people see is <see cref="ExitReasons.Code"/>.</summary>
public enum ExitReason
{
    /// <summary>TP: the gain was reached.</summary>
    TakeProfit,

    /// <summary>SL: the loss was reached.</summary>
    StopLoss,

    /// <summary>TIME: held for as long as allowed.</summary>
    Time,

    /// <summary>CLOSE: a person asked for this position to be closed.</summary>
    Close,

    /// <summary>FLATTEN: a person asked for everything to be closed.</summary>
    Flatten,

    /// <summary>SESSION_END: the market is about to close.</summary>
    SessionEnd,

    /// <summary>REJECTED: the broker refused the entry.</summary>
    Rejected,

    /// <summary>NOT_EXECUTED: the entry never reached the broker.</summary>
    NotExecuted,

    /// <summary>NOT_PLACED: the entry's answer was lost and no such order exists.</summary>
    NotPlaced,

    /// <summary>CANCELLED: the entry was accepted, then ended at the venue without a fill.</summary>
    Cancelled,

    /// <summary>CLOSED_BY_YOU: the person sold the shares.</summary>
    ClosedByYou,

    /// <summary>HANDED_OVER: the person took the shares over.</summary>
    HandedOver,

    /// <summary>TRAIL: the price fell back from its highest since the entry by the trailing stop's distance.</summary>
    TrailingStop,

    /// <summary>FLAT: the price no longer rises.</summary>
    FlatMomentum,
}

/// <summary>What became of an order, as far as we know.</summary>
public enum OrderStatus
{
    /// <summary>The intent is in the journal; no outcome yet.</summary>
    Intended,

    /// <summary>The broker has it.</summary>
    Accepted,

    /// <summary>It may exist or not: only evidence can tell.</summary>
    Unknown,

    /// <summary>Ended at the venue, with its fills known by amount but not yet by the history's figures.</summary>
    FilledProvisionally,

    /// <summary>Ended at the venue, fills (if any) known from the history. Final.</summary>
    Settled,

    /// <summary>The broker said no. Final.</summary>
    Rejected,

    /// <summary>The request never left. Final.</summary>
    NotExecuted,

    /// <summary>No such order was found within the settle window. Final, unless it turns up late.</summary>
    NotPlaced,
}
