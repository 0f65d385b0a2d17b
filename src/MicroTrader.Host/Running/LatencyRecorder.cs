using System.Diagnostics.Metrics;
using MicroTrader.Actors.Diagnostics;

namespace MicroTrader.Host.Running;

/// <summary>The newest measurements of an instrument, in milliseconds.</summary>
/// <param name="Count">How many.</param>
/// <param name="P50">Half of them are no longer.</param>
/// <param name="P99">99 of 100 are no longer.</param>
/// <param name="Max">The longest.</param>
internal readonly record struct Latencies(int Count, double P50, double P99, double Max);

/// <summary>Keeps the newest measurements of one of the robot's instruments, for the summary: the last 10,000.</summary>
internal sealed class LatencyRecorder : IDisposable
{
    private const int Most = 10_000;
    private readonly MeterListener _listener = new();
    private readonly Queue<double> _milliseconds = new();

    /// <summary>Begins to listen.</summary>
    /// <param name="name">The instrument, e.g. <see cref="RobotMetrics.SignalToPost"/>; it measures in milliseconds.</param>
    public LatencyRecorder(string name)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == RobotMetrics.MeterName && instrument.Name == name)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((_, value, _, _) => Add(value));
        _listener.Start();
    }

    /// <summary>What was measured; null where nothing was.</summary>
    public Latencies? Summary()
    {
        double[] sorted;
        lock (_milliseconds)
            sorted = [.. _milliseconds.Order()];
        return sorted.Length == 0 ? null : new Latencies(sorted.Length, At(sorted, 0.50), At(sorted, 0.99), sorted[^1]);
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private static double At(double[] sorted, double quantile) => sorted[Math.Clamp((int)Math.Ceiling(quantile * sorted.Length) - 1, 0, sorted.Length - 1)];

    private void Add(double value)
    {
        lock (_milliseconds)
        {
            _milliseconds.Enqueue(value);
            if (_milliseconds.Count > Most)
                _milliseconds.Dequeue();
        }
    }
}
