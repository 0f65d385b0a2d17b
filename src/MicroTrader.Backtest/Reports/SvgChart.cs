using System.Globalization;
using System.Net;
using System.Text;

namespace MicroTrader.Backtest.Reports;

/// <summary>Draws charts as SVG, without a script: lines over time, and bars.</summary>
internal sealed class SvgChart
{
    private const double Width = 960;
    private const double Left = 76;
    private const double Right = 12;
    private const double Top = 10;
    private const double Bottom = 24;

    private readonly StringBuilder _svg = new();
    private readonly double _height;
    private readonly double _x0;
    private readonly double _x1;
    private readonly double _y0;
    private readonly double _y1;

    private SvgChart(double height, double x0, double x1, double y0, double y1, string label)
    {
        _height = height;
        // A line that never moves still needs a height.
        (_x0, _x1) = x1 > x0 ? (x0, x1) : (x0, x0 + 1);
        var pad = y1 > y0 ? (y1 - y0) * 0.04 : Math.Max(Math.Abs(y0) * 0.01, 0.5);
        (_y0, _y1) = (y0 - pad, y1 + pad);
        _svg.Append(Inv($"<svg viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(label)}\">"));
    }

    /// <summary>Lines over time, each as points of time (UTC ticks) and value.</summary>
    public static SvgChart OverTime(double height, long from, long to, double low, double high, string label)
    {
        var chart = new SvgChart(height, from, to, low, high, label);
        chart.Grid();
        const int Stamps = 6;
        var format = to - from > TimeSpan.TicksPerDay ? "MM-dd HH:mm" : to - from > TimeSpan.TicksPerMinute * 20 ? "HH:mm" : "HH:mm:ss";
        for (var i = 0; i < Stamps; i++)
        {
            var at = from + ((to - from) * i / (Stamps - 1));
            var anchor = i == 0 ? "start" : i == Stamps - 1 ? "end" : "middle";
            chart._svg.Append(Inv($"<text class=\"ax\" x=\"{chart.X(at):0.#}\" y=\"{height - 6:0.#}\" text-anchor=\"{anchor}\">{new DateTime(at, DateTimeKind.Utc).ToString(format, CultureInfo.InvariantCulture)}</text>"));
        }

        return chart;
    }

    /// <summary>Bars by name, above and below zero.</summary>
    public static string Bars(double height, IReadOnlyList<(string Name, double Value, string Tip)> bars, string label)
    {
        if (bars.Count == 0)
            return "";
        var chart = new SvgChart(height, 0, bars.Count, Math.Min(0, bars.Min(b => b.Value)), Math.Max(0, bars.Max(b => b.Value)), label);
        chart.Grid();
        var zero = chart.Y(0);
        var every = Math.Max(1, bars.Count / 16);
        for (var i = 0; i < bars.Count; i++)
        {
            var (name, value, tip) = bars[i];
            var (a, b) = (chart.X(i + 0.12), chart.X(i + 0.88));
            var y = chart.Y(value);
            chart._svg.Append(Inv($"<rect class=\"{(value < 0 ? "dn" : "up")}\" x=\"{a:0.##}\" y=\"{Math.Min(y, zero):0.##}\" width=\"{b - a:0.##}\" height=\"{Math.Max(Math.Abs(y - zero), 0.5):0.##}\"><title>{WebUtility.HtmlEncode(tip)}</title></rect>"));
            if (i % every == 0)
                chart._svg.Append(Inv($"<text class=\"ax\" x=\"{(a + b) / 2:0.#}\" y=\"{height - 6:0.#}\" text-anchor=\"middle\">{WebUtility.HtmlEncode(name)}</text>"));
        }

        chart._svg.Append(Inv($"<line class=\"zero\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{zero:0.##}\" y2=\"{zero:0.##}\"/>"));
        return chart.End();
    }

    /// <summary>A line; as steps, a value holds until the next.</summary>
    public SvgChart Line(IEnumerable<(long At, double Value)> points, string css, bool steps = false)
    {
        var path = new StringBuilder();
        foreach (var (at, value) in points)
        {
            if (path.Length == 0)
                path.Append(Inv($"M{X(at):0.##} {Y(value):0.##}"));
            else
                path.Append(steps ? Inv($"H{X(at):0.##}V{Y(value):0.##}") : Inv($"L{X(at):0.##} {Y(value):0.##}"));
        }

        _svg.Append(Inv($"<path class=\"{css}\" d=\"{path}\"/>"));
        return this;
    }

    /// <summary>A filled band between two values.</summary>
    public SvgChart Band(IReadOnlyList<(long At, double Low, double High)> points, string css)
    {
        if (points.Count == 0)
            return this;
        var path = new StringBuilder();
        foreach (var (at, _, high) in points)
            path.Append(Inv($"{(path.Length == 0 ? 'M' : 'L')}{X(at):0.##} {Y(high):0.##}"));
        foreach (var (at, low, _) in points.Reverse())
            path.Append(Inv($"L{X(at):0.##} {Y(low):0.##}"));
        _svg.Append(Inv($"<path class=\"{css}\" d=\"{path}Z\"/>"));
        return this;
    }

    /// <summary>A triangle that points up or down, with words.</summary>
    public SvgChart Mark(long at, double value, bool up, string css, string tip)
    {
        var (x, y) = (X(at), Y(value));
        var d = up ? 5 : -5;
        _svg.Append(Inv($"<path class=\"{css}\" d=\"M{x:0.##} {y:0.##}l-4 {d + d}h8z\"><title>{WebUtility.HtmlEncode(tip)}</title></path>"));
        return this;
    }

    /// <summary>The chart, whole.</summary>
    public string End() => _svg.Append("</svg>").ToString();

    private static string Inv(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private double X(double value) => Left + ((value - _x0) / (_x1 - _x0) * (Width - Left - Right));

    private double Y(double value) => Top + ((_y1 - value) / (_y1 - _y0) * (_height - Top - Bottom));

    private void Grid()
    {
        const int Lines = 4;
        var format = _y1 - _y0 < 0.05 ? "0.0000" : _y1 - _y0 < 20 ? "0.00" : "#,0";
        for (var i = 0; i <= Lines; i++)
        {
            var value = _y0 + ((_y1 - _y0) * i / Lines);
            var y = Y(value);
            _svg.Append(Inv($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y:0.##}\" y2=\"{y:0.##}\"/><text class=\"ax\" x=\"{Left - 6}\" y=\"{y + 4:0.##}\" text-anchor=\"end\">{value.ToString(format, CultureInfo.InvariantCulture)}</text>"));
        }
    }
}
