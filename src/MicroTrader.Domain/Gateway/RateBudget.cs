using MicroTrader.Domain.Orders;

namespace MicroTrader.Domain.Gateway;

/// <summary>A limit: so many requests in a period, bursts allowed.</summary>
/// <param name="Requests">How many.</param>
/// <param name="Period">In how long.</param>
/// <param name="EntryReserve">How many of them entries may not use.</param>
/// <param name="UrgentReserve">Once no more than these are left, what is not urgent is spread over the period, so that none of it is without any.</param>
public sealed record RateLimit(int Requests, TimeSpan Period, int EntryReserve = 0, int UrgentReserve = 0);

/// <summary>
/// What may still be sent to the broker. It never admits more than an endpoint's limit in any window of the period, whatever the broker's own
/// window starts at, and believes the broker's headers where they say less. Deterministic: time comes as data. Safe for several threads: one spends, another may look.
/// Of the order history's reads one is owed to each buy whose figures are not known (<see cref="Owed"/>): without it what was bought could not be sold. What is
/// less urgent leaves those alone, and an entry goes only where there is one for it, too.
/// </summary>
public sealed class RateBudget
{
    /// <summary>
    /// Added to every period: requests are counted when they leave, the broker counts them when they arrive, and the way is not always equally long.
    /// </summary>
    public static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<BrokerEndpoint, Endpoint> _endpoints;
    private readonly Lock _gate = new();
    private readonly HashSet<OrderReference> _owed = [];
    private bool _entersNoMore;

    /// <summary>Makes a budget of which nothing is spent.</summary>
    /// <param name="limits">The limits by endpoint.</param>
    /// <param name="timeScale">Shortens every period, for a paper broker whose limits are shortened alike; 1 leaves them.</param>
    public RateBudget(IReadOnlyDictionary<BrokerEndpoint, RateLimit> limits, double timeScale = 1) =>
        _endpoints = limits.ToDictionary(l => l.Key, l => new Endpoint(l.Value with { Period = l.Value.Period * timeScale }, Margin * timeScale));

    /// <summary>
    /// Trading 212's limits, per account and endpoint (its API description, June 2026). Of the 50 orders a minute, entries leave 10 for exits.
    /// </summary>
    public static IReadOnlyDictionary<BrokerEndpoint, RateLimit> Trading212Limits { get; } = new Dictionary<BrokerEndpoint, RateLimit>
    {
        [BrokerEndpoint.PlaceOrder] = new(50, TimeSpan.FromSeconds(60), EntryReserve: 10),
        [BrokerEndpoint.PendingOrders] = new(1, TimeSpan.FromSeconds(5)),
        [BrokerEndpoint.OrderById] = new(1, TimeSpan.FromSeconds(1)),
        [BrokerEndpoint.Positions] = new(1, TimeSpan.FromSeconds(1)),
        [BrokerEndpoint.AccountSummary] = new(1, TimeSpan.FromSeconds(5)),
        [BrokerEndpoint.OrderHistory] = new(6, TimeSpan.FromSeconds(60), UrgentReserve: 3),
        [BrokerEndpoint.CancelOrder] = new(50, TimeSpan.FromSeconds(60)),
    };

    /// <summary>Buys that were let go, or found, and whose figures are not known: a read of the order history is kept for each.</summary>
    public int Owed
    {
        get
        {
            lock (_gate)
                return _owed.Count;
        }
    }

    /// <summary>
    /// Whether nothing is entered any more, by a person's word or before a stop: then nothing needs to be left for an entry, and the figures of trades that are over
    /// are all that is waited for.
    /// </summary>
    public bool EntersNoMore
    {
        get
        {
            lock (_gate)
                return _entersNoMore;
        }

        set
        {
            lock (_gate)
                _entersNoMore = value;
        }
    }

    /// <summary>
    /// Takes everything for spent, because who sent before is not known: a host that was just started may follow on one that was killed. Until an answer's
    /// headers tell, or the period is over, one request of an endpoint may ask (a 429 is no harm: it was not executed), and no entry may.
    /// </summary>
    public void AssumeSpent(DateTimeOffset now)
    {
        lock (_gate)
        {
            foreach (var endpoint in _endpoints.Values)
                endpoint.AssumeSpent(now);
        }
    }

    /// <summary>Until when an endpoint's requests are taken for spent though nobody knows; null where that is known, by an answer or because the period is over.</summary>
    public DateTimeOffset? AssumedSpentUntil(BrokerEndpoint endpoint, DateTimeOffset now)
    {
        lock (_gate)
            return _endpoints[endpoint].AssumedUntil(now);
    }

