using System.Collections;
using System.Globalization;
using MicroTrader.Actors.Journal;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Robot;
using MicroTrader.Host.Configuration;
using MicroTrader.Host.Running;
using MicroTrader.MarketData;
using Xunit.Abstractions;

namespace MicroTrader.Backtest.Tests;

/// <summary>The same recording through the robot's actors, composed as the host composes them, and through the backtest, on the same settings.</summary>
internal static class Both
{
    /// <summary>The plan of a replay of some files.</summary>
    public static RunPlan Plan(string folder, IReadOnlyList<string> data, params (string Key, string Value)[] settings) => RunPlanner.Plan(SettingsLoader.Load(
        folder,
        new Hashtable(),
        // A replay keeps the recording's own hours where nothing is said, a backtest the regular session.
        new[] { KeyValuePair.Create("Session:Gate", (string?)"off") }.Concat(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Concat(
        [
            new("Feed:Kind", "replay"), new("Feed:Data", string.Join(',', data)), new("Web:Port", "0"), new("Log:Console", "error"), new("Log:File", "error"),
        ])));

    /// <summary>The trades of a replay: actors, journal, HTTP and the paper broker's books.</summary>
    public static async Task<(IReadOnlyList<TradeView> Trades, IReadOnlyList<string> Open)> ReplayAsync(RunPlan plan, string folder)
    {
        using var signals = new StopSignals(_ => { });
        var output = new StringWriter(CultureInfo.InvariantCulture);
        var code = await RobotRunner.RunAsync(plan, folder, null, output, signals);
        var run = Directory.GetDirectories(Path.Combine(folder, "data"), "replay-*").OrderBy(Directory.GetCreationTimeUtc).Last();
        var fold = JournalReader.Fold(Path.Combine(run, "journal.db"));
        List<string> open = [.. fold.Positions.Values.Where(p => p.Status != PositionStatus.Closed).Select(p => p.Symbol.Value).Order(StringComparer.Ordinal)];
        Assert.True(code == (open.Count > 0 ? 1 : 0), output.ToString());
        return (fold.Trades, open);
    }

    /// <summary>The trades of a backtest.</summary>
    public static BacktestResult Backtest(RunPlan plan, IReadOnlyList<string> data)
    {
        var run = new BacktestRun(BacktestPlan.Make(plan));
        using var recording = Recording.Open(data, new RecordingOptions { Symbols = plan.Symbols });
        foreach (var tick in recording.Read())
            run.OnTick(tick);
        return run.Finish(completed: true);
    }

    /// <summary>In the order in which the journal's reader gives them.</summary>
    public static IReadOnlyList<TradeView> Ordered(BacktestResult result) =>
        [.. result.Trades.Select(t => t.View).OrderBy(t => t.CloseTime).ThenBy(t => t.Symbol, StringComparer.Ordinal)];

    /// <summary>A synthetic day in a file: the same seed gives the same file.</summary>
    public static string Write(string path, long seed, int ticks, params string[] symbols)
    {
        var start = new DateTimeOffset(2026, 6, 15, 14, 0, 0, TimeSpan.Zero);
        var paths = symbols.Select(s => (Name: s, Path: new SyntheticPath(Symbol.Parse(s), seed))).ToList();
        using var file = new StreamWriter(path);
        file.WriteLine("time,symbol,price,volume");
        for (var i = 0; i < ticks; i++)
        {
            foreach (var (name, prices) in paths)
            {
                var step = prices.Next();
                file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{start.AddMilliseconds(250L * i):yyyy-MM-ddTHH:mm:ss.fffffffZ},{name},{step.Price},{step.Volume}"));
            }
        }

        return path;
    }

    /// <summary>Compares the two ways, trade by trade, and gives the trades.</summary>
    public static async Task<IReadOnlyList<TradeView>> CompareAsync(
        ITestOutputHelper output, TempFolder folder, string[] data, string what, params (string Key, string Value)[] settings)
    {
        var plan = Plan(folder.Path, data, settings);
        var result = Backtest(plan, data);
        var backtest = Ordered(result);
        var (replay, open) = await ReplayAsync(plan, folder.Path);
        output.WriteLine($"{what}: {replay.Count} trades by the actors, {backtest.Count} by the backtest; {string.Join(", ", replay.GroupBy(t => t.CloseReason).Select(g => $"{g.Key} {g.Count()}"))}; denied: {string.Join(", ", result.Denials.Select(d => $"{d.Key} {d.Value}"))}");
        for (var i = 0; i < Math.Min(replay.Count, backtest.Count); i++)
            Assert.True(replay[i] == backtest[i], $"{what}, trade {i} of {replay.Count} and {backtest.Count}: {Show(replay[i])} by the actors, {Show(backtest[i])} by the backtest");
        Assert.Equal(replay.Count, backtest.Count);
        Assert.Equal(open, result.Open);
        Assert.NotEmpty(replay);
        return replay;
    }

    /// <summary>A trade in words.</summary>
    public static string Show(TradeView t) => FormattableString.Invariant(
        $"{t.Symbol}-{t.TradeNumber} {t.Quantity} {t.EntryTime:HH:mm:ss.fffffff} {t.EntryPrice} {t.CloseTime:HH:mm:ss.fffffff} {t.ClosePrice} {t.CloseReason} net {t.Net} fees {t.Fees} orders {t.EntryOrderId} {t.ExitOrderId}");
}
