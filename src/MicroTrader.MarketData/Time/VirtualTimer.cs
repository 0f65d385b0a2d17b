namespace MicroTrader.MarketData;

/// <summary>A timer of <see cref="VirtualTimeProvider"/>. Its fields are guarded by the provider's lock.</summary>
internal sealed class VirtualTimer : ITimer
{
    private readonly VirtualTimeProvider _provider;
    private readonly long _number;
    private readonly TimerCallback _callback;
    private readonly object? _state;
    private readonly ExecutionContext? _context;

    public VirtualTimer(VirtualTimeProvider provider, long number, TimerCallback callback, object? state)
    {
        _provider = provider;
        _number = number;
        _callback = callback;
        _state = state;
        // As the system's timers do: the callback sees the async-locals of whoever made the timer, not those of the driver.
        _context = ExecutionContext.Capture();
    }

    /// <summary>By due time, then by order of creation: the same run fires in the same order every time.</summary>
    public static IComparer<VirtualTimer> FiringOrder { get; } = Comparer<VirtualTimer>.Create(static (a, b) =>
        a.DueTicks != b.DueTicks ? a.DueTicks.CompareTo(b.DueTicks) : a._number.CompareTo(b._number));

    public long DueTicks { get; set; }

    public long PeriodTicks { get; set; }

    public bool Disposed { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        Check(dueTime, nameof(dueTime));
        Check(period, nameof(period));
        return _provider.Arm(this, dueTime, period);
    }

    public void Fire()
    {
        if (_context is null)
            _callback(_state);
        else
            ExecutionContext.Run(_context, static timer => ((VirtualTimer)timer!).Call(), this);
    }

    public void Dispose() => _provider.Disarm(this);

    // A callback that is running runs on the driver's thread; waiting for it here could wait for oneself.
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private static void Check(TimeSpan time, string name)
    {
        if (time < TimeSpan.Zero && time != Timeout.InfiniteTimeSpan)
            throw new ArgumentOutOfRangeException(name, time, "zero, a positive time or Timeout.InfiniteTimeSpan is allowed");
    }

    private void Call() => _callback(_state);
}
