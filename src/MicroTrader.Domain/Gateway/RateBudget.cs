namespace MicroTrader.Domain.Gateway;

/// <summary>A limit: so many requests in a period, bursts allowed.</summary>
/// <param name="Requests">How many.</param>
/// <param name="Period">In how long.</param>
/// <param name="EntryReserve">How many of them entries may not use.</param>
/// <param name="UrgentReserve">Once no more than these are left, what is not urgent is spread evenly over the period, so that some always are.</param>
public sealed record RateLimit(int Requests, TimeSpan Period, int EntryReserve = 0, int UrgentReserve = 0);

/// <summary>
/// What may still be sent to the broker. It never admits more than an endpoint's limit in any window of the period, whatever the broker's own
/// window starts at, and believes the broker's headers where they say less. Deterministic: time comes as data. Safe for several threads: one spends, another may look.
/// </summary>
public sealed class RateBudget
{
    /// <summary>
    /// Added to every period: requests are counted when they leave, the broker counts them when they arrive, and the way is not always equally long.
    /// </summary>
    public static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<BrokerEndpoint, Endpoint> _endpoints;
    private readonly Lock _gate = new();

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
    public bool TryTake(BrokerEndpoint endpoint, RequestPriority priority, DateTimeOffset now)
    {
        lock (_gate)
            return _endpoints[endpoint].TryTake(priority, now);
    }

    /// <summary>The earliest time at which such a request could go.</summary>
    public DateTimeOffset NextAvailable(BrokerEndpoint endpoint, RequestPriority priority, DateTimeOffset now)
    {
        lock (_gate)
            return _endpoints[endpoint].NextAvailable(priority, now);
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

    private sealed class Endpoint(RateLimit limit, TimeSpan margin)
    {
        private readonly TimeSpan _period = limit.Period + margin;
        private readonly List<DateTimeOffset> _sent = [];
        private readonly TimeSpan _spacing = (limit.Period + margin) / limit.Requests;
        private DateTimeOffset? _last;
        private int _cap = int.MaxValue;
        private DateTimeOffset _capUntil;
        private DateTimeOffset? _assumedUntil;

        public DateTimeOffset? AssumedUntil(DateTimeOffset now) => _assumedUntil > now ? _assumedUntil : null;

        public void AssumeSpent(DateTimeOffset now) => _assumedUntil = now + _period;

        public bool TryTake(RequestPriority priority, DateTimeOffset now)
        {
            Forget(now);
            if (!CanTake(priority, now))
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

        // Something becomes possible only when a request leaves the window, the header's cap ends, or the spacing is over: the earliest of these that helps.
        public DateTimeOffset NextAvailable(RequestPriority priority, DateTimeOffset now)
        {
            Forget(now);
            return _sent.Select(s => s + _period)
                .Append(_capUntil)
                .Append(_assumedUntil ?? now)
                .Append((_last ?? now) + _spacing)
                .Append(now)
                .Where(at => at >= now)
                .Order()
                .First(at => CanTake(priority, at));
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

        private bool CanTake(RequestPriority priority, DateTimeOffset at)
        {
            var left = Left(at);
            if (left <= Reserve(priority) || (_assumedUntil > at && priority >= RequestPriority.Entry))
                return false;
            return priority == RequestPriority.Exit || limit.UrgentReserve == 0 || left > limit.UrgentReserve || _last is not { } last || last + _spacing <= at;
        }

        private int Left(DateTimeOffset at)
        {
            var sent = _sent.Count(s => s + _period > at);
            return Math.Min((_assumedUntil > at ? 1 : limit.Requests) - sent, _capUntil > at ? _cap : int.MaxValue);
        }

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
