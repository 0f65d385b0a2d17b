using FsCheck;
using FsCheck.Xunit;
using MicroTrader.Domain.Calendar;

namespace MicroTrader.Domain.Tests.Calendar;

/// <summary>What holds of every calendar at every moment; the seed in the message brings a case back.</summary>
public sealed class CalendarPropertyTests
{
    private readonly NyseCalendar _nyse = new();

    [Property(MaxTest = 100)]
    public void New_York_s_answers_agree_with_each_other(DoNotSize<int> any)
    {
        var random = new Random(any.Item);
        var from = new DateTimeOffset(2000, 1, 2, 0, 0, 0, TimeSpan.Zero);
        for (var i = 0; i < 2; i++)
            CheckAgainstEveryMinute(_nyse, from.AddTicks(random.NextInt64(TimeSpan.FromDays(36_000).Ticks)), any.Item);
    }

    [Property(MaxTest = 100)]
    public void A_schedule_s_answers_agree_with_each_other(DoNotSize<int> any)
    {
        var random = new Random(any.Item);
        var start = RandomStart(random);
        var kinds = Enum.GetValues<ScheduleEventKind>();
        // Any events at all, most of them nonsense.
        var events = Enumerable.Range(0, random.Next(1, 25))
            .Select(_ => new ScheduleEvent(start.AddMinutes(30 * random.Next(0, 200)), kinds[random.Next(kinds.Length)]))
            .ToList();
        var schedule = new ScheduleCalendar(events);
        foreach (var calendar in new ITradingCalendar[] { schedule, new FallbackCalendar(schedule, _nyse) })
            CheckAgainstEveryMinute(calendar, start.AddHours(random.Next(-30, 120)), any.Item);
    }

    [Property(MaxTest = 100)]
    public void A_shuffled_schedule_with_doubles_says_what_the_exchange_does(DoNotSize<int> any)
    {
        var random = new Random(any.Item);
        var events = EventsOfTwoWeeks(RandomStart(random));
        var calendar = new ScheduleCalendar(Shuffled(random, [.. events, .. events.Where(_ => random.Next(3) == 0)]));

        Assert.Equal((events[0].At, events[^1].At), (calendar.KnownFrom!.Value, calendar.KnownUntil!.Value));
        for (var at = events[0].At; at < events[^1].At; at = at.AddMinutes(10))
        {
            if (!calendar.Knows(at) || _nyse.At(at) != calendar.At(at))
                Assert.Fail($"seed {any.Item}: {at:O} is {calendar.At(at)}, known: {calendar.Knows(at)}");
        }
    }

    [Property(MaxTest = 150)]
    public void Whatever_is_missing_a_schedule_never_claims_a_regular_session_that_is_none(DoNotSize<int> any)
    {
        var random = new Random(any.Item);
        var start = RandomStart(random);
        var share = random.NextDouble();
        var calendar = new ScheduleCalendar(Shuffled(random, [.. EventsOfTwoWeeks(start).Where(_ => random.NextDouble() < share)]));
        var whole = new FallbackCalendar(calendar, _nyse);

        for (var at = start; at < start.AddDays(17); at = at.AddMinutes(10))
        {
            var real = _nyse.At(at);
            if (real != SessionKind.Regular && (calendar.At(at) == SessionKind.Regular || whole.At(at) == SessionKind.Regular))
                Assert.Fail($"seed {any.Item}: {at:O} is {real}");
            if (!calendar.Knows(at) && whole.At(at) != real)
                Assert.Fail($"seed {any.Item}: {at:O} is {whole.At(at)}, not {real}");
        }
    }

    [Fact]
    public void A_market_that_never_shuts_has_neither_opening_nor_close()
    {
        var calendar = new AlwaysOpenCalendar();

        foreach (var at in new[] { DateTimeOffset.MinValue, Days.At("2026-06-06T03:00Z"), DateTimeOffset.MaxValue })
        {
            Assert.Equal(SessionKind.Regular, calendar.At(at));
            Assert.Null(calendar.NextChange(at));
            Assert.Null(calendar.NextOpen(at));
            Assert.Null(calendar.CurrentClose(at));
        }
    }

    // Every border of these calendars is at a whole minute: going through the minutes sees all there is to see.
    private static void CheckAgainstEveryMinute(ITradingCalendar calendar, DateTimeOffset time, int seed)
    {
        var horizon = time.AddDays(8);
        var wasRegular = calendar.At(time.AddTicks(-1)) == SessionKind.Regular;
        var first = calendar.At(time);
        DateTimeOffset? open = null, close = null, change = null;
        for (var at = time; at < horizon; at = at == time ? NextMinute(at) : at.AddMinutes(1))
        {
            var kind = calendar.At(at);
            var isRegular = kind == SessionKind.Regular;
            if (isRegular && !wasRegular)
                open ??= at;
            if (!isRegular && first == SessionKind.Regular)
                close ??= at;
            if (kind != first)
                change ??= at;
            wasRegular = isRegular;
        }

        AssertSame(open, calendar.NextOpen(time), "open");
        AssertSame(close, calendar.CurrentClose(time), "close");
        AssertSame(change, calendar.NextChange(time), "change");

        void AssertSame(DateTimeOffset? expected, DateTimeOffset? actual, string what) =>
            Assert.True(expected == (actual < horizon ? actual : null), $"seed {seed}: {calendar.Description} at {time:O}: {what} {actual:O}, not {expected:O}");
    }

    private static DateTimeOffset NextMinute(DateTimeOffset at) => at.AddTicks(TimeSpan.TicksPerMinute - (at.UtcTicks % TimeSpan.TicksPerMinute));

    private static DateTimeOffset RandomStart(Random random) => new DateTimeOffset(2010, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(random.Next(0, 9_000));

    private static List<ScheduleEvent> EventsOfTwoWeeks(DateTimeOffset start)
    {
        var events = new List<ScheduleEvent>();
        for (var day = DateOnly.FromDateTime(start.UtcDateTime); events.Count < 50; day = day.AddDays(1))
        {
            foreach (var session in NyseCalendar.SessionsOn(day))
            {
                switch (session.Kind)
                {
                    case SessionKind.PreMarket:
                        events.Add(new ScheduleEvent(session.Opens, ScheduleEventKind.PreMarketOpen));
                        break;
                    case SessionKind.Regular:
                        events.Add(new ScheduleEvent(session.Opens, ScheduleEventKind.Open));
                        events.Add(new ScheduleEvent(session.Closes, ScheduleEventKind.Close));
                        break;
                    default:
                        events.Add(new ScheduleEvent(session.Opens, ScheduleEventKind.AfterHoursOpen));
                        events.Add(new ScheduleEvent(session.Closes, ScheduleEventKind.AfterHoursClose));
                        break;
                }
            }
        }

        return events;
    }

    private static ScheduleEvent[] Shuffled(Random random, ScheduleEvent[] events)
    {
        random.Shuffle(events);
        return events;
    }
}
