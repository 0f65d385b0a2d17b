using System.Globalization;
using System.Net;
using MicroTrader.Domain.Calendar;
using MicroTrader.Domain.Market;

namespace MicroTrader.Backtest.Reports;

/// <summary>Writes <c>report.html</c>: one file that opens without a network and needs no script.</summary>
public static class HtmlReport
{
    // More would not be told apart, and the file would grow with the trades.
    private const int MostPoints = 2_000;
    private const int MostMarks = 1_500;
    private const int MostLargeMarks = 150;
    private const int MostRows = 500;
    private const int MostBuckets = 30;

    private const string Style = """
        :root{color-scheme:light dark;--fg:#1b1f24;--bg:#fff;--dim:#5b646d;--line:#d8dee4;--up:#1a7f37;--dn:#cf222e;--ink:#0969da}
        @media (prefers-color-scheme:dark){:root{--fg:#e6edf3;--bg:#0d1117;--dim:#9aa4ae;--line:#30363d;--up:#3fb950;--dn:#f85149;--ink:#58a6ff}}
        body{font:15px/1.45 system-ui,sans-serif;color:var(--fg);background:var(--bg);margin:2rem auto;max-width:62rem;padding:0 1rem}
        h1{font-size:1.4rem;margin:0 0 .2rem}h2{font-size:1.05rem;margin:2rem 0 .4rem}p{color:var(--dim);margin:.2rem 0;overflow-wrap:anywhere}
        table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}th,td{text-align:left;vertical-align:top;padding:.25rem .6rem .25rem 0;border-bottom:1px solid var(--line)}
        th{font-weight:600;color:var(--dim);white-space:nowrap}td.n,th.n{text-align:right}.g{color:var(--up)}.l{color:var(--dn)}.part{color:var(--dn);font-weight:600}
        .facts td{overflow-wrap:anywhere}.scroll{overflow:auto;max-height:30rem}.scroll th{position:sticky;top:0;background:var(--bg)}.scroll td{white-space:nowrap}
        svg{width:100%;height:auto;display:block}.grid{stroke:var(--line);stroke-width:1}.zero{stroke:var(--dim);stroke-width:1}.ax{fill:var(--dim);font-size:12px}
        .line{fill:none;stroke:var(--ink);stroke-width:1.5}.band{fill:var(--ink);opacity:.35;stroke:var(--ink);stroke-width:.8}.down{fill:var(--dn);opacity:.3}
        .up{fill:var(--up)}.dn{fill:var(--dn)}.buy{fill:var(--ink)}
        @media (max-width:40rem){.ax{font-size:17px}.scroll{font-size:12px}.scroll th,.scroll td{padding-right:.35rem}}
        @media print{.scroll{max-height:none}}
        """;

    /// <summary>Writes the report.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="result">The backtest.</param>
    /// <param name="summary">Its figures.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(TextWriter output, BacktestResult result, BacktestSummary summary)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(summary);
        var trades = result.Trades.Where(t => t.IsReal).ToList();
        output.Write($"<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>MicroTrader backtest</title><style>{Style}</style></head><body>");
        output.Write("<h1>MicroTrader backtest</h1>");
        if (summary.Origin is { } origin)
            output.Write($"<p>{Text(string.Join(", ", origin.Data))}; {Text(origin.Rules)}</p>");
        if (!summary.Completed)
            output.Write($"<p class=\"part\">Stopped before the end of the recording: what follows is a part of it.{(summary.Failure is { } why ? $" {Text(why)}" : "")}</p>");
        Facts(output, [.. SummaryText.Figures(summary), .. SummaryText.Counts(summary)]);
        var time = new TimeAxis(result.Days, trades.Count == 0 ? null : trades.Max(t => t.View.CloseTime));
        if (trades.Count > 0)
        {
            Equity(output, trades, summary, time);
            Groups(output, $"Net by day, New York ({summary.Currency})", summary.ByDay, name => name[5..]);
            Groups(output, $"Net by the reason of the exit ({summary.Currency})", summary.ByReason);
            Groups(output, $"Net by symbol ({summary.Currency})", summary.BySymbol);
            Groups(output, $"Net by hour of the entry, New York ({summary.Currency})", summary.ByHour, name => $"{name}:00");
            Distribution(output, trades, summary.Currency);
        }

