using System.Globalization;
using System.Net;

namespace MicroTrader.Backtest.Reports;

/// <summary>Writes <c>report.html</c>: one file that opens without a network and needs no script.</summary>
public static class HtmlReport
{
    // More would not be told apart, and the file would grow with the trades.
    private const int MostPoints = 2_000;
    private const int MostMarks = 1_500;
    private const int MostRows = 500;
    private const int Buckets = 31;

    private const string Style = """
        :root{color-scheme:light dark;--fg:#1b1f24;--bg:#fff;--dim:#66707a;--line:#d8dee4;--up:#1a7f37;--dn:#cf222e;--ink:#0969da}
        @media (prefers-color-scheme:dark){:root{--fg:#e6edf3;--bg:#0d1117;--dim:#8b949e;--line:#30363d;--up:#3fb950;--dn:#f85149;--ink:#58a6ff}}
        body{font:15px/1.45 system-ui,sans-serif;color:var(--fg);background:var(--bg);margin:2rem auto;max-width:62rem;padding:0 1rem}
        h1{font-size:1.4rem;margin:0 0 .2rem}h2{font-size:1.05rem;margin:2rem 0 .4rem}p{color:var(--dim);margin:.2rem 0}
        table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}th,td{text-align:left;padding:.25rem .6rem .25rem 0;border-bottom:1px solid var(--line)}
        th{font-weight:600;color:var(--dim)}td.n,th.n{text-align:right}.g{color:var(--up)}.l{color:var(--dn)}.part{color:var(--dn);font-weight:600}
        svg{width:100%;height:auto;display:block}.grid{stroke:var(--line);stroke-width:1}.zero{stroke:var(--dim);stroke-width:1}.ax{fill:var(--dim);font-size:11px}
        .line{fill:none;stroke:var(--ink);stroke-width:1.5}.band{fill:var(--ink);opacity:.35;stroke:var(--ink);stroke-width:.8}.down{fill:var(--dn);opacity:.25}
        .up{fill:var(--up)}.dn{fill:var(--dn)}.buy{fill:var(--ink)}.scroll{overflow-x:auto}
        """;

    /// <summary>Writes the report.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="result">The backtest.</param>
    /// <param name="summary">Its figures.</param>
    /// <param name="title">What was read, for the head.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(TextWriter output, BacktestResult result, BacktestSummary summary, string title)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(summary);
        var trades = result.Trades.Where(t => t.IsReal).ToList();
        output.Write($"<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>MicroTrader backtest</title><style>{Style}</style></head><body>");
        output.Write($"<h1>MicroTrader backtest</h1><p>{Text(title)}</p>");
        if (!summary.Completed)
            output.Write("<p class=\"part\">Stopped before the end of the recording: what follows is a part of it.</p>");
        output.Write("<table>");
        foreach (var (name, value) in SummaryText.Figures(summary))
            output.Write($"<tr><th>{Text(name)}</th><td>{Text(value)}</td></tr>");
        Counts(output, "denials", summary.Denials);
        Counts(output, "decisions", summary.Decisions);
        Counts(output, "withheld ticks", summary.Withheld);
        if (summary.Open.Count > 0)
            output.Write($"<tr><th>still open</th><td>{Text(string.Join(", ", summary.Open))}: not among the figures</td></tr>");
        output.Write("</table>");
        if (trades.Count > 0)
        {
            Equity(output, trades, summary);
            Groups(output, $"Net by the reason of the exit ({summary.Currency})", summary.ByReason);
            Groups(output, $"Net by symbol ({summary.Currency})", summary.BySymbol);
            Groups(output, $"Net by hour of the entry, New York ({summary.Currency})", summary.ByHour);
            Distribution(output, trades, summary.Currency);
        }

