namespace MicroTrader.MarketData;

/// <summary>
/// A clock that stands still until it is told to move, for replaying recorded prices: a trading day passes as fast as it can be
/// computed, and every timer of the robot fires at its own time between two ticks. Thread-safe; for the same result every time,
/// one driver alone should move it.
/// </summary>
public sealed class VirtualTimeProvider : TimeProvider
{
    /// <summary>
    /// How many timers may fire in one advance without the clock moving, before it is taken for a timer that re-arms itself
    /// with no delay: on a real clock that only burns the processor, here it would never end.
    /// </summary>
    internal const int MaxFiringsAtOneInstant = 1_000_000;

    private readonly Lock _gate = new();
    private readonly SortedSet<VirtualTimer> _armed = new(VirtualTimer.FiringOrder);
    private long _utcTicks;
    private long _timersCreated;

    /// <summary>Makes a clock that stands at an instant.</summary>
    /// <param name="start">Where it stands; any offset, kept as UTC.</param>
    public VirtualTimeProvider(DateTimeOffset start) => _utcTicks = start.UtcTicks;

    /// <summary>UTC: a replay must not depend on the machine's time zone.</summary>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>10,000,000: a timestamp counts 100 ns of virtual time.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>When the next timer is due (UTC); null where none is armed.</summary>
    public DateTimeOffset? NextTimerDue
    {
        get
        {
            lock (_gate)
                return _armed.Min is { } next ? At(next.DueTicks) : null;
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => At(Volatile.Read(ref _utcTicks));

    /// <summary>Virtual time in units of 100 ns; only differences between two mean anything.</summary>
    public override long GetTimestamp() => Volatile.Read(ref _utcTicks);

    /// <summary>
    /// Makes a timer on this clock. A due time of zero fires at the next advance, also at one that does not move the clock.
    /// A period of zero or <see cref="Timeout.InfiniteTimeSpan"/> fires once.
    /// </summary>
    /// <param name="callback">Called on the thread that moves the clock.</param>
    /// <param name="state">Handed to the callback.</param>
    /// <param name="dueTime">From now to the first firing; <see cref="Timeout.InfiniteTimeSpan"/> for not yet.</param>
    /// <param name="period">From one firing to the next.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time is negative (and not infinite) or beyond the calendar.</exception>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new VirtualTimer(this, Interlocked.Increment(ref _timersCreated), callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>
    /// Moves the clock, firing every timer that falls due on the way: by due time, then by order of creation, each with the clock
    /// standing at its due time. Timers that callbacks arm on the way take part.
    /// </summary>
    /// <param name="time">Where the clock stands afterwards.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time lies before the clock's.</exception>
    /// <exception cref="InvalidOperationException">Timers keep firing and the clock does not come on.</exception>
    /// <remarks>What a callback throws reaches the caller; the clock then stands at that timer's due time.</remarks>
    public void AdvanceTo(DateTimeOffset time)
    {
        var limit = Limit(time);
        var instant = long.MinValue;
        var firings = 0;
        while (TakeNext(limit) is var (timer, due))
        {
            firings = due == instant ? firings + 1 : 1;
            instant = due;
            if (firings > MaxFiringsAtOneInstant)
                throw new InvalidOperationException($"more than {MaxFiringsAtOneInstant} timers fired at {At(due):O}: a timer re-arms itself with no delay");
            timer.Fire();
        }

        lock (_gate)
            MoveTo(limit);
    }

    /// <summary>
    /// Fires only the earliest timer due at or before a limit, with the clock standing at its due time, so that a driver can let
    /// everything come to rest between two timers. Without such a timer the clock is not moved.
    /// </summary>
    /// <param name="limit">The latest due time that may fire.</param>
    /// <returns>Whether a timer fired.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The limit lies before the clock's time.</exception>
    public bool FireNext(DateTimeOffset limit)
    {
        if (TakeNext(Limit(limit)) is not var (timer, _))
            return false;
        timer.Fire();
        return true;
    }

    internal bool Arm(VirtualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            if (timer.Disposed)
                return false;
            // The sum is formed first, so that a time beyond the calendar leaves the timer as it was.
            var due = dueTime == Timeout.InfiniteTimeSpan ? (long?)null : Later(_utcTicks, dueTime);
            _armed.Remove(timer);
            timer.PeriodTicks = period == Timeout.InfiniteTimeSpan ? 0 : period.Ticks;
            if (due is { } ticks)
            {
                timer.DueTicks = ticks;
                _armed.Add(timer);
            }

            return true;
        }
    }

    internal void Disarm(VirtualTimer timer)
    {
        lock (_gate)
        {
            timer.Disposed = true;
            _armed.Remove(timer);
        }
    }

    private static DateTimeOffset At(long utcTicks) => new(utcTicks, TimeSpan.Zero);

    private static long Later(long utcTicks, TimeSpan by) =>
        by.Ticks <= DateTimeOffset.MaxValue.UtcTicks - utcTicks
            ? utcTicks + by.Ticks
            : throw new ArgumentOutOfRangeException(nameof(by), by, "a timer cannot be due after the year 9999");

    private long Limit(DateTimeOffset time)
    {
        var now = Volatile.Read(ref _utcTicks);
        return time.UtcTicks >= now
            ? time.UtcTicks
            : throw new ArgumentOutOfRangeException(nameof(time), time, $"the clock stands at {At(now):O} and cannot go back");
    }

    // Takes the earliest timer off (a periodic one is armed again at once, so that its callback may change or dispose it) and
    // moves the clock to its due time. The caller fires it without the lock.
    private (VirtualTimer Timer, long DueTicks)? TakeNext(long limit)
    {
        lock (_gate)
        {
            if (_armed.Min is not { } timer || timer.DueTicks > limit)
                return null;
            var due = timer.DueTicks;
            _armed.Remove(timer);
            if (timer.PeriodTicks > 0 && timer.PeriodTicks <= DateTimeOffset.MaxValue.UtcTicks - due)
            {
                timer.DueTicks = due + timer.PeriodTicks;
                _armed.Add(timer);
            }

            MoveTo(due);
            return (timer, due);
        }
    }

    // A callback may have moved the clock further than the advance it runs in: time never goes back.
    private void MoveTo(long utcTicks)
    {
        if (utcTicks > _utcTicks)
            Volatile.Write(ref _utcTicks, utcTicks);
    }
}
