using System.Diagnostics.Metrics;
using MicroTrader.Actors.Diagnostics;

namespace MicroTrader.Host.Running;

/// <summary>Keeps the newest measurements of signal-to-POST, for the summary: p50 and p99 over the last 10,000.</summary>
internal sealed class LatencyRecorder : IDisposable
{
    private const int Most = 10_000;
    private readonly MeterListener _listener = new();
    private readonly Queue<double> _milliseconds = new();

    /// <summary>Begins to listen.</summary>
    public LatencyRecorder()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == RobotMetrics.MeterName && instrument.Name == RobotMetrics.SignalToPost)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((_, value, _, _) => Add(value));
        _listener.Start();
    }

    /// <summary>The measurements' number, p50 and p99 in milliseconds; null without any.</summary>
    public (int Count, double P50, double P99)? Summary()
    {
        double[] sorted;
        lock (_milliseconds)
            sorted = [.. _milliseconds.Order()];
        return sorted.Length == 0 ? null : (sorted.Length, At(sorted, 0.50), At(sorted, 0.99));
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
