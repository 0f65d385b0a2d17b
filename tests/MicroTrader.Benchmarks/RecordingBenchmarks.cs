using BenchmarkDotNet.Attributes;
using MicroTrader.Domain.Strategy;
using MicroTrader.MarketData;

namespace MicroTrader.Benchmarks;

/// <summary>
/// A recorded day of SPY trades (250,601 rows); the yardstick is inflating the same zip. It needs the recordings beside the checkout, and without them
/// measures nothing and says so.
/// </summary>
[MemoryDiagnoser]
[InProcess]
public class RecordingBenchmarks
{
    private const int Rows = SpyDay.Rows;
    private string _path = "";

    [GlobalSetup]
    public void Setup() => _path = SpyDay.Find();

    [Benchmark(Baseline = true, OperationsPerInvoke = Rows)]
    public long Inflate() => SpyDay.Inflate(_path);

    [Benchmark(OperationsPerInvoke = Rows)]
    public long Parse()
    {
        using var recording = Recording.Open([_path]);
        long ticks = 0;
        foreach (var _ in recording.ReadTicks())
            ticks++;
        return ticks;
    }

    [Benchmark(OperationsPerInvoke = Rows)]
    public int ParseAndDecide()
    {
        var strategy = new MomentumStrategy(new MomentumParameters());
        using var recording = Recording.Open([_path]);
        var entries = 0;
        foreach (var tick in recording.ReadTicks())
        {
            if (strategy.OnTick(tick) == EntryCode.Enter)
                entries++;
        }

        return entries;
    }
}
