using MicroTrader.MarketData;

namespace MicroTrader.Simulation.Actors;

/// <summary>The simulation's clock as one life of the robot sees it: its timers end with it.</summary>
internal sealed class LifeClock(VirtualTimeProvider clock) : TimeProvider
{
    private bool _isDead;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => clock.TimestampFrequency;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    /// <inheritdoc/>
    public override long GetTimestamp() => clock.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (_isDead)
            return DeadTimer.Instance;
        return clock.CreateTimer(Ring, state, dueTime, period);

        void Ring(object? of)
        {
            if (!_isDead)
                callback(of);
        }
    }

    /// <summary>No timer of this life rings any more.</summary>
    public void Kill() => _isDead = true;

    private sealed class DeadTimer : ITimer
    {
        public static readonly DeadTimer Instance = new();

        public bool Change(TimeSpan dueTime, TimeSpan period) => false;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
