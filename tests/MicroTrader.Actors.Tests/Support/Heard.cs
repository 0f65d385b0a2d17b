using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using MicroTrader.Actors.Diagnostics;

namespace MicroTrader.Actors.Tests.Support;

/// <summary>A measurement.</summary>
internal sealed record Measured(string Name, double Value, IReadOnlyDictionary<string, object?> Tags);

/// <summary>Hears one robot's instruments: others run in the same process.</summary>
internal sealed class Heard : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<Measured> _all = [];

    public Heard(RobotMetrics metrics)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (metrics.Owns(instrument))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument.Name, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument.Name, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument.Name, value, tags));
        _listener.Start();
    }

    public List<Measured> Of(string name) => [.. _all.Where(m => m.Name == name)];

    /// <summary>Has the instruments that are only read when asked say what they show.</summary>
    public void Look() => _listener.RecordObservableInstruments();

    public void Dispose() => _listener.Dispose();

    private void Add(string name, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _all.Enqueue(new Measured(name, value, tags.ToArray().ToDictionary(t => t.Key, t => t.Value)));
}
