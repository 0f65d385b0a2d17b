using Akka.Actor;
using MicroTrader.Actors.Execution;
using MicroTrader.Domain.Market;
using MicroTrader.MarketData;

namespace MicroTrader.Actors.Replay;

/// <summary>What a replay has done.</summary>
/// <param name="Ticks">Ticks that were handed to the robot.</param>
/// <param name="FirstTick">The first one's time; null without any.</param>
/// <param name="LastTick">The last one's time; null without any.</param>
/// <param name="Completed">Whether the recording was read to its end.</param>
public sealed record ReplayProgress(long Ticks, DateTimeOffset? FirstTick, DateTimeOffset? LastTick, bool Completed);

/// <summary>
/// Plays a recording to a robot that runs on an <see cref="ActorPump"/>. Time is the recording's: the clock moves on, one timer or one tick at a time,
/// only while everything that the step before set off is at rest. After the last tick the timers go on until what is held can have been left.
/// </summary>
public sealed class ReplayDriver : IDisposable
{
    private readonly ActorPump _pump;
    private readonly VirtualTimeProvider _clock;
    private readonly IActorRef _robot;
    private readonly Action<Tick> _venue;
    private readonly IEnumerator<RecordedTick> _ticks;
    private readonly double? _speed;
    private readonly TimeSpan _tail;
    private readonly TimeProvider _realTime;
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RecordedTick? _next;
    private bool _ended;
    private volatile bool _stopping;
    private DateTimeOffset? _first;
    private DateTimeOffset? _last;
    private DateTimeOffset _paceFrom;
    private long _paceStart;
    private long _count;

    /// <summary>Makes a driver; nothing moves before <see cref="RunAsync"/>.</summary>
    /// <param name="pump">Runs the robot.</param>
    /// <param name="clock">The robot's clock, and the venue's.</param>
    /// <param name="robot">Is told the ticks.</param>
    /// <param name="venue">Is shown each tick before the robot: it fills at these prices.</param>
    /// <param name="ticks">The recording, in the order in which its ticks were known: the clock follows that, not their stamps.</param>
    /// <param name="speed">How many seconds of the recording pass in one; null for as fast as possible.</param>
    /// <param name="tail">For how long timers go on after the last tick.</param>
    /// <param name="realTime">The clock on the wall, for <paramref name="speed"/>.</param>
    public ReplayDriver(
        ActorPump pump,
        VirtualTimeProvider clock,
        IActorRef robot,
        Action<Tick> venue,
        IEnumerable<RecordedTick> ticks,
        double? speed,
        TimeSpan tail,
        TimeProvider realTime)
    {
        _pump = pump;
        _clock = clock;
        _robot = robot;
        _venue = venue;
        _ticks = ticks.GetEnumerator();
        _speed = speed;
        _tail = tail;
        _realTime = realTime;
    }

    /// <summary>How far it is.</summary>
    public ReplayProgress Progress => new(_count, _first, _last, _ended && !_stopping);

    /// <summary>Plays the recording. Cancelling ends it early: no more ticks, but what is held may still be left.</summary>
    /// <exception cref="RecordingException">The recording cannot be read on.</exception>
    public async Task<ReplayProgress> RunAsync(CancellationToken cancellation)
    {
        _paceFrom = _clock.GetUtcNow();
        _paceStart = _realTime.GetTimestamp();
        using var registration = cancellation.Register(() => _stopping = true);
        _pump.OnIdle(Step);
        await _done.Task.ConfigureAwait(false);
        return Progress;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _pump.OnIdle(null);
        _ticks.Dispose();
    }

    // One step, on the pump's thread, while everything is at rest.
    private TimeSpan Step()
    {
        try
        {
            return Move();
        }
        catch (Exception e)
        {
            _pump.OnIdle(null);
            _done.TrySetException(e);
            return Timeout.InfiniteTimeSpan;
        }
    }

    private TimeSpan Move()
    {
        Fetch();
        var limit = _next?.KnownAt ?? (_last ?? _clock.GetUtcNow()) + _tail;
        var due = _clock.NextTimerDue is { } timer && timer < limit ? timer : limit;
        if (Pace(due) is var wait && wait > TimeSpan.Zero)
            return wait;
        if (_clock.FireNext(limit))
            return TimeSpan.Zero;
        if (_next is not { KnownAt: var knownAt, Tick: var tick })
        {
            _pump.OnIdle(null);
            _done.TrySetResult();
            return Timeout.InfiniteTimeSpan;
        }

        _next = null;
        _clock.AdvanceTo(knownAt);
        _venue(tick);
        _count++;
        _first ??= knownAt;
        _last = knownAt;
        _robot.Tell(tick, ActorRefs.NoSender);
        return TimeSpan.Zero;
    }

    private void Fetch()
    {
        if (_stopping)
            _next = null;
        if (_next is not null || _ended || _stopping)
            return;
        if (_ticks.MoveNext())
            _next = _ticks.Current;
        else
            _ended = true;
    }

    // Never longer than a moment, so that a wish to stop is heard.
    private TimeSpan Pace(DateTimeOffset due)
    {
        if (_speed is not { } speed || _stopping)
            return TimeSpan.Zero;
        var wait = ((due - _paceFrom) / speed) - _realTime.GetElapsedTime(_paceStart);
        return wait < TimeSpan.FromMilliseconds(100) ? wait : TimeSpan.FromMilliseconds(100);
    }
}
