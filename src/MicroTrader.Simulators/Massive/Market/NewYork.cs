namespace MicroTrader.Simulators.Massive.Market;

/// <summary>
/// The clock of New York by the rule in force since 2007 (Energy Policy Act of 2005): summer time from the second Sunday of March to the first of November, both at 02:00.
/// Written out so that no machine's time zone files can change it.
/// </summary>
internal static class NewYork
{
    private static readonly TimeSpan Standard = TimeSpan.FromHours(-5);
    private static readonly TimeSpan Summer = TimeSpan.FromHours(-4);

    // Snapshots are cleared at 03:30 (rest.json, "All Tickers").
    private static readonly TimeSpan DayBegins = new(3, 30, 0);

    private static readonly TimeOnly EarlyHoursOpen = new(4, 0);
    private static readonly TimeOnly Opens = new(9, 30);
    private static readonly TimeOnly Closes = new(16, 0);
    private static readonly TimeOnly AfterHoursClose = new(20, 0);

    /// <summary>A moment with the offset of New York.</summary>
    public static DateTimeOffset Local(DateTimeOffset time)
    {
        var year = time.ToOffset(Standard).Year;
        var begins = new DateTimeOffset(Sunday(year, 3, 2).ToDateTime(new TimeOnly(2, 0)), Standard);
        var ends = new DateTimeOffset(Sunday(year, 11, 1).ToDateTime(new TimeOnly(2, 0)), Summer);
        return time.ToOffset(time >= begins && time < ends ? Summer : Standard);
    }

    /// <summary>A time of a day in New York, as a moment.</summary>
    public static DateTimeOffset At(DateOnly day, TimeOnly time)
    {
        // No time that is asked for here lies in the hours that the change of clocks drops or repeats.
        var standard = new DateTimeOffset(day.ToDateTime(time), Standard);
        return new DateTimeOffset(day.ToDateTime(time), Local(standard).Offset);
    }

    /// <summary>The day that data of a moment belongs to: days change at 03:30.</summary>
    public static DateOnly DataDay(DateTimeOffset time) => DateOnly.FromDateTime(Local(time).DateTime - DayBegins);

    /// <summary>When the regular session of a day ends, early closes by the holidays; null on a day without one.</summary>
    public static TimeOnly? CloseOf(DateOnly day, IReadOnlyList<FakeHoliday> holidays)
    {
        if (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
        {
            return null;
        }

        return holidays.FirstOrDefault(h => h.Date == day) is { } holiday ? holiday.ClosesAt : Closes;
    }

    /// <summary>When the regular session of a day begins.</summary>
    public static DateTimeOffset OpenOf(DateOnly day) => At(day, Opens);

    /// <summary>The market at a moment by the hours of New York.</summary>
    public static FakeMarketState StateAt(DateTimeOffset time, IReadOnlyList<FakeHoliday> holidays)
    {
        var local = Local(time).DateTime;
        var now = TimeOnly.FromDateTime(local);
        if (CloseOf(DateOnly.FromDateTime(local), holidays) is not { } close || now < EarlyHoursOpen || now >= AfterHoursClose)
        {
            return FakeMarketState.Closed;
        }

        if (now < Opens)
        {
            return FakeMarketState.EarlyHours;
        }

        return now < close ? FakeMarketState.Open : FakeMarketState.AfterHours;
    }

    private static DateOnly Sunday(int year, int month, int number)
    {
        var first = new DateOnly(year, month, 1);
        return first.AddDays(((7 - (int)first.DayOfWeek) % 7) + (7 * (number - 1)));
    }
}
