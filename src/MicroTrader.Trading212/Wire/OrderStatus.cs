using System.Text.Json.Serialization;

namespace MicroTrader.Trading212;

/// <summary>Where an order is in its life. Wire names are the same words in UPPER_SNAKE_CASE; a word that this list lacks is read as <see cref="Unknown"/>.</summary>
[JsonConverter(typeof(TolerantEnumConverter<OrderStatus>))]
public enum OrderStatus
{
    /// <summary>A value that this version of the library does not know: the venue's lists grow.</summary>
    Unknown = 0,

    /// <summary>LOCAL: known to the venue's front only.</summary>
    Local,

    /// <summary>UNCONFIRMED: not confirmed by the execution side yet.</summary>
    Unconfirmed,

    /// <summary>CONFIRMED: confirmed, not working yet.</summary>
    Confirmed,

    /// <summary>NEW: working, the usual answer to a market order.</summary>
    New,

    /// <summary>CANCELLING: a cancellation is under way; the order may still fill.</summary>
    Cancelling,

    /// <summary>CANCELLED: final; part of it may have been filled before.</summary>
    Cancelled,

    /// <summary>PARTIALLY_FILLED: working, some shares are done.</summary>
    PartiallyFilled,

    /// <summary>FILLED: final.</summary>
    Filled,

    /// <summary>REJECTED: final, refused after it was accepted.</summary>
    Rejected,

    /// <summary>REPLACING: a change is under way.</summary>
    Replacing,

    /// <summary>REPLACED: final, another order took its place.</summary>
    Replaced,
}
