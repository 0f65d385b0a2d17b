using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace MicroTrader.Host.Tests.Support;

/// <summary>Keeps every line of the log.</summary>
internal sealed class HeardLog : ILoggerFactory, ILogger
{
    public ConcurrentQueue<(int Id, LogLevel Level, string Text)> Lines { get; } = [];

    public string Text => string.Join('\n', Lines.Select(l => l.Text));

    public int Count(int id) => Lines.Count(l => l.Id == id);

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("a test's log has no other listeners");

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue((eventId.Id, logLevel, formatter(state, exception) + exception));

    public void Dispose()
    {
    }
}
