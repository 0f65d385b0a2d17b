using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Strategy;

namespace MicroTrader.Domain.Tests.Strategy;

/// <summary>When a position is left.</summary>
public sealed class ExitParametersTests
{
    [Theory]
    [InlineData("157.50", "159.0749", null)]
    [InlineData("157.50", "159.075", ExitReason.TakeProfit)]
    [InlineData("157.50", "159.0751", ExitReason.TakeProfit)]
    [InlineData("157.50", "300", ExitReason.TakeProfit)]
    [InlineData("157.50", "157.50", null)]
    [InlineData("157.50", "156.7126", null)]
    [InlineData("157.50", "156.7125", ExitReason.StopLoss)]
    [InlineData("157.50", "156.7124", ExitReason.StopLoss)]
    [InlineData("157.50", "0.0001", ExitReason.StopLoss)]
    [InlineData("3", "3.03", ExitReason.TakeProfit)]
    [InlineData("3", "2.985", ExitReason.StopLoss)]
    public void A_price_is_judged_against_the_price_paid(string entry, string price, ExitReason? expected) =>
        Assert.Equal(expected, new ExitParameters().Judge(decimal.Parse(entry), decimal.Parse(price)));

    [Theory]
    [InlineData("0", "10")]
    [InlineData("-1", "10")]
    [InlineData("10", "0")]
    [InlineData("10", "-1")]
    public void A_price_that_is_none_sets_nothing_off(string entry, string price) =>
        Assert.Null(new ExitParameters().Judge(decimal.Parse(entry), decimal.Parse(price)));

    [Fact]
    public void The_parameters_in_force_are_used()
    {
        var exits = new ExitParameters { TakeProfitPercent = 2m, StopLossPercent = 4m };

        Assert.Null(exits.Judge(100m, 101.99m));
        Assert.Equal(ExitReason.TakeProfit, exits.Judge(100m, 102m));
        Assert.Null(exits.Judge(100m, 96.01m));
        Assert.Equal(ExitReason.StopLoss, exits.Judge(100m, 96m));
    }

    [Fact]
    public void The_defaults_are_the_ones_that_users_know()
    {
        var defaults = new ExitParameters();

        Assert.Empty(defaults.Problems());
        Assert.Equal((1.0m, 0.5m, TimeSpan.FromSeconds(10)), (defaults.TakeProfitPercent, defaults.StopLossPercent, defaults.MaxHold));
    }

    [Theory]
    [InlineData("0", false)]
    [InlineData("-1", false)]
    [InlineData("0.0001", true)]
    [InlineData("100", true)]
    [InlineData("100.0001", false)]
    public void Take_profit_has_borders(string percent, bool allowed) =>
        Check(new ExitParameters { TakeProfitPercent = decimal.Parse(percent) }, "TakeProfitPercent", allowed);

    [Theory]
    [InlineData("0", false)]
    [InlineData("-0.5", false)]
    [InlineData("0.0001", true)]
    [InlineData("99.9999", true)]
    [InlineData("100", false)]
    public void Stop_loss_has_borders(string percent, bool allowed) =>
        Check(new ExitParameters { StopLossPercent = decimal.Parse(percent) }, "StopLossPercent", allowed);

    [Theory]
    [InlineData("00:00:00.0999999", false)]
    [InlineData("00:00:00.1", true)]
    [InlineData("1.00:00:00", true)]
    [InlineData("1.00:00:00.0000001", false)]
    public void The_time_has_borders(string hold, bool allowed) =>
        Check(new ExitParameters { MaxHold = TimeSpan.Parse(hold) }, "MaxHold", allowed);

    private static void Check(ExitParameters parameters, string name, bool allowed)
    {
        if (allowed)
            Assert.Empty(parameters.Problems());
        else
            Assert.StartsWith($"{name}: ", Assert.Single(parameters.Problems()));
    }
}
