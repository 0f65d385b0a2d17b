using MicroTrader.Domain.Gateway;

namespace MicroTrader.Simulation.Core.Robot;

/// <summary>Requests that wait for the budget: by endpoint, the urgent first, then in the order in which they came. The robot's PermitQueue is its pattern.</summary>
internal sealed class SimPermits(RateBudget budget)
{
    private readonly List<Waiting> _waiting = [];

    public void Add(BrokerEndpoint endpoint, RequestPriority priority, DateTimeOffset? deadline, Action<bool> leave)
    {
        var at = _waiting.Count;
        while (at > 0 && _waiting[at - 1].Priority > priority)
            at--;
        _waiting.Insert(at, new Waiting(endpoint, priority, deadline, leave));
    }

    /// <summary>Takes out what may go now (true), and what is too late (false).</summary>
    public List<(Action<bool> Leave, bool IsGranted)> Release(DateTimeOffset now)
    {
        var released = new List<(Action<bool>, bool)>();
        var spent = 0;
        for (var i = 0; i < _waiting.Count; i++)
        {
            var (endpoint, priority, deadline, leave) = _waiting[i];
            var isLate = deadline < now;
            if (!isLate && ((spent & (1 << (int)endpoint)) != 0 || !budget.TryTake(endpoint, priority, now)))
            {
                // Behind one that must wait, none of the same endpoint goes: the urgent would starve.
                spent |= 1 << (int)endpoint;
                continue;
            }

            released.Add((leave, !isLate));
            _waiting.RemoveAt(i--);
        }

        return released;
    }

    /// <summary>When something can next be released; null while nothing waits.</summary>
    public DateTimeOffset? NextRelease(DateTimeOffset now)
    {
        DateTimeOffset? next = null;
        foreach (var (endpoint, priority, deadline, _) in _waiting)
        {
            var at = budget.NextAvailable(endpoint, priority, now);
            if (deadline is { } end && end < at)
                at = end + TimeSpan.FromMilliseconds(1);
            if (next is null || at < next)
                next = at;
        }

        return next;
    }

    private sealed record Waiting(BrokerEndpoint Endpoint, RequestPriority Priority, DateTimeOffset? Deadline, Action<bool> Leave);
}
