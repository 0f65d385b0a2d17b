using System.Globalization;
using System.IO.Compression;
using MicroTrader.Backtest.Reports;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Risk;
using MicroTrader.Domain.Strategy;
using MicroTrader.MarketData;

namespace MicroTrader.Backtest.Tests;

/// <summary>The backtest by itself: its fills, its figures, its memory.</summary>
public sealed class BacktestRunTests
{
    private static readonly Symbol Axsm = Symbol.Parse("AXSM");
    private static readonly DateTimeOffset Start = new(2026, 6, 15, 14, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_burst_is_bought_after_the_delay_and_sold_at_TP()
    {
        var result = Run(Settings(), [.. Burst(), .. Flat(104m, 20)]);
        var trade = Assert.Single(result.Trades);

        // Bought 150 ms after the signal of the fourth tick, at the price of that moment; sold once the history had shown the figures.
        Assert.Equal(("TP", 103m, 104m, 1.00m, 0.00m), (trade.View.CloseReason, trade.View.EntryPrice, trade.View.ClosePrice, trade.Net, trade.View.Fees));
        Assert.Equal(Start.AddMilliseconds(3_150), trade.View.EntryTime);
        Assert.Equal([OrderSide.Buy, OrderSide.Sell], trade.Fills.Select(f => f.Side));
        Assert.Equal([1_000m - 103m, 1_001m], Cash(result));
        Assert.Equal((1, 1, 1L), (BacktestSummary.Of(result).Wins, BacktestSummary.Of(result).Trades, result.Signals));
    }

    [Fact]
    public void Spread_slippage_fees_and_FX_are_paid()
    {
        var settings = Settings() with
        {
            Venue = new BacktestVenue { StartingCash = 1_000m, AccountCurrency = "EUR", SpreadPercent = 0.2m, SlippagePercent = 0.1m, FeePercent = 0.5m, FxFeePercent = 0.15m, FxRate = _ => 1.25m },
            Risk = new RiskLimits { AccountCurrency = "EUR", MaxCostPercentOfTakeProfit = null },
        };
        var trade = Assert.Single(Run(settings, [.. Burst(), .. Flat(104m, 20)]).Trades);

        // 103 + 0.2 % = 103.206 for 82.56 EUR, with 0.41 and 0.12 on top; 104 - 0.2 % = 103.792 for 83.03 EUR, less 0.42 and 0.12.
        Assert.Equal([103.206m, 103.792m], trade.Fills.Select(f => f.Fill.Price));
        Assert.Equal([83.09m, 82.49m], trade.Fills.Select(f => f.Fill.AccountValue!.Value));
        Assert.Equal([0.41m, 0.12m, 0.42m, 0.12m], trade.Fills.SelectMany(f => f.Fill.Fees).Select(f => f.Amount));
        Assert.Equal((-0.60m, 1.07m, 0.47m), (trade.Net, trade.View.Fees, trade.Gross));
        Assert.All(trade.Fills, f => Assert.Equal(1.25m, f.Fill.FxRate));
    }

    [Fact]
    public void Outside_of_the_regular_session_nothing_is_entered()
    {
        var settings = Settings() with { Session = new Domain.Calendar.SessionRules() };
        var early = Burst().Select(t => t with { Time = t.Time - TimeSpan.FromHours(1) });

        var result = Run(settings, [.. early]);
        Assert.Empty(result.Trades);
        Assert.Equal([KeyValuePair.Create("NotRegularSession", 1L)], result.Denials);
        Assert.Single(Run(settings, [.. Burst(), .. Flat(104m, 20)]).Trades);
    }

    [Fact]
    public void Nothing_is_bought_with_cash_that_is_not_there()
    {
        var settings = Settings() with { Venue = new BacktestVenue { StartingCash = 105m } };
        // 103 and 2 % that the venue holds back are 105.06.
        var trade = Assert.Single(Run(settings, [.. Burst()]).Trades);
        Assert.Equal((false, "REJECTED"), (trade.IsReal, trade.View.CloseReason));
        Assert.True(Assert.Single(Run(settings with { Venue = new BacktestVenue { StartingCash = 105.06m } }, [.. Burst(), .. Flat(104m, 20)]).Trades).IsReal);
    }

    [Fact]
    public void Two_symbols_of_one_instrument_are_refused()
    {
        var settings = Settings() with { Symbols = _ => Traded(Axsm) };
        var e = Assert.Throws<RecordingException>(() => Run(settings, [.. Burst(), .. Flat(104m, 1).Select(t => t with { Symbol = Symbol.Parse("HUT") })]));
        Assert.Equal("AXSM and HUT are one instrument, AXSM_US_EQ, and would share its orders; leave one out with --symbols", e.Message);
    }

    [Fact]
    public void The_same_ticks_give_the_same_trades()
    {
        var ticks = Synthetic(7, 20_000).ToList();
        Assert.Equal(Views(Run(Settings(), ticks)), Views(Run(Settings(), ticks)));
        Assert.True(Views(Run(Settings(), ticks)).Count > 20);
    }

    [Fact]
    public void A_tick_allocates_nothing_while_nothing_is_traded()
    {
        var run = new BacktestRun(Settings() with { Risk = new RiskLimits { MaxQuantity = 0.5m } });
        var ticks = Synthetic(3, 60_000).Select(t => new RecordedTick(t.Time, t)).ToArray();
        foreach (ref readonly var tick in ticks.AsSpan(0, 20_000))
            run.OnTick(tick);
        var denied = run.Finish(completed: false).Denials;
        Assert.NotEmpty(denied);

        // Signals ask risk, and reads are made once a minute: those allocate, ticks do not.
        var quiet = new BacktestRun(Settings() with { Symbols = s => Traded(s) with { Momentum = new MomentumParameters { MinChangePercent = 50m } }, ReconcileInterval = TimeSpan.FromDays(30) });
        foreach (ref readonly var tick in ticks.AsSpan(0, 20_000))
            quiet.OnTick(tick);
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (ref readonly var tick in ticks.AsSpan(20_000))
            quiet.OnTick(tick);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task A_recording_that_is_stopped_gives_what_was_read()
    {
        using var folder = new TempFolder();
        using var recording = Recording.Open([Both.Write(folder.File("day.csv"), 5, 40_000, "AXSM")]);
        using var stop = new CancellationTokenSource();
        var run = new BacktestRun(Settings());
        var result = await Backtester.RunAsync(recording, run, p =>
        {
            Assert.InRange(p.Fraction, 0, 1);
            if (p.Ticks >= 8_000)
                stop.Cancel();
        }, stop.Token);

        Assert.False(result.Completed);
        Assert.InRange(result.Ticks, 8_000, 39_999);
        Assert.NotEmpty(result.Trades);
        Assert.Empty(result.Open);
    }

    [Fact]
    public async Task A_recording_that_breaks_off_ends_the_backtest_with_its_words()
    {
        using var folder = new TempFolder();
        var zip = folder.File("20131007_trade.csv.gz");
        await File.WriteAllBytesAsync(zip, [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3]);
        var e = await Assert.ThrowsAnyAsync<RecordingException>(async () =>
        {
            using var recording = Recording.Open([zip]);
            await Backtester.RunAsync(recording, new BacktestRun(Settings()), null, default);
        });
        Assert.Contains(zip, e.Message);
    }

    [Fact]
    public async Task A_recording_that_breaks_off_later_gives_what_was_read_before_and_says_why()
    {
        using var folder = new TempFolder();
        var whole = Both.Write(folder.File("whole.csv"), 6, 20_000, "AXSM", "HUT");
        var packed = new MemoryStream();
        await using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            await zip.WriteAsync(await File.ReadAllBytesAsync(whole));
        var broken = folder.File("broken.csv.gz");
        await File.WriteAllBytesAsync(broken, packed.ToArray()[..(int)(packed.Length * 6 / 10)]);
        var all = await RunAsync(whole);
        var part = await RunAsync(broken);

        Assert.Equal((true, (string?)null), (all.Completed, all.Failure));
        Assert.False(part.Completed);
        Assert.Contains(broken, part.Failure, StringComparison.Ordinal);
        Assert.InRange(part.Ticks, 15_000, 30_000);
        // The same trades up to there; the last of each symbol may have been left at the last price that was read.
        var before = Views(part).SkipLast(2).ToList();
        Assert.True(before.Count > 3, $"{before.Count} trades");
        Assert.Equal(Views(all).Take(before.Count), before);
        Assert.Equal(part.Failure, BacktestSummary.Of(part, null).Failure);

        static async Task<BacktestResult> RunAsync(string file)
        {
            using var recording = Recording.Open([file]);
            return await Backtester.RunAsync(recording, new BacktestRun(Settings()), null, default);
        }
    }

    [Fact]
    public async Task Both_ways_of_showing_a_recording_give_the_same()
    {
        using var folder = new TempFolder();
        var file = Both.Write(folder.File("day.csv"), 6, 20_000, "AXSM", "HUT");
        using var recording = Recording.Open([file]);
        var result = await Backtester.RunAsync(recording, new BacktestRun(Settings()), null, default);
        var alone = new BacktestRun(Settings());
        foreach (var tick in recording.Read())
            alone.OnTick(tick);

        Assert.Equal((40_000, true), (result.Ticks, result.Completed));
        Assert.Equal(Views(alone.Finish(completed: true)), Views(result));
    }

    internal static BacktestSettings Settings() => new()
    {
        Symbols = Traded,
        Venue = new BacktestVenue { StartingCash = 1_000m },
        Risk = new RiskLimits { AccountCurrency = "USD" },
        Session = null,
    };

    private static BacktestSymbol Traded(Symbol symbol) => new(
        new MomentumParameters { WindowTicks = 4, RisingMoves = 3, MinVolumeRatio = 0m },
        new ExitParameters { TakeProfitPercent = 0.9m },
        new SizingRules(),
        new Ticker($"{symbol}_US_EQ"),
        "USD");

    private static BacktestResult Run(BacktestSettings settings, IReadOnlyList<Tick> ticks)
    {
        var run = new BacktestRun(settings);
        foreach (var tick in ticks)
            run.OnTick(new RecordedTick(tick.Time, tick));
        return run.Finish(completed: true);
    }

    private static IEnumerable<Tick> Burst() => Enumerable.Range(0, 4).Select(i => new Tick(Axsm, TickKind.Trade, Start.AddSeconds(i), 100m + i, 100m));

    private static IEnumerable<Tick> Flat(decimal price, int seconds) =>
        Enumerable.Range(4, seconds).Select(i => new Tick(Axsm, TickKind.Trade, Start.AddSeconds(i), price, 100m));

    private static IEnumerable<Tick> Synthetic(long seed, int ticks)
    {
        var path = new SyntheticPath(Axsm, seed);
        for (var i = 0; i < ticks; i++)
        {
            var step = path.Next();
            yield return new Tick(Axsm, TickKind.Trade, Start.AddMilliseconds(250 * i), step.Price, step.Volume);
        }
    }

    private static IReadOnlyList<decimal> Cash(BacktestResult result) =>
        result.Trades.SelectMany(t => t.Fills).Aggregate(
            new List<decimal> { result.Settings.Venue.StartingCash },
            (cash, fill) => [.. cash, cash[^1] + (fill.Side == OrderSide.Buy ? -fill.Fill.AccountValue!.Value : fill.Fill.AccountValue!.Value)])[1..];

    private static IReadOnlyList<string> Views(BacktestResult result) =>
        [.. result.Trades.Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.View} {t.ClosedAt:O}"))];
}
