using Xunit.Abstractions;

namespace MicroTrader.MarketData.Tests;

public sealed class NewYorkTimeTests(ITestOutputHelper output)
{
    [Fact]
    public void The_rule_agrees_with_the_time_zone_data_on_every_day()
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById("America/New_York", out var zone))
        {
            output.WriteLine("SKIPPED: this machine has no time zone data");
            return;
        }

        for (var day = new DateOnly(NewYorkTime.FirstYear, 1, 1); day.Year < 2035; day = day.AddDays(1))
            Assert.Equal(zone.GetUtcOffset(day.ToDateTime(new TimeOnly(12, 0))), NewYorkTime.OffsetAtNoon(day));
    }

    [Fact]
    public void A_day_before_the_rule_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => NewYorkTime.OffsetAtNoon(new DateOnly(1986, 12, 31)));
}
