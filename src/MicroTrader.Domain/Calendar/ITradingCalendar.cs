namespace MicroTrader.Domain.Calendar;

/// <summary>
/// When a market trades. Pure: the time comes from the caller. A stretch of regular trading ends at the close or at a break, and starts at the opening or
/// when a break ends: what matters to a position is whether it can be left.
/// </summary>
public interface ITradingCalendar
{
    /// <summary>Where the answers come from, in words for a person.</summary>
    string Description { get; }

    /// <summary>What the market does at a moment; <see cref="SessionKind.Closed"/> also where the calendar knows nothing.</summary>
    SessionKind At(DateTimeOffset time);

    /// <summary>The first moment after <paramref name="time"/> at which <see cref="At"/> answers otherwise; null where none is known.</summary>
    DateTimeOffset? NextChange(DateTimeOffset time);

    /// <summary>
    /// The first start of regular trading at or after <paramref name="time"/>; within regular trading that is the start after it. Null where none is known, and
    /// where the market never shuts.
    /// </summary>
    DateTimeOffset? NextOpen(DateTimeOffset time);

    /// <summary>The end of the regular trading that <paramref name="time"/> is in: the first moment outside. Null outside of it, and where it never ends.</summary>
    DateTimeOffset? CurrentClose(DateTimeOffset time);
}
