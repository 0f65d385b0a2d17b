using System.Globalization;
using MicroTrader.Dashboard.Text;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Robot;
using Plotly.Blazor;
using Plotly.Blazor.LayoutLib;
using Plotly.Blazor.Traces;
using Plotly.Blazor.Traces.ScatterLib;

namespace MicroTrader.Dashboard.Live;

/// <summary>What the chart draws: candles with volume, what was bought and sold, and the limits of what is open. Times are UTC.</summary>
/// <param name="Data">The traces.</param>
/// <param name="Layout">Axes and colours.</param>
internal sealed record ChartFigure(IList<ITrace> Data, Layout Layout)
{
    /// <summary>The most candles on the chart.</summary>
    public const int MostCandles = 180;

    /// <summary>Widths of a candle that can be chosen, in seconds.</summary>
    public static IReadOnlyList<int> Widths { get; } = [1, 5, 15, 60];

    /// <summary>Before the first price.</summary>
    public static ChartFigure Empty => Of("", 5, [], null, [], dark: false);

    /// <summary>The chart's own tools are left out: panning and hovering are enough.</summary>
    public static Config Config { get; } = new() { Responsive = true, DisplayModeBar = Plotly.Blazor.ConfigLib.DisplayModeBarEnum.False, DisplayLogo = false };

    /// <summary>Makes a figure.</summary>
    public static ChartFigure Of(
        string symbol, int seconds, IReadOnlyList<Candle> candles, PositionView? open, IReadOnlyList<TradeView> trades, bool dark)
    {
        var colours = Colours.Of(dark);
        var from = candles.Count > 0 ? candles[0].Start : DateTimeOffset.MaxValue;
        var shown = trades.Where(t => t.Symbol == symbol && t.EntryTime >= from && t.ClosePrice is not null).ToList();
        var data = new List<ITrace> { Volume(candles, colours), Candles(candles, colours) };
        var limits = new List<(string Name, decimal Price, string Colour, string Dash)>();
        if (open is { EntryPrice: { } entry } && candles.Count > 0)
        {
            var end = candles[^1].Start + TimeSpan.FromSeconds(seconds);
            limits.Add(("entry", entry, colours.Entry, "solid"));
            // Where the person is asked first, no price leaves it.
            if (open is { TakeProfitPrice: { } profit, StopLossPrice: { } loss, Blocked: null })
            {
                limits.Add(("TP", profit, colours.Up, "dash"));
                limits.Add(("SL", loss, colours.Down, "dash"));
            }

            // Traces, not shapes: the axis makes room for them.
            foreach (var (name, level, colour, dash) in limits)
                data.Add(Line(name, from, end, level, colour, dash));
        }

        var bought = shown.Select(t => (t.EntryTime!.Value, t.EntryPrice!.Value, $"bought, {t.Symbol}-{t.TradeNumber}")).ToList();
        if (open is { EntryPrice: { } price, EntryTime: { } at } && at >= from)
            bought.Add((at, price, $"bought, {open.Reference}"));
        data.Add(Markers("Bought", bought, "triangle-up", colours.Entry));
        data.Add(Markers("Sold", [.. shown.Select(t => (t.CloseTime, t.ClosePrice!.Value, $"sold, {t.CloseReason}, {t.Symbol}-{t.TradeNumber}"))], "triangle-down", colours.Exit));
        return new ChartFigure(data, MakeLayout($"{symbol} {seconds}", limits, candles.Count == 0, colours));
    }

    private static Candlestick Candles(IReadOnlyList<Candle> candles, Colours colours) => new()
    {
        Name = "Price",
        X = [.. candles.Select(c => (object)Time(c.Start))],
        Open = [.. candles.Select(c => (object)c.Open)],
        High = [.. candles.Select(c => (object)c.High)],
        Low = [.. candles.Select(c => (object)c.Low)],
        Close = [.. candles.Select(c => (object)c.Close)],
        Increasing = new() { FillColor = colours.Up, Line = new() { Color = colours.Up, Width = 1 } },
        Decreasing = new() { FillColor = colours.Down, Line = new() { Color = colours.Down, Width = 1 } },
        ShowLegend = false,
    };

    private static Bar Volume(IReadOnlyList<Candle> candles, Colours colours) => new()
    {
        Name = "Volume",
        X = [.. candles.Select(c => (object)Time(c.Start))],
        Y = [.. candles.Select(c => (object)c.Volume)],
        YAxis = "y2",
        Marker = new() { Color = colours.Volume },
        ShowLegend = false,
    };

