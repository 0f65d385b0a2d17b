using FsCheck;
using FsCheck.Xunit;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Strategy;
using Xunit.Abstractions;

namespace MicroTrader.Domain.Tests.Strategy;

/// <summary>What the window holds, forgets and leaves out.</summary>
public sealed class MomentumWindowTests(ITestOutputHelper output)
{
    [Fact]
    public void Another_kind_of_tick_restarts_the_window()
    {
        var bench = new MomentumBench();
        bench.Burst(14);
        var decision = bench.Tick(1001m, 500m, TickKind.Snapshot);

        Assert.Equal(EntryCode.WarmingUp, decision.Code);
        Assert.Equal(new MomentumIndicators(1, 0, 0m, null), decision.Indicators);
        // Thirteen more of the new kind are 14, one short; what went before counts no more.
        for (var i = 0; i < 13; i++)
            decision = bench.Tick(1002m + i, 500m, TickKind.Snapshot);
        Assert.Equal(EntryCode.WarmingUp, decision.Code);
        Assert.Equal(EntryCode.Enter, bench.Tick(1020m, 700m, TickKind.Snapshot).Code);
    }

    [Fact]
    public void Ticks_of_one_time_are_in_order()
    {
        var strategy = new MomentumStrategy(new MomentumParameters());
        strategy.OnTick(new Tick(MomentumBench.Axsm, TickKind.Trade, MomentumBench.Start, 100m, 1m));

        Assert.Equal(2, strategy.OnTick(new Tick(MomentumBench.Axsm, TickKind.Trade, MomentumBench.Start, 101m, 1m)).Indicators.WindowFilled);
    }

    [Theory]
    [InlineData(-1, "1000", "100", EntryCode.OutOfOrder)]
    [InlineData(60, "0", "100", EntryCode.NotUsable)]
    [InlineData(60, "-1", "100", EntryCode.NotUsable)]
    [InlineData(60, "1000", "-1", EntryCode.NotUsable)]
    public void A_tick_that_is_left_out_leaves_the_window_as_it_was(int seconds, string price, string volume, EntryCode expected)
    {
        var bench = new MomentumBench();
        var twin = new MomentumBench();
        foreach (var b in new[] { bench, twin })
        {
            b.Ticks(Enumerable.Repeat(1000m, 12));
            b.Ticks([1000.79m, 1000.795m]);
        }

        var before = bench.Strategy.Last;
        var left = bench.Strategy.OnTick(new Tick(
            MomentumBench.Axsm,
            TickKind.Trade,
            MomentumBench.Start.AddSeconds(13 + seconds),
            decimal.Parse(price),
            decimal.Parse(volume)));

        Assert.Equal(expected, left.Code);
        Assert.Equal(before.Indicators, left.Indicators);
        Assert.Equal(before, bench.Strategy.Last);
        // The next decision is the one of a strategy that never saw it.
        Assert.Equal(twin.Tick(1000.80m, 130m), bench.Tick(1000.80m, 130m));
        Assert.Equal(EntryCode.Enter, bench.Strategy.Last.Code);
    }

    [Fact]
    public void An_older_tick_of_another_kind_does_not_clear_the_window()
    {
        var bench = new MomentumBench();
        bench.Burst(10);
        var late = bench.Strategy.OnTick(new Tick(MomentumBench.Axsm, TickKind.Snapshot, MomentumBench.Start.AddSeconds(3), 1000m, 1m));

        Assert.Equal(EntryCode.OutOfOrder, late.Code);
        Assert.Equal(11, bench.Tick(1001m).Indicators.WindowFilled);
    }

    [Fact]
    public void Clear_forgets_everything_but_the_parameters()
    {
        var bench = new MomentumBench();
        bench.Burst(20);
        bench.Strategy.Clear();

        Assert.Equal(new EntryDecision(EntryCode.WarmingUp, default), bench.Strategy.Last);
        var fresh = new MomentumBench();
        for (var i = 0; i < 40; i++)
            Assert.Equal(fresh.Tick(1000m + (i % 7), 10m + i), bench.Tick(1000m + (i % 7), 10m + i));
        Assert.Equal(EntryCode.NotRising, bench.Tick(900m).Code);
    }

    // FsCheck names the seed that fails.
    [Property(MaxTest = 60)]
    public void Rolling_figures_equal_a_count_from_scratch(DoNotSize<int> any)
    {
        var seed = any.Item;
        var random = new Random(seed);
        var parameters = RandomParameters(random);
        var strategy = new MomentumStrategy(parameters);
        var naive = new NaiveMomentum(parameters);
        for (var i = 0; i < 400; i++)
        {
            var tick = RandomTick(random, i);
            var actual = strategy.OnTick(tick);
            Assert.True(naive.OnTick(tick) == actual, $"seed {seed}, tick {i} {tick}: {actual} instead of {naive.Last}");
            Assert.Equal(naive.Last, strategy.Last with { Code = actual.Code });
        }
    }

    [Property(MaxTest = 20)]
    public void The_same_ticks_give_the_same_decisions(DoNotSize<int> any)
    {
        var seed = any.Item;
        var parameters = RandomParameters(new Random(seed));
        Assert.Equal(Decisions(parameters, seed), Decisions(parameters, seed));
    }

    [Fact]
    public void A_tick_allocates_nothing()
    {
        // Short and easy, so that every branch is taken, the entry too.
        var strategy = new MomentumStrategy(new MomentumParameters { WindowTicks = 5, RisingMoves = 1 });
        var random = new Random(1);
        var ticks = Enumerable.Range(0, 5_000).Select(i => RandomTick(random, i)).ToArray();
        foreach (ref readonly var tick in ticks.AsSpan())
            strategy.OnTick(in tick);
        strategy.Clear();

        var entered = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (ref readonly var tick in ticks.AsSpan())
        {
            if (strategy.OnTick(in tick).Code == EntryCode.Enter)
                entered++;
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        output.WriteLine($"{ticks.Length} ticks, {entered} entries, {allocated} bytes");
        Assert.NotEqual(0, entered);
        Assert.Equal(0, allocated);
    }

    private static List<EntryDecision> Decisions(MomentumParameters parameters, int seed)
    {
        var random = new Random(seed);
        var strategy = new MomentumStrategy(parameters);
        return [.. Enumerable.Range(0, 200).Select(i => strategy.OnTick(RandomTick(random, i)))];
    }

    private static MomentumParameters RandomParameters(Random random)
    {
        var window = random.Next(4, 12);
        return new MomentumParameters
        {
            WindowTicks = window,
            RisingMoves = random.Next(1, window),
            MinChangePercent = random.Next(1, 40) / 100m,
            MinVolumeRatio = random.Next(4) == 0 ? 0m : random.Next(1, 20) / 10m,
        };
    }

    // Mostly rising, now and then unusable, late, without volume or of another kind.
    private static Tick RandomTick(Random random, int i)
    {
        var price = 100m + (i * 0.05m) + (random.Next(-20, 60) / 100m);
        decimal? volume = random.Next(12) == 0 ? null : random.Next(0, 500);
        if (random.Next(40) == 0)
            price = -price;
        if (random.Next(40) == 0)
            volume = -5m;
        var seconds = random.Next(30) == 0 ? i - 3 : i;
        var kind = random.Next(60) == 0 ? TickKind.SecondBar : TickKind.Trade;
        return new Tick(MomentumBench.Axsm, kind, MomentumBench.Start.AddSeconds(seconds), price, volume);
    }
}
