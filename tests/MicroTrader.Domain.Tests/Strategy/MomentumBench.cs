using MicroTrader.Domain.Market;
using MicroTrader.Domain.Strategy;

namespace MicroTrader.Domain.Tests.Strategy;

/// <summary>Feeds a strategy ticks a second apart.</summary>
internal sealed class MomentumBench(MomentumParameters? parameters = null)
{
    public static readonly Symbol Axsm = Symbol.Parse("AXSM");
    public static readonly DateTimeOffset Start = new(2026, 6, 1, 14, 0, 0, TimeSpan.Zero);

    private int _ticks;

    public MomentumStrategy Strategy { get; } = new(parameters ?? new MomentumParameters());

    public EntryDecision Tick(decimal price, decimal? volume = 100m, TickKind kind = TickKind.Trade) =>
        Take(new Tick(Axsm, kind, Start.AddSeconds(_ticks++), price, volume));

    /// <summary>The answer to a tick, with what the strategy had seen then.</summary>
    public EntryDecision Take(in Tick tick) => Take(Strategy, tick);

    /// <summary>The answer of a strategy to a tick, with what it had seen then.</summary>
    public static EntryDecision Take(MomentumStrategy strategy, in Tick tick)
    {
        var code = strategy.OnTick(tick);
        return strategy.Last with { Code = code };
    }

    public EntryDecision Ticks(IEnumerable<decimal> prices, decimal? volume = 100m)
    {
        foreach (var price in prices)
            Tick(price, volume);
        return Strategy.Last;
    }

    /// <summary>
    /// A window of <paramref name="ticks"/> that fulfils every condition at its threshold: from 1,000.00 to 1,000.80 with the last
    /// <paramref name="rising"/> moves up, and the last volume 1.3 x the mean before it. Each part can be moved off its threshold.
    /// </summary>
    public EntryDecision Burst(int ticks = 15, int rising = 3, decimal last = 1000.80m, decimal? lastVolume = 130m)
    {
        // The moves up end at the last price; everything before them stays at the first, with one dip before the moves where there is room.
        for (var i = 0; i < ticks - rising; i++)
            Tick(1000m);
        for (var i = rising - 1; i > 0; i--)
            Tick(last - (i * 0.001m));
        return Tick(last, lastVolume);
    }
}