        foreach (var symbol in summary.Symbols)
            Prices(output, symbol, result, [.. trades.Where(t => t.View.Symbol == symbol)], time);
        Trades(output, trades, summary.Currency);
        Origin(output, summary.Origin);
        output.Write("</body></html>");
    }

    private static void Facts(TextWriter output, IEnumerable<(string Name, string Value)> facts)
    {
        output.Write("<table class=\"facts\">");
        foreach (var (name, value) in facts)
            output.Write($"<tr><th>{Text(name)}</th><td>{Text(value)}</td></tr>");
        output.Write("</table>");
    }

    private static void Equity(TextWriter output, List<BacktestTrade> trades, BacktestSummary summary, TimeAxis time)
    {
        var equity = new List<(long At, double Value)> { (summary.FirstTick!.Value.UtcTicks, (double)summary.StartingCash) };
        var falls = new List<(long At, double Value)> { (equity[0].At, 0) };
        var (value, peak) = (summary.StartingCash, summary.StartingCash);
        foreach (var trade in trades)
        {
            value += trade.Net;
            peak = Math.Max(peak, value);
            equity.Add((trade.View.CloseTime.UtcTicks, (double)value));
            falls.Add((trade.View.CloseTime.UtcTicks, (double)(value - peak)));
        }

        // Both hold what they are until the end.
        var end = Math.Max(equity[^1].At, summary.LastTick!.Value.UtcTicks);
        equity.Add((end, equity[^1].Value));
        falls.Add((end, falls[^1].Value));
        output.Write($"<h2>Equity ({Text(summary.Currency)}, New York time)</h2>");
        output.Write(SvgChart.OverTime(260, time, equity.Min(p => p.Value), equity.Max(p => p.Value), "equity").Steps(Thin(equity), "line").End());
        output.Write($"<h2>Drawdown ({Text(summary.Currency)}, New York time)</h2>");
        output.Write(SvgChart.OverTime(140, time, falls.Min(p => p.Value), 0, "drawdown").Area([.. Thin(falls)], "down").End());
    }

    private static void Groups(TextWriter output, string title, IReadOnlyList<TradeGroup> groups, Func<string, string>? shorten = null)
    {
        output.Write($"<h2>{Text(title)}</h2>");
        // A single bar says nothing that the table does not.
        if (groups.Count > 1)
            output.Write(SvgChart.Bars(170, [.. groups.Select(g => new Bar(shorten?.Invoke(g.Name) ?? g.Name, (double)g.Net, $"{g.Name}: {SummaryText.Signed(g.Net)} net, {SummaryText.Signed(g.Gross)} gross, {g.Trades} trades, {g.Wins} won", g.Net < 0 ? "dn" : "up"))], title));
        output.Write("<div class=\"scroll\"><table><tr><th></th><th class=\"n\">trades</th><th class=\"n\">won</th><th class=\"n\">won %</th><th class=\"n\">gross</th><th class=\"n\">fees</th><th class=\"n\">net</th></tr>");
        foreach (var g in groups)
        {
            var share = g.Trades == 0 ? "-" : (100.0 * g.Wins / g.Trades).ToString("0.0", CultureInfo.InvariantCulture);
            output.Write($"<tr><td>{Text(g.Name)}</td><td class=\"n\">{SummaryText.Count(g.Trades)}</td><td class=\"n\">{SummaryText.Count(g.Wins)}</td><td class=\"n\">{share}</td>{Amount(g.Gross)}<td class=\"n\">{SummaryText.Amount(g.Gross - g.Net)}</td>{Amount(g.Net)}</tr>");
        }

        output.Write("</table></div>");
    }

    // Round bounds, zero among them, so that no bucket holds both gains and losses.
    private static void Distribution(TextWriter output, List<BacktestTrade> trades, string currency)
    {
        var (low, high) = (trades.Min(t => t.Net), trades.Max(t => t.Net));
        var width = Math.Max(0.01m, (decimal)ValueAxis.StepOf(Math.Max((double)(high - low), 0.01) / MostBuckets));
        var first = decimal.Floor(low / width);
        var counts = new int[(int)(decimal.Floor(high / width) - first) + 1];
        foreach (var trade in trades)
            counts[(int)(decimal.Floor(trade.Net / width) - first)]++;
        output.Write($"<h2>Trades by their net ({Text(currency)})</h2>");
        output.Write(SvgChart.Bars(
            170,
            [.. counts.Select((n, i) => (From: (first + i) * width, Count: n)).Select(b => new Bar(b.From.ToString("0.00", CultureInfo.InvariantCulture), b.Count, $"from {SummaryText.Signed(b.From)} to below {SummaryText.Signed(b.From + width)}: {b.Count} trades", b.From < 0 ? "dn" : "up"))],
            "distribution of the trades' net",
            counts: true));
        output.Write(string.Create(CultureInfo.InvariantCulture, $"<p>How many trades came to an amount from what is written below a bar to {width:0.00##} more.</p>"));
    }

    private static void Prices(TextWriter output, string symbol, BacktestResult result, List<BacktestTrade> trades, TimeAxis time)
    {
        var prices = result.Prices[symbol];
        if (prices.Count == 0)
            return;
        output.Write($"<h2>{Text(symbol)}: prices and trades ({Text(result.Settings.Symbols(Symbol.Parse(symbol)).Currency)}, New York time)</h2>");
        var chart = SvgChart.OverTime(260, time, (double)prices.Min(p => p.Low), (double)prices.Max(p => p.High), $"prices of {symbol}")
            .Band([.. prices.Select(p => (p.From.UtcTicks, (double)p.Low, (double)p.High))], "band");
        var stride = Math.Max(1, (trades.Count + MostMarks - 1) / MostMarks);
        var size = trades.Count > MostLargeMarks ? 2 : 4;
        foreach (var t in trades.Where((_, i) => i % stride == 0))
        {
            var v = t.View;
            var words = string.Create(CultureInfo.InvariantCulture, $"{v.Symbol}-{v.TradeNumber}: {v.Quantity:0.####} at {v.EntryPrice:0.00##}, {v.CloseReason} at {v.ClosePrice:0.00##}, net {SummaryText.Signed(t.Net)}");
            chart.Mark(v.EntryTime!.Value.UtcTicks, (double)v.EntryPrice!.Value, up: true, size, "buy", words);
            chart.Mark(v.CloseTime.UtcTicks, (double)v.ClosePrice!.Value, up: false, size, t.Net < 0 ? "dn" : "up", words);
        }

        output.Write(chart.End());
        if (trades.Count > 0)
            output.Write($"<p>&#9650; bought, &#9660; sold: green where the trade gained, red where it lost.{(stride > 1 ? $" One in {stride} of {SummaryText.Count(trades.Count)} trades is marked." : "")}</p>");
    }

    private static void Trades(TextWriter output, List<BacktestTrade> trades, string currency)
    {
        if (trades.Count == 0)
            return;
        output.Write($"<h2>Trades</h2><div class=\"scroll\"><table><tr><th>bought (New York)</th><th>symbol</th><th class=\"n\">shares</th><th class=\"n\">in</th><th class=\"n\">out</th><th class=\"n\">held, s</th><th>exit</th><th class=\"n\">gross, {Text(currency)}</th><th class=\"n\">fees</th><th class=\"n\">net</th></tr>");
        foreach (var t in trades.Take(MostRows))
        {
            var v = t.View;
            output.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"<tr><td>{NewYorkTime.ToNewYork(v.EntryTime!.Value):yyyy-MM-dd HH:mm:ss.fff}</td><td>{Text(v.Symbol)}</td><td class=\"n\">{v.Quantity:0.####}</td><td class=\"n\">{v.EntryPrice:0.00##}</td><td class=\"n\">{v.ClosePrice:0.00##}</td><td class=\"n\">{v.DurationSeconds:0.0}</td><td>{v.CloseReason}</td>{Amount(t.Gross)}<td class=\"n\">{v.Fees:0.00}</td>{Amount(t.Net)}</tr>"));
        }

        output.Write("</table></div>");
        if (trades.Count > MostRows)
            output.Write($"<p>The first {MostRows} of {SummaryText.Count(trades.Count)}; all of them are in trades.csv.</p>");
    }

    private static void Origin(TextWriter output, BacktestOrigin? origin)
    {
        if (origin is null)
            return;
        var rows = origin.Recording;
        output.Write("<h2>To make it again</h2>");
        Facts(
            output,
            [
                ("version", origin.Version),
                ("recording", $"{string.Join(", ", origin.Data)}: {SummaryText.Count(rows.Files)} file(s), {SummaryText.Count(rows.Rows)} rows; left out: {SummaryText.Count(rows.Suspicious)} marked suspicious, {SummaryText.Count(rows.Malformed)} malformed"),
                ("asked for", $"{Moment(origin.From) ?? "its beginning"} to {Moment(origin.To) ?? "its end"}"),
                .. origin.Settings.Count == 0 ? [("settings", "the defaults")] : origin.Settings.Select(s => (s.Key, s.Value)),
            ]);
    }

    private static string? Moment(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    // Of each stretch the lowest and the highest point stay, so that no fall is lost.
    private static IEnumerable<(long At, double Value)> Thin(List<(long At, double Value)> points)
    {
        if (points.Count <= MostPoints)
            return points;
        var size = (points.Count + (MostPoints / 2) - 1) / (MostPoints / 2);
        return points.Chunk(size).SelectMany(chunk =>
        {
            var (low, high) = (Array.IndexOf(chunk, chunk.MinBy(p => p.Value)), Array.IndexOf(chunk, chunk.MaxBy(p => p.Value)));
            return low == high ? [chunk[low]] : new[] { chunk[Math.Min(low, high)], chunk[Math.Max(low, high)] };
        }).Append(points[^1]);
    }

    private static string Amount(decimal value) => $"<td class=\"n{(value < 0 ? " l" : value > 0 ? " g" : "")}\">{SummaryText.Signed(value)}</td>";

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
