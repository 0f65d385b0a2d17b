using BenchmarkDotNet.Attributes;
using MicroTrader.Backtest;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Risk;
using MicroTrader.Domain.Strategy;
using MicroTrader.MarketData;

namespace MicroTrader.Benchmarks;

/// <summary>
/// A backtest of a recorded day of SPY trades, a row at a time: from memory on one thread, and whole, from the zip, on two. The yardstick is inflating the same
/// zip. It needs the recordings beside the checkout, and without them measures nothing and says so.
/// </summary>
[MemoryDiagnoser]
[InProcess]
public class BacktestBenchmarks
{
    private const int Rows = SpyDay.Rows;
    private readonly List<RecordedTick> _ticks = [];
    private string _path = "";

    [GlobalSetup]
    public void Setup()
    {
        _path = SpyDay.Find();
        using var recording = Recording.Open([_path]);
        _ticks.AddRange(recording.Read());
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Rows)]
    public long Inflate() => SpyDay.Inflate(_path);

    [Benchmark(OperationsPerInvoke = Rows)]
    public long ReadAndParse()
    {
        using var recording = Recording.Open([_path]);
        var ticks = 0L;
        var batch = new RecordedTick[4_096];
        using var reader = recording.ReadBatches();
        for (int read; (read = reader.Fill(batch)) > 0;)
            ticks += read;
        return ticks;
    }

    [Benchmark(OperationsPerInvoke = Rows)]
    public long DecideFromMemory()
    {
        var run = new BacktestRun(Settings());
        foreach (ref readonly var tick in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_ticks))
            run.OnTick(tick);
        return run.Ticks;
    }

    [Benchmark(OperationsPerInvoke = Rows)]
    public async Task<long> EndToEnd()
    {
        using var recording = Recording.Open([_path]);
        return (await Backtester.RunAsync(recording, new BacktestRun(Settings()), null, default)).Ticks;
    }

    private static BacktestSettings Settings() => new()
    {
        Symbols = s => new BacktestSymbol(new MomentumParameters(), new ExitParameters(), new SizingRules(), new Ticker($"{s}_US_EQ"), "USD"),
        Risk = new RiskLimits { AccountCurrency = "USD", CashHoldBackPercent = 5m, MaxDailyLoss = 5_000m },
    };
}
