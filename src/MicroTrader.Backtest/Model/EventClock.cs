namespace MicroTrader.Backtest.Model;

/// <summary>
/// The recording's time and the alarms on it. Alarms of one moment ring in the order in which they were set, as the robot's do in a replay; the venue's, which
/// is older than all of them, rings first.
/// </summary>
internal sealed class EventClock(DateTimeOffset start)
{
    /// <summary>What <see cref="NextDueTicks"/> is while no alarm is set.</summary>
    public const long Never = long.MaxValue;

    private readonly PriorityQueue<(ModelTimer Timer, long Number), (long Due, long Number)> _armed = new();
    private long _number;

    /// <summary>Where it stands, UTC ticks.</summary>
    public long NowTicks { get; private set; } = start.UtcTicks;

    /// <summary>Where it stands.</summary>
    public DateTimeOffset Now => new(NowTicks, TimeSpan.Zero);

    /// <summary>When the next alarm rings, UTC ticks; <see cref="Never"/> while none is set.</summary>
    public long NextDueTicks { get; private set; } = Never;

    /// <summary>Moves on to a time before which no alarm is due; it never goes back.</summary>
    public void MoveTo(long utcTicks)
    {
        if (utcTicks > NowTicks)
            NowTicks = utcTicks;
    }

    /// <summary>Lets the next alarm ring that is due by a time, with the clock standing at its due time. False where there is none.</summary>
    public bool RingNext(long limitTicks)
    {
        if (NextDueTicks > limitTicks)
            return false;
        _armed.TryDequeue(out var next, out var at);
        MoveTo(at.Due);
        next.Timer.Ring();
        LookAhead();
        return true;
    }

    /// <summary>Sets an alarm; the number decides among those of one moment, 0 for the next in order.</summary>
    public long Arm(ModelTimer timer, long dueTicks, long number)
    {
        if (number == 0)
            number = ++_number;
        _armed.Enqueue((timer, number), (dueTicks, number));
        return number;
    }

    /// <summary>Alarms that were forgotten or set anew are passed over.</summary>
    public void LookAhead()
    {
        while (_armed.TryPeek(out var next, out var at))
        {
            if (next.Timer.Expects(next.Number, at.Due))
            {
                NextDueTicks = at.Due;
                return;
            }

            _armed.Dequeue();
        }

        NextDueTicks = Never;
    }
}

/// <summary>One alarm. Setting it anew forgets the one before; the same time again changes nothing.</summary>
/// <param name="clock">The clock.</param>
/// <param name="ring">What happens when it rings.</param>
/// <param name="number">Its place among the alarms of one moment; 0 for the order in which they are set.</param>
internal sealed class ModelTimer(EventClock clock, Action ring, long number = 0)
{
    private long _armed;
    private long _armedAt;

    /// <summary>When it is due; null while it is not set.</summary>
    public DateTimeOffset? Due { get; private set; }

    /// <summary>Sets it, or forgets it where there is no time; a time that is over is now.</summary>
    public void ArmAt(DateTimeOffset? due)
    {
        if (due == Due)
            return;
        Due = due;
        _armed = 0;
        if (due is { } at)
        {
            _armedAt = Math.Max(at.UtcTicks, clock.NowTicks);
            _armed = clock.Arm(this, _armedAt, number);
        }

        clock.LookAhead();
    }

    /// <summary>Whether an entry of the clock's queue is the one that is set.</summary>
    public bool Expects(long entry, long dueTicks) => entry == _armed && dueTicks == _armedAt;

    /// <summary>It rings, and is spent.</summary>
    public void Ring()
    {
        Due = null;
        _armed = 0;
        ring();
    }
}