        foreach (var symbol in summary.Symbols)
            Prices(output, symbol, result.Prices[symbol], [.. trades.Where(t => t.View.Symbol == symbol)]);
        Trades(output, trades);
        output.Write("</body></html>");
    }

    private static void Equity(TextWriter output, List<BacktestTrade> trades, BacktestSummary summary)
    {
        var equity = new List<(long At, double Value)> { (summary.FirstTick!.Value.UtcTicks, (double)summary.StartingCash) };
        var falls = new List<(long At, double Low, double High)> { (equity[0].At, 0, 0) };
        var (value, peak) = (summary.StartingCash, summary.StartingCash);
        foreach (var trade in trades)
        {
            value += trade.Net;
            peak = Math.Max(peak, value);
            equity.Add((trade.View.CloseTime.UtcTicks, (double)value));
            falls.Add((trade.View.CloseTime.UtcTicks, (double)(value - peak), 0));
        }

        var (from, to) = (equity[0].At, Math.Max(equity[^1].At, summary.LastTick!.Value.UtcTicks));
        output.Write($"<h2>Equity ({Text(summary.Currency)})</h2>");
        output.Write(SvgChart.OverTime(260, from, to, equity.Min(p => p.Value), equity.Max(p => p.Value), "equity").Line(Thin(equity, p => p.Value), "line", steps: true).End());
        output.Write($"<h2>Drawdown ({Text(summary.Currency)})</h2>");
        output.Write(SvgChart.OverTime(140, from, to, falls.Min(p => p.Low), 0, "drawdown").Band([.. Thin(falls, p => p.Low)], "down").End());
    }

    private static void Groups(TextWriter output, string title, IReadOnlyList<TradeGroup> groups)
    {
        output.Write($"<h2>{Text(title)}</h2>");
        output.Write(SvgChart.Bars(170, [.. groups.Select(g => (g.Name, (double)g.Net, $"{g.Name}: {SummaryText.Signed(g.Net)} net, {SummaryText.Signed(g.Gross)} gross, {g.Trades} trades, {g.Wins} won"))], title));
        output.Write("<table><tr><th></th><th class=\"n\">trades</th><th class=\"n\">won</th><th class=\"n\">gross</th><th class=\"n\">net</th></tr>");
        foreach (var g in groups)
            output.Write($"<tr><td>{Text(g.Name)}</td><td class=\"n\">{g.Trades}</td><td class=\"n\">{g.Wins}</td>{Amount(g.Gross)}{Amount(g.Net)}</tr>");
        output.Write("</table>");
    }

    private static void Distribution(TextWriter output, List<BacktestTrade> trades, string currency)
    {
        var (low, high) = (trades.Min(t => t.Net), trades.Max(t => t.Net));
        var width = (high - low) / Buckets;
        var counts = new int[width > 0 ? Buckets : 1];
        foreach (var trade in trades)
            counts[width > 0 ? Math.Min((int)((trade.Net - low) / width), Buckets - 1) : 0]++;
        output.Write($"<h2>Trades by their net ({Text(currency)})</h2>");
        output.Write(SvgChart.Bars(
            170,
            [.. counts.Select((n, i) => ((low + (width * i)).ToString("0.00", CultureInfo.InvariantCulture), (double)n, $"{SummaryText.Signed(low + (width * i))} to {SummaryText.Signed(low + (width * (i + 1)))}: {n} trades"))],
            "distribution of the trades' net"));
    }

    private static void Prices(TextWriter output, string symbol, IReadOnlyList<PricePoint> prices, List<BacktestTrade> trades)
    {
        if (prices.Count == 0)
            return;
        output.Write($"<h2>{Text(symbol)}: prices and trades</h2>");
        var chart = SvgChart.OverTime(260, prices[0].From.UtcTicks, prices[^1].From.UtcTicks, (double)prices.Min(p => p.Low), (double)prices.Max(p => p.High), $"prices of {symbol}")
            .Band([.. prices.Select(p => (p.From.UtcTicks, (double)p.Low, (double)p.High))], "band");
        var stride = Math.Max(1, (trades.Count + MostMarks - 1) / MostMarks);
        foreach (var t in trades.Where((_, i) => i % stride == 0))
        {
            var v = t.View;
            var words = string.Create(CultureInfo.InvariantCulture, $"{v.Symbol}-{v.TradeNumber}: {v.Quantity:0.####} at {v.EntryPrice:0.00##}, {v.CloseReason} at {v.ClosePrice:0.00##}, net {SummaryText.Signed(t.Net)}");
            chart.Mark(v.EntryTime!.Value.UtcTicks, (double)v.EntryPrice!.Value, up: true, "buy", words);
            chart.Mark(v.CloseTime.UtcTicks, (double)v.ClosePrice!.Value, up: false, t.Net < 0 ? "dn" : "up", words);
        }

        output.Write(chart.End());
        if (stride > 1)
            output.Write($"<p>Every {stride}. of {trades.Count} trades is marked.</p>");
    }

    private static void Trades(TextWriter output, List<BacktestTrade> trades)
    {
        if (trades.Count == 0)
            return;
        output.Write("<h2>Trades</h2><div class=\"scroll\"><table><tr><th>bought (UTC)</th><th>symbol</th><th class=\"n\">shares</th><th class=\"n\">in</th><th class=\"n\">out</th><th class=\"n\">s</th><th>reason</th><th class=\"n\">gross</th><th class=\"n\">fees</th><th class=\"n\">net</th></tr>");
        foreach (var t in trades.Take(MostRows))
        {
            var v = t.View;
            output.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"<tr><td>{v.EntryTime!.Value.UtcDateTime:yyyy-MM-dd HH:mm:ss.fff}</td><td>{Text(v.Symbol)}</td><td class=\"n\">{v.Quantity:0.####}</td><td class=\"n\">{v.EntryPrice:0.00##}</td><td class=\"n\">{v.ClosePrice:0.00##}</td><td class=\"n\">{v.DurationSeconds:0.0}</td><td>{v.CloseReason}</td>{Amount(t.Gross)}<td class=\"n\">{v.Fees:0.00}</td>{Amount(t.Net)}</tr>"));
        }

        output.Write("</table></div>");
        if (trades.Count > MostRows)
            output.Write($"<p>The first {MostRows} of {trades.Count}; all of them are in trades.csv.</p>");
    }

    private static void Counts(TextWriter output, string name, IReadOnlyDictionary<string, long> counts)
    {
        if (counts.Count > 0)
            output.Write($"<tr><th>{name}</th><td>{Text(string.Join(", ", counts.OrderByDescending(c => c.Value).Select(c => $"{c.Key} {SummaryText.Count(c.Value)}")))}</td></tr>");
    }

    // Of each stretch the lowest and the highest point stay, so that no fall is lost.
    private static IEnumerable<T> Thin<T>(List<T> points, Func<T, double> value)
    {
        if (points.Count <= MostPoints)
            return points;
        var size = (points.Count + (MostPoints / 2) - 1) / (MostPoints / 2);
        return points.Chunk(size).SelectMany(chunk =>
        {
            var (low, high) = (Array.IndexOf(chunk, chunk.MinBy(value)), Array.IndexOf(chunk, chunk.MaxBy(value)));
            return low == high ? [chunk[low]] : new[] { chunk[Math.Min(low, high)], chunk[Math.Max(low, high)] };
        }).Append(points[^1]);
    }

    private static string Amount(decimal value) => $"<td class=\"n {(value < 0 ? "l" : "g")}\">{SummaryText.Signed(value)}</td>";

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
