using System.Globalization;

namespace MicroTrader.Backtest.Reports;

/// <summary>A backtest's summary as text for the console.</summary>
public static class SummaryText
{
    /// <summary>The lines.</summary>
    public static IEnumerable<string> Lines(BacktestSummary s)
    {
        ArgumentNullException.ThrowIfNull(s);
        foreach (var (name, value) in Figures(s))
            yield return $"{name,-16}  {value}";
        foreach (var (title, groups) in new[] { ("exits", s.ByReason), ("symbols", s.BySymbol) })
        {
            if (groups.Count > 0)
                yield return $"{title,-16}  {string.Join(" · ", groups.Select(g => $"{g.Name} {g.Trades} ({Signed(g.Net)})"))}";
        }

        if (s.Denials.Count > 0)
            yield return $"{"denials",-16}  {string.Join(" · ", s.Denials.OrderByDescending(d => d.Value).Select(d => $"{d.Key} {d.Value}"))}";
        if (s.Decisions.Count > 0)
            yield return $"{"decisions",-16}  {string.Join(" · ", s.Decisions.Select(d => $"{d.Key} {Count(d.Value)}"))}";
        if (s.Withheld.Count > 0)
            yield return $"{"withheld ticks",-16}  {string.Join(" · ", s.Withheld.Select(d => $"{d.Key} {Count(d.Value)}"))}";
        foreach (var (problem, times) in s.Unsized)
            yield return $"{"not sized",-16}  {problem} ({times} times)";
        if (s.Open.Count > 0)
            yield return $"{"still open",-16}  {string.Join(", ", s.Open)}: not among the figures above";
    }

    /// <summary>The figures by name, in the order in which people read them.</summary>
    internal static IEnumerable<(string Name, string Value)> Figures(BacktestSummary s)
    {
        yield return ("period", s.FirstTick is null
            ? "no tick"
            : string.Create(CultureInfo.InvariantCulture, $"{s.FirstTick.Value.UtcDateTime:yyyy-MM-dd HH:mm:ss} to {s.LastTick!.Value.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, {s.Days} day(s), {Count(s.Ticks)} ticks of {string.Join(", ", s.Symbols)}"));
        yield return ("trades", $"{s.Trades} of {Count(s.Signals)} signals{(s.CameToNothing > 0 ? $", {s.CameToNothing} entries came to nothing" : "")}");
        yield return ("net", $"{Signed(s.Net)} {s.Currency}, gross {Signed(s.Gross)}, fees {Amount(s.Fees)}");
        if (s.Trades == 0)
            yield break;
        yield return ("win rate", $"{Percent(s.WinRatePercent)} ({s.Wins} won, {s.Losses} lost)");
        yield return ("expectancy", $"{Signed(s.Expectancy)} {s.Currency} a trade, gross {Signed(s.GrossExpectancy)}");
        yield return ("profit factor", $"{Ratio(s.ProfitFactor)}, gross {Ratio(s.GrossProfitFactor)}");
        yield return ("max drawdown", $"{Amount(s.MaxDrawdown)} {s.Currency} ({Percent(s.MaxDrawdownPercent)})");
        yield return ("Sharpe", s.Sharpe is null ? "- (two days that differ are needed)" : $"{Ratio(s.Sharpe)} (days, a year of 252)");
        yield return ("exposure", $"{Percent(s.ExposurePercent)} of the time, {Ratio(s.MeanHoldSeconds)} s a trade");
    }

    /// <summary>An amount with its sign.</summary>
    internal static string Signed(decimal? value) => value?.ToString("+#,0.00;-#,0.00;0.00", CultureInfo.InvariantCulture) ?? "-";

    /// <summary>A count with separators of thousands.</summary>
    internal static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Amount(decimal value) => value.ToString("#,0.00", CultureInfo.InvariantCulture);

    private static string Percent(double? value) => value is null ? "-" : value.Value.ToString("0.00", CultureInfo.InvariantCulture) + " %";

    private static string Ratio(double? value) => value?.ToString("0.00", CultureInfo.InvariantCulture) ?? "-";
}
