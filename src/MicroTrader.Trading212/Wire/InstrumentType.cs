using System.Text.Json.Serialization;

namespace MicroTrader.Trading212;

/// <summary>The kind of an instrument. Wire names are the same words in UPPER_SNAKE_CASE; a word that this list lacks is read as <see cref="Unknown"/>.</summary>
[JsonConverter(typeof(TolerantEnumConverter<InstrumentType>))]
public enum InstrumentType
{
    /// <summary>A value that this version of the library does not know: the venue's lists grow.</summary>
    Unknown = 0,

    /// <summary>CRYPTOCURRENCY.</summary>
    Cryptocurrency,

    /// <summary>ETF.</summary>
    Etf,

    /// <summary>FOREX.</summary>
    Forex,

    /// <summary>FUTURES.</summary>
    Futures,

    /// <summary>INDEX.</summary>
    Index,

    /// <summary>STOCK.</summary>
    Stock,

    /// <summary>WARRANT.</summary>
    Warrant,

    /// <summary>CRYPTO.</summary>
    Crypto,

    /// <summary>CVR: contingent value right.</summary>
    Cvr,

    /// <summary>CORPACT: an instrument made by a corporate action.</summary>
    Corpact,
}
