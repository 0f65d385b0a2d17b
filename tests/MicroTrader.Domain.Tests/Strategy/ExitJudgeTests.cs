using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Strategy;

namespace MicroTrader.Domain.Tests.Strategy;

/// <summary>The exits that look at more than one price, at, just below and just above their thresholds.</summary>
public sealed class ExitJudgeTests
{
    [Theory]
    // Entry 1000, follows from 1005 (0.5 %) on, at a distance of 0.2 % of the high.
    [InlineData("1004.99", "1003", null)]
    [InlineData("1005", "1002.9901", null)]
    [InlineData("1005", "1002.99", ExitReason.TrailingStop)]
    [InlineData("1006", "1003.99", null)]
    [InlineData("1006", "1003.988", ExitReason.TrailingStop)]
    public void A_trailing_stop_leaves_at_its_distance_from_the_high_once_it_follows(string high, string price, ExitReason? expected)
    {
        var judge = new ExitJudge(new ExitParameters { TrailingDistancePercent = 0.2m, TrailingActivatePercent = 0.5m });
        Assert.Null(judge.Judge(1, 1000m, 1000m, isNewTick: true));
        Assert.Null(judge.Judge(1, 1000m, decimal.Parse(high), isNewTick: true));

        Assert.Equal(expected, judge.Judge(1, 1000m, decimal.Parse(price), isNewTick: true));
        Assert.Equal(decimal.Parse(high), judge.High);
    }

    [Fact]
    public void Without_a_distance_nothing_trails()
    {
        var judge = new ExitJudge(new ExitParameters());
        Assert.Null(judge.Judge(1, 1000m, 1009m, isNewTick: true));
        Assert.Null(judge.Judge(1, 1000m, 995.1m, isNewTick: true));
        Assert.Equal(ExitReason.StopLoss, judge.Judge(1, 1000m, 995m, isNewTick: true));
    }

    [Fact]
    public void TP_and_SL_come_before_the_trailing_stop()
    {
        var judge = new ExitJudge(new ExitParameters { TrailingDistancePercent = 0.1m, TrailingActivatePercent = 0m });
        Assert.Equal(ExitReason.TakeProfit, judge.Judge(1, 1000m, 1010m, isNewTick: true));
        Assert.Equal(ExitReason.StopLoss, judge.Judge(2, 1000m, 995m, isNewTick: true));
    }

    [Fact]
    public void Another_trade_begins_at_its_own_entry_price()
    {
        var judge = new ExitJudge(new ExitParameters { TrailingDistancePercent = 0.2m, TrailingActivatePercent = 0m });
        Assert.Null(judge.Judge(1, 1000m, 1009m, isNewTick: true));
        Assert.Null(judge.Judge(2, 1000m, 1000m, isNewTick: true));
        Assert.Equal(1000m, judge.High);
        // So does a judge after a restart, which has seen no price of the trade: what it rose to before is not known any more.
        Assert.Null(new ExitJudge(judge.Parameters).Judge(1, 1000m, 1001m, isNewTick: true));
    }

    [Theory]
    // Three ticks after 1000 it must be at 1000.2 (0.02 %) or above.
    [InlineData("1000.2", null)]
    [InlineData("1000.1999", ExitReason.FlatMomentum)]
    [InlineData("999", ExitReason.FlatMomentum)]
    [InlineData("994", ExitReason.StopLoss)]
    public void Flat_momentum_leaves_when_the_price_rose_by_less_than_asked_for(string price, ExitReason? expected)
    {
        var judge = new ExitJudge(new ExitParameters { FlatTicks = 3, FlatChangePercent = 0.02m });
        Assert.Null(judge.Judge(1, 1000m, 1000m, isNewTick: true));
        Assert.Null(judge.Judge(1, 1000m, 1000m, isNewTick: true));
        // Judged again at the fill: no tick of its own.
        Assert.Null(judge.Judge(1, 1000m, 1000m, isNewTick: false));
        Assert.Null(judge.Judge(1, 1000m, 1000m, isNewTick: true));

        Assert.Equal(expected, judge.Judge(1, 1000m, decimal.Parse(price), isNewTick: true));
    }

    [Fact]
    public void Flat_momentum_counts_the_ticks_of_its_own_trade()
    {
        var judge = new ExitJudge(new ExitParameters { FlatTicks = 2 });
        for (var i = 0; i < 2; i++)
            Assert.Null(judge.Judge(1, 1000m, 1000m, isNewTick: true));
        for (var i = 0; i < 2; i++)
            Assert.Null(judge.Judge(2, 1000m, 1000m, isNewTick: true));
        Assert.Equal(ExitReason.FlatMomentum, judge.Judge(2, 1000m, 1000m, isNewTick: true));
    }

    [Theory]
    [InlineData("0", true, false)]
    [InlineData("0.0001", true, true)]
    [InlineData("99.9999", true, true)]
    [InlineData("100", true, false)]
    [InlineData("-0.0001", false, false)]
    [InlineData("0", false, true)]
    [InlineData("100", false, true)]
    [InlineData("100.1", false, false)]
    public void A_trailing_stop_has_bounds(string percent, bool distance, bool allowed)
    {
        var parameters = distance
            ? new ExitParameters { TrailingDistancePercent = decimal.Parse(percent) }
            : new ExitParameters { TrailingActivatePercent = decimal.Parse(percent) };
        Assert.Equal(allowed, !parameters.Problems().Any());
        if (!allowed)
            Assert.Throws<ArgumentException>(() => new ExitJudge(parameters));
    }

    [Theory]
    [InlineData(1, "0.02", false)]
    [InlineData(2, "0.02", true)]
    [InlineData(500, "50", true)]
    [InlineData(501, "0.02", false)]
    [InlineData(2, "-0.01", false)]
    [InlineData(2, "50.01", false)]
    public void Flat_momentum_has_bounds(int ticks, string percent, bool allowed) =>
        Assert.Equal(allowed, !new ExitParameters { FlatTicks = ticks, FlatChangePercent = decimal.Parse(percent) }.Problems().Any());
}
