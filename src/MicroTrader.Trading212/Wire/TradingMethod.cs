using System.Text.Json.Serialization;

namespace MicroTrader.Trading212;

/// <summary>Where a fill was executed. Wire names are the same words in UPPER_SNAKE_CASE; a word that this list lacks is read as <see cref="Unknown"/>.</summary>
[JsonConverter(typeof(TolerantEnumConverter<TradingMethod>))]
public enum TradingMethod
{
    /// <summary>A value that this version of the library does not know: the venue's lists grow.</summary>
    Unknown = 0,

    /// <summary>TOTV: traded on a trading venue.</summary>
    Totv,

    /// <summary>OTC: over the counter.</summary>
    Otc,
}
