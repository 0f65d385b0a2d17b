namespace MicroTrader.Domain.Calendar;

/// <summary>
/// The New York Stock Exchange's closed and short days, by its rules. Sources: NYSE Rule 7.2 (holidays and their observance), nyse.com/markets/hours-calendars
/// (early closes), and the exchange's list of special closings for the days that no rule gives.
/// </summary>
internal static class NyseDays
{
    private static readonly Dictionary<DateOnly, string> OneOffClosures = new()
    {
        [new(2001, 9, 11)] = "attacks of September 11",
        [new(2001, 9, 12)] = "attacks of September 11",
        [new(2001, 9, 13)] = "attacks of September 11",
        [new(2001, 9, 14)] = "attacks of September 11",
        [new(2004, 6, 11)] = "mourning for Ronald Reagan",
        [new(2007, 1, 2)] = "mourning for Gerald Ford",
        [new(2012, 10, 29)] = "Hurricane Sandy",
        [new(2012, 10, 30)] = "Hurricane Sandy",
        [new(2018, 12, 5)] = "mourning for George H. W. Bush",
        [new(2025, 1, 9)] = "mourning for Jimmy Carter",
    };

    private static readonly DateOnly DayAfterChristmas2003 = new(2003, 12, 26);

    /// <summary>Why the exchange is shut on a weekday; null when it is not, and on weekends.</summary>
    public static string? ClosureOn(DateOnly day)
    {
        if (IsWeekend(day))
            return null;
        if (OneOffClosures.TryGetValue(day, out var why))
            return why;
        foreach (var (holiday, name) in HolidaysOf(day.Year))
        {
            if (holiday == day)
                return name;
        }

        return null;
    }

    /// <summary>Whether the exchange trades at all on a day.</summary>
    public static bool IsTradingDay(DateOnly day) => !IsWeekend(day) && ClosureOn(day) is null;

    /// <summary>Whether a trading day ends at 13:00.</summary>
    public static bool ClosesEarly(DateOnly day) => IsTradingDay(day) && (day.Month, day.Day) switch
    {
        // Before 2013 a Thursday's Independence Day shortened the Friday after it, since then the Wednesday before it.
        (7, 3) => day.Year >= 2013 || day.DayOfWeek != DayOfWeek.Wednesday,
        (7, 5) => day.Year < 2013 && day.DayOfWeek == DayOfWeek.Friday,
        (12, 24) => true,
        (11, _) => day == Thanksgiving(day.Year).AddDays(1),
        _ => day == DayAfterChristmas2003,
    };

    private static IEnumerable<(DateOnly Day, string Name)> HolidaysOf(int year)
    {
        // On a Saturday it is not moved into the old year: that Friday closes the books of the year.
        var newYear = new DateOnly(year, 1, 1);
        if (newYear.DayOfWeek != DayOfWeek.Saturday)
            yield return (Observed(newYear), "New Year's Day");
        yield return (MondayOf(year, 1, 3), "Martin Luther King, Jr. Day");
        yield return (MondayOf(year, 2, 3), "Washington's Birthday");
        yield return (Easter(year).AddDays(-2), "Good Friday");
        yield return (OnOrAfter(new DateOnly(year, 5, 25), DayOfWeek.Monday), "Memorial Day");
        if (year >= 2022)
            yield return (Observed(new DateOnly(year, 6, 19)), "Juneteenth");
        yield return (Observed(new DateOnly(year, 7, 4)), "Independence Day");
        yield return (MondayOf(year, 9, 1), "Labor Day");
        yield return (Thanksgiving(year), "Thanksgiving Day");
        yield return (Observed(new DateOnly(year, 12, 25)), "Christmas Day");
    }

    private static DateOnly Observed(DateOnly holiday) => holiday.DayOfWeek switch
    {
        DayOfWeek.Saturday => holiday.AddDays(-1),
        DayOfWeek.Sunday => holiday.AddDays(1),
        _ => holiday,
    };

    private static DateOnly Thanksgiving(int year) => OnOrAfter(new DateOnly(year, 11, 22), DayOfWeek.Thursday);

    private static DateOnly MondayOf(int year, int month, int nth) => OnOrAfter(new DateOnly(year, month, (7 * (nth - 1)) + 1), DayOfWeek.Monday);

    private static DateOnly OnOrAfter(DateOnly day, DayOfWeek weekday) => day.AddDays(((int)weekday - (int)day.DayOfWeek + 7) % 7);

    private static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    /// <summary>Easter Sunday of the Gregorian calendar. Source: the anonymous algorithm of 1876, as in Meeus, Astronomical Algorithms, chapter 8.</summary>
    private static DateOnly Easter(int year)
    {
        var golden = year % 19;
        var (century, yearOfCentury) = (year / 100, year % 100);
        var moonShift = ((8 * century) + 13) / 25;
        var epact = ((19 * golden) + century - (century / 4) - moonShift + 15) % 30;
        var toSunday = (32 + (2 * (century % 4)) + (2 * (yearOfCentury / 4)) - epact - (yearOfCentury % 4)) % 7;
        var correction = (golden + (11 * epact) + (22 * toSunday)) / 451;
        var days = epact + toSunday - (7 * correction) + 114;
        return new DateOnly(year, days / 31, (days % 31) + 1);
    }
}
