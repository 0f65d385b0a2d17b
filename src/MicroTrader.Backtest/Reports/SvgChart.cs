using System.Globalization;
using System.Net;
using System.Text;

namespace MicroTrader.Backtest.Reports;

/// <summary>A bar of a chart.</summary>
/// <param name="Name">What is written below it.</param>
/// <param name="Value">Its height.</param>
/// <param name="Tip">What is said when it is pointed at.</param>
/// <param name="Css">Its class.</param>
internal readonly record struct Bar(string Name, double Value, string Tip, string Css);

/// <summary>Draws charts as SVG, without a script: lines over time, and bars.</summary>
internal sealed class SvgChart
{
    private const double Width = 960;
    private const double Left = 92;
    private const double Right = 12;
    private const double Top = 10;
    private const double Bottom = 26;

    // A single bar is no wall: there is room for as many as this.
    private const int FewestBars = 8;
    private const int MostNames = 10;

    private readonly StringBuilder _svg = new();
    private readonly double _height;
    private readonly TimeAxis? _time;
    private readonly ValueAxis _values;

    private SvgChart(double height, TimeAxis? time, ValueAxis values, string label)
    {
        (_height, _time, _values) = (height, time, values);
        _svg.Append(Inv($"<svg viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(label)}\">"));
        foreach (var (value, word) in values.Lines())
            _svg.Append(Inv($"<line class=\"{(value == 0 ? "zero" : "grid")}\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(value):0.##}\" y2=\"{Y(value):0.##}\"/><text class=\"ax\" x=\"{Left - 6}\" y=\"{Y(value) + 4:0.##}\" text-anchor=\"end\">{word}</text>"));
    }

    /// <summary>Values over time, New York's.</summary>
    public static SvgChart OverTime(double height, TimeAxis time, double low, double high, string label)
    {
        var chart = new SvgChart(height, time, new ValueAxis(low, high), label);
        foreach (var bound in time.DayBounds)
            chart._svg.Append(Inv($"<line class=\"grid\" x1=\"{AtPart(bound):0.##}\" x2=\"{AtPart(bound):0.##}\" y1=\"{Top}\" y2=\"{height - Bottom}\"/>"));
        foreach (var (at, word) in time.Words())
            chart._svg.Append(Inv($"<text class=\"ax\" x=\"{AtPart(at):0.#}\" y=\"{height - 7:0.#}\" text-anchor=\"{(at < 0.02 ? "start" : at > 0.97 ? "end" : "middle")}\">{word}</text>"));
        return chart;
    }

    /// <summary>Bars by name, above and below zero.</summary>
    public static string Bars(double height, IReadOnlyList<Bar> bars, string label, bool counts = false)
    {
        if (bars.Count == 0)
            return "";
        var chart = new SvgChart(height, null, new ValueAxis(Math.Min(0, bars.Min(b => b.Value)), Math.Max(0, bars.Max(b => b.Value)), counts), label);
        var zero = chart.Y(0);
        var width = 1.0 / Math.Max(bars.Count, FewestBars);
        var every = (bars.Count + MostNames - 1) / MostNames;
        for (var i = 0; i < bars.Count; i++)
        {
            var (a, b, y) = (AtPart((i + 0.12) * width), AtPart((i + 0.88) * width), chart.Y(bars[i].Value));
            chart._svg.Append(Inv($"<rect class=\"{bars[i].Css}\" x=\"{a:0.##}\" y=\"{Math.Min(y, zero):0.##}\" width=\"{b - a:0.##}\" height=\"{Math.Max(Math.Abs(y - zero), 0.5):0.##}\"><title>{WebUtility.HtmlEncode(bars[i].Tip)}</title></rect>"));
            if (i % every == 0)
                chart._svg.Append(Inv($"<text class=\"ax\" x=\"{(a + b) / 2:0.#}\" y=\"{height - 7:0.#}\" text-anchor=\"middle\">{WebUtility.HtmlEncode(bars[i].Name)}</text>"));
        }

        return chart.End();
    }

    /// <summary>A line in steps: a value holds until the next.</summary>
    public SvgChart Steps(IEnumerable<(long At, double Value)> points, string css)
    {
        var path = new StringBuilder();
        foreach (var (at, value) in points)
            path.Append(path.Length == 0 ? Inv($"M{X(at):0.##} {Y(value):0.##}") : Inv($"H{X(at):0.##}V{Y(value):0.##}"));
        _svg.Append(Inv($"<path class=\"{css}\" d=\"{path}\"/>"));
        return this;
    }

    /// <summary>What lies between steps and zero, filled.</summary>
    public SvgChart Area(IReadOnlyList<(long At, double Value)> points, string css)
    {
        var path = new StringBuilder(Inv($"M{X(points[0].At):0.##} {Y(0):0.##}"));
        foreach (var (at, value) in points)
            path.Append(Inv($"H{X(at):0.##}V{Y(value):0.##}"));
        _svg.Append(Inv($"<path class=\"{css}\" d=\"{path}V{Y(0):0.##}Z\"/>"));
        return this;
    }

    /// <summary>A filled band between two values.</summary>
    public SvgChart Band(IReadOnlyList<(long At, double Low, double High)> points, string css)
    {
        var path = new StringBuilder();
        foreach (var (at, _, high) in points)
            path.Append(Inv($"{(path.Length == 0 ? 'M' : 'L')}{X(at):0.##} {Y(high):0.##}"));
        foreach (var (at, low, _) in points.Reverse())
            path.Append(Inv($"L{X(at):0.##} {Y(low):0.##}"));
        _svg.Append(Inv($"<path class=\"{css}\" d=\"{path}Z\"/>"));
        return this;
    }

    /// <summary>A triangle that points up or down, with words.</summary>
    public SvgChart Mark(long at, double value, bool up, double size, string css, string tip)
    {
        _svg.Append(Inv($"<path class=\"{css}\" d=\"M{X(at):0.##} {Y(value):0.##}l{-size} {(up ? 2.5 : -2.5) * size}h{2 * size}z\"><title>{WebUtility.HtmlEncode(tip)}</title></path>"));
        return this;
    }

    /// <summary>The chart, whole.</summary>
    public string End() => _svg.Append("</svg>").ToString();

    private static string Inv(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static double AtPart(double part) => Left + (part * (Width - Left - Right));

    private double X(long utcTicks) => AtPart(_time!.Of(utcTicks));

    private double Y(double value) => Top + ((_values.High - value) / (_values.High - _values.Low) * (_height - Top - Bottom));
}
