namespace MicroTrader.Domain.Calendar;

/// <summary>
/// New York's offset from UTC by the law in force since 1987, instead of by the machine's time-zone data: small container images carry none, and with
/// invariant globalization Windows does not know the zone's IANA name.
/// Source: Energy Policy Act of 2005, section 110 (from 2007: second Sunday of March to first Sunday of November), and Public Law 99-359 before it (from
/// 1987: first Sunday of April to last Sunday of October); clocks change at 02:00 local time.
/// </summary>
public static class NewYorkTime
{
    /// <summary>The first year whose rule is known here.</summary>
    public const int FirstYear = 1987;

    private static readonly TimeSpan Standard = TimeSpan.FromHours(-5);
    private static readonly TimeSpan Daylight = TimeSpan.FromHours(-4);

    /// <summary>The offset at a moment, exact to the tick of the change.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The moment is before <see cref="FirstYear"/> (UTC).</exception>
    public static TimeSpan OffsetAt(DateTimeOffset time)
    {
        var utc = time.UtcDateTime;
        ArgumentOutOfRangeException.ThrowIfLessThan(utc.Year, FirstYear, nameof(time));
        var (from, to) = DaylightDays(utc.Year);
        // 02:00 by the clock that is about to change.
        var isDaylight = utc >= from.ToDateTime(new TimeOnly(2, 0)) - Standard && utc < to.ToDateTime(new TimeOnly(2, 0)) - Daylight;
        return isDaylight ? Daylight : Standard;
    }

    /// <summary>The offset at noon: clocks change at two in the night, on a Sunday, so this is the offset of the day's whole trading.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The day is before <see cref="FirstYear"/>.</exception>
    public static TimeSpan OffsetAtNoon(DateOnly day)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(day.Year, FirstYear, nameof(day));
        var (from, to) = DaylightDays(day.Year);
        return day >= from && day < to ? Daylight : Standard;
    }

    /// <summary>The same moment, with New York's offset.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The moment is before <see cref="FirstYear"/> (UTC).</exception>
    public static DateTimeOffset ToNewYork(DateTimeOffset time) => time.ToOffset(OffsetAt(time));

    /// <summary>The date in New York at a moment.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The moment is before <see cref="FirstYear"/> (UTC).</exception>
    public static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(ToNewYork(time).DateTime);

    /// <summary>
    /// The moment at which New York's clocks show a time. Of the hour that comes twice in autumn it is the first; a time in the hour that spring leaves out
    /// is the one an hour later.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The day is before <see cref="FirstYear"/>.</exception>
    public static DateTimeOffset At(DateOnly day, TimeOnly time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(day.Year, FirstYear, nameof(day));
        var (from, to) = DaylightDays(day.Year);
        var local = day.ToDateTime(time);
        var isDaylight = local >= from.ToDateTime(new TimeOnly(3, 0)) && local < to.ToDateTime(new TimeOnly(2, 0));
        return ToNewYork(new DateTimeOffset(local, isDaylight ? Daylight : Standard));
    }

    private static (DateOnly From, DateOnly To) DaylightDays(int year) => year >= 2007
        ? (SundayOnOrAfter(year, 3, 8), SundayOnOrAfter(year, 11, 1))
        : (SundayOnOrAfter(year, 4, 1), SundayOnOrAfter(year, 10, 25));

    private static DateOnly SundayOnOrAfter(int year, int month, int day)
    {
        var date = new DateOnly(year, month, day);
        return date.AddDays((7 - (int)date.DayOfWeek) % 7);
    }
}
