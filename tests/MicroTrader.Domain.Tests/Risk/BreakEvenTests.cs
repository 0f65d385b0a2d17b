using System.Globalization;
using MicroTrader.Domain.Risk;
using MicroTrader.Domain.Strategy;

namespace MicroTrader.Domain.Tests.Risk;

public sealed class BreakEvenTests
{
    [Theory]
    [InlineData("0", "1.0", "-0.5", "33.3333")]
    // FX both ways of an account in another currency.
    [InlineData("0.3", "0.7", "-0.8", "53.3333")]
    [InlineData("0.9999", "0.0001", "-1.4999", "99.9933")]
    [InlineData("1", "0", "-1.5", null)]
    [InlineData("1.2", "-0.2", "-1.7", null)]
    public void Costs_are_taken_off_both(string cost, string gain, string loss, string? rate)
    {
        var left = BreakEven.Of(new ExitParameters(), decimal.Parse(cost));

        Assert.Equal((decimal.Parse(gain), decimal.Parse(loss)), (left.TakeProfitPercent, left.StopLossPercent));
        Assert.Equal(rate, left.WinRatePercent?.ToString("0.0000", CultureInfo.InvariantCulture));
    }
}
