using Microsoft.Extensions.Logging;
using MicroTrader.Simulation.Shared;

namespace MicroTrader.Simulation.Actors;

/// <summary>The robot's log as lines of the trace.</summary>
internal sealed class TraceLogs(Trace trace, TimeProvider clock) : ILoggerFactory
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Lines(trace, clock, categoryName.Split('.')[^1]);

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider)
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private sealed class Lines(Trace trace, TimeProvider clock, string who) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Debug;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            trace.Add((clock.GetUtcNow() - SimClock.Epoch).Ticks, who, $"{(logLevel >= LogLevel.Error ? "ERROR " : "")}{formatter(state, exception)}");
    }
}
