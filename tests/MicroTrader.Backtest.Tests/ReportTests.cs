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
        var summary = BacktestSummary.Of(result with { Completed = false });
        var writer = new StringWriter(CultureInfo.InvariantCulture);
        HtmlReport.Write(writer, result, summary, "<script>alert(1)</script> & co");
        var html = writer.ToString();

        Assert.DoesNotContain("<script", html);
        Assert.Contains("&lt;script&gt;", html);
        Assert.Empty(Outside().Matches(html));
        Assert.Contains("Stopped before the end", html);
        foreach (var heading in new[] { "Equity", "Drawdown", "reason of the exit", "by symbol", "by hour", "Trades by their net", "AXSM: prices and trades", "DJT: prices and trades" })
            Assert.Contains(heading, html);
        // Each chart is well-formed, and every number in it is one.
        foreach (Match svg in Svg().Matches(html))
            Assert.DoesNotContain(XElement.Parse(svg.Value).Descendants().Attributes(), a => a.Value.Contains("NaN", StringComparison.Ordinal) || a.Value.Contains('∞'));
        Assert.Equal(8, Svg().Count(html));
    }

    [Fact]
    public void A_day_without_a_trade_has_a_report_too()
    {
        using var folder = new TempFolder();
        var data = Both.Write(folder.File("day.csv"), 1, 10, "AXSM");
        var result = Both.Backtest(Both.Plan(folder.Path, [data], ("Session:Gate", "off")), [data]);
        var summary = BacktestSummary.Of(result);
        var writer = new StringWriter(CultureInfo.InvariantCulture);
        HtmlReport.Write(writer, result, summary, "day");

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
        Assert.Equal(s.Trades, s.ByReason.Sum(g => g.Trades));
        Assert.Equal(result.Ticks, s.Decisions.Values.Sum());
        Assert.InRange(s.ExposurePercent, 0.1, 100);
    }

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
