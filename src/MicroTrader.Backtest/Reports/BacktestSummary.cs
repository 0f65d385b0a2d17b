using System.Globalization;
using MicroTrader.Domain.Calendar;

namespace MicroTrader.Backtest.Reports;

/// <summary>A part of the trades.</summary>
/// <param name="Name">Which.</param>
/// <param name="Trades">How many.</param>
/// <param name="Wins">How many of them gained, net.</param>
/// <param name="Gross">What they brought without fees, in the account's currency.</param>
/// <param name="Net">What they brought, in the account's currency.</param>
public sealed record TradeGroup(string Name, int Trades, int Wins, decimal Gross, decimal Net);

/// <summary>A backtest in figures. Amounts are in the account's currency.</summary>
public sealed record BacktestSummary
{
    private const double TradingDaysPerYear = 252;

    /// <summary>Whether the recording was read to its end.</summary>
    public required bool Completed { get; init; }

    /// <summary>Why the recording could not be read to its end; null where it could, and where it was ended early.</summary>
    public string? Failure { get; init; }

    /// <summary>Ticks that were shown.</summary>
    public required long Ticks { get; init; }

    /// <summary>The first tick's time; null without any.</summary>
    public required DateTimeOffset? FirstTick { get; init; }

    /// <summary>The last tick's time; null without any.</summary>
    public required DateTimeOffset? LastTick { get; init; }

    /// <summary>Recorded days.</summary>
    public required int Days { get; init; }

    /// <summary>The symbols that had ticks.</summary>
    public required IReadOnlyList<string> Symbols { get; init; }

    /// <summary>The account's currency, ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>Cash at the start.</summary>
    public required decimal StartingCash { get; init; }

    /// <summary>Trades that bought and sold.</summary>
    public required int Trades { get; init; }

    /// <summary>Entries that came to nothing.</summary>
    public required int CameToNothing { get; init; }

    /// <summary>Trades that gained, net.</summary>
    public required int Wins { get; init; }

    /// <summary>Trades that lost, net.</summary>
    public required int Losses { get; init; }

    /// <summary>Trades that neither gained nor lost, net.</summary>
    public int Even => Trades - Wins - Losses;

    /// <summary>Gains over all trades, in percent, net; null without any trade.</summary>
    public required double? WinRatePercent { get; init; }

    /// <summary>The win rate at which trades that gain and lose as these do on average come out even, in percent; null where none gained or none lost.</summary>
    public double? BreakEvenWinRatePercent => AverageWin is { } win && AverageLoss is { } loss ? (double)(100m * -loss / (win - loss)) : null;

    /// <summary>Net of a trade that gained, on average; null where none did.</summary>
    public required decimal? AverageWin { get; init; }

    /// <summary>Net of a trade that lost, on average (below 0); null where none did.</summary>
    public required decimal? AverageLoss { get; init; }

    /// <summary>The best trade's net; null without any trade.</summary>
    public required decimal? BestTrade { get; init; }

    /// <summary>The worst trade's net; null without any trade.</summary>
    public required decimal? WorstTrade { get; init; }

    /// <summary>The most trades that lost one after the other, in the order in which they were over.</summary>
    public required int LongestLosingRun { get; init; }

    /// <summary>What all trades brought without fees.</summary>
    public required decimal Gross { get; init; }

    /// <summary>What all trades brought.</summary>
    public required decimal Net { get; init; }

    /// <summary>Net in percent of the starting cash.</summary>
    public double ReturnPercent => (double)(100m * Net / StartingCash);

    /// <summary>
    /// What the prices themselves did from first to last, in percent, on the mean of the symbols: buying each once and holding it, without costs. Null without any price.
    /// </summary>
    public required double? HoldPercent { get; init; }

    /// <summary>Fees, FX included.</summary>
    public required decimal Fees { get; init; }

    /// <summary>Net of a trade on average; null without any.</summary>
    public required decimal? Expectancy { get; init; }

    /// <summary>Gross of a trade on average; null without any.</summary>
    public required decimal? GrossExpectancy { get; init; }

    /// <summary>What winning trades gained over what losing ones lost, net; null where none lost.</summary>
    public required double? ProfitFactor { get; init; }

    /// <summary>The same, gross.</summary>
    public required double? GrossProfitFactor { get; init; }

