using System.Text.Json.Serialization;

namespace MicroTrader.Trading212;

/// <summary>Whether an order is for a number of shares or for an amount of money. Wire names are the same words in UPPER_SNAKE_CASE; a word that this list lacks is read as <see cref="Unknown"/>.</summary>
[JsonConverter(typeof(TolerantEnumConverter<OrderStrategy>))]
public enum OrderStrategy
{
    /// <summary>A value that this version of the library does not know: the venue's lists grow.</summary>
    Unknown = 0,

    /// <summary>QUANTITY: a number of shares; the only one that the API can place.</summary>
    Quantity,

    /// <summary>VALUE: an amount of money; placed in the app only.</summary>
    Value,
}
