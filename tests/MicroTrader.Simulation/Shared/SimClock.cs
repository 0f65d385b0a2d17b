namespace MicroTrader.Simulation.Shared;

/// <summary>
/// Time that only moves when everything due has happened. Of what is due at the same instant the seed chooses the order.
/// </summary>
internal sealed class SimClock(SimRandom order)
{
    public static readonly DateTimeOffset Epoch = new(2026, 6, 1, 14, 0, 0, TimeSpan.Zero);

    private readonly PriorityQueue<Action, (long At, ulong Order)> _queue = new(256);

    /// <summary>In units of 100 ns since <see cref="Epoch"/>.</summary>
    public long Ticks { get; private set; }

    public DateTimeOffset Now => Epoch.AddTicks(Ticks);

    public bool IsIdle => _queue.Count == 0;

    public void At(long ticks, Action what) => _queue.Enqueue(what, (Math.Max(ticks, Ticks), order.NextUInt64()));

    public void At(DateTimeOffset when, Action what) => At((when - Epoch).Ticks, what);

    public void In(long ticks, Action what) => At(Ticks + ticks, what);

    /// <summary>Moves on to what is due next and does it; false where nothing is due until <paramref name="end"/>.</summary>
    public bool Step(long end)
    {
        if (!_queue.TryPeek(out _, out var due) || due.At > end)
            return false;
        var what = _queue.Dequeue();
        Ticks = due.At;
        what();
        return true;
    }
}
