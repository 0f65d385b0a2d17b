using MicroTrader.Domain.Strategy;

namespace MicroTrader.Domain.Tests.Strategy;

/// <summary>The borders of the strategy's parameters.</summary>
public sealed class MomentumParametersTests
{
    [Fact]
    public void The_defaults_are_the_ones_that_users_know()
    {
        var defaults = new MomentumParameters();

        Assert.Empty(defaults.Problems());
        Assert.Equal((15, 3, 0.08m, 1.3m), (defaults.WindowTicks, defaults.RisingMoves, defaults.MinChangePercent, defaults.MinVolumeRatio));
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(4, true)]
    [InlineData(500, true)]
    [InlineData(501, false)]
    public void The_window_has_borders(int ticks, bool allowed) =>
        Judge(new MomentumParameters { WindowTicks = ticks, RisingMoves = 1 }, "WindowTicks", allowed);

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(9, true)]
    [InlineData(10, false)]
    public void The_moves_must_fit_the_window(int moves, bool allowed) =>
        Judge(new MomentumParameters { WindowTicks = 10, RisingMoves = moves }, "RisingMoves", allowed);

    [Theory]
    [InlineData("0", false)]
    [InlineData("-0.01", false)]
    [InlineData("0.0001", true)]
    [InlineData("50", true)]
    [InlineData("50.01", false)]
    public void The_change_has_borders(string percent, bool allowed) =>
        Judge(new MomentumParameters { MinChangePercent = decimal.Parse(percent) }, "MinChangePercent", allowed);

    [Theory]
    [InlineData("-0.01", false)]
    [InlineData("0", true)]
    [InlineData("100", true)]
    [InlineData("100.01", false)]
    public void The_volume_ratio_has_borders(string ratio, bool allowed) =>
        Judge(new MomentumParameters { MinVolumeRatio = decimal.Parse(ratio) }, "MinVolumeRatio", allowed);

    private static void Judge(MomentumParameters parameters, string name, bool allowed)
    {
        if (allowed)
        {
            Assert.Empty(parameters.Problems());
            Assert.Same(parameters, new MomentumStrategy(parameters).Parameters);
            return;
        }

        // One line, which names the setting, the value and what is allowed; the strategy refuses with the same.
        var problem = Assert.Single(parameters.Problems());
        Assert.StartsWith($"{name}: ", problem);
        Assert.Contains("is not allowed; ", problem);
        Assert.StartsWith(problem, Assert.Throws<ArgumentException>(() => new MomentumStrategy(parameters)).Message);
    }
}
