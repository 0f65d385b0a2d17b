using System.Diagnostics;
using System.Globalization;
using MicroTrader.Backtest;
using MicroTrader.Backtest.Reports;

namespace MicroTrader.Host.Cli;

/// <summary>One line of a terminal that says how far a backtest is, how fast it goes and how long it will take.</summary>
internal sealed class ProgressLine(TextWriter terminal, Func<int> columns) : IDisposable
{
    private const int UsualColumns = 80;
    private const int BarWidth = 30;
    private const int SmallBarWidth = 10;
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(200);

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _shownAt;
    private int _width;

    /// <summary>A line where somebody looks at a terminal; null where a file or another program gets what is written.</summary>
    public static ProgressLine? For(TextWriter error) => ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected ? new ProgressLine(error, Columns) : null;

    /// <summary>Shows how far it is; not more often than can be read.</summary>
    public void Show(BacktestProgress progress)
    {
        var elapsed = _watch.Elapsed;
        if (elapsed - _shownAt < Every)
            return;
        _shownAt = elapsed;
        Write(Text(progress, elapsed, columns()));
    }

    /// <summary>The line's text: as much as a terminal has room for, for a line that is broken in two cannot be written over.</summary>
    /// <param name="progress">How far it is.</param>
    /// <param name="elapsed">Since when.</param>
    /// <param name="columns">The terminal's width in characters.</param>
    public static string Text(BacktestProgress progress, TimeSpan elapsed, int columns)
    {
        var percent = string.Create(CultureInfo.InvariantCulture, $"{progress.Fraction * 100,3:0} %");
        var rate = SummaryText.Rate(progress.Ticks / Math.Max(elapsed.TotalSeconds, 0.001), "ticks");
        var at = string.Create(CultureInfo.InvariantCulture, $"{progress.At?.UtcDateTime:yyyy-MM-dd HH:mm}");
        var trades = $"{SummaryText.Count(progress.Trades)} trades";
        // Of the first per cent the rest cannot be told.
        var left = progress.Fraction >= 0.01 ? Duration(elapsed * ((1 - progress.Fraction) / progress.Fraction)) + " left" : "";
        string[][] forms =
        [
            [$"{Bar(progress, BarWidth)} {percent}", rate, at, trades, left],
            [$"{Bar(progress, SmallBarWidth)} {percent}", rate, at, trades, left],
            [$"{Bar(progress, SmallBarWidth)} {percent}", rate, left],
            [percent, rate, left],
            [percent],
        ];
        // The last column stays free: some terminals go on to the next line once it is written.
        return forms.Select(f => string.Join("  ", f.Where(p => p.Length > 0))).FirstOrDefault(l => l.Length < columns, "");
    }

    /// <summary>Takes the line away.</summary>
    public void Dispose()
    {
        if (_width > 0)
            terminal.Write($"\r{new string(' ', _width)}\r");
    }

    // Windows knows no width where only the errors go to the terminal, and a terminal that was never sized says 0.
    private static int Columns() => OperatingSystem.IsWindows() && Console.IsOutputRedirected ? UsualColumns : Console.WindowWidth is > 0 and var width ? width : UsualColumns;

    private static string Bar(BacktestProgress progress, int width)
    {
        var done = Math.Clamp((int)(progress.Fraction * width), 0, width);
        return $"[{new string('#', done)}{new string('.', width - done)}]";
    }

    private static string Duration(TimeSpan left) => left.TotalHours >= 1 ? $"{(int)left.TotalHours} h {left.Minutes} min" : left.TotalMinutes >= 1 ? $"{left.Minutes} min {left.Seconds} s" : $"{Math.Ceiling(left.TotalSeconds)} s";

    private void Write(string line)
    {
        terminal.Write($"\r{line.PadRight(_width)}");
        terminal.Flush();
        _width = line.Length;
    }
}
