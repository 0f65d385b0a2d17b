namespace MicroTrader.MarketData;

/// <summary>
/// New York's offset from UTC, by the law in force since 1987, instead of by the machine's time-zone data: small container images carry none, and with
/// invariant globalization Windows does not know the zone's IANA name.
/// Source: Energy Policy Act of 2005, section 110 (from 2007: second Sunday of March to first Sunday of November), and Public
/// Law 99-359 before it (from 1987: first Sunday of April to last Sunday of October).
/// </summary>
internal static class NewYorkTime
{
    /// <summary>The first year whose rule is known here.</summary>
    public const int FirstYear = 1987;

    /// <summary>The offset at noon: clocks change at two in the night, on a Sunday, so this is the offset of the day's whole trading.</summary>
    public static TimeSpan OffsetAtNoon(DateOnly day)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(day.Year, FirstYear, nameof(day));
        var (from, to) = day.Year >= 2007
            ? (SundayOnOrAfter(day.Year, 3, 8), SundayOnOrAfter(day.Year, 11, 1))
            : (SundayOnOrAfter(day.Year, 4, 1), SundayOnOrAfter(day.Year, 10, 25));
        return TimeSpan.FromHours(day >= from && day < to ? -4 : -5);
    }

    private static DateOnly SundayOnOrAfter(int year, int month, int day)
    {
        var date = new DateOnly(year, month, day);
        return date.AddDays((7 - (int)date.DayOfWeek) % 7);
    }
}
