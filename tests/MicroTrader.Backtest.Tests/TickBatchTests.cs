using MicroTrader.Domain.Market;
using MicroTrader.MarketData;

namespace MicroTrader.Backtest.Tests;

/// <summary>What the thread that decides sees of a tick is what the thread that reads has read.</summary>
public sealed class TickBatchTests
{
    private static readonly DateTimeOffset At = new(2013, 10, 7, 13, 30, 0, TimeSpan.Zero);
    private static readonly Tick Plain = new(Symbol.Parse("AXSM"), TickKind.Trade, At, 157.25m, 100m);

    public static TheoryData<string> Ticks => [.. Named.Keys];

    private static Dictionary<string, RecordedTick> Named => new()
    {
        ["plain"] = new(At, Plain),
        ["a price with zeros at its end"] = new(At, Plain with { Price = 157.2500m, Volume = 0.000m }),
        ["a bar of a second"] = new(At, Plain with { Kind = TickKind.SecondBar, Basis = PriceBasis.Bar }),
        ["a bar of a minute"] = new(At, Plain with { Kind = TickKind.MinuteBar, Basis = PriceBasis.Bar }),
        ["a snapshot by the broker"] = new(At, Plain with { Kind = TickKind.Snapshot, Basis = PriceBasis.Broker }),
        ["known later than stamped"] = new(At.AddMilliseconds(80), Plain),
        ["without a volume"] = new(At, Plain with { Volume = null }),
        ["with a quote"] = new(At, Plain with { Bid = 157.24m, Ask = 157.26m }),
        ["with a bid alone"] = new(At, Plain with { Bid = 157.24m }),
        ["with an ask alone"] = new(At, Plain with { Ask = 157.26m }),
        ["delayed"] = new(At, Plain with { Traits = TickTraits.Delayed }),
        ["after a gap"] = new(At, Plain with { Traits = TickTraits.AfterGap }),
    };

    [Theory]
    [MemberData(nameof(Ticks))]
    public void A_tick_crosses_with_all_that_it_says(string name)
    {
        var tick = Named[name];
        var batch = new TickBatch(3);
        batch.Pack([new(At, Plain), tick, new(At, Plain)]);

        Assert.Equal([new(At, Plain), tick, new(At, Plain)], Unpacked(batch));
        Assert.Equal(tick.Tick.Price.ToString(), Unpacked(batch)[1].Tick.Price.ToString());
        Assert.Equal(tick.Tick.Volume?.ToString(), Unpacked(batch)[1].Tick.Volume?.ToString());
    }

    [Fact]
    public void A_batch_that_is_filled_again_has_nothing_of_before()
    {
        var all = Named.Values.ToArray();
        var batch = new TickBatch(all.Length);
        batch.Pack(all);
        Assert.Equal(all, Unpacked(batch));
        Array.Reverse(all);
        batch.Pack(all.AsSpan(2));
        Assert.Equal(all[2..], Unpacked(batch));
        batch.Pack([new(At, Plain)]);
        Assert.Equal([new(At, Plain)], Unpacked(batch));
    }

    [Fact]
    public void A_batch_that_is_filled_again_and_again_takes_no_more_memory()
    {
        var all = Named.Values.ToArray();
        var batch = new TickBatch(all.Length);
        batch.Pack(all);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
            batch.Pack(all);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static List<RecordedTick> Unpacked(TickBatch batch)
    {
        var ticks = new List<RecordedTick>();
        for (var i = 0; i < batch.Count; i++)
        {
            batch.Unpack(i, out var tick);
            ticks.Add(tick);
        }

        return ticks;
    }
}
