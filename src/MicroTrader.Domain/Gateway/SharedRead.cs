namespace MicroTrader.Domain.Gateway;

/// <summary>
/// A read that several wait for: it is made once for all who wait when it begins, when the first of them can wait no longer, and is as urgent as the most
/// urgent of them. Who asks while it is under way waits for the next one, for it may have begun before the reason to ask. Pure: time comes as data.
/// </summary>
/// <typeparam name="TWho">Who waits: an actor in the robot, a part of the model in a backtest.</typeparam>
/// <param name="endpoint">What is read.</param>
public sealed class SharedRead<TWho>(BrokerEndpoint endpoint)
{
    private readonly List<(TWho Who, RequestPriority Priority, DateTimeOffset? DueAt)> _waiting = [];
    private readonly List<TWho> _running = [];
    private DateTimeOffset? _since;
    private bool _isQueued;
    private bool _isRunning;

    /// <summary>What is read.</summary>
    public BrokerEndpoint Endpoint { get; } = endpoint;

    /// <summary>How urgent the read is that was asked for last.</summary>
    public RequestPriority Priority { get; private set; }

    /// <summary>When the read that is under way began.</summary>
    public DateTimeOffset StartedAt { get; private set; }

    /// <summary>Takes in who waits.</summary>
    /// <param name="who">Who is told.</param>
    /// <param name="priority">How urgent it is.</param>
    /// <param name="dueAt">Until then a read that is made for another will do; null for at once.</param>
    public void Join(TWho who, RequestPriority priority, DateTimeOffset? dueAt) => _waiting.Add((who, priority, dueAt));

    /// <summary>How far back the next read must reach; the earliest of all counts.</summary>
    public void Since(DateTimeOffset since) => _since = _since is { } s && s < since ? s : since;

    /// <summary>What is to be done now: ask for leave, with this urgency, or wait until a time; neither where nothing is.</summary>
    public (RequestPriority? Ask, DateTimeOffset? WaitUntil) Next(DateTimeOffset now)
    {
        if (_isRunning || _waiting.Count == 0)
            return default;
        var due = _waiting.Where(w => w.DueAt is not { } at || at <= now).ToList();
        if (due.Count == 0)
            return (null, _waiting.Min(w => w.DueAt));
        var priority = due.Min(w => w.Priority);
        if (_isQueued && priority >= Priority)
            return default;
        _isQueued = true;
        Priority = priority;
        return (priority, null);
    }

    /// <summary>Leave was granted: the read begins for all who wait. False where it was granted twice, because it became more urgent in that moment.</summary>
    public bool TryStart(DateTimeOffset now)
    {
        if (!_isQueued || _isRunning)
            return false;
        _isQueued = false;
        _isRunning = true;
        StartedAt = now;
        _running.AddRange(_waiting.Select(w => w.Who));
        _waiting.Clear();
        return true;
    }

    /// <summary>How far back the read that has begun must reach; the next one begins anew.</summary>
    public DateTimeOffset TakeSince()
    {
        var since = _since ?? DateTimeOffset.MinValue;
        _since = null;
        return since;
    }

    /// <summary>The read is over: who is to be told.</summary>
    public IReadOnlyList<TWho> Finish()
    {
        var told = _running.ToList();
        _running.Clear();
        _isRunning = false;
        return told;
    }
}
