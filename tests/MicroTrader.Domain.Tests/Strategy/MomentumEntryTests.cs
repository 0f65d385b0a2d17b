using MicroTrader.Domain.Strategy;

namespace MicroTrader.Domain.Tests.Strategy;

/// <summary>Each condition of an entry at, just below and just above its threshold.</summary>
public sealed class MomentumEntryTests
{
    [Theory]
    [InlineData(14, EntryCode.WarmingUp)]
    [InlineData(15, EntryCode.Enter)]
    [InlineData(16, EntryCode.Enter)]
    public void A_window_that_is_not_full_warms_up(int ticks, EntryCode expected)
    {
        var decision = new MomentumBench().Burst(ticks);

        Assert.Equal(expected, decision.Code);
        Assert.Equal(Math.Min(ticks, 15), decision.Indicators.WindowFilled);
    }

    [Fact]
    public void The_first_price_of_the_change_leaves_with_the_sixteenth_tick()
    {
        var bench = new MomentumBench();
        bench.Tick(500m);
        var decision = bench.Burst(15);

        Assert.Equal(EntryCode.Enter, decision.Code);
        Assert.Equal(0.08m, decision.Indicators.ChangePercent);
    }

    [Theory]
    [InlineData(2, EntryCode.NotRising)]
    [InlineData(3, EntryCode.Enter)]
    [InlineData(4, EntryCode.Enter)]
    public void The_last_moves_must_be_up(int rising, EntryCode expected)
    {
        var decision = new MomentumBench().Burst(rising: rising);

        Assert.Equal(expected, decision.Code);
        Assert.Equal(rising, decision.Indicators.RisingMoves);
    }

    [Fact]
    public void An_equal_price_is_no_move_up()
    {
        var bench = new MomentumBench();
        bench.Ticks(Enumerable.Repeat(1000m, 12));
        bench.Ticks([1000.5m, 1000.8m]);
        var decision = bench.Tick(1000.8m, 200m);

        Assert.Equal(EntryCode.NotRising, decision.Code);
        Assert.Equal(0, decision.Indicators.RisingMoves);
    }

    [Fact]
    public void A_move_down_starts_the_count_anew()
    {
        var bench = new MomentumBench();
        bench.Ticks([1000m, 1001m, 1002m, 1003m, 1002.9m]);
        Assert.Equal(0, bench.Strategy.Last.Indicators.RisingMoves);
        Assert.Equal(1, bench.Tick(1003m).Indicators.RisingMoves);
    }

    [Theory]
    [InlineData("1000.799", EntryCode.ChangeTooSmall, "0.0799")]
    [InlineData("1000.800", EntryCode.Enter, "0.08")]
    [InlineData("1000.801", EntryCode.Enter, "0.0801")]
    public void The_change_over_the_window_must_reach_its_threshold(string last, EntryCode expected, string percent)
    {
        var decision = new MomentumBench().Burst(last: decimal.Parse(last));

        Assert.Equal(expected, decision.Code);
        Assert.Equal(decimal.Parse(percent), decision.Indicators.ChangePercent);
    }

    [Fact]
    public void A_threshold_that_no_decimal_fraction_holds_is_still_hit_exactly()
    {
        // 0.08 % of 3 is 0.0024; the change divided by 3 and multiplied by 100 need not come back to 0.08.
        var bench = new MomentumBench();
        bench.Ticks(Enumerable.Repeat(3m, 12));
        bench.Ticks([3.0010m, 3.0020m]);

        Assert.Equal(EntryCode.Enter, bench.Tick(3.0024m, 130m).Code);
    }

    [Theory]
    [InlineData("129.99", EntryCode.VolumeTooLow, "1.2999")]
    [InlineData("130", EntryCode.Enter, "1.3")]
    [InlineData("130.01", EntryCode.Enter, "1.3001")]
    public void The_volume_must_reach_its_multiple_of_the_window_before(string volume, EntryCode expected, string ratio)
    {
        var decision = new MomentumBench().Burst(lastVolume: decimal.Parse(volume));

        Assert.Equal(expected, decision.Code);
        Assert.Equal(decimal.Parse(ratio), decision.Indicators.VolumeRatio);
    }

    [Fact]
    public void The_tick_s_own_volume_and_the_one_that_left_are_not_in_the_mean()
    {
        var bench = new MomentumBench();
        bench.Tick(1000m, 1_000_000m);
        // The window before the tick is now the 14 ticks of 100; with the big one in it the ratio would be next to nothing.
        Assert.Equal(1.3m, bench.Burst(15).Indicators.VolumeRatio);
    }

    [Fact]
    public void A_tick_without_a_known_volume_does_not_enter()
    {
        var decision = new MomentumBench().Burst(lastVolume: null);

        Assert.Equal(EntryCode.NoVolume, decision.Code);
        Assert.Null(decision.Indicators.VolumeRatio);
    }

    [Fact]
    public void An_unknown_volume_holds_entries_back_until_it_leaves_the_window()
    {
        var bench = new MomentumBench(new MomentumParameters { WindowTicks = 4, RisingMoves = 1 });
        bench.Tick(100m, null);
        bench.Ticks([101m, 102m]);

        Assert.Equal(EntryCode.NoVolume, bench.Tick(103m, 200m).Code);
        // The unknown one is the oldest: with this tick it leaves.
        Assert.Equal(EntryCode.Enter, bench.Tick(104m, 200m).Code);
    }

    [Fact]
    public void A_window_of_zero_volumes_has_no_ratio_and_does_not_enter()
    {
        var bench = new MomentumBench(new MomentumParameters { WindowTicks = 4, RisingMoves = 1 });
        bench.Ticks([100m, 101m, 102m], 0m);
        var decision = bench.Tick(103m, 50m);

        Assert.Equal(EntryCode.NoVolume, decision.Code);
        Assert.Null(decision.Indicators.VolumeRatio);
    }

    [Fact]
    public void A_tick_of_zero_volume_in_a_live_window_is_too_low()
    {
        var decision = new MomentumBench().Burst(lastVolume: 0m);

        Assert.Equal(EntryCode.VolumeTooLow, decision.Code);
        Assert.Equal(0m, decision.Indicators.VolumeRatio);
    }

    [Fact]
    public void A_ratio_of_zero_asks_for_no_volume()
    {
        var bench = new MomentumBench(new MomentumParameters { MinVolumeRatio = 0 });

        Assert.Equal(EntryCode.Enter, bench.Burst(lastVolume: null).Code);
    }

    [Fact]
    public void The_first_condition_that_fails_is_the_leading_reason()
    {
        var bench = new MomentumBench();
        bench.Ticks(Enumerable.Repeat(1000m, 14), null);
        Assert.Equal(EntryCode.WarmingUp, bench.Strategy.Last.Code);
        Assert.Equal(EntryCode.NotRising, bench.Tick(1000m, null).Code);
        bench.Ticks([1000.1m, 1000.2m], null);
        Assert.Equal(EntryCode.ChangeTooSmall, bench.Tick(1000.3m, null).Code);
        Assert.Equal(EntryCode.NoVolume, bench.Tick(1001m, null).Code);
    }
}
