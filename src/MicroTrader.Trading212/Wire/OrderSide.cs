using System.Text.Json.Serialization;

namespace MicroTrader.Trading212;

/// <summary>The side of an order. Wire names are the same words in UPPER_SNAKE_CASE; a word that this list lacks is read as <see cref="Unknown"/>.</summary>
[JsonConverter(typeof(TolerantEnumConverter<OrderSide>))]
public enum OrderSide
{
    /// <summary>A value that this version of the library does not know: the venue's lists grow.</summary>
    Unknown = 0,

    /// <summary>BUY: shares come in.</summary>
    Buy,

    /// <summary>SELL: shares go out.</summary>
    Sell,
}
