using System.Text.Json.Serialization;

namespace MicroTrader.Trading212;

/// <summary>How long an order stays active (requests say timeValidity, answers timeInForce). Wire names are the same words in UPPER_SNAKE_CASE; a word that this list lacks is read as <see cref="Unknown"/>.</summary>
[JsonConverter(typeof(TolerantEnumConverter<TimeValidity>))]
public enum TimeValidity
{
    /// <summary>A value that this version of the library does not know: the venue's lists grow.</summary>
    Unknown = 0,

    /// <summary>DAY: until midnight at the instrument's exchange.</summary>
    Day,

    /// <summary>GOOD_TILL_CANCEL: until filled or cancelled.</summary>
    GoodTillCancel,
}
