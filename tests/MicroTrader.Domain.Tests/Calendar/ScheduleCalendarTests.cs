using MicroTrader.Domain.Calendar;
using Kind = MicroTrader.Domain.Calendar.ScheduleEventKind;

namespace MicroTrader.Domain.Tests.Calendar;

/// <summary>What is believed of a broker's schedule, and what is not.</summary>
public sealed class ScheduleCalendarTests
{
    [Fact]
    public void A_full_day_is_read()
    {
        var calendar = Of(
            ("2026-06-01T08:00Z", Kind.PreMarketOpen),
            ("2026-06-01T13:30Z", Kind.Open),
            ("2026-06-01T20:00Z", Kind.AfterHoursOpen),
            ("2026-06-02T00:00Z", Kind.AfterHoursClose),
            ("2026-06-02T00:05Z", Kind.OvernightOpen),
            ("2026-06-02T08:00Z", Kind.PreMarketOpen));

        Assert.Equal(Days.At("2026-06-01T08:00Z"), calendar.KnownFrom);
        Assert.Equal(Days.At("2026-06-02T08:00Z"), calendar.KnownUntil);
        Assert.Equal(
            [SessionKind.PreMarket, SessionKind.Regular, SessionKind.AfterHours, SessionKind.Overnight],
            calendar.Sessions.Select(s => s.Kind));
        AssertAt(calendar, "2026-06-01T13:29:59.9999999Z", SessionKind.PreMarket);
        AssertAt(calendar, "2026-06-01T13:30Z", SessionKind.Regular);
        AssertAt(calendar, "2026-06-01T19:59:59.999Z", SessionKind.Regular);
        AssertAt(calendar, "2026-06-01T20:00Z", SessionKind.AfterHours);
        AssertAt(calendar, "2026-06-02T00:00Z", SessionKind.Closed);
        AssertAt(calendar, "2026-06-02T00:05Z", SessionKind.Overnight);
        AssertUnknown(calendar, "2026-06-01T07:59:59Z");
        AssertUnknown(calendar, "2026-06-02T08:00Z");
        Assert.Equal(Days.At("2026-06-01T13:30Z"), calendar.NextOpen(Days.At("2026-05-30T00:00Z")));
        Assert.Equal(Days.At("2026-06-01T20:00Z"), calendar.CurrentClose(Days.At("2026-06-01T13:30Z")));
        Assert.Null(calendar.NextOpen(Days.At("2026-06-01T13:31Z")));
    }

    [Fact]
    public void A_break_stops_regular_trading_and_its_end_starts_it()
    {
        var calendar = Of(
            ("2026-06-01T00:00Z", Kind.Open),
            ("2026-06-01T02:30Z", Kind.BreakStart),
            ("2026-06-01T03:30Z", Kind.BreakEnd),
            ("2026-06-01T06:30Z", Kind.Close),
            ("2026-06-02T00:00Z", Kind.Open),
            ("2026-06-02T06:30Z", Kind.Close));

        AssertAt(calendar, "2026-06-01T02:29:59.999Z", SessionKind.Regular);
        AssertAt(calendar, "2026-06-01T02:30Z", SessionKind.Break);
        AssertAt(calendar, "2026-06-01T03:29:59.999Z", SessionKind.Break);
        AssertAt(calendar, "2026-06-01T03:30Z", SessionKind.Regular);
        AssertAt(calendar, "2026-06-01T06:30Z", SessionKind.Closed);
        Assert.Equal(Days.At("2026-06-01T02:30Z"), calendar.CurrentClose(Days.At("2026-06-01T01:00Z")));
        Assert.Equal(Days.At("2026-06-01T03:30Z"), calendar.NextOpen(Days.At("2026-06-01T01:00Z")));
        Assert.Equal(Days.At("2026-06-01T03:30Z"), calendar.NextOpen(Days.At("2026-06-01T02:45Z")));
        Assert.Equal(Days.At("2026-06-01T06:30Z"), calendar.CurrentClose(Days.At("2026-06-01T03:30Z")));
        Assert.Equal(Days.At("2026-06-02T00:00Z"), calendar.NextOpen(Days.At("2026-06-01T04:00Z")));
    }

