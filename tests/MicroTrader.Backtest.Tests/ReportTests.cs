using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MicroTrader.Backtest.Reports;
using MicroTrader.Host.Configuration;
using MicroTrader.MarketData;

namespace MicroTrader.Backtest.Tests;

/// <summary>What a backtest writes.</summary>
public sealed partial class ReportTests
{
    /// <summary>
    /// The trades of a seeded day, to the row. A change of it is a change of what the robot would have done: look at it before the file is written anew
    /// (MICROTRADER_WRITE_GOLDEN=1).
    /// </summary>
    [Fact]
    public void A_seeded_day_gives_the_trades_of_the_golden_file()
    {
        using var folder = new TempFolder();
        var data = Both.Write(folder.File("day.csv"), 2026, 28_800, "AXSM", "DJT", "WULF", "HUT");
        var (trades, equity) = Write(data, folder);
        var golden = Path.Combine(Repository.Root, "tests", "MicroTrader.Backtest.Tests", "Golden", "trades-2026.csv");
        if (Environment.GetEnvironmentVariable("MICROTRADER_WRITE_GOLDEN") == "1")
            File.WriteAllText(golden, trades);

        Assert.Equal(File.ReadAllText(golden).Split('\n'), trades.Split('\n'));
        Assert.True(trades.Split('\n').Length > 200);
        // The account's value is what the fills leave of it.
        var fills = trades.TrimEnd().Split('\n')[1..].Select(r => r.Split(',')).ToList();
        var left = 100_000m + fills.Sum(f => (f[4] == "BUY" ? -1 : 1) * decimal.Parse(f[10], CultureInfo.InvariantCulture));
        Assert.Equal(left, decimal.Parse(equity.TrimEnd().Split('\n')[^1].Split(',')[7], CultureInfo.InvariantCulture));
        Assert.Equal(left - 100_000m, fills.Where(f => f[19].Length > 0).Sum(f => decimal.Parse(f[19], CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void The_report_opens_without_a_network()
    {
        using var folder = new TempFolder();
        var data = Both.Write(folder.File("day.csv"), 2026, 14_400, "AXSM", "DJT");
        var result = Both.Backtest(Both.Plan(folder.Path, [data], ("Session:Gate", "off")), [data]);
        var origin = new BacktestOrigin("1.2.3", ["<script>alert(1)</script> & co"], "rules", new SortedDictionary<string, string> { ["Paper:SpreadPercent"] = "0.02" }, result.FirstTick, null, new RecordedRows(1, 2_345, 0, 0, 0, 0));
        var summary = BacktestSummary.Of(result with { Completed = false }, origin);
        var writer = new StringWriter(CultureInfo.InvariantCulture);
        HtmlReport.Write(writer, result, summary);
        var html = writer.ToString();

        Assert.DoesNotContain("<script", html);
        Assert.Contains("&lt;script&gt;", html);
        Assert.Empty(Outside().Matches(html));
        Assert.Contains("Stopped before the end", html);
        foreach (var heading in new[] { "Equity (USD, New York time)", "Drawdown", "Net by day", "reason of the exit", "by symbol", "by hour", "Trades by their net", "AXSM: prices and trades (USD, New York time)", "DJT: prices and trades", "To make it again", "1.2.3", "2,345 rows", "Paper:SpreadPercent" })
            Assert.Contains(heading, html);
        // Each chart is well-formed, and every number in it is one.
        foreach (Match svg in Svg().Matches(html))
            Assert.DoesNotContain(XElement.Parse(svg.Value).Descendants().Attributes(), a => a.Value.Contains("NaN", StringComparison.Ordinal) || a.Value.Contains('∞'));
        // Equity, drawdown, distribution, two of prices, and one for each table of more than a row.
        Assert.Equal(5 + new[] { summary.ByDay, summary.ByReason, summary.BySymbol, summary.ByHour }.Count(g => g.Count > 1), Svg().Count(html));
        Assert.Equal((1, 2), (summary.ByDay.Count, summary.BySymbol.Count));
    }

    [Fact]
    public void A_day_without_a_trade_has_a_report_too()
    {
        using var folder = new TempFolder();
        var data = Both.Write(folder.File("day.csv"), 1, 10, "AXSM");
        var result = Both.Backtest(Both.Plan(folder.Path, [data], ("Session:Gate", "off")), [data]);
        var summary = BacktestSummary.Of(result);
        var writer = new StringWriter(CultureInfo.InvariantCulture);
        HtmlReport.Write(writer, result, summary);

        Assert.Equal((0, null, null, 0m), (summary.Trades, summary.WinRatePercent, summary.Sharpe, summary.MaxDrawdown));
        Assert.Contains(SummaryText.Lines(summary), l => l.StartsWith("trades            0 of 0 signals", StringComparison.Ordinal));
        Assert.Equal(1, Svg().Count(writer.ToString()));
    }

    [Fact]
    public void Figures_are_those_of_the_trades()
    {
        using var folder = new TempFolder();
        var data = Both.Write(folder.File("day.csv"), 9, 14_400, "AXSM", "HUT");
        var result = Both.Backtest(Both.Plan(folder.Path, [data], ("Session:Gate", "off"), ("Paper:Currency", "EUR"), ("Exits:TakeProfitPercent", "2"), ("Backtest:FeePercent", "0.05")), [data]);
        var s = BacktestSummary.Of(result);
        var nets = result.Trades.Where(t => t.IsReal).Select(t => t.Net).ToList();

        Assert.Equal(nets.Sum(), s.Net);
        Assert.Equal(s.Gross - s.Fees, s.Net);
        Assert.True(s.Fees > 0);
        Assert.Equal(nets.Sum() / nets.Count, s.Expectancy);
        Assert.Equal((double)(nets.Where(n => n > 0).Sum() / -nets.Where(n => n < 0).Sum()), s.ProfitFactor!.Value, 10);
        Assert.Equal((nets.Count(n => n > 0), nets.Count(n => n < 0)), (s.Wins, s.Losses));
        var equity = nets.Aggregate(new List<decimal> { 0m }, (e, n) => [.. e, e[^1] + n]);
        Assert.Equal(equity.Select((e, i) => equity.Take(i + 1).Max() - e).Max(), s.MaxDrawdown);
        Assert.Equal(s.Net, s.BySymbol.Sum(g => g.Net));
        Assert.Equal(s.Net, s.ByReason.Sum(g => g.Net));
        Assert.Equal(s.Net, s.ByHour.Sum(g => g.Net));
        Assert.Equal(s.Net, s.ByDay.Sum(g => g.Net));
        Assert.Equal(s.Trades, s.ByReason.Sum(g => g.Trades));
        Assert.Equal(result.Ticks, s.Decisions.Values.Sum());
        Assert.InRange(s.ExposurePercent, 0.1, 100);
    }

    [Fact]
    public void What_was_won_and_lost_is_told_by_trade_and_by_day()
    {
        var s = Summary(3m, -1m, 0m, -2m, -3m, 5m, -1m);

        Assert.Equal((2, 4, 1), (s.Wins, s.Losses, s.Even));
        Assert.Equal((4m, -1.75m, 5m, -3m, 2), (s.AverageWin, s.AverageLoss, s.BestTrade, s.WorstTrade, s.LongestLosingRun));
        // Of a hundred trades 30.43 gain 4.00 and 69.57 lose 1.75.
        Assert.Equal(100 * 1.75 / 5.75, s.BreakEvenWinRatePercent!.Value, 10);
        Assert.Equal(0.001, s.ReturnPercent, 10);
        // Each trade is of the day on which it was over; a day without one is a day too.
        Assert.Equal(["2026-06-15 2", "2026-06-16 2", "2026-06-17 2", "2026-06-18 1", "2026-06-19 0"], s.ByDay.Select(d => $"{d.Name} {d.Trades}"));
        Assert.Equal([2m, -2m, 2m, -1m, 0m], s.ByDay.Select(d => d.Net));
        var text = string.Join('\n', SummaryText.Lines(s));
        Assert.Contains("win rate          28.57 % (2 won, 4 lost, 1 even); 30.43 % would break even", text, StringComparison.Ordinal);
        Assert.Contains("average           won +4.00, lost -1.75 USD; best +5.00, worst -3.00; at most 2 lost in a row", text, StringComparison.Ordinal);
        Assert.Contains("(of 5 days, a year of 252)", text, StringComparison.Ordinal);
        Assert.Contains("net               +1.00 USD (0.00 % of 100,000.00)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_none_lost_there_is_no_profit_factor_and_it_says_why()
    {
        var s = Summary(1m, 2m);

        Assert.Equal((null, null, null, 0), (s.ProfitFactor, s.AverageLoss, s.BreakEvenWinRatePercent, s.LongestLosingRun));
        Assert.Contains("profit factor     - (none lost)", string.Join('\n', SummaryText.Lines(s)), StringComparison.Ordinal);
    }

    [Fact]
    public void Holding_is_what_the_prices_did_on_the_mean_of_the_symbols()
    {
        var result = Real() with
        {
            Prices = new Dictionary<string, IReadOnlyList<PricePoint>> { ["A"] = [Point(105m, first: 100m), Point(70m), Point(110m)], ["B"] = [Point(50m), Point(49m)], ["C"] = [] },
        };

        Assert.Equal(4, BacktestSummary.Of(result).HoldPercent!.Value, 10);
    }

    [Fact]
    public void Of_many_symbols_the_console_names_those_that_matter()
    {
        var groups = Enumerable.Range(0, 30).Select(i => new TradeGroup($"S{i:00}", 1, 0, -i, -i)).ToList();
        var lines = SummaryText.Lines(Summary(1m) with { BySymbol = groups, Symbols = [.. groups.Select(g => g.Name)] }).ToList();

        Assert.Equal(
            "symbols           S18 1 (-18.00) · S19 1 (-19.00) · S20 1 (-20.00) · S21 1 (-21.00) · S22 1 (-22.00) · S23 1 (-23.00) · S24 1 (-24.00) · S25 1 (-25.00) · S26 1 (-26.00) · S27 1 (-27.00) · S28 1 (-28.00) · S29 1 (-29.00) · and 18 that brought or cost less",
            Assert.Single(lines, l => l.StartsWith("symbols ", StringComparison.Ordinal)));
        Assert.Contains("ticks of 30 symbols", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_equity_of_the_chart_holds_to_the_end_and_losses_are_apart_from_gains()
    {
        var result = Made(-0.4m, 0.3m, 0m);
        var writer = new StringWriter(CultureInfo.InvariantCulture);
        HtmlReport.Write(writer, result, BacktestSummary.Of(result));
        var charts = Svg().Matches(writer.ToString()).Select(m => XElement.Parse(m.Value)).ToDictionary(x => x.Attribute("aria-label")!.Value);

        // From the start's cash to the right edge.
        Assert.Matches("^M92 .*H948V[0-9.]+$", charts["equity"].Element("path")!.Attribute("d")!.Value);
        Assert.Matches("^M92 .*H948V[0-9.]+V10Z$", charts["drawdown"].Element("path")!.Attribute("d")!.Value);
        var bars = charts["distribution of the trades' net"].Elements("rect").Select(r => (Css: r.Attribute("class")!.Value, Tip: r.Value)).ToList();
        Assert.Equal(3, bars.Count(b => b.Tip.EndsWith(": 1 trades", StringComparison.Ordinal)));
        Assert.All(bars, b => Assert.Equal(b.Tip.StartsWith("from -", StringComparison.Ordinal) ? "dn" : "up", b.Css));
    }

    private static BacktestSummary Summary(params decimal[] nets) => BacktestSummary.Of(Made(nets));

    // A real trade over and over, two a day, each with a net of its own.
    private static BacktestResult Made(params decimal[] nets)
    {
        var result = Real();
        var trade = result.Trades.First(t => t.IsReal);
        return result with
        {
            LastTick = result.FirstTick!.Value.AddDays(4).AddHours(1),
            Days = [.. Enumerable.Range(0, 5).Select(i => new RecordedDay(new DateOnly(2026, 6, 15).AddDays(i), result.FirstTick!.Value.AddDays(i), result.FirstTick!.Value.AddDays(i).AddHours(1)))],
            Trades = [.. nets.Select((n, i) => trade with { View = trade.View with { Net = n, EntryTime = trade.View.EntryTime!.Value.AddDays(i / 2), CloseTime = trade.View.CloseTime.AddDays(i / 2) } })],
        };
    }

    private static BacktestResult Real()
    {
        using var folder = new TempFolder();
        var data = Both.Write(folder.File("day.csv"), 2026, 7_200, "AXSM");
        return Both.Backtest(Both.Plan(folder.Path, [data], ("Session:Gate", "off")), [data]);
    }

    private static PricePoint Point(decimal price, decimal? first = null) => new(default, first ?? price, price, price, price);

    private static (string Trades, string Equity) Write(string data, TempFolder folder)
    {
        var (trades, equity) = (new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" }, new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" });
        var settings = BacktestPlan.Make(Both.Plan(folder.Path, [data], ("Session:Gate", "off")));
        using var reports = new CsvReports(trades, equity, settings);
        var run = new BacktestRun(settings) { OnTrade = reports.Add };
        using var recording = Recording.Open([data]);
        foreach (var tick in recording.Read())
            run.OnTick(tick);
        run.Finish(completed: true);
        return (trades.ToString(), equity.ToString());
    }

    [GeneratedRegex("""(src|href|url)\s*[=(]|@import|https?://""")]
    private static partial Regex Outside();

    [GeneratedRegex("<svg .*?</svg>")]
    private static partial Regex Svg();
}