    /// <summary>Takes one request out of the budget if it is there.</summary>
    /// <param name="endpoint">Which limit it counts against.</param>
    /// <param name="priority">How urgent it is.</param>
    /// <param name="now">The robot's clock.</param>
    /// <param name="buy">The buy that it sends: a read is owed to it from that moment on. Null for anything else.</param>
    public bool TryTake(BrokerEndpoint endpoint, RequestPriority priority, DateTimeOffset now, OrderReference? buy = null)
    {
        lock (_gate)
        {
            if (!MayTake(endpoint, priority, now) || !_endpoints[endpoint].TryTake(priority, Kept(endpoint, priority), _entersNoMore, now))
                return false;
            if (buy is { } reference)
                _owed.Add(reference);
            return true;
        }
    }

    /// <summary>From here on, and until its figures are known, a read is owed to a buy that was found. True where none was yet.</summary>
    public bool Owe(OrderReference buy)
    {
        lock (_gate)
            return _owed.Add(buy);
    }

    /// <summary>Nothing is owed to an order any more: its figures are known, it came to nothing, or others seek it. True where something was.</summary>
    public bool Settle(OrderReference order)
    {
        lock (_gate)
            return _owed.Remove(order);
    }

    /// <summary>The earliest time at which such a request could go; null where no time alone allows it, because too many reads are owed.</summary>
    public DateTimeOffset? NextAvailable(BrokerEndpoint endpoint, RequestPriority priority, DateTimeOffset now)
    {
        lock (_gate)
        {
            var times = _endpoints[endpoint].Changes(priority, now);
            if (IsEntry(endpoint, priority) && History is { } history)
                times = times.Concat(history.Changes(RequestPriority.Exit, now));
            var kept = Kept(endpoint, priority);
            return times.Order().Cast<DateTimeOffset?>().FirstOrDefault(at => MayTake(endpoint, priority, at!.Value) && _endpoints[endpoint].CanTake(priority, kept, _entersNoMore, at.Value));
        }
    }

    /// <summary>Whether such a request waits because too few reads of the order history are left: it is an entry, and what it buys could not be sold.</summary>
    public bool LacksReads(BrokerEndpoint endpoint, RequestPriority priority, DateTimeOffset now)
    {
        lock (_gate)
            return !MayTake(endpoint, priority, now);
    }

    /// <summary>From when on how many urgent reads of the order history can be made; null where there is no limit to them.</summary>
    public ReadOutlook? Outlook(DateTimeOffset now)
    {
        lock (_gate)
            return History?.Outlook(now);
    }

    /// <summary>How many such requests could go now.</summary>
    public int Remaining(BrokerEndpoint endpoint, RequestPriority priority, DateTimeOffset now)
    {
        lock (_gate)
            return Math.Max(0, _endpoints[endpoint].Remaining(priority, now));
    }

    /// <summary>Takes in what an answer's headers say. They end what was assumed at a start; beyond that they can lower the
    /// budget until the broker's reset, never raise it.</summary>
    /// <param name="endpoint">Which endpoint answered.</param>
    /// <param name="remaining">Requests left in the broker's window.</param>
    /// <param name="resetAt">When its window ends, by our clock.</param>
    /// <param name="now">Our clock.</param>
    public void Observe(BrokerEndpoint endpoint, int remaining, DateTimeOffset resetAt, DateTimeOffset now)
    {
        lock (_gate)
            _endpoints[endpoint].Observe(remaining, resetAt, now);
    }

    private Endpoint? History => _endpoints.GetValueOrDefault(BrokerEndpoint.OrderHistory);

    private static bool IsEntry(BrokerEndpoint endpoint, RequestPriority priority) => endpoint == BrokerEndpoint.PlaceOrder && priority == RequestPriority.Entry;

    // What is bought must be found in the history before it can be sold: without a read for that, it is not bought.
    private bool MayTake(BrokerEndpoint endpoint, RequestPriority priority, DateTimeOffset at) =>
        !IsEntry(endpoint, priority) || History is not { } history || history.Left(at) >= ReadOutlook.NeededFor(_owed.Count);

    // How many must be left after it: what is in doubt leaves those that are owed alone, and all that only looks leaves what one more entry needs as well. It waits for
    // that no longer than it takes, for whatever is read is read for all who wait.
    private int Kept(BrokerEndpoint endpoint, RequestPriority priority) => (endpoint, priority) switch
    {
        (not BrokerEndpoint.OrderHistory, _) or (_, RequestPriority.Exit) => 0,
        (_, RequestPriority.Doubt) => _owed.Count,
        _ when _entersNoMore => _owed.Count,
        _ => ReadOutlook.NeededFor(_owed.Count),
    };