    [Fact]
    public void A_weekend_between_a_close_and_an_opening_is_closed()
    {
        var calendar = Of(
            ("2026-06-05T13:30Z", Kind.Open),
            ("2026-06-05T20:00Z", Kind.Close),
            ("2026-06-08T13:30Z", Kind.Open),
            ("2026-06-08T20:00Z", Kind.Close));

        Assert.True(calendar.Knows(Days.At("2026-06-06T15:00Z")));
        AssertAt(calendar, "2026-06-06T15:00Z", SessionKind.Closed);
        Assert.Equal(Days.At("2026-06-08T13:30Z"), calendar.NextOpen(Days.At("2026-06-05T20:00Z")));
        Assert.Equal(Days.At("2026-06-08T13:30Z"), calendar.NextChange(Days.At("2026-06-05T20:00Z")));
    }

    [Fact]
    public void A_close_beside_another_session_s_opening_does_not_hide_it()
    {
        var calendar = Of(
            ("2026-06-01T13:30Z", Kind.Open),
            ("2026-06-01T20:00Z", Kind.AfterHoursOpen),
            ("2026-06-01T20:00Z", Kind.Close),
            ("2026-06-02T00:00Z", Kind.OvernightOpen),
            ("2026-06-02T00:00Z", Kind.AfterHoursClose),
            ("2026-06-02T08:00Z", Kind.PreMarketOpen));

        AssertAt(calendar, "2026-06-01T19:59Z", SessionKind.Regular);
        AssertAt(calendar, "2026-06-01T20:00Z", SessionKind.AfterHours);
        AssertAt(calendar, "2026-06-02T00:00Z", SessionKind.Overnight);
    }

    [Fact]
    public void A_session_that_ends_as_the_next_begins_is_one_stretch_of_trading()
    {
        var calendar = Of(
            ("2026-06-01T00:00Z", Kind.Open),
            ("2026-06-02T00:00Z", Kind.Close),
            ("2026-06-02T00:00Z", Kind.Open),
            ("2026-06-02T20:00Z", Kind.Close));

        Assert.Equal(new Session(Days.At("2026-06-01T00:00Z"), Days.At("2026-06-02T20:00Z"), SessionKind.Regular), Assert.Single(calendar.Sessions));
        Assert.Equal(Days.At("2026-06-02T20:00Z"), calendar.CurrentClose(Days.At("2026-06-01T12:00Z")));
    }

    [Fact]
    public void A_day_without_its_close_is_not_known()
    {
        var calendar = Of(
            ("2026-06-01T13:30Z", Kind.Open),
            ("2026-06-02T13:30Z", Kind.Open),
            ("2026-06-02T20:00Z", Kind.Close));

        AssertUnknown(calendar, "2026-06-01T15:00Z");
        AssertUnknown(calendar, "2026-06-02T03:00Z");
        AssertAt(calendar, "2026-06-02T13:30Z", SessionKind.Regular);
    }

    [Fact]
    public void An_opening_that_meets_the_next_day_s_close_is_not_a_session_of_thirty_hours()
    {
        var calendar = Of(("2026-06-01T13:30Z", Kind.Open), ("2026-06-02T20:00Z", Kind.Close));

        AssertUnknown(calendar, "2026-06-01T15:00Z");
        Assert.Empty(calendar.Sessions);
        Assert.Null(calendar.NextOpen(Days.At("2026-06-01T00:00Z")));
    }

