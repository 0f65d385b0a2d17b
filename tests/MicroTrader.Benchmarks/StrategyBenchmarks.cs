using BenchmarkDotNet.Attributes;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Strategy;
using MicroTrader.MarketData;

namespace MicroTrader.Benchmarks;

/// <summary>The decision on a tick, from memory; the yardstick is reading the same ticks and adding up their prices.</summary>
[MemoryDiagnoser]
[InProcess]
public class StrategyBenchmarks
{
    private const int Ticks = 100_000;
    private readonly Tick[] _ticks = new Tick[Ticks];
    private readonly MomentumStrategy _strategy = new(new MomentumParameters());

    [GlobalSetup]
    public void Setup()
    {
        var symbol = Symbol.Parse("AXSM");
        var path = new SyntheticPath(symbol, 1);
        var time = DateTimeOffset.UnixEpoch;
        for (var i = 0; i < Ticks; i++)
        {
            var step = path.Next();
            time = time.AddMilliseconds(250);
            _ticks[i] = new Tick(symbol, TickKind.Trade, time, step.Price, step.Volume);
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Ticks)]
    public decimal Read()
    {
        var sum = 0m;
        foreach (ref readonly var tick in _ticks.AsSpan())
            sum += tick.Price;
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Ticks)]
    public int Decide()
    {
        _strategy.Clear();
        var entries = 0;
        foreach (ref readonly var tick in _ticks.AsSpan())
        {
            if (_strategy.OnTick(tick) == EntryCode.Enter)
                entries++;
        }

        return entries;
    }
}
