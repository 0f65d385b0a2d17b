namespace MicroTrader.Domain.Calendar;

/// <summary>What a broker's working schedule says happens at a moment. Source: Trading 212, GET /equity/metadata/exchanges, TimeEvent.type.</summary>
public enum ScheduleEventKind
{
    /// <summary>A word that is not known here: ignored.</summary>
    Unknown = 0,

    /// <summary>OPEN: the regular session starts.</summary>
    Open,

    /// <summary>CLOSE: the regular session ends, or trading does.</summary>
    Close,

    /// <summary>BREAK_START.</summary>
    BreakStart,

    /// <summary>BREAK_END: the regular session goes on.</summary>
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
