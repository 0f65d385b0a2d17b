using MicroTrader.Host.Configuration;

namespace MicroTrader.Host.Tests.Configuration;

public sealed class DurationTests
{
    [Theory]
    [InlineData("250ms", 250)]
    [InlineData("10s", 10_000)]
    [InlineData("10", 10_000)]
    [InlineData("0.5", 500)]
    [InlineData("1m", 60_000)]
    [InlineData("1min", 60_000)]
    [InlineData("1.5h", 5_400_000)]
    [InlineData("2d", 172_800_000)]
    [InlineData(" 10s ", 10_000)]
    [InlineData("00:01:00", 60_000)]
    [InlineData("00:00:00.250", 250)]
    [InlineData("24:00:00", 86_400_000)]
    [InlineData("36:30:05", 131_405_000)]
    [InlineData("0", 0)]
    public void A_duration_is_read_as_people_write_it(string text, double milliseconds)
    {
        Assert.True(Duration.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("ten")]
    [InlineData("-1s")]
    [InlineData("-00:01:00")]
    [InlineData("1:30")]
    [InlineData("00:60:00")]
    [InlineData("00:00:60")]
    [InlineData("1.00:00:00")]
    [InlineData("10 parsecs")]
    [InlineData("10w")]
    [InlineData("1e3")]
    [InlineData("NaN")]
    [InlineData("1,5s")]
    [InlineData("400d")]
    [InlineData("99999999999999999999h")]
    public void What_is_no_duration_is_refused(string text) => Assert.False(Duration.TryParse(text, out _));

    [Theory]
    [InlineData(0.25, "250ms")]
    [InlineData(0, "0ms")]
    [InlineData(1, "1s")]
    [InlineData(86_400, "86400s")]
    public void A_duration_is_shown_in_a_form_that_is_read_again(double seconds, string text)
    {
        Assert.Equal(text, Duration.Describe(seconds));
        Assert.True(Duration.TryParse(text, out var duration));
        Assert.Equal(seconds, duration.TotalSeconds);
    }
}
