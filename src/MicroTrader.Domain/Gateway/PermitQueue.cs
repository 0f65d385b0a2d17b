using MicroTrader.Domain.Orders;

namespace MicroTrader.Domain.Gateway;

/// <summary>Somebody asks for leave to send one request.</summary>
/// <param name="Endpoint">Which limit it counts against.</param>
/// <param name="Priority">How urgent it is.</param>
/// <param name="Deadline">Worth nothing after this; null for never.</param>
/// <param name="Tag">Comes back with the answer.</param>
/// <param name="Buy">The buy that it sends, see <see cref="RateBudget.Owed"/>; null for anything else.</param>
public sealed record RequestPermit(BrokerEndpoint Endpoint, RequestPriority Priority, DateTimeOffset? Deadline, object Tag, OrderReference? Buy = null);

/// <summary>Requests that wait for the budget: by endpoint, the urgent first, then in the order in which they came.</summary>
/// <typeparam name="TAsker">Who asks: an actor in the robot, a part of the model in a backtest.</typeparam>
/// <param name="budget">What may still be sent.</param>
public sealed class PermitQueue<TAsker>(RateBudget budget)
    where TAsker : class
{
    private readonly SortedSet<Waiting> _waiting = new(Comparer<Waiting>.Create(static (a, b) =>
        (a.Request.Priority, a.Number).CompareTo((b.Request.Priority, b.Number))));

    private long _number;

    /// <summary>How many wait.</summary>
    public int Count => _waiting.Count;

    /// <summary>Takes a request in. One that its asker repeats while it waits is the same request; it may have become more urgent.</summary>
    public void Add(RequestPermit request, TAsker asker)
    {
        var earlier = _waiting.FirstOrDefault(w => w.Asker.Equals(asker) && w.Request.Endpoint == request.Endpoint && Equals(w.Request.Tag, request.Tag));
        if (earlier.Asker is null)
        {
            _waiting.Add(new Waiting(request, asker, ++_number));
        }
        else if (request.Priority < earlier.Request.Priority)
        {
            _waiting.Remove(earlier);
            _waiting.Add(earlier with { Request = request });
        }
    }

    /// <summary>Drops what an actor asked for: it no longer knows about it.</summary>
    public void Drop(TAsker asker) => _waiting.RemoveWhere(w => w.Asker.Equals(asker));

    /// <summary>Takes out what may go now, and what is too late.</summary>
    public IReadOnlyList<(RequestPermit Request, TAsker Asker, bool Granted)> Release(DateTimeOffset now)
    {
        var released = new List<(RequestPermit, TAsker, bool)>();
        var spent = new HashSet<BrokerEndpoint>();
        foreach (var waiting in _waiting.ToList())
        {
            var (request, asker, _) = waiting;
            if (request.Deadline < now)
                released.Add((request, asker, false));
            // Behind one that must wait, none of the same endpoint goes: the urgent would starve.
            else if (spent.Contains(request.Endpoint) || !budget.TryTake(request.Endpoint, request.Priority, now, request.Buy))
            {
                spent.Add(request.Endpoint);
                continue;
            }
            else
                released.Add((request, asker, true));
            _waiting.Remove(waiting);
        }

        return released;
    }

    /// <summary>Why a request was too late, in words.</summary>
    public string WhyLate(RequestPermit request, DateTimeOffset now) => budget.LacksReads(request.Endpoint, request.Priority, now)
        ? "dropped: too few reads of the order history are left to find out what it buys, and so to sell it by its rules"
        : "dropped: it could not be sent within its deadline";

    /// <summary>When something can next be released; null while nothing waits, or while no time alone releases what does.</summary>
    public DateTimeOffset? NextRelease(DateTimeOffset now)
    {
        DateTimeOffset? next = null;
        foreach (var (request, _, _) in _waiting)
        {
            var at = budget.NextAvailable(request.Endpoint, request.Priority, now);
            // The clock's smallest step past a deadline: at it, the request may still go.
            if (request.Deadline is { } deadline && !(at <= deadline))
                at = deadline + TimeSpan.FromMilliseconds(1);
            if (next is null || at < next)
                next = at ?? next;
        }

        return next;
    }

    private readonly record struct Waiting(RequestPermit Request, TAsker Asker, long Number);
}
