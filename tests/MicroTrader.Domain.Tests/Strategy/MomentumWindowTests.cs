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
    public void Each_kind_of_tick_has_a_window_of_its_own()
    {
        var bench = new MomentumBench();
        bench.Burst(14);
        // Second bars of the same stream, in between and far away from the trades.
        for (var i = 0; i < 14; i++)
            Assert.Equal(new MomentumIndicators(i + 1, i, i == 0 ? 0m : i / 20m, i == 0 ? null : 1m), bench.Tick(2000m + i, 500m, TickKind.SecondBar).Indicators);
        // The fifteenth trade enters as if they had not been there, and so does the fifteenth bar.
        Assert.Equal(EntryCode.Enter, bench.Tick(1001m, 200m).Code);
        Assert.Equal(EntryCode.VolumeTooLow, bench.Tick(2020m, 649m, TickKind.SecondBar).Code);
        Assert.Equal(EntryCode.Enter, bench.Tick(2021m, 700m, TickKind.SecondBar).Code);
        Assert.Equal(15, bench.Tick(1002m, 130m).Indicators.WindowFilled);
    }

    [Fact]
    public void After_a_gap_every_window_begins_anew()
    {
        var bench = new MomentumBench();
        bench.Ticks(Enumerable.Repeat(1000m, 14));
        bench.Tick(1000m, 100m, TickKind.SecondBar);
        var tick = new Tick(MomentumBench.Axsm, TickKind.Trade, MomentumBench.Start.AddSeconds(20), 1010m, 500m, Traits: TickTraits.AfterGap);

        Assert.Equal(new EntryDecision(EntryCode.WarmingUp, new MomentumIndicators(1, 0, 0m, null)), bench.Take(tick));
        Assert.Equal(1, bench.Take(tick with { Traits = TickTraits.None, Kind = TickKind.SecondBar }).Indicators.WindowFilled);
        Assert.Equal(2, bench.Take(tick with { Traits = TickTraits.None }).Indicators.WindowFilled);
        // What is missing before a tick stays missing where the tick itself is of no use.
        Assert.Equal(EntryCode.NotUsable, bench.Take(tick with { Price = 0m }).Code);
        Assert.Equal(1, bench.Take(tick with { Traits = TickTraits.None }).Indicators.WindowFilled);
    }

    // New York's midnight is at 04:00 UTC in summer and at 05:00 in winter.
    [Theory]
    [InlineData("2026-06-01T03:59:59.9999999Z", 15, EntryCode.Enter)]
    [InlineData("2026-06-01T04:00:00Z", 1, EntryCode.WarmingUp)]
    [InlineData("2026-01-08T04:59:59.9999999Z", 15, EntryCode.Enter)]
    [InlineData("2026-01-08T05:00:00Z", 1, EntryCode.WarmingUp)]
    public void The_first_tick_of_a_day_begins_clean_windows(string lastAt, int filled, EntryCode expected)
    {
        var strategy = new MomentumStrategy(new MomentumParameters());
        var at = DateTimeOffset.Parse(lastAt);
        for (var i = 0; i < 14; i++)
            strategy.OnTick(new Tick(MomentumBench.Axsm, TickKind.Trade, at.AddSeconds(i - 20), 1000m + i, 100m));
        var decision = MomentumBench.Take(strategy, new Tick(MomentumBench.Axsm, TickKind.Trade, at, 1020m, 200m));

        Assert.Equal((filled, expected), (decision.Indicators.WindowFilled, decision.Code));
        // A tick of the day before is late, whatever kind it is of.
        Assert.Equal(filled == 1 ? EntryCode.OutOfOrder : EntryCode.WarmingUp, strategy.OnTick(new Tick(MomentumBench.Axsm, TickKind.Snapshot, at.AddSeconds(-1), 1020m, 200m)));
    }

    [Fact]
    public void Ticks_of_one_time_are_in_order()
    {
        var strategy = new MomentumStrategy(new MomentumParameters());
        strategy.OnTick(new Tick(MomentumBench.Axsm, TickKind.Trade, MomentumBench.Start, 100m, 1m));

        Assert.Equal(2, MomentumBench.Take(strategy, new Tick(MomentumBench.Axsm, TickKind.Trade, MomentumBench.Start, 101m, 1m)).Indicators.WindowFilled);
    }

    [Theory]
    [InlineData(-1, "1000", "100", EntryCode.OutOfOrder)]
    [InlineData(60, "0", "100", EntryCode.NotUsable)]
    [InlineData(60, "-1", "100", EntryCode.NotUsable)]
    [InlineData(60, "1000", "-1", EntryCode.NotUsable)]
    // Zero with a sign.
    [InlineData(60, "1000", "-0", EntryCode.NotUsable)]
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
        var left = bench.Take(new Tick(
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
            var actual = MomentumBench.Take(strategy, tick);
            Assert.True(naive.OnTick(tick) == actual, $"seed {seed}, tick {i} {tick}: {actual} instead of {naive.Last}");
            Assert.Equal(naive.Last, strategy.Last);
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
            if (strategy.OnTick(in tick) == EntryCode.Enter)
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
        return [.. Enumerable.Range(0, 200).Select(i => MomentumBench.Take(strategy, RandomTick(random, i)))];
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
        var kind = random.Next(6) == 0 ? TickKind.SecondBar : TickKind.Trade;
        var traits = random.Next(120) == 0 ? TickTraits.AfterGap : TickTraits.None;
        // Half way through it is the next day.
        return new Tick(MomentumBench.Axsm, kind, MomentumBench.Start.AddSeconds(seconds).AddHours(i < 200 ? 0 : 12), price, volume, Traits: traits);
    }
}
