using FsCheck;
using FsCheck.Xunit;
using MicroTrader.Domain.Calendar;
using Kind = MicroTrader.Domain.Calendar.ScheduleEventKind;

namespace MicroTrader.Domain.Tests.Calendar;

/// <summary>When the hours allow an entry and an exit.</summary>
public sealed class SessionGateTests
{
    private const string Monday = "2026-06-01";
    private readonly NyseCalendar _nyse = new();
    private readonly SessionRules _rules = new();
    private readonly SessionRules _extended = new() { RegularOnly = false };

    [Theory]
    [InlineData("09:29:59.999", SessionDenial.NotRegular)]
    [InlineData("09:30", null)]
    [InlineData("15:54:59.999", null)]
    [InlineData("15:55", SessionDenial.NearClose)]
    [InlineData("15:59:59.999", SessionDenial.NearClose)]
    [InlineData("16:00", SessionDenial.NotRegular)]
    [InlineData("20:00", SessionDenial.Closed)]
    [InlineData("03:00", SessionDenial.Closed)]
    public void An_entry_needs_the_regular_session(string time, SessionDenial? denial)
    {
        var verdict = _rules.JudgeEntry(_nyse, Days.NewYork(Monday, time));

        Assert.Equal(denial, verdict.Denial);
        Assert.Equal(denial is null, verdict.IsAllowed);
        Assert.Equal(denial is null, verdict.Detail is null);
    }

    [Theory]
    [InlineData("2025-11-28", "12:54:59", null)]
    [InlineData("2025-11-28", "12:55", SessionDenial.NearClose)]
    [InlineData("2025-11-28", "13:00", SessionDenial.NotRegular)]
    [InlineData("2025-11-27", "10:00", SessionDenial.Closed)]
    public void Short_days_and_holidays_count(string day, string time, SessionDenial? denial) =>
        Assert.Equal(denial, _rules.JudgeEntry(_nyse, Days.NewYork(day, time)).Denial);

    [Fact]
    public void A_denial_names_the_next_opening()
    {
        AssertDenied("2026-06-06", "12:00", "2026-06-08", "the market is closed; it opens next at Mon 2026-06-08 13:30 UTC (09:30 in New York)");
        AssertDenied(
            Monday,
            "08:00",
            Monday,
            "pre-market is not traded, the regular session only; it opens next at Mon 2026-06-01 13:30 UTC (09:30 in New York)");
        AssertDenied(
            "2026-06-05",
            "15:56",
            "2026-06-08",
            "the market closes at Fri 2026-06-05 20:00 UTC (16:00 in New York), no entry in the last 00:05:00; it opens next at Mon 2026-06-08 13:30 UTC (09:30 in New York)");

        void AssertDenied(string day, string time, string openDay, string words)
        {
            var verdict = _rules.JudgeEntry(_nyse, Days.NewYork(day, time));
            Assert.Equal(words, verdict.Detail);
            Assert.Equal(Days.NewYork(openDay, "09:30"), verdict.AllowedFrom);
        }
    }

    [Fact]
    public void A_denial_without_a_known_opening_says_so()
    {
        var verdict = _rules.JudgeEntry(new ScheduleCalendar([]), Days.NewYork(Monday, "12:00"));

        Assert.Equal(SessionDenial.Closed, verdict.Denial);
        Assert.Equal("the market is closed; no next opening is known (the broker's schedule)", verdict.Detail);
        Assert.Null(verdict.AllowedFrom);
        Assert.Null(_rules.NextSellAt(new ScheduleCalendar([]), Days.NewYork(Monday, "12:00")));
    }

