using MicroTrader.Domain.Reconciliation;

namespace MicroTrader.Domain.Gateway;

/// <summary>What leave that was granted means for a read.</summary>
public enum ReadMove
{
    /// <summary>Nothing: it was granted twice, because the read became more urgent in that moment.</summary>
    Nothing,

    /// <summary>The read begins, for all who wait.</summary>
    Begin,

    /// <summary>It goes on with its next page.</summary>
    NextPage,
}

/// <summary>A line of the order history, as far as it tells how far back a page reaches.</summary>
/// <param name="CreatedAt">When its order was created, by the broker's clock; null where the broker did not say.</param>
/// <param name="FilledAt">When its fill, the newest of several, was made, by the broker's clock; null where it has none.</param>
public readonly record struct HistoryLine(DateTimeOffset? CreatedAt, DateTimeOffset? FilledAt);

/// <summary>What a page of the history that was read leads to.</summary>
/// <typeparam name="TWho">Who waits.</typeparam>
/// <param name="Told">Who is to be told what was read so far.</param>
/// <param name="CompleteSince">What was read holds every order created since then, by the broker's clock; null where that is not known.</param>
/// <param name="NextPage">Leave for the next page is to be asked for, with this urgency; null where the read is over.</param>
public readonly record struct HistoryStep<TWho>(IReadOnlyList<TWho> Told, DateTimeOffset? CompleteSince, RequestPriority? NextPage);

/// <summary>
/// A read that several wait for: it is made once for all who wait when it begins, when the first of them can wait no longer, and is as urgent as the most
/// urgent of them. Who asks while it is under way waits for the next one, for it may have begun before the reason to ask. One that waits for leave to
/// read its next page gives way to what is more urgent: it begins anew, for both. It does so once: what is read again and again from its beginning never
/// ends, so after that the page itself becomes urgent. Pure: time comes as data.
/// </summary>
/// <typeparam name="TWho">Who waits: an actor in the robot, a part of the model in a backtest.</typeparam>
/// <param name="endpoint">What is read.</param>
public sealed class SharedRead<TWho>(BrokerEndpoint endpoint)
{
    // A history that is longer than this within the time that is asked for is another program's work: 20 pages are 1,000 orders.
    private const int MostPages = 20;

    private readonly List<Waiter> _waiting = [];
    private readonly List<Waiter> _running = [];
    private RequestPriority _asked;
    private bool _isQueued;
    private bool _isRunning;
    private bool _gaveWay;
    private int _pages;

    /// <summary>What is read.</summary>
    public BrokerEndpoint Endpoint { get; } = endpoint;

    /// <summary>When the read that is under way began.</summary>
    public DateTimeOffset StartedAt { get; private set; }

    /// <summary>How far back the read that is under way must reach: the earliest of all who wait for it counts.</summary>
    public DateTimeOffset Since { get; private set; }

    /// <summary>Takes in who waits.</summary>
    /// <param name="who">Who is told.</param>
    /// <param name="priority">How urgent it is.</param>
    /// <param name="dueAt">Until then a read that is made for another will do; null for at once.</param>
    /// <param name="since">How far back it must reach, by the broker's clock; the default where that says nothing.</param>
    /// <param name="order">The one order that it is about: it is told as soon as that shows; null where all is to be read.</param>
    public void Join(TWho who, RequestPriority priority, DateTimeOffset? dueAt, DateTimeOffset since = default, FollowedOrder? order = null) =>
        _waiting.Add(new Waiter(who, priority, dueAt, since, order));

    /// <summary>What is to be done now: ask for leave, with this urgency; look again at a time, when somebody can wait no longer; none or both of it.</summary>
    public (RequestPriority? Ask, DateTimeOffset? LookAt) Next(DateTimeOffset now)
    {
        // What is under way and waits for nothing is waited for; what waits for its next page may be asked to give way.
        if (_waiting.Count == 0 || (_isRunning && !_isQueued))
            return default;
        // Also where leave is asked for already: what it is asked for may have to wait for long, and who can wait now may be more urgent then.
        var lookAt = _waiting.Where(w => w.DueAt > now).Min(w => w.DueAt);
        if (MostUrgent(now) is not { } priority || (_isQueued && priority >= _asked))
            return (null, lookAt);
        _isQueued = true;
        _asked = priority;
        return (priority, lookAt);
    }

    /// <summary>Leave was granted.</summary>
    public ReadMove Granted(DateTimeOffset now)
    {
        if (!_isQueued)
            return ReadMove.Nothing;
        _isQueued = false;
        if (_isRunning && (_gaveWay || !(MostUrgent(now) < _running.Min(w => w.Priority))))
            return ReadMove.NextPage;
        _gaveWay = _isRunning;
        _isRunning = true;
        _pages = 0;
        StartedAt = now;
        _running.AddRange(_waiting);
        _waiting.Clear();
        Since = _running.Min(w => w.Since);
        return ReadMove.Begin;
    }

    /// <summary>A page of the history was read: whether it is enough, and who is told.</summary>
    /// <param name="page">Its lines.</param>
    /// <param name="isLast">Whether the history ends with it.</param>
    /// <param name="read">The orders of all pages of this read so far.</param>
    /// <param name="now">The robot's clock.</param>
    public HistoryStep<TWho> PageRead(IReadOnlyCollection<HistoryLine> page, bool isLast, IReadOnlyList<BrokerOrder> read, DateTimeOffset now)
    {
        _pages++;
        // Complete once a page is wholly older: an order's fills may be spread over pages. Older in its fills, too: what queued at a market that was shut ended
        // later than what was created after it, and the page would hide that.
        var isReached = isLast || (page.Count > 0 && page.All(l => l.CreatedAt < Since && !(l.FilledAt >= Since)));
        if (isReached || _pages >= MostPages)
            return new HistoryStep<TWho>(Finish(), isLast ? DateTimeOffset.MinValue : isReached ? Since : null, null);
        // Who waits for one order that is known by now need not wait for the rest, and often nobody does.
        var known = _running.Where(w => w.Order is { } order && OrderFollowing.IsAnswered(order, read)).ToList();
        _running.RemoveAll(known.Contains);
        List<TWho> told = [.. known.Select(w => w.Who)];
        return _running.Count > 0 ? new HistoryStep<TWho>(told, null, AskPage(now)) : new HistoryStep<TWho>([.. told, .. Finish()], null, null);
    }

    /// <summary>The read is over: who is to be told.</summary>
    public IReadOnlyList<TWho> Finish()
    {
        var told = _running.ConvertAll(w => w.Who);
        _running.Clear();
        _isRunning = false;
        return told;
    }

    // With the urgency of those who still wait for it.
    private RequestPriority AskPage(DateTimeOffset now)
    {
        _isQueued = true;
        _asked = _running.Min(w => w.Priority);
        if (MostUrgent(now) is { } urgent && urgent < _asked)
            _asked = urgent;
        return _asked;
    }

    // Of those who can wait no longer; null while all can.
    private RequestPriority? MostUrgent(DateTimeOffset now)
    {
        RequestPriority? most = null;
        foreach (var waiter in _waiting)
        {
            if ((waiter.DueAt is not { } at || at <= now) && !(waiter.Priority >= most))
                most = waiter.Priority;
        }

        return most;
    }

    private sealed record Waiter(TWho Who, RequestPriority Priority, DateTimeOffset? DueAt, DateTimeOffset Since, FollowedOrder? Order);
}
