using System.Globalization;
using MicroTrader.Domain.Robot;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Display;

namespace MicroTrader.Host.Logging;

/// <summary>Keeps the newest lines of the log in memory, for the page. It holds a fixed number, and no line that is endless.</summary>
internal sealed class LogTail : ILogEventSink, ILogTail
{
    private const int Capacity = 1_000;
    private const int LongestLine = 2_000;

    // As the console and the files have it: text without quotes.
    private readonly MessageTemplateTextFormatter _plain = new("{Message:lj}", CultureInfo.InvariantCulture);
    private readonly Lock _gate = new();
    private readonly LogLine[] _ring = new LogLine[Capacity];
    private long _written;

    /// <inheritdoc/>
    public long Version => Interlocked.Read(ref _written);

    /// <inheritdoc/>
    public void Emit(LogEvent logEvent)
    {
        // Rendered outside of the lock: what logs must not wait for what is shown.
        using var words = new StringWriter(CultureInfo.InvariantCulture);
        _plain.Format(logEvent, words);
        var message = Cut(words.ToString());
        var error = logEvent.Exception is { } e ? Cut($"{e.GetType().Name}: {e.Message.Split('\n')[0].TrimEnd()}") : null;
        lock (_gate)
        {
            _ring[_written % Capacity] = new LogLine(_written + 1, logEvent.Timestamp, logEvent.Level.ToString(), message, error);
            _written++;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<LogLine> Newest(int most)
    {
        lock (_gate)
        {
            var count = (int)Math.Min(Math.Min(_written, Capacity), Math.Max(0, most));
            var lines = new LogLine[count];
            for (var i = 0; i < count; i++)
                lines[i] = _ring[(_written - 1 - i) % Capacity];
            return lines;
        }
    }

    private static string Cut(string text) => text.Length <= LongestLine ? text : text[..LongestLine] + "...";
}
