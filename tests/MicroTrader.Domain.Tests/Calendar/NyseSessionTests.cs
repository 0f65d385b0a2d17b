using MicroTrader.Domain.Calendar;

namespace MicroTrader.Domain.Tests.Calendar;

/// <summary>The exchange's hours, to the tick.</summary>
public sealed class NyseSessionTests
{
    private readonly NyseCalendar _nyse = new();

    [Theory]
    [InlineData("03:59:59.9999999", SessionKind.Closed)]
    [InlineData("04:00:00", SessionKind.PreMarket)]
    [InlineData("09:29:59.9999999", SessionKind.PreMarket)]
    [InlineData("09:30:00", SessionKind.Regular)]
    [InlineData("13:00:00", SessionKind.Regular)]
    [InlineData("15:59:59.999", SessionKind.Regular)]
    [InlineData("16:00:00", SessionKind.AfterHours)]
    [InlineData("19:59:59.9999999", SessionKind.AfterHours)]
    [InlineData("20:00:00", SessionKind.Closed)]
    public void A_whole_day_has_its_hours(string time, SessionKind kind)
    {
        // Summer, winter, and the Mondays after both changes of the clocks.
        foreach (var day in new[] { "2026-06-01", "2026-01-05", "2026-03-09", "2026-11-02" })
            Assert.Equal(kind, _nyse.At(Days.NewYork(day, time)));
    }

    [Theory]
    [InlineData("09:30:00", SessionKind.Regular)]
    [InlineData("12:59:59.999", SessionKind.Regular)]
    [InlineData("13:00:00", SessionKind.AfterHours)]
    [InlineData("16:59:59.999", SessionKind.AfterHours)]
    [InlineData("17:00:00", SessionKind.Closed)]
    public void A_short_day_has_its_hours(string time, SessionKind kind)
    {
        foreach (var day in new[] { "2025-07-03", "2025-11-28", "2025-12-24" })
            Assert.Equal(kind, _nyse.At(Days.NewYork(day, time)));
    }

    [Theory]
    // The same clock in New York is another hour in UTC from the second Sunday of March to the first of November.
    [InlineData("2026-03-06", "2026-03-06T14:30Z", "2026-03-06T21:00Z")]
    [InlineData("2026-03-09", "2026-03-09T13:30Z", "2026-03-09T20:00Z")]
    [InlineData("2026-10-30", "2026-10-30T13:30Z", "2026-10-30T20:00Z")]
    [InlineData("2026-11-02", "2026-11-02T14:30Z", "2026-11-02T21:00Z")]
    // The rule before 2007: first Sunday of April, last of October.
    [InlineData("2006-03-31", "2006-03-31T14:30Z", "2006-03-31T21:00Z")]
    [InlineData("2006-04-03", "2006-04-03T13:30Z", "2006-04-03T20:00Z")]
    [InlineData("2006-10-27", "2006-10-27T13:30Z", "2006-10-27T20:00Z")]
    [InlineData("2006-10-30", "2006-10-30T14:30Z", "2006-10-30T21:00Z")]
    // A short day, and the late opening of 2002.
    [InlineData("2025-11-28", "2025-11-28T14:30Z", "2025-11-28T18:00Z")]
    [InlineData("2002-09-11", "2002-09-11T16:00Z", "2002-09-11T20:00Z")]
    public void The_regular_session_is_at_its_hours_in_UTC(string day, string opens, string closes)
    {
        var morning = Days.NewYork(day, "08:00");

        Assert.Equal(Days.At(opens), _nyse.NextOpen(morning));
        Assert.Equal(Days.At(closes), _nyse.CurrentClose(Days.At(opens)));
        Assert.Equal(Days.At(closes), _nyse.CurrentClose(Days.At(closes).AddTicks(-1)));
        Assert.Null(_nyse.CurrentClose(Days.At(closes)));
        Assert.Null(_nyse.CurrentClose(Days.At(opens).AddTicks(-1)));
    }