    private static Scatter Line(string name, DateTimeOffset from, DateTimeOffset to, decimal price, string colour, string dash) => new()
    {
        Name = name,
        X = [Time(from), Time(to)],
        Y = [price, price],
        Mode = ModeFlag.Lines,
        Line = new() { Color = colour, Width = 1.5m, Dash = dash },
        ShowLegend = false,
    };

    private static Scatter Markers(string name, IReadOnlyList<(DateTimeOffset At, decimal Price, string Text)> points, string shape, string colour) => new()
    {
        Name = name,
        X = [.. points.Select(p => (object)Time(p.At))],
        Y = [.. points.Select(p => (object)p.Price)],
        TextArray = [.. points.Select(p => p.Text)],
        Mode = ModeFlag.Markers,
        Marker = new()
        {
            Symbol = shape == "triangle-up" ? Plotly.Blazor.Traces.ScatterLib.MarkerLib.SymbolEnum.TriangleUp : Plotly.Blazor.Traces.ScatterLib.MarkerLib.SymbolEnum.TriangleDown,
            Size = 13,
            Color = colour,
            Line = new() { Color = "#ffffff", Width = 1 },
        },
        ShowLegend = false,
    };

    private static Annotation Words(string text) => new()
    {
        XRef = "paper",
        X = 0.5m,
        XAnchor = Plotly.Blazor.LayoutLib.AnnotationLib.XAnchorEnum.Center,
        YRef = "paper",
        Y = 0.5m,
        YAnchor = Plotly.Blazor.LayoutLib.AnnotationLib.YAnchorEnum.Middle,
        Text = text,
        ShowArrow = false,
        Font = new() { Size = 14 },
    };

    private static Layout MakeLayout(string revision, IEnumerable<(string Name, decimal Price, string Colour, string Dash)> limits, bool isEmpty, Colours colours) => new()
    {
        Annotations =
        [
            .. limits.Select(l => new Annotation
            {
                XRef = "paper",
                X = 0m,
                XAnchor = Plotly.Blazor.LayoutLib.AnnotationLib.XAnchorEnum.Left,
                Y = l.Price,
                YAnchor = Plotly.Blazor.LayoutLib.AnnotationLib.YAnchorEnum.Bottom,
                Text = $"{l.Name} {NumberText.Price(l.Price)}",
                ShowArrow = false,
                BgColor = colours.Panel,
                Font = new() { Color = l.Colour, Size = 12 },
            }),
            .. isEmpty ? [Words("No price yet.")] : Array.Empty<Annotation>(),
        ],
        AutoSize = true,
        UiRevision = revision,
        Margin = new() { L = 8, R = 64, T = 8, B = 32 },
        PaperBgColor = "rgba(0,0,0,0)",
        PlotBgColor = "rgba(0,0,0,0)",
        Font = new() { Color = colours.Text, Family = "system-ui, sans-serif", Size = 12 },
        ShowLegend = false,
        DragMode = DragModeEnum.Pan,
        HoverMode = HoverModeEnum.X,
        BarGap = 0.2m,
        XAxis =
        [
            // Of nothing Plotly draws axes with numbers of its own, which would be taken for prices and times.
            new XAxis
            {
                Visible = !isEmpty,
                Type = Plotly.Blazor.LayoutLib.XAxisLib.TypeEnum.Date,
                GridColor = colours.Grid,
                LineColor = colours.Grid,
                TickFormat = "%H:%M:%S",
                HoverFormat = "%H:%M:%S",
                RangeSlider = new() { Visible = false },
                Anchor = "y2",
            },
        ],
        YAxis =
        [
            new YAxis { Visible = !isEmpty, Domain = [0.22m, 1m], GridColor = colours.Grid, Side = Plotly.Blazor.LayoutLib.YAxisLib.SideEnum.Right, TickFormat = ".2f", ZeroLine = false },
            new YAxis { Visible = !isEmpty, Domain = [0m, 0.16m], GridColor = colours.Grid, Side = Plotly.Blazor.LayoutLib.YAxisLib.SideEnum.Right, FixedRange = true, NTicks = 3, ZeroLine = false },
        ],
    };

    // Plotly shows a time as it is written: without a zone, in UTC.
    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);

    private sealed record Colours(string Up, string Down, string Entry, string Exit, string Volume, string Grid, string Text, string Panel)
    {
        public static Colours Of(bool dark) => dark
            ? new("#22c55e", "#f87171", "#7aa2ff", "#fbbf54", "rgba(154,167,181,.45)", "#26303c", "#b6c1cd", "#18202a")
            : new("#0a7a3f", "#c62828", "#1d4ed8", "#b45309", "rgba(85,96,109,.35)", "#e6eaef", "#3d4855", "#ffffff");
    }
}
