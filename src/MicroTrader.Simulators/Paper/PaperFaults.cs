using MicroTrader.Simulators.Paper.Http;

namespace MicroTrader.Simulators.Paper;

/// <summary>
/// The faults that a test or a tool asks of a running paper broker: one-shot faults in order, faults by rate and for a time, fates of
/// accepted orders, and reads that lag. Safe to use from any thread. Nothing here is stored: a restart clears it (the
/// fate of an order that was already accepted stays with the order).
/// </summary>
public sealed class PaperFaults
{
    private readonly Lock _lock = new();
    private readonly Dictionary<PaperEndpoint, Queue<PaperFault>> _once = [];
    private readonly List<(PaperEndpoint Endpoint, PaperFault Fault, double Probability, DateTimeOffset Until)> _byRate = [];
    private readonly Queue<PaperFate> _fates = [];
    private readonly List<(PaperFate Fate, double Probability, DateTimeOffset Until)> _fatesByRate = [];
    private readonly Func<IReadOnlyList<WirePosition>> _readPositions;
    private readonly Func<IReadOnlyList<WireOrder>> _readPending;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private IReadOnlyList<WirePosition>? _frozenPositions;
    private DateTimeOffset _frozenUntil;
    private IReadOnlyList<WireOrder>? _frozenPending;
    private DateTimeOffset _frozenPendingUntil;
    private readonly SortedDictionary<string, long> _struck = new(StringComparer.Ordinal);
    private TimeSpan _historyLag;
    private DateTimeOffset _historyLagUntil;

    internal PaperFaults(int seed, TimeProvider time, Func<IReadOnlyList<WirePosition>> readPositions, Func<IReadOnlyList<WireOrder>> readPending)
    {
        // Not for secrets: the same seed must give the same faults.
#pragma warning disable CA5394
        _random = new Random(seed);
#pragma warning restore CA5394
        _time = time;
        _readPositions = readPositions;
        _readPending = readPending;
    }

    /// <summary>Time that finished orders stay out of the history, on top of the broker's own lag; set, it stays until changed.</summary>
    public TimeSpan HistoryLag
    {
        get
        {
            lock (_lock)
            {
                return _time.GetUtcNow() < _historyLagUntil ? _historyLag : TimeSpan.Zero;
            }
        }

        set => LagHistory(value);
    }

