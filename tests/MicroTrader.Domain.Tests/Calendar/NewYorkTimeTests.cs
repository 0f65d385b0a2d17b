using MicroTrader.Domain.Calendar;
using Xunit.Abstractions;

namespace MicroTrader.Domain.Tests.Calendar;

public sealed class NewYorkTimeTests(ITestOutputHelper output)
{
    [Fact]
    public void The_rule_agrees_with_the_time_zone_data_in_every_hour()
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById("America/New_York", out var zone))
        {
            output.WriteLine("SKIPPED: this machine has no time zone data");
            return;
        }

        var end = new DateTimeOffset(2038, 1, 1, 0, 0, 0, TimeSpan.Zero);
        for (var at = new DateTimeOffset(NewYorkTime.FirstYear, 1, 1, 0, 0, 0, TimeSpan.Zero); at < end; at = at.AddHours(1))
        {
            var expected = zone.GetUtcOffset(at);
            if (expected != NewYorkTime.OffsetAt(at))
                Assert.Fail($"{at:O}: {NewYorkTime.OffsetAt(at)}, the zone data says {expected}");
        }

        for (var day = new DateOnly(NewYorkTime.FirstYear, 1, 1); day.Year < 2038; day = day.AddDays(1))
            Assert.Equal(zone.GetUtcOffset(day.ToDateTime(new TimeOnly(12, 0))), NewYorkTime.OffsetAtNoon(day));
    }

    [Theory]
    [InlineData("2026-03-08T06:59:59.9999999Z", -5)]
    [InlineData("2026-03-08T07:00:00Z", -4)]
    [InlineData("2026-11-01T05:59:59.9999999Z", -4)]
    [InlineData("2026-11-01T06:00:00Z", -5)]
    [InlineData("2006-04-02T06:59:59.9999999Z", -5)]
    [InlineData("2006-04-02T07:00:00Z", -4)]
    [InlineData("2006-10-29T05:59:59.9999999Z", -4)]
    [InlineData("2006-10-29T06:00:00Z", -5)]
    public void The_clocks_change_to_the_tick(string time, int hours) => Assert.Equal(TimeSpan.FromHours(hours), NewYorkTime.OffsetAt(Days.At(time)));

    [Theory]
    [InlineData("2026-03-08", "01:59", "2026-03-08T06:59Z")]
    [InlineData("2026-03-08", "02:30", "2026-03-08T07:30Z")]
    [InlineData("2026-03-08", "03:00", "2026-03-08T07:00Z")]
    [InlineData("2026-11-01", "00:59", "2026-11-01T04:59Z")]
    [InlineData("2026-11-01", "01:30", "2026-11-01T05:30Z")]
    [InlineData("2026-11-01", "02:00", "2026-11-01T07:00Z")]
    [InlineData("2026-06-01", "09:30", "2026-06-01T13:30Z")]
    [InlineData("2026-12-01", "09:30", "2026-12-01T14:30Z")]
    public void A_time_on_the_wall_is_a_moment(string day, string time, string expected)
    {
        var at = Days.NewYork(day, time);

        Assert.Equal(Days.At(expected), at);
        Assert.Equal(NewYorkTime.OffsetAt(at), at.Offset);
    }

    [Fact]
    public void A_time_before_the_rule_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => NewYorkTime.OffsetAtNoon(new DateOnly(1986, 12, 31)));
        Assert.Throws<ArgumentOutOfRangeException>(() => NewYorkTime.At(new DateOnly(1986, 12, 31), default));
        Assert.Throws<ArgumentOutOfRangeException>(() => NewYorkTime.DayOf(Days.At("1986-12-31T23:59Z")));
    }
}
