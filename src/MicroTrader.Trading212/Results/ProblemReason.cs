namespace MicroTrader.Trading212;

/// <summary>The problems that people who trade through the API have met. The venue publishes no list.</summary>
public enum ProblemReason
{
    /// <summary>None of the others.</summary>
    Unrecognised = 0,

    /// <summary>
    /// selling-equity-not-owned: more shares than are free to sell. They may be sold already (reads lag), reserved by a pending order, not settled yet, or sold by the person.
    /// </summary>
    SellingEquityNotOwned,

    /// <summary>insufficient-free-for-stocks-buy: not enough free cash; a few percent more than price x quantity are held back.</summary>
    InsufficientFreeForStocksBuy,

    /// <summary>insufficient-funds.</summary>
    InsufficientFunds,

    /// <summary>min-opened-position-exceeded: "must have opened position at least 1.00".</summary>
    MinOpenedPositionExceeded,

    /// <summary>"must trade at least 0.02330155".</summary>
    MinimumQuantity,

    /// <summary>instrument-not-found: the ticker is unknown.</summary>
    InstrumentNotFound,

    /// <summary>entity-not-found: the order, or the ticker, is unknown.</summary>
    EntityNotFound,

    /// <summary>invalid-quantity-precision: too many decimals.</summary>
    InvalidQuantityPrecision,

    /// <summary>"Invalid payload": some instruments refuse any request that carries extendedHours.</summary>
    InvalidPayload,
}
