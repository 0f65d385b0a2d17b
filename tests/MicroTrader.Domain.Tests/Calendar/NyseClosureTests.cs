using MicroTrader.Domain.Calendar;

namespace MicroTrader.Domain.Tests.Calendar;

/// <summary>The exchange's closed and short days against lists that were published, not computed.</summary>
public sealed class NyseClosureTests
{
    [Theory]
    [InlineData(2000, "01-17 02-21 04-21 05-29 07-04 09-04 11-23 12-25")]
    [InlineData(2001, "01-01 01-15 02-19 04-13 05-28 07-04 09-03 09-11 09-12 09-13 09-14 11-22 12-25")]
    [InlineData(2002, "01-01 01-21 02-18 03-29 05-27 07-04 09-02 11-28 12-25")]
    [InlineData(2003, "01-01 01-20 02-17 04-18 05-26 07-04 09-01 11-27 12-25")]
    [InlineData(2004, "01-01 01-19 02-16 04-09 05-31 06-11 07-05 09-06 11-25 12-24")]
    [InlineData(2005, "01-17 02-21 03-25 05-30 07-04 09-05 11-24 12-26")]
    [InlineData(2006, "01-02 01-16 02-20 04-14 05-29 07-04 09-04 11-23 12-25")]
    [InlineData(2007, "01-01 01-02 01-15 02-19 04-06 05-28 07-04 09-03 11-22 12-25")]
    [InlineData(2008, "01-01 01-21 02-18 03-21 05-26 07-04 09-01 11-27 12-25")]
    [InlineData(2009, "01-01 01-19 02-16 04-10 05-25 07-03 09-07 11-26 12-25")]
    [InlineData(2010, "01-01 01-18 02-15 04-02 05-31 07-05 09-06 11-25 12-24")]
    [InlineData(2011, "01-17 02-21 04-22 05-30 07-04 09-05 11-24 12-26")]
    [InlineData(2012, "01-02 01-16 02-20 04-06 05-28 07-04 09-03 10-29 10-30 11-22 12-25")]
    [InlineData(2013, "01-01 01-21 02-18 03-29 05-27 07-04 09-02 11-28 12-25")]
    [InlineData(2014, "01-01 01-20 02-17 04-18 05-26 07-04 09-01 11-27 12-25")]
    [InlineData(2015, "01-01 01-19 02-16 04-03 05-25 07-03 09-07 11-26 12-25")]
    [InlineData(2016, "01-01 01-18 02-15 03-25 05-30 07-04 09-05 11-24 12-26")]
    [InlineData(2017, "01-02 01-16 02-20 04-14 05-29 07-04 09-04 11-23 12-25")]
    [InlineData(2018, "01-01 01-15 02-19 03-30 05-28 07-04 09-03 11-22 12-05 12-25")]
    [InlineData(2019, "01-01 01-21 02-18 04-19 05-27 07-04 09-02 11-28 12-25")]
    [InlineData(2020, "01-01 01-20 02-17 04-10 05-25 07-03 09-07 11-26 12-25")]
    [InlineData(2021, "01-01 01-18 02-15 04-02 05-31 07-05 09-06 11-25 12-24")]
    [InlineData(2022, "01-17 02-21 04-15 05-30 06-20 07-04 09-05 11-24 12-26")]
    [InlineData(2023, "01-02 01-16 02-20 04-07 05-29 06-19 07-04 09-04 11-23 12-25")]
    [InlineData(2024, "01-01 01-15 02-19 03-29 05-27 06-19 07-04 09-02 11-28 12-25")]
    [InlineData(2025, "01-01 01-09 01-20 02-17 04-18 05-26 06-19 07-04 09-01 11-27 12-25")]
    [InlineData(2026, "01-01 01-19 02-16 04-03 05-25 06-19 07-03 09-07 11-26 12-25")]
    [InlineData(2027, "01-01 01-18 02-15 03-26 05-31 06-18 07-05 09-06 11-25 12-24")]
    [InlineData(2028, "01-17 02-21 04-14 05-29 06-19 07-04 09-04 11-23 12-25")]
    [InlineData(2029, "01-01 01-15 02-19 03-30 05-28 06-19 07-04 09-03 11-22 12-25")]
    [InlineData(2030, "01-01 01-21 02-18 04-19 05-27 06-19 07-04 09-02 11-28 12-25")]
    public void The_closed_weekdays_of_a_year_are_the_published_ones(int year, string closed)
    {
        var expected = Days.OfYear(year, closed).ToList();

        var weekdays = Days.Of(year).Where(d => d.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)).ToList();
        Assert.Equal(expected, weekdays.Where(d => !NyseCalendar.IsTradingDay(d)));
        Assert.Equal(expected, weekdays.Where(d => NyseCalendar.ClosureOn(d) is not null));
        Assert.Equal(expected, weekdays.Where(d => NyseCalendar.SessionsOn(d).Count == 0));
        Assert.DoesNotContain(Days.Of(year).Except(weekdays), d => NyseCalendar.IsTradingDay(d) || NyseCalendar.ClosureOn(d) is not null);
    }

    [Theory]
    [InlineData(2000, "07-03 11-24")]
    [InlineData(2001, "07-03 11-23 12-24")]
    [InlineData(2002, "07-05 11-29 12-24")]
    [InlineData(2003, "07-03 11-28 12-24 12-26")]
    [InlineData(2004, "11-26")]
    [InlineData(2005, "11-25")]
    [InlineData(2006, "07-03 11-24")]
    [InlineData(2007, "07-03 11-23 12-24")]
    [InlineData(2008, "07-03 11-28 12-24")]
    [InlineData(2009, "11-27 12-24")]
    [InlineData(2010, "11-26")]
    [InlineData(2011, "11-25")]
    [InlineData(2012, "07-03 11-23 12-24")]
    [InlineData(2013, "07-03 11-29 12-24")]
    [InlineData(2014, "07-03 11-28 12-24")]
    [InlineData(2015, "11-27 12-24")]
    [InlineData(2016, "11-25")]
    [InlineData(2017, "07-03 11-24")]
    [InlineData(2018, "07-03 11-23 12-24")]
    [InlineData(2019, "07-03 11-29 12-24")]
    [InlineData(2020, "11-27 12-24")]
    [InlineData(2021, "11-26")]
    [InlineData(2022, "11-25")]
    [InlineData(2023, "07-03 11-24")]
    [InlineData(2024, "07-03 11-29 12-24")]
    [InlineData(2025, "07-03 11-28 12-24")]
    [InlineData(2026, "11-27 12-24")]
    [InlineData(2027, "11-26")]
    [InlineData(2028, "07-03 11-24")]
    [InlineData(2029, "07-03 11-23 12-24")]
    [InlineData(2030, "07-03 11-29 12-24")]
    public void The_short_days_of_a_year_are_the_published_ones(int year, string shortDays)
    {
        var expected = Days.OfYear(year, shortDays).ToList();

        Assert.Equal(expected, Days.Of(year).Where(NyseCalendar.ClosesEarly));
        foreach (var day in Days.Of(year).Where(NyseCalendar.IsTradingDay))
        {
            var regular = Assert.Single(NyseCalendar.SessionsOn(day), s => s.Kind == SessionKind.Regular);
            Assert.Equal(new TimeOnly(expected.Contains(day) ? 13 : 16, 0), TimeOnly.FromDateTime(regular.Closes.DateTime));
        }
    }

    [Theory]
    [InlineData("2038-04-23")]
    [InlineData("2049-04-16")]
    [InlineData("2057-04-20")]
    [InlineData("2076-04-17")]
    [InlineData("2099-04-10")]
    [InlineData("2100-03-26")]
    public void Good_Friday_is_right_in_far_years(string day) => Assert.Equal("Good Friday", NyseCalendar.ClosureOn(Days.Day(day)));

    [Theory]
    [InlineData("2021-12-31")]
    [InlineData("2010-12-31")]
    [InlineData("2027-12-31")]
    [InlineData("2021-06-18")]
    [InlineData("2024-10-14")]
    [InlineData("2024-11-11")]
    [InlineData("2024-07-05")]
    [InlineData("2018-12-26")]
    public void A_day_that_other_calendars_close_is_a_trading_day(string day) => Assert.True(NyseCalendar.IsTradingDay(Days.Day(day)));

    [Theory]
    [InlineData("2022-06-20", "Juneteenth")]
    [InlineData("2023-01-02", "New Year's Day")]
    [InlineData("2026-07-03", "Independence Day")]
    [InlineData("2012-10-30", "Hurricane Sandy")]
    [InlineData("2025-01-09", "mourning for Jimmy Carter")]
    public void A_closure_is_named(string day, string name) => Assert.Equal(name, NyseCalendar.ClosureOn(Days.Day(day)));

    [Fact]
    public void Every_coming_year_has_its_ten_holidays_but_for_a_New_Year_on_a_Saturday()
    {
        for (var year = 2026; year <= NyseCalendar.LastYear; year++)
        {
            var closures = Days.Of(year).Count(d => NyseCalendar.ClosureOn(d) is not null);
            // Nine where New Year's Day is a Saturday.
            Assert.Equal(new DateOnly(year, 1, 1).DayOfWeek == DayOfWeek.Saturday ? 9 : 10, closures);
            Assert.InRange(Days.Of(year).Count(NyseCalendar.ClosesEarly), 1, 3);
        }
    }

    [Fact]
    public void Years_outside_its_knowledge_have_no_trading()
    {
        foreach (var day in new[] { Days.Day("1999-12-30"), Days.Day("2101-01-04"), DateOnly.MinValue, DateOnly.MaxValue })
        {
            Assert.False(NyseCalendar.IsTradingDay(day));
            Assert.False(NyseCalendar.ClosesEarly(day));
            Assert.Null(NyseCalendar.ClosureOn(day));
            Assert.Empty(NyseCalendar.SessionsOn(day));
        }
    }
}
