using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace MicroTrader.Actors.Tests.Support;

/// <summary>One line of the log.</summary>
internal sealed record LogLine(LogLevel Level, string Category, int EventId, string Message, IReadOnlyDictionary<string, object?> Properties, Exception? Exception);

/// <summary>Keeps every line of the log, in order.</summary>
internal sealed class CapturedLogs : ILoggerProvider
{
    private readonly ConcurrentQueue<LogLine> _lines = new();

    public IReadOnlyList<LogLine> Lines => [.. _lines];

    /// <summary>The robot's own lines at Information and above; what Akka says of itself is not among them.</summary>
    public IReadOnlyList<LogLine> ForPeople =>
        [.. _lines.Where(l => l.Level >= LogLevel.Information && l.Category.StartsWith("MicroTrader.Actors.", StringComparison.Ordinal))];

    public int Count(int eventId) => _lines.Count(l => l.EventId == eventId);

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, _lines);

    public void Dispose()
    {
    }

    private sealed class Logger(string category, ConcurrentQueue<LogLine> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var properties = new Dictionary<string, object?>(StringComparer.Ordinal);
            foreach (var (name, value) in state as IReadOnlyList<KeyValuePair<string, object?>> ?? [])
                properties[name] = value;
            lines.Enqueue(new LogLine(logLevel, category, eventId.Id, formatter(state, exception), properties, exception));
        }
    }
}
