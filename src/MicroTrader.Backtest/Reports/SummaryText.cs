using System.Globalization;

namespace MicroTrader.Backtest.Reports;

/// <summary>A backtest's summary as text for the console.</summary>
public static class SummaryText
{
    // More names would push the figures off the screen; the report has them all.
    private const int MostGroups = 12;

    /// <summary>The lines.</summary>
    public static IEnumerable<string> Lines(BacktestSummary s)
    {
        ArgumentNullException.ThrowIfNull(s);
        foreach (var (name, value) in Figures(s))
            yield return $"{name,-16}  {value}";
        if (s.ByReason.Count > 0)
            yield return $"{"exits",-16}  {Groups(s.ByReason)}";
        if (s.BySymbol.Count > 0)
            yield return $"{"symbols",-16}  {Groups(s.BySymbol)}";
        foreach (var (name, value) in Counts(s))
            yield return $"{name,-16}  {value}";
    }

    /// <summary>A count with separators of thousands.</summary>
    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>How many a second, in the unit in which it can be read.</summary>
    /// <param name="perSecond">How many a second.</param>
    /// <param name="what">What is counted.</param>
    public static string Rate(double perSecond, string what) => perSecond >= 1e6
        ? string.Create(CultureInfo.InvariantCulture, $"{perSecond / 1e6:0.0} M {what}/s")
        : string.Create(CultureInfo.InvariantCulture, $"{perSecond / 1e3:0.#} k {what}/s");

    /// <summary>The figures by name, in the order in which people read them.</summary>
    internal static IEnumerable<(string Name, string Value)> Figures(BacktestSummary s)
    {
        yield return ("period", s.FirstTick is null
            ? "no tick"
            : string.Create(CultureInfo.InvariantCulture, $"{s.FirstTick.Value.UtcDateTime:yyyy-MM-dd HH:mm:ss} to {s.LastTick!.Value.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, {s.Days} day(s), {Count(s.Ticks)} ticks of {Names(s.Symbols)}"));
        yield return ("trades", $"{Count(s.Trades)} of {Count(s.Signals)} signals{(s.CameToNothing > 0 ? $", {Count(s.CameToNothing)} entries came to nothing" : "")}");
        yield return ("net", $"{Signed(s.Net)} {s.Currency} ({SignedPercent(s.ReturnPercent)} of {Amount(s.StartingCash)}), gross {Signed(s.Gross)}, fees {Amount(s.Fees)}");
        if (s.HoldPercent is { } hold)
            yield return ("buy and hold", $"{SignedPercent(hold)}{(s.Symbols.Count > 1 ? " on the mean of the symbols" : "")}, without costs");
        if (s.Trades == 0)
            yield break;
        var needed = s.BreakEvenWinRatePercent is { } rate ? $"; {Percent(rate)} would break even" : "";
        yield return ("win rate", $"{Percent(s.WinRatePercent)} ({Count(s.Wins)} won, {Count(s.Losses)} lost{(s.Even > 0 ? $", {Count(s.Even)} even" : "")}){needed}");
        yield return ("average", $"won {Signed(s.AverageWin)}, lost {Signed(s.AverageLoss)} {s.Currency}; best {Signed(s.BestTrade)}, worst {Signed(s.WorstTrade)}; at most {Count(s.LongestLosingRun)} lost in a row");
        yield return ("expectancy", $"{Small(s.Expectancy)} {s.Currency} a trade, gross {Small(s.GrossExpectancy)}");
        yield return ("profit factor", $"{(s.ProfitFactor is null ? "- (none lost)" : Ratio(s.ProfitFactor))}, gross {Ratio(s.GrossProfitFactor)}");
        yield return ("max drawdown", $"{Amount(s.MaxDrawdown)} {s.Currency} ({Percent(s.MaxDrawdownPercent)})");
        yield return ("Sharpe", s.Sharpe is null ? "- (two days that differ are needed)" : $"{Ratio(s.Sharpe)} (of {s.ByDay.Count} days, a year of 252)");
        yield return ("exposure", $"{Percent(s.ExposurePercent)} of the recorded time, {Ratio(s.MeanHoldSeconds)} s a trade");
    }

    /// <summary>What was counted and denied, by name.</summary>
    internal static IEnumerable<(string Name, string Value)> Counts(BacktestSummary s)
    {
        foreach (var (name, counts) in new[] { ("denials", s.Denials), ("decisions", s.Decisions), ("withheld ticks", s.Withheld) })
        {
            if (counts.Count > 0)
                yield return (name, string.Join(" · ", counts.OrderByDescending(c => c.Value).Select(c => $"{c.Key} {Count(c.Value)}")));
        }

        foreach (var (problem, times) in s.Unsized)
            yield return ("not sized", $"{problem} ({Count(times)} times)");
        if (s.Open.Count > 0)
            yield return ("still open", $"{string.Join(", ", s.Open)}: not among the figures");
    }

    /// <summary>An amount with its sign.</summary>
    internal static string Signed(decimal? value) => value?.ToString("+#,0.00;-#,0.00;0.00", CultureInfo.InvariantCulture) ?? "-";

    /// <summary>An amount.</summary>
    internal static string Amount(decimal value) => value.ToString("#,0.00", CultureInfo.InvariantCulture);

    // What a trade brings on the mean is often less than a cent.
    private static string Small(decimal? value) => value?.ToString("+#,0.00##;-#,0.00##;0.00", CultureInfo.InvariantCulture) ?? "-";

    // Those that brought or cost most, where there are many.
    private static string Groups(IReadOnlyList<TradeGroup> groups)
    {
        var shown = groups.Count <= MostGroups ? groups : [.. groups.OrderByDescending(g => Math.Abs(g.Net)).Take(MostGroups).OrderByDescending(g => g.Net)];
        return string.Join(" · ", shown.Select(g => $"{g.Name} {Count(g.Trades)} ({Signed(g.Net)})")) + (shown.Count < groups.Count ? $" · and {groups.Count - shown.Count} that brought or cost less" : "");
    }

    private static string Names(IReadOnlyList<string> symbols) =>
        symbols.Count <= MostGroups ? string.Join(", ", symbols) : $"{symbols.Count} symbols";

    private static string SignedPercent(double value) => value.ToString("+#,0.00;-#,0.00;0.00", CultureInfo.InvariantCulture) + " %";

    private static string Percent(double? value) => value is null ? "-" : value.Value.ToString("0.00", CultureInfo.InvariantCulture) + " %";

    private static string Ratio(double? value) => value?.ToString("0.00", CultureInfo.InvariantCulture) ?? "-";
}