    [Theory]
    // What would follow if the second event's own beginning were missing.
    [InlineData(Kind.Close, Kind.Close)]
    [InlineData(Kind.Close, Kind.BreakStart)]
    [InlineData(Kind.Close, Kind.BreakEnd)]
    [InlineData(Kind.Close, Kind.AfterHoursClose)]
    [InlineData(Kind.AfterHoursClose, Kind.Close)]
    [InlineData(Kind.PreMarketOpen, Kind.Close)]
    [InlineData(Kind.PreMarketOpen, Kind.AfterHoursOpen)]
    [InlineData(Kind.PreMarketOpen, Kind.BreakStart)]
    [InlineData(Kind.Open, Kind.PreMarketOpen)]
    [InlineData(Kind.Open, Kind.BreakEnd)]
    [InlineData(Kind.Open, Kind.AfterHoursClose)]
    [InlineData(Kind.Open, Kind.OvernightOpen)]
    [InlineData(Kind.BreakStart, Kind.Close)]
    [InlineData(Kind.BreakStart, Kind.Open)]
    [InlineData(Kind.BreakEnd, Kind.Open)]
    [InlineData(Kind.AfterHoursOpen, Kind.Open)]
    [InlineData(Kind.AfterHoursOpen, Kind.PreMarketOpen)]
    [InlineData(Kind.OvernightOpen, Kind.AfterHoursOpen)]
    public void Between_events_with_one_missing_nothing_is_known(Kind first, Kind second)
    {
        var calendar = Of(("2026-06-01T13:30Z", first), ("2026-06-01T20:00Z", second));

        AssertUnknown(calendar, "2026-06-01T15:00Z");
        Assert.Empty(calendar.Sessions);
    }

    [Fact]
    public void Two_beginnings_at_once_contradict_each_other()
    {
        var calendar = Of(
            ("2026-06-01T13:30Z", Kind.Open),
            ("2026-06-01T13:30Z", Kind.AfterHoursOpen),
            ("2026-06-01T20:00Z", Kind.Close));

        AssertUnknown(calendar, "2026-06-01T15:00Z");
    }

    [Fact]
    public void A_session_of_no_length_opens_nothing()
    {
        // A holiday, as some schedules write it.
        var calendar = Of(
            ("2026-06-01T13:30Z", Kind.Open),
            ("2026-06-01T13:30Z", Kind.Close),
            ("2026-06-02T13:30Z", Kind.Open),
            ("2026-06-02T20:00Z", Kind.Close));

        Assert.Equal(SessionKind.Closed, calendar.At(Days.At("2026-06-01T15:00Z")));
        Assert.Equal(Days.At("2026-06-02T13:30Z"), calendar.NextOpen(Days.At("2026-06-01T00:00Z")));
    }

    [Fact]
    public void Unknown_words_are_ignored_and_reach_no_further()
    {
        var calendar = Of(
            ("2026-06-01T13:30Z", Kind.Open),
            ("2026-06-01T15:00Z", Kind.Unknown),
            ("2026-06-01T16:00Z", (Kind)99),
            ("2026-06-01T20:00Z", Kind.Close),
            ("2026-06-09T00:00Z", Kind.Unknown));

        AssertAt(calendar, "2026-06-01T17:00Z", SessionKind.Regular);
        Assert.Equal(Days.At("2026-06-01T20:00Z"), calendar.KnownUntil);
    }

    [Fact]
    public void Without_events_nothing_is_known()
    {
        var calendar = Of();

        AssertUnknown(calendar, "2026-06-01T15:00Z");
        Assert.Null(calendar.KnownFrom);
        Assert.Null(calendar.KnownUntil);
        Assert.Null(calendar.NextChange(Days.At("2026-06-01T15:00Z")));
    }

    [Fact]
    public void A_single_event_says_nothing()
    {
        var calendar = Of(("2026-06-01T13:30Z", Kind.Open));

        AssertUnknown(calendar, "2026-06-01T13:30Z");
        Assert.Equal(Days.At("2026-06-01T13:30Z"), calendar.KnownUntil);
    }

    internal static ScheduleCalendar Of(params (string At, Kind Kind)[] events) => new(events.Select(e => new ScheduleEvent(Days.At(e.At), e.Kind)));

    private static void AssertAt(ScheduleCalendar calendar, string time, SessionKind kind)
    {
        Assert.True(calendar.Knows(Days.At(time)), $"{time} is not known");
        Assert.Equal(kind, calendar.At(Days.At(time)));
    }

    private static void AssertUnknown(ScheduleCalendar calendar, string time)
    {
        Assert.False(calendar.Knows(Days.At(time)), $"{time} is known");
        Assert.Equal(SessionKind.Closed, calendar.At(Days.At(time)));
        Assert.Null(calendar.CurrentClose(Days.At(time)));
    }
}
