using System.Diagnostics;
using System.Globalization;
using MicroTrader.Backtest;

namespace MicroTrader.Host.Cli;

/// <summary>One line of a terminal that says how far a backtest is, how fast it goes and how long it will take.</summary>
internal sealed class ProgressLine(TextWriter terminal) : IDisposable
{
    private const int BarWidth = 30;
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(200);

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _shownAt;
    private int _width;

    /// <summary>A line where somebody looks at a terminal; null where a file or another program gets what is written.</summary>
    public static ProgressLine? For(TextWriter error) => ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected ? new ProgressLine(error) : null;

    /// <summary>Shows how far it is; not more often than can be read.</summary>
    public void Show(BacktestProgress progress)
    {
        var elapsed = _watch.Elapsed;
        if (elapsed - _shownAt < Every)
            return;
        _shownAt = elapsed;
        Write(Text(progress, elapsed));
    }

    /// <summary>The line's text.</summary>
    public static string Text(BacktestProgress progress, TimeSpan elapsed)
    {
        var done = Math.Clamp((int)(progress.Fraction * BarWidth), 0, BarWidth);
        // Of the first per cent the rest cannot be told.
        var left = progress.Fraction >= 0.01 ? Duration(elapsed * ((1 - progress.Fraction) / progress.Fraction)) + " left" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"[{new string('#', done)}{new string('.', BarWidth - done)}] {progress.Fraction * 100,3:0} %  {progress.Ticks / Math.Max(elapsed.TotalSeconds, 0.001) / 1e6:0.0} M ticks/s  {progress.At?.UtcDateTime:yyyy-MM-dd HH:mm}  {progress.Trades} trades  {left}").TrimEnd();
    }

    /// <summary>Takes the line away.</summary>
    public void Dispose()
    {
        if (_width > 0)
            terminal.Write($"\r{new string(' ', _width)}\r");
    }

    private static string Duration(TimeSpan left) => left.TotalHours >= 1 ? $"{(int)left.TotalHours} h {left.Minutes} min" : left.TotalMinutes >= 1 ? $"{left.Minutes} min {left.Seconds} s" : $"{Math.Ceiling(left.TotalSeconds)} s";

    private void Write(string line)
    {
        terminal.Write($"\r{line.PadRight(_width)}");
        terminal.Flush();
        _width = line.Length;
    }
}