    private sealed class Endpoint(RateLimit limit, TimeSpan margin)
    {
        private readonly TimeSpan _period = limit.Period + margin;
        private readonly List<DateTimeOffset> _sent = [];
        private readonly TimeSpan _spacing = (limit.Period + margin) / limit.Requests;
        private readonly TimeSpan _wideSpacing = (limit.Period + margin) / (limit.UrgentReserve + 1);
        private DateTimeOffset? _last;
        private int _cap = int.MaxValue;
        private DateTimeOffset _capUntil;
        private DateTimeOffset? _assumedUntil;

        public DateTimeOffset? AssumedUntil(DateTimeOffset now) => _assumedUntil > now ? _assumedUntil : null;

        public void AssumeSpent(DateTimeOffset now) => _assumedUntil = now + _period;

        public bool TryTake(RequestPriority priority, int kept, bool inHaste, DateTimeOffset now)
        {
            Forget(now);
            if (!CanTake(priority, kept, inHaste, now))
                return false;
            _sent.Add(now);
            _last = now;
            if (_cap != int.MaxValue)
                _cap--;
            return true;
        }

        public int Remaining(RequestPriority priority, DateTimeOffset now)
        {
            Forget(now);
            return Left(now) - Reserve(priority);
        }

        // Something becomes possible only when a request leaves the window, the header's cap ends, or the spacing is over.
        public IEnumerable<DateTimeOffset> Changes(RequestPriority priority, DateTimeOffset now)
        {
            Forget(now);
            return _sent.Select(s => s + _period)
                .Append(_capUntil)
                .Append(_assumedUntil ?? now)
                .Append((_last ?? now) + SpacingOf(priority))
                .Append(now)
                .Where(at => at >= now);
        }

        public ReadOutlook Outlook(DateTimeOffset now)
        {
            var from = new List<DateTimeOffset>(limit.Requests);
            foreach (var at in Changes(RequestPriority.Exit, now).Order())
            {
                for (var left = Left(at); from.Count < left;)
                    from.Add(at == now ? DateTimeOffset.MinValue : at);
            }

            return new ReadOutlook(from);
        }

        public void Observe(int remaining, DateTimeOffset resetAt, DateTimeOffset now)
        {
            _assumedUntil = null;
            Forget(now);
            // The broker's window begins when a request arrives, which may be long after it left: no later than its answer.
            if (_sent.Count > 0 && _sent[^1] < now)
                _sent[^1] = now;
            // A reset further away than the period is a clock that is off, not a budget.
            var until = resetAt < now + limit.Period ? resetAt : now + limit.Period;
            if (remaining >= Left(now) || until <= now)
                return;
            // An answer that overtook another may name an earlier reset: the later one stands, else the cap would be lifted too soon.
            _capUntil = _cap != int.MaxValue && _capUntil > until ? _capUntil : until;
            _cap = Math.Max(0, remaining);
        }

        public bool CanTake(RequestPriority priority, int kept, bool inHaste, DateTimeOffset at)
        {
            var left = Left(at);
            var isAssumed = _assumedUntil > at;
            // What is assumed keeps nothing back: the one request that may ask tells what is left. And however much is owed, the last of all may be had.
            if (left <= Reserve(priority) || (isAssumed && priority >= RequestPriority.Entry) || (!isAssumed && left <= Math.Min(kept, limit.Requests - 1)))
                return false;
            return priority == RequestPriority.Exit || inHaste || limit.UrgentReserve == 0 || left > limit.UrgentReserve || _last is not { } last || last + SpacingOf(priority) <= at;
        }

        public int Left(DateTimeOffset at)
        {
            var sent = _sent.Count(s => s + _period > at);
            return Math.Min((_assumedUntil > at ? 1 : limit.Requests) - sent, _capUntil > at ? _cap : int.MaxValue);
        }

        private TimeSpan SpacingOf(RequestPriority priority) => priority == RequestPriority.Doubt ? _spacing : _wideSpacing;

        private int Reserve(RequestPriority priority) => priority == RequestPriority.Entry ? limit.EntryReserve : 0;

        private void Forget(DateTimeOffset now)
        {
            _sent.RemoveAll(s => s + _period <= now);
            if (_assumedUntil <= now)
                _assumedUntil = null;
            if (_cap != int.MaxValue && _capUntil <= now)
                _cap = int.MaxValue;
        }
    }
}