    [Theory]
    [InlineData("09:30", true)]
    [InlineData("09:39:59.999", true)]
    [InlineData("09:40", false)]
    public void The_first_minutes_can_be_left_out(string time, bool denied)
    {
        var rules = _rules with { NoEntryAfterOpen = TimeSpan.FromMinutes(10) };
        var verdict = rules.JudgeEntry(_nyse, Days.NewYork(Monday, time));

        Assert.Equal(denied ? SessionDenial.JustOpened : null, verdict.Denial);
        if (!denied)
            return;
        Assert.Equal(Days.NewYork(Monday, "09:40"), verdict.AllowedFrom);
        Assert.Contains("entries from Mon 2026-06-01 13:40 UTC (09:40 in New York)", verdict.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_denied_entry_is_told_of_the_first_minutes_too()
    {
        var rules = _rules with { NoEntryAfterOpen = TimeSpan.FromMinutes(10) };

        Assert.Equal(Days.NewYork(Monday, "09:40"), rules.JudgeEntry(_nyse, Days.NewYork(Monday, "02:00")).AllowedFrom);
    }

    [Theory]
    [InlineData("15:57:59.999", false)]
    [InlineData("15:58", true)]
    [InlineData("16:00", true)]
    [InlineData("22:00", true)]
    [InlineData("09:29:59.999", true)]
    [InlineData("09:30", false)]
    public void Positions_are_left_before_the_close(string time, bool mustBeFlat)
    {
        var at = Days.NewYork(Monday, time);

        Assert.Equal(mustBeFlat, _rules.MustBeFlat(_nyse, at));
        Assert.Equal(mustBeFlat ? at : Days.NewYork(Monday, "15:58"), _rules.FlatFrom(_nyse, at));
        Assert.False((_rules with { FlatBeforeClose = TimeSpan.Zero }).MustBeFlat(_nyse, at));
    }

    [Theory]
    [InlineData(Monday, "09:30", Monday, "09:30")]
    [InlineData(Monday, "15:59:59.999", Monday, "15:59:59.999")]
    [InlineData(Monday, "16:00", "2026-06-02", "09:30")]
    [InlineData("2026-06-05", "16:00", "2026-06-08", "09:30")]
    [InlineData("2025-11-28", "13:00", "2025-12-01", "09:30")]
    public void An_exit_outside_the_session_waits_for_the_next_opening(string day, string time, string sellDay, string sellTime)
    {
        var at = Days.NewYork(day, time);
        var expected = Days.NewYork(sellDay, sellTime);

        Assert.Equal(expected == at, _rules.MaySell(_nyse, at));
        Assert.Equal(expected, _rules.NextSellAt(_nyse, at));
        Assert.True(_rules.MaySell(_nyse, expected));
    }

    [Theory]
    [InlineData(Monday, "03:59:59", SessionDenial.Closed)]
    [InlineData(Monday, "04:00", null)]
    [InlineData(Monday, "15:57", null)]
    [InlineData(Monday, "19:54:59", null)]
    [InlineData(Monday, "19:55", SessionDenial.NearClose)]
    [InlineData(Monday, "20:00", SessionDenial.Closed)]
    [InlineData("2025-11-28", "16:55", SessionDenial.NearClose)]
    [InlineData("2026-06-06", "12:00", SessionDenial.Closed)]
    public void With_extended_hours_the_close_is_the_end_of_them(string day, string time, SessionDenial? denial) =>
        Assert.Equal(denial, _extended.JudgeEntry(_nyse, Days.NewYork(day, time)).Denial);

    [Fact]
    public void With_extended_hours_an_exit_waits_for_the_pre_market_only()
    {
        Assert.True(_extended.MaySell(_nyse, Days.NewYork(Monday, "19:59")));
        Assert.False(_extended.MustBeFlat(_nyse, Days.NewYork(Monday, "15:59")));
        Assert.True(_extended.MustBeFlat(_nyse, Days.NewYork(Monday, "19:58")));
        Assert.Equal(Days.NewYork("2026-06-02", "04:00"), _extended.NextSellAt(_nyse, Days.NewYork(Monday, "20:00")));
        Assert.Equal(Days.NewYork("2026-06-02", "04:00"), _extended.JudgeEntry(_nyse, Days.NewYork(Monday, "20:00")).AllowedFrom);
    }

    [Fact]
    public void A_break_is_a_close_before_it_and_an_opening_after_it()
    {
        var tokyo = ScheduleCalendarTests.Of(
            ("2026-06-01T00:00Z", Kind.Open),
            ("2026-06-01T02:30Z", Kind.BreakStart),
            ("2026-06-01T03:30Z", Kind.BreakEnd),
            ("2026-06-01T06:30Z", Kind.Close));

        Assert.Equal(SessionDenial.NearClose, _rules.JudgeEntry(tokyo, Days.At("2026-06-01T02:26Z")).Denial);
        Assert.True(_rules.MustBeFlat(tokyo, Days.At("2026-06-01T02:28Z")));
        foreach (var rules in new[] { _rules, _extended })
        {
            var verdict = rules.JudgeEntry(tokyo, Days.At("2026-06-01T03:00Z"));
            Assert.Equal(SessionDenial.Closed, verdict.Denial);
            Assert.StartsWith("the market is in a break; it opens next at Mon 2026-06-01 03:30 UTC", verdict.Detail, StringComparison.Ordinal);
            Assert.Equal(Days.At("2026-06-01T03:30Z"), rules.NextSellAt(tokyo, Days.At("2026-06-01T03:00Z")));
        }
    }

    [Fact]
    public void A_market_that_never_shuts_denies_nothing()
    {
        var rules = _rules with { NoEntryAfterOpen = TimeSpan.FromHours(1) };
        foreach (var at in new[] { DateTimeOffset.UnixEpoch, Days.At("2026-06-06T03:00Z"), DateTimeOffset.MinValue })
        {
            Assert.True(rules.JudgeEntry(new AlwaysOpenCalendar(), at).IsAllowed);
            Assert.False(rules.MustBeFlat(new AlwaysOpenCalendar(), at));
            Assert.Null(rules.FlatFrom(new AlwaysOpenCalendar(), at));
            Assert.Equal(at, rules.NextSellAt(new AlwaysOpenCalendar(), at));
        }
    }

    [Property(MaxTest = 200)]
    public void What_the_gate_promises_holds_at_any_time(DoNotSize<int> any)
    {
        var random = new Random(any.Item);
        var noEntry = TimeSpan.FromMinutes(random.Next(0, 120));
        var rules = new SessionRules
        {
            RegularOnly = random.Next(2) == 0,
            NoEntryBeforeClose = noEntry,
            FlatBeforeClose = noEntry * random.NextDouble(),
            NoEntryAfterOpen = TimeSpan.FromMinutes(random.Next(0, 60)),
        };
        Assert.Empty(rules.Problems());
        var now = new DateTimeOffset(2010, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(random.NextInt64(20L * 365 * 86_400));

        var verdict = rules.JudgeEntry(_nyse, now);
        // What may be bought may be sold, and need not be sold at once.
        Assert.True(!verdict.IsAllowed || (rules.MaySell(_nyse, now) && !rules.MustBeFlat(_nyse, now)), $"seed {any.Item}: {now:O}");
        Assert.True(verdict.IsAllowed || verdict.AllowedFrom > now, $"seed {any.Item}: {now:O} allows from {verdict.AllowedFrom:O}");
        Assert.True(verdict.IsAllowed || rules.JudgeEntry(_nyse, verdict.AllowedFrom!.Value).IsAllowed, $"seed {any.Item}: {now:O} {verdict}");
        Assert.True(rules.NextSellAt(_nyse, now) is { } sell && sell >= now && rules.MaySell(_nyse, sell), $"seed {any.Item}: {now:O}");
        if (rules.FlatFrom(_nyse, now) is { } flat)
        {
            Assert.True(rules.MustBeFlat(_nyse, flat), $"seed {any.Item}: {now:O} is not flat at {flat:O}");
            Assert.True(flat == now || !rules.MustBeFlat(_nyse, flat.AddTicks(-1)), $"seed {any.Item}: {now:O} is flat before {flat:O}");
        }
    }
}