    /// <summary>The deepest fall of the equity from its highest point, by trades that are over.</summary>
    public required decimal MaxDrawdown { get; init; }

    /// <summary>The same in percent of that point.</summary>
    public required double MaxDrawdownPercent { get; init; }

    /// <summary>Mean over deviation of the days' net returns, times the root of 252; null with fewer than two days, or where they do not differ.</summary>
    public required double? Sharpe { get; init; }

    /// <summary>Time in which something was held, in percent of the recorded days' time.</summary>
    public required double ExposurePercent { get; init; }

    /// <summary>How long a trade was held on average, in seconds; null without any.</summary>
    public required double? MeanHoldSeconds { get; init; }

    /// <summary>Entry signals of the strategy.</summary>
    public required long Signals { get; init; }

    /// <summary>Denied entries, by risk's code.</summary>
    public required IReadOnlyDictionary<string, long> Denials { get; init; }

    /// <summary>The strategy's answers to all ticks, by code.</summary>
    public required IReadOnlyDictionary<string, long> Decisions { get; init; }

    /// <summary>Ticks that the guard withheld, by code.</summary>
    public required IReadOnlyDictionary<string, long> Withheld { get; init; }

    /// <summary>Entries that could not be sized, in words.</summary>
    public required IReadOnlyDictionary<string, long> Unsized { get; init; }

    /// <summary>Symbols that were still held at the end.</summary>
    public required IReadOnlyList<string> Open { get; init; }

    /// <summary>By the reason of the exit.</summary>
    public required IReadOnlyList<TradeGroup> ByReason { get; init; }

    /// <summary>By symbol.</summary>
    public required IReadOnlyList<TradeGroup> BySymbol { get; init; }

    /// <summary>By the hour of the entry, New York's.</summary>
    public required IReadOnlyList<TradeGroup> ByHour { get; init; }

    /// <summary>By the day of the exit, New York's; recorded days without a trade are among them.</summary>
    public required IReadOnlyList<TradeGroup> ByDay { get; init; }

    /// <summary>What it was made of; null where nobody said.</summary>
    public required BacktestOrigin? Origin { get; init; }

    /// <summary>Sums a backtest up.</summary>
    /// <param name="result">The backtest.</param>
    /// <param name="origin">What it was made of; null where nobody is to make it again.</param>
    public static BacktestSummary Of(BacktestResult result, BacktestOrigin? origin = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        var trades = result.Trades.Where(t => t.IsReal).ToList();
        var byDay = EachDay(result, trades);
        var (drawdown, drawdownPercent) = Drawdown(trades, result.Settings.Venue.StartingCash);
        return new BacktestSummary
        {
            Completed = result.Completed,
            Failure = result.Failure,
            Ticks = result.Ticks,
            FirstTick = result.FirstTick,
            LastTick = result.LastTick,
            Days = result.Days.Count,
            Symbols = result.Symbols,
            Currency = result.Settings.Venue.AccountCurrency,
            StartingCash = result.Settings.Venue.StartingCash,
            Trades = trades.Count,
            CameToNothing = result.Trades.Count - trades.Count,
            Wins = trades.Count(t => t.Net > 0),
            Losses = trades.Count(t => t.Net < 0),
            WinRatePercent = trades.Count == 0 ? null : 100.0 * trades.Count(t => t.Net > 0) / trades.Count,
            AverageWin = Average(trades.Where(t => t.Net > 0)),
            AverageLoss = Average(trades.Where(t => t.Net < 0)),
            BestTrade = trades.Count == 0 ? null : trades.Max(t => t.Net),
            WorstTrade = trades.Count == 0 ? null : trades.Min(t => t.Net),
            LongestLosingRun = LosingRun(trades),
            Gross = trades.Sum(t => t.Gross),
            Net = trades.Sum(t => t.Net),
            HoldPercent = Hold(result),
            Fees = trades.Sum(t => t.View.Fees ?? 0m),
            Expectancy = trades.Count == 0 ? null : trades.Average(t => t.Net),
            GrossExpectancy = trades.Count == 0 ? null : trades.Average(t => t.Gross),
            ProfitFactor = Factor(trades, t => t.Net),
            GrossProfitFactor = Factor(trades, t => t.Gross),
            MaxDrawdown = drawdown,
            MaxDrawdownPercent = drawdownPercent,
            Sharpe = SharpeOf(byDay, result.Settings.Venue.StartingCash),
            ExposurePercent = Exposure(result, trades),
            MeanHoldSeconds = trades.Count == 0 ? null : trades.Average(t => t.View.DurationSeconds ?? 0),
            Signals = result.Signals,
            Denials = result.Denials,
            Decisions = result.Decisions,
            Withheld = result.Withheld,
            Unsized = result.Unsized,
            Open = result.Open,
            ByReason = Groups(trades, t => t.View.CloseReason),
            BySymbol = Groups(trades, t => t.View.Symbol),
            ByHour = Groups(trades, t => $"{NewYorkTime.ToNewYork(t.View.EntryTime!.Value).Hour:00}"),
            ByDay = byDay,
            Origin = origin,
        };
    }