    /// <summary>One-shot faults and fates that no request has met yet.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _once.Values.Sum(q => q.Count) + _fates.Count;
            }
        }
    }

    /// <summary>
    /// How often each fault struck since the start, cleared or not: request faults and order fates by their names in the admin API, and the
    /// reads that lagged (<c>HistoryLag</c>, <c>FrozenPositions</c>).
    /// </summary>
    public IReadOnlyDictionary<string, long> Struck
    {
        get
        {
            lock (_lock)
            {
                return new SortedDictionary<string, long>(_struck, StringComparer.Ordinal);
            }
        }
    }

    /// <summary>The next requests to an endpoint meet the fault, one each, after those queued before.</summary>
    /// <param name="endpoint">Where.</param>
    /// <param name="fault">What goes wrong.</param>
    /// <param name="times">For how many requests, at least 1.</param>
    public void Next(PaperEndpoint endpoint, PaperFault fault, int times = 1)
    {
        ArgumentNullException.ThrowIfNull(fault);
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        lock (_lock)
        {
            if (!_once.TryGetValue(endpoint, out var queue))
            {
                _once[endpoint] = queue = new Queue<PaperFault>();
            }

            for (var i = 0; i < times; i++)
            {
                queue.Enqueue(fault);
            }
        }
    }

    /// <summary>Each request to an endpoint meets the fault with the probability; one-shot faults come first.</summary>
    /// <param name="endpoint">Where.</param>
    /// <param name="fault">What goes wrong.</param>
    /// <param name="probability">0 to 1.</param>
    public void AtRate(PaperEndpoint endpoint, PaperFault fault, double probability) => Add(endpoint, fault, probability, DateTimeOffset.MaxValue);

    /// <summary>Each request to an endpoint within a time meets the fault with the probability; one-shot faults come first.</summary>
    /// <param name="endpoint">Where.</param>
    /// <param name="fault">What goes wrong.</param>
    /// <param name="probability">0 to 1.</param>
    /// <param name="duration">For how long from now by the venue's clock, above zero.</param>
    public void AtRate(PaperEndpoint endpoint, PaperFault fault, double probability, TimeSpan duration) =>
        Add(endpoint, fault, probability, Until(duration));

    /// <summary>Every request to an endpoint within a time meets the fault; one-shot faults come first.</summary>
    /// <param name="endpoint">Where.</param>
    /// <param name="fault">What goes wrong.</param>
    /// <param name="duration">For how long from now by the venue's clock, above zero.</param>
    public void For(PaperEndpoint endpoint, PaperFault fault, TimeSpan duration) => Add(endpoint, fault, 1, Until(duration));

    /// <summary>The next accepted order has this fate, after those queued before.</summary>
    /// <param name="fate">What becomes of the order.</param>
    public void NextOrder(PaperFate fate)
    {
        ArgumentNullException.ThrowIfNull(fate);
        lock (_lock)
        {
            _fates.Enqueue(fate);
        }
    }

    /// <summary>Each accepted order has this fate with the probability.</summary>
    /// <param name="fate">What becomes of the order.</param>
    /// <param name="probability">0 to 1.</param>
    public void OrdersAtRate(PaperFate fate, double probability) => Add(fate, probability, DateTimeOffset.MaxValue);

    /// <summary>Each order that is accepted within a time has this fate with the probability.</summary>
    /// <param name="fate">What becomes of the order.</param>
    /// <param name="probability">0 to 1.</param>
    /// <param name="duration">For how long from now by the venue's clock, above zero.</param>
    public void OrdersAtRate(PaperFate fate, double probability, TimeSpan duration) => Add(fate, probability, Until(duration));

    /// <summary>Every order that is accepted within a time has this fate.</summary>
    /// <param name="fate">What becomes of the order.</param>
    /// <param name="duration">For how long from now by the venue's clock, above zero.</param>
    public void OrdersFor(PaperFate fate, TimeSpan duration) => Add(fate, 1, Until(duration));

    /// <summary>Finished orders stay out of the history for a time, on top of the broker's own lag.</summary>
    /// <param name="lag">How long each stays out, not negative.</param>
    /// <param name="duration">How long the lag lasts from now by the venue's clock; null until it is changed.</param>
    public void LagHistory(TimeSpan lag, TimeSpan? duration = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lag, TimeSpan.Zero);
        var until = duration is { } time ? Until(time) : DateTimeOffset.MaxValue;
        lock (_lock)
        {
            _historyLag = lag;
            _historyLagUntil = until;
        }
    }

    /// <summary>From now on positions are answered as they are at this instant, until thawed or until the time is over.</summary>
    /// <param name="duration">How long by the venue's clock; null until <see cref="ThawPositions"/>.</param>
    public void FreezePositions(TimeSpan? duration = null)
    {
        // Outside the lock: reading positions takes the venue's lock, under which the venue asks this object for fates.
        var snapshot = _readPositions();
        var until = duration is { } time ? _time.GetUtcNow() + time : DateTimeOffset.MaxValue;
        lock (_lock)
        {
            _frozenPositions = snapshot;
            _frozenUntil = until;
        }
    }

    /// <summary>Positions are answered as they are again.</summary>
    public void ThawPositions()
    {
        lock (_lock)
        {
            _frozenPositions = null;
        }
    }

    /// <summary>
    /// From now on pending orders, the list and each by its number, are answered as they are at this instant, until thawed or until the time is
    /// over: new orders are not there yet, ended ones still are.
    /// </summary>
    /// <param name="duration">How long by the venue's clock; null until <see cref="ThawPendingOrders"/>.</param>
    public void FreezePendingOrders(TimeSpan? duration = null)
    {
        // Outside the lock, as with the positions.
        var snapshot = _readPending();
        var until = duration is { } time ? Until(time) : DateTimeOffset.MaxValue;
        lock (_lock)
        {
            _frozenPending = snapshot;
            _frozenPendingUntil = until;
        }
    }

    /// <summary>Pending orders are answered as they are again.</summary>
    public void ThawPendingOrders()
    {
        lock (_lock)
        {
            _frozenPending = null;
        }
    }

    /// <summary>Forgets every fault, fate, lag and frozen read.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _once.Clear();
            _byRate.Clear();
            _fates.Clear();
            _fatesByRate.Clear();
            _frozenPositions = null;
            _frozenPending = null;
            _historyLag = TimeSpan.Zero;
        }
    }

    internal PaperFault? Take(PaperEndpoint endpoint)
    {
        lock (_lock)
        {
            if (_once.TryGetValue(endpoint, out var queue) && queue.TryDequeue(out var fault))
            {
                Count(fault.Kind.ToString());
                return fault;
            }

            var now = _time.GetUtcNow();
            _byRate.RemoveAll(r => r.Until <= now);
            foreach (var (where, what, probability, _) in _byRate)
            {
                if (where == endpoint && Hits(probability))
                {
                    Count(what.Kind.ToString());
                    return what;
                }
            }

            return null;
        }
    }

    internal PaperFate TakeFate()
    {
        lock (_lock)
        {
            if (_fates.TryDequeue(out var fate))
            {
                Count(Name(fate));
                return fate;
            }

            var now = _time.GetUtcNow();
            _fatesByRate.RemoveAll(r => r.Until <= now);
            foreach (var (what, probability, _) in _fatesByRate)
            {
                if (Hits(probability))
                {
                    Count(Name(what));
                    return what;
                }
            }

            return PaperFate.Usual;
        }
    }

    internal IReadOnlyList<WirePosition>? FrozenPositions(DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_frozenPositions is null || now >= _frozenUntil)
            {
                return null;
            }

            Count("FrozenPositions");
            return _frozenPositions;
        }
    }

    internal IReadOnlyList<WireOrder>? FrozenPending(DateTimeOffset now)
    {
        lock (_lock)
        {
            return now < _frozenPendingUntil ? _frozenPending : null;
        }
    }

    /// <summary>The lag of one read of the history.</summary>
    internal TimeSpan TakeHistoryLag()
    {
        var lag = HistoryLag;
        if (lag > TimeSpan.Zero)
        {
            lock (_lock)
            {
                Count("HistoryLag");
            }
        }

        return lag;
    }

    private static string Name(PaperFate fate) => fate.Kind switch
    {
        PaperFateKind.Cancel => "OrderCancelled",
        PaperFateKind.Reject => "OrderRejected",
        PaperFateKind.PartialThenCancel => "OrderPartialThenCancelled",
        PaperFateKind.PartialThenRest => "OrderInTwoPieces",
        _ => "OrderDelayed",
    };

    private void Count(string what) => _struck[what] = _struck.GetValueOrDefault(what) + 1;

    private void Add(PaperEndpoint endpoint, PaperFault fault, double probability, DateTimeOffset until)
    {
        ArgumentNullException.ThrowIfNull(fault);
        CheckProbability(probability);
        lock (_lock)
        {
            _byRate.Add((endpoint, fault, probability, until));
        }
    }

    private void Add(PaperFate fate, double probability, DateTimeOffset until)
    {
        ArgumentNullException.ThrowIfNull(fate);
        CheckProbability(probability);
        lock (_lock)
        {
            _fatesByRate.Add((fate, probability, until));
        }
    }

    private DateTimeOffset Until(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        return _time.GetUtcNow() + duration;
    }

#pragma warning disable CA5394 // Repeatable faults want a seeded generator.
    private bool Hits(double probability) => _random.NextDouble() < probability;
#pragma warning restore CA5394

    private static void CheckProbability(double probability)
    {
        if (probability is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability is 0 to 1.");
        }
    }
}
