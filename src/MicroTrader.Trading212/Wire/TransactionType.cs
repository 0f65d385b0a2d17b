using System.Text.Json.Serialization;

namespace MicroTrader.Trading212;

/// <summary>The kind of a movement of cash. Wire names are the same words in UPPER_SNAKE_CASE; a word that this list lacks is read as <see cref="Unknown"/>.</summary>
[JsonConverter(typeof(TolerantEnumConverter<TransactionType>))]
public enum TransactionType
{
    /// <summary>A value that this version of the library does not know: the venue's lists grow.</summary>
    Unknown = 0,

    /// <summary>WITHDRAW.</summary>
    Withdraw,

    /// <summary>DEPOSIT.</summary>
    Deposit,

    /// <summary>FEE.</summary>
    Fee,

    /// <summary>TRANSFER.</summary>
    Transfer,
}
