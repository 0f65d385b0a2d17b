using System.Diagnostics.Metrics;

namespace MicroTrader.Actors.Diagnostics;

/// <summary>The robot's measurements, under the meter <see cref="MeterName"/>.</summary>
public sealed class RobotMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "MicroTrader";

    /// <summary>From the strategy's decision to the moment its order's body is handed to the transport, in milliseconds.</summary>
    public const string SignalToPost = "microtrader.signal_to_post";

    /// <summary>Ticks that strategies took in.</summary>
    public const string Ticks = "microtrader.ticks";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _ticks;
    private readonly Counter<long> _signals;
    private readonly Counter<long> _outcomes;
    private readonly Counter<long> _denials;
    private readonly Histogram<double> _signalToPost;

    /// <summary>Makes the instruments.</summary>
    public RobotMetrics()
    {
        _ticks = _meter.CreateCounter<long>(Ticks, "{tick}", "Ticks that strategies took in");
        _signals = _meter.CreateCounter<long>("microtrader.signals", "{signal}", "Entry signals");
        _outcomes = _meter.CreateCounter<long>("microtrader.order_outcomes", "{order}", "Orders by outcome");
        _denials = _meter.CreateCounter<long>("microtrader.entry_denials", "{entry}", "Entries that risk denied, by code");
        _signalToPost = _meter.CreateHistogram<double>(SignalToPost, "ms", "From the strategy's decision to the hand-over of the order's body");
    }

    /// <summary>Counts a tick.</summary>
    public void Tick() => _ticks.Add(1);

    /// <summary>Counts an entry signal.</summary>
    public void Signal() => _signals.Add(1);

    /// <summary>Counts an order's outcome.</summary>
    public void Outcome(string outcome) => _outcomes.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>Counts a denial.</summary>
    public void Denial(string code) => _denials.Add(1, new KeyValuePair<string, object?>("code", code));

    /// <summary>Measures a way from signal to POST.</summary>
    public void SignalPosted(TimeSpan elapsed) => _signalToPost.Record(elapsed.TotalMilliseconds);

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
