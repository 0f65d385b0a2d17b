using System.Text.Json.Serialization;

namespace MicroTrader.Trading212;

/// <summary>What happens to an exchange at a moment of its schedule. Wire names are the same words in UPPER_SNAKE_CASE; a word that this list lacks is read as <see cref="Unknown"/>.</summary>
[JsonConverter(typeof(TolerantEnumConverter<TimeEventType>))]
public enum TimeEventType
{
    /// <summary>A value that this version of the library does not know: the venue's lists grow.</summary>
    Unknown = 0,

    /// <summary>OPEN: the regular session starts.</summary>
    Open,

    /// <summary>CLOSE: the regular session ends.</summary>
    Close,

    /// <summary>BREAK_START.</summary>
    BreakStart,

    /// <summary>BREAK_END.</summary>
    BreakEnd,

    /// <summary>PRE_MARKET_OPEN.</summary>
    PreMarketOpen,

    /// <summary>AFTER_HOURS_OPEN.</summary>
    AfterHoursOpen,

    /// <summary>AFTER_HOURS_CLOSE.</summary>
    AfterHoursClose,

    /// <summary>OVERNIGHT_OPEN.</summary>
    OvernightOpen,
}