    [Theory]
    // At the opening it is the opening itself, a tick later that of the next day.
    [InlineData("2026-06-01", "09:30", "2026-06-01")]
    [InlineData("2026-06-01", "09:30:00.0000001", "2026-06-02")]
    [InlineData("2026-06-01", "16:00", "2026-06-02")]
    [InlineData("2026-06-01", "00:00", "2026-06-01")]
    // Weekends, alone and with a holiday before or after.
    [InlineData("2026-06-05", "16:00", "2026-06-08")]
    [InlineData("2026-06-06", "12:00", "2026-06-08")]
    [InlineData("2026-04-02", "16:00", "2026-04-06")]
    [InlineData("2026-01-16", "18:00", "2026-01-20")]
    [InlineData("2026-07-02", "20:30", "2026-07-06")]
    // Four days shut in 2001, two for the storm of 2012, Christmas and New Year.
    [InlineData("2001-09-10", "16:00", "2001-09-17")]
    [InlineData("2012-10-26", "16:00", "2012-10-31")]
    [InlineData("2025-12-24", "13:00", "2025-12-26")]
    [InlineData("2021-12-31", "16:00", "2022-01-03")]
    // Over a change of the clocks.
    [InlineData("2026-03-06", "16:00", "2026-03-09")]
    [InlineData("2026-10-30", "16:00", "2026-11-02")]
    public void The_next_opening_is_that_of_the_next_trading_day(string day, string time, string openDay) =>
        Assert.Equal(Days.NewYork(openDay, "09:30"), _nyse.NextOpen(Days.NewYork(day, time)));

    [Fact]
    public void The_next_change_follows_the_day()
    {
        var changes = new List<DateTimeOffset>();
        for (var at = _nyse.NextChange(Days.NewYork("2026-11-25", "12:00")); at is { } moment && changes.Count < 10; at = _nyse.NextChange(moment))
            changes.Add(moment);

        Assert.Equal(
            [
                Days.NewYork("2026-11-25", "16:00"),
                Days.NewYork("2026-11-25", "20:00"),
                Days.NewYork("2026-11-27", "04:00"),
                Days.NewYork("2026-11-27", "09:30"),
                Days.NewYork("2026-11-27", "13:00"),
                Days.NewYork("2026-11-27", "17:00"),
                Days.NewYork("2026-11-30", "04:00"),
                Days.NewYork("2026-11-30", "09:30"),
                Days.NewYork("2026-11-30", "16:00"),
                Days.NewYork("2026-11-30", "20:00"),
            ],
            changes);
    }

    [Theory]
    [InlineData("2026-06-02T03:59:59Z", "2026-06-01")]
    [InlineData("2026-06-02T04:00:00Z", "2026-06-02")]
    [InlineData("2026-01-06T04:59:59Z", "2026-01-05")]
    [InlineData("2026-01-06T05:00:00Z", "2026-01-06")]
    [InlineData("2026-06-06T12:00:00+09:00", "2026-06-05")]
    public void A_trading_day_starts_at_midnight_in_New_York(string time, string day) =>
        Assert.Equal(Days.Day(day), NyseCalendar.TradingDay(Days.At(time)));

    [Theory]
    [InlineData("0001-01-01T00:00Z")]
    [InlineData("1970-01-01T00:00Z")]
    [InlineData("1999-12-30T15:00Z")]
    [InlineData("2101-01-03T15:00Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    public void A_clock_that_is_decades_off_reads_as_closed(string time)
    {
        var at = Days.At(time);

        Assert.Equal(SessionKind.Closed, _nyse.At(at));
        Assert.Null(_nyse.NextChange(at));
        Assert.Null(_nyse.NextOpen(at));
        Assert.Null(_nyse.CurrentClose(at));
    }

    [Fact]
    public void The_last_year_ends_in_nothing_known()
    {
        Assert.Equal(SessionKind.Regular, _nyse.At(Days.NewYork("2100-12-31", "10:00")));
        // Its last hour is in the next year in UTC.
        Assert.Equal(SessionKind.AfterHours, _nyse.At(Days.At("2101-01-01T00:30Z")));
        Assert.Null(_nyse.NextOpen(Days.NewYork("2100-12-31", "10:00")));
        Assert.Null(_nyse.NextChange(Days.NewYork("2100-12-31", "23:00")));
    }
}
