using System.IO.Compression;
using System.Runtime.CompilerServices;
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
    private const int Rows = 250_601;
    private string _path = "";

    [GlobalSetup]
    public void Setup()
    {
        _path = Path.GetFullPath(Path.Combine(Root(), "..", "shared", "market-data", "lean", "tick", "spy", "20131007_trade.zip"));
        if (!File.Exists(_path))
            throw new FileNotFoundException("skipped: the recordings are not beside this checkout", _path);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Rows)]
    public long Inflate()
    {
        using var zip = ZipFile.OpenRead(_path);
        using var stream = zip.Entries[0].Open();
        var buffer = new byte[64 * 1024];
        long total = 0;
        for (int read; (read = stream.Read(buffer)) > 0;)
            total += read;
        return total;
    }

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

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
