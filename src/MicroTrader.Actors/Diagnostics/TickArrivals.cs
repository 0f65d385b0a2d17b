namespace MicroTrader.Actors.Diagnostics;

/// <summary>When a symbol's newest tick was, for its feed's age. One writer, any readers.</summary>
public sealed class TickArrivals
{
    private long _ticks;

    /// <summary>The newest tick's time, by the feed's clock; null before the first.</summary>
    public DateTimeOffset? Last => Volatile.Read(ref _ticks) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>Notes a tick.</summary>
    public void Seen(DateTimeOffset time) => Volatile.Write(ref _ticks, time.UtcTicks);
}
