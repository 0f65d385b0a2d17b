using System.Globalization;
using MicroTrader.Dashboard.Text;

namespace MicroTrader.Dashboard.Tests;

public sealed class TextTests
{
    [Theory]
    [InlineData("157.1", "157.10")]
    [InlineData("157.123456", "157.1235")]
    [InlineData("1234567", "1234567.00")]
    [InlineData("0.00012345", "0.00012345")]
    [InlineData("0", "0.00")]
    public void A_price_keeps_the_decimals_that_matter(string price, string text) =>
        Assert.Equal(text, NumberText.Price(decimal.Parse(price, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("2", "+2.00")]
    [InlineData("-0.5", "-0.50")]
    [InlineData("0", "0.00")]
    [InlineData("-0.00001", "0.00")]
    [InlineData("1234.5", "+1234.50")]
    public void A_gain_carries_its_sign(string amount, string text) =>
        Assert.Equal(text, NumberText.Gain(decimal.Parse(amount, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData(0, "0.0 s")]
    [InlineData(9.84, "9.8 s")]
    [InlineData(59.99, "59.9 s")]
    [InlineData(60, "1 min 00 s")]
    [InlineData(3725, "1 h 02 min 05 s")]
    [InlineData(262925, "3 d 01 h 02 min")]
    [InlineData(-1.5, "-1.5 s")]
    public void A_duration_is_read_at_a_glance(double seconds, string text) => Assert.Equal(text, TimeText.Duration(seconds));

    [Fact]
    public void A_time_is_shown_in_utc_wherever_it_was_taken()
    {
        var newYork = new DateTimeOffset(2026, 10, 14, 22, 30, 5, TimeSpan.FromHours(-4));

        Assert.Equal("2026-10-15", TimeText.Day(newYork));
        Assert.Equal("02:30:05", TimeText.Clock(newYork));
        Assert.Equal("2026-10-15T02:30:05.000Z", TimeText.Machine(newYork));
    }
}
