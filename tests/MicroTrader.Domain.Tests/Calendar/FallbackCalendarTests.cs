using MicroTrader.Domain.Calendar;
using Kind = MicroTrader.Domain.Calendar.ScheduleEventKind;

namespace MicroTrader.Domain.Tests.Calendar;

/// <summary>Where the broker's schedule speaks, and where New York's calendar does.</summary>
public sealed class FallbackCalendarTests
{
    private readonly NyseCalendar _nyse = new();

    [Fact]
    public void It_hands_over_exactly_where_the_schedule_ends()
    {
        // The broker knows a day that ends at 15:00 in New York, and of nothing after that.
        var schedule = ScheduleCalendarTests.Of(("2026-06-01T13:30Z", Kind.Open), ("2026-06-01T19:00Z", Kind.Close), ("2026-06-01T19:30Z", Kind.Open));
        var calendar = new FallbackCalendar(schedule, _nyse);

        var until = schedule.KnownUntil!.Value;
        Assert.Equal(SessionKind.Closed, calendar.At(until.AddTicks(-1)));
        Assert.Equal(SessionKind.Regular, calendar.At(until));
        Assert.Equal(until, calendar.NextOpen(Days.At("2026-06-01T19:10Z")));
        Assert.Equal(Days.At("2026-06-01T19:00Z"), calendar.CurrentClose(Days.At("2026-06-01T15:00Z")));
        Assert.Equal(Days.At("2026-06-01T20:00Z"), calendar.CurrentClose(until));
        Assert.Equal(Days.At("2026-06-02T13:30Z"), calendar.NextOpen(until.AddTicks(1)));
    }

    [Fact]
    public void A_session_goes_on_over_the_hand_over()
    {
        // The last event is an opening: how its session ends is the other calendar's to say.
        var schedule = ScheduleCalendarTests.Of(("2026-06-01T08:00Z", Kind.PreMarketOpen), ("2026-06-01T13:30Z", Kind.Open));
        var calendar = new FallbackCalendar(schedule, _nyse);

        Assert.Equal(Days.At("2026-06-01T13:30Z"), calendar.NextOpen(Days.At("2026-06-01T09:00Z")));
        Assert.Equal(Days.At("2026-06-01T20:00Z"), calendar.CurrentClose(Days.At("2026-06-01T13:30Z")));
    }

    [Fact]
    public void A_gap_within_the_schedule_is_filled()
    {
        var schedule = ScheduleCalendarTests.Of(
            ("2026-06-01T13:30Z", Kind.Open),
            ("2026-06-02T13:30Z", Kind.Open),
            ("2026-06-02T20:00Z", Kind.Close));
        var calendar = new FallbackCalendar(schedule, _nyse);

        Assert.Equal(Days.At("2026-06-01T20:00Z"), calendar.CurrentClose(Days.At("2026-06-01T13:30Z")));
        Assert.Equal(SessionKind.Closed, calendar.At(Days.At("2026-06-02T03:00Z")));
        Assert.Equal(Days.At("2026-06-02T13:30Z"), calendar.NextOpen(Days.At("2026-06-01T14:00Z")));
    }

    [Fact]
    public void The_broker_s_word_counts_where_it_differs()
    {
        // Shut on a day that New York's rules call a trading day.
        var schedule = ScheduleCalendarTests.Of(
            ("2026-06-01T13:30Z", Kind.Open),
            ("2026-06-01T20:00Z", Kind.Close),
            ("2026-06-03T13:30Z", Kind.Open),
            ("2026-06-03T20:00Z", Kind.Close));
        var calendar = new FallbackCalendar(schedule, _nyse);

        Assert.Equal(SessionKind.Closed, calendar.At(Days.At("2026-06-02T15:00Z")));
        Assert.Equal(Days.At("2026-06-03T13:30Z"), calendar.NextOpen(Days.At("2026-06-01T20:00Z")));
        Assert.Equal(Days.At("2026-06-04T13:30Z"), calendar.NextOpen(Days.At("2026-06-03T20:00Z")));
    }

    [Fact]
    public void Without_a_schedule_it_is_the_other_calendar()
    {
        var calendar = new FallbackCalendar(new ScheduleCalendar([]), _nyse);

        Assert.Equal(_nyse.Description, calendar.Description);
        Assert.Equal(_nyse.NextOpen(Days.At("2026-06-06T00:00Z")), calendar.NextOpen(Days.At("2026-06-06T00:00Z")));
    }

    [Fact]
    public void A_market_that_never_shuts_may_stand_in()
    {
        var calendar = new FallbackCalendar(
            ScheduleCalendarTests.Of(("2026-06-01T13:30Z", Kind.Open), ("2026-06-01T20:00Z", Kind.Close), ("2026-06-02T13:30Z", Kind.Open)),
            new AlwaysOpenCalendar());

        Assert.Equal(Days.At("2026-06-01T20:00Z"), calendar.CurrentClose(Days.At("2026-05-01T00:00Z")));
        Assert.Equal(Days.At("2026-06-02T13:30Z"), calendar.NextOpen(Days.At("2026-06-01T20:00Z")));
        Assert.Null(calendar.CurrentClose(Days.At("2026-06-02T13:30Z")));
        Assert.Null(calendar.NextOpen(Days.At("2026-06-02T13:31Z")));
    }

    [Fact]
    public void It_says_how_far_the_schedule_reaches()
    {
        var calendar = new FallbackCalendar(ScheduleCalendarTests.Of(("2026-06-01T13:30Z", Kind.Open), ("2026-06-01T20:00Z", Kind.Close)), _nyse);

        Assert.Equal($"the broker's schedule until 2026-06-01 20:00 UTC, then {_nyse.Description}", calendar.Description);
    }
}