    private static List<TradeGroup> Groups(IEnumerable<BacktestTrade> trades, Func<BacktestTrade, string> name) =>
    [
        .. trades.GroupBy(name).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new TradeGroup(g.Key, g.Count(), g.Count(t => t.Net > 0), g.Sum(t => t.Gross), g.Sum(t => t.Net))),
    ];

    private static List<TradeGroup> EachDay(BacktestResult result, List<BacktestTrade> trades)
    {
        var traded = Groups(trades, t => NameOf(NewYorkTime.DayOf(t.View.CloseTime)));
        var idle = result.Days.Select(d => NameOf(d.Day)).Except(traded.Select(g => g.Name)).Select(d => new TradeGroup(d, 0, 0, 0m, 0m));
        return [.. traded.Concat(idle).OrderBy(g => g.Name, StringComparer.Ordinal)];
    }

    private static string NameOf(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static decimal? Average(IEnumerable<BacktestTrade> trades) => trades.Select(t => (decimal?)t.Net).Average();

    private static int LosingRun(IEnumerable<BacktestTrade> trades)
    {
        var (run, longest) = (0, 0);
        foreach (var trade in trades)
        {
            run = trade.Net < 0 ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }

    private static double? Hold(BacktestResult result)
    {
        var changes = result.Prices.Values.Where(p => p.Count > 0).Select(p => (double)(100m * (p[^1].Last - p[0].First) / p[0].First)).ToList();
        return changes.Count == 0 ? null : changes.Average();
    }

    private static double? Factor(IReadOnlyCollection<BacktestTrade> trades, Func<BacktestTrade, decimal> of)
    {
        var lost = -trades.Select(of).Where(v => v < 0).Sum();
        return lost == 0 ? null : (double)(trades.Select(of).Where(v => v > 0).Sum() / lost);
    }

    private static (decimal Amount, double Percent) Drawdown(IEnumerable<BacktestTrade> trades, decimal start)
    {
        var (equity, peak, deepest, percent) = (start, start, 0m, 0.0);
        foreach (var trade in trades)
        {
            equity += trade.Net;
            peak = Math.Max(peak, equity);
            deepest = Math.Max(deepest, peak - equity);
            percent = Math.Max(percent, peak > 0 ? (double)(100m * (peak - equity) / peak) : 0);
        }

        return (deepest, percent);
    }

    // Days without a trade count: they brought nothing.
    private static double? SharpeOf(IReadOnlyList<TradeGroup> days, decimal start)
    {
        var returns = days.Select(d => (double)(d.Net / start)).ToList();
        if (returns.Count < 2)
            return null;
        var mean = returns.Average();
        var deviation = Math.Sqrt(returns.Sum(r => (r - mean) * (r - mean)) / (returns.Count - 1));
        return deviation == 0 ? null : mean / deviation * Math.Sqrt(TradingDaysPerYear);
    }

    // Trades of several symbols that overlap count once.
    private static double Exposure(BacktestResult result, IEnumerable<BacktestTrade> trades)
    {
        var recorded = result.Days.Sum(d => (d.Last - d.First).TotalSeconds);
        var (held, until) = (0.0, DateTimeOffset.MinValue);
        foreach (var view in trades.Select(t => t.View).OrderBy(v => v.EntryTime))
        {
            var from = view.EntryTime!.Value > until ? view.EntryTime.Value : until;
            if (view.CloseTime <= from)
                continue;
            held += (view.CloseTime - from).TotalSeconds;
            until = view.CloseTime;
        }

        return recorded <= 0 ? 0 : 100 * held / recorded;
    }
}
