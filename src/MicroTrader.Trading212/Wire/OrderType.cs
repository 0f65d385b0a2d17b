using System.Text.Json.Serialization;

namespace MicroTrader.Trading212;

/// <summary>The type of an order. Wire names are the same words in UPPER_SNAKE_CASE; a word that this list lacks is read as <see cref="Unknown"/>.</summary>
[JsonConverter(typeof(TolerantEnumConverter<OrderType>))]
public enum OrderType
{
    /// <summary>A value that this version of the library does not know: the venue's lists grow.</summary>
    Unknown = 0,

    /// <summary>LIMIT.</summary>
    Limit,

    /// <summary>STOP.</summary>
    Stop,

    /// <summary>MARKET.</summary>
    Market,

    /// <summary>STOP_LIMIT.</summary>
    StopLimit,
}
