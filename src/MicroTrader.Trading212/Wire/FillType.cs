using System.Text.Json.Serialization;

namespace MicroTrader.Trading212;

/// <summary>What caused a fill. Everything but <see cref="Trade"/> is a corporate action or a transfer. Wire names are the same words in UPPER_SNAKE_CASE; a word that this list lacks is read as <see cref="Unknown"/>.</summary>
[JsonConverter(typeof(TolerantEnumConverter<FillType>))]
public enum FillType
{
    /// <summary>A value that this version of the library does not know: the venue's lists grow.</summary>
    Unknown = 0,

    /// <summary>TRADE: an execution.</summary>
    Trade,

    /// <summary>STOCK_SPLIT.</summary>
    StockSplit,

    /// <summary>STOCK_DISTRIBUTION.</summary>
    StockDistribution,

    /// <summary>FOP: free of payment transfer.</summary>
    Fop,

    /// <summary>FOP_CORRECTION.</summary>
    FopCorrection,

    /// <summary>CUSTOM_STOCK_DISTRIBUTION.</summary>
    CustomStockDistribution,

    /// <summary>EQUITY_RIGHTS.</summary>
    EquityRights,

    /// <summary>SCRIP_STOCK_DIVIDENDS.</summary>
    ScripStockDividends,

    /// <summary>STOCK_DIVIDENDS.</summary>
    StockDividends,

    /// <summary>STOCK_ACQUISITION.</summary>
    StockAcquisition,

    /// <summary>CASH_AND_STOCK_ACQUISITION.</summary>
    CashAndStockAcquisition,

    /// <summary>SPIN_OFF.</summary>
    SpinOff,
}
