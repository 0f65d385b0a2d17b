namespace MicroTrader.Simulators.Paper.Http;

/// <summary>
/// The limits of the real venue (the table in the notes), per account and endpoint. No window of the period, wherever it
/// starts, sees more than the limit; the whole quota may be used at once. A request past the limit is not counted.
/// </summary>
internal sealed class RateLimiter
{
    private readonly Lock _lock = new();
    private readonly Dictionary<PaperEndpoint, Queue<DateTimeOffset>> _taken = [];
    private readonly bool _enforce;
    private readonly TimeProvider _time;
    private readonly double _timeScale;

    public RateLimiter(bool enforce, TimeProvider time, double timeScale = 1)
    {
        _timeScale = timeScale;
        _enforce = enforce;
        _time = time;
    }

    /// <summary>Counts a request where the limit allows it.</summary>
    public RateState Take(PaperEndpoint endpoint) => Look(endpoint, true);

    /// <summary>The state without counting, for answers to requests that are not handled.</summary>
    public RateState Peek(PaperEndpoint endpoint) => Look(endpoint, false);

    /// <summary>The quota as used up, for a 429 that is a fault.</summary>
    public RateState Exhausted(PaperEndpoint endpoint)
    {
        var (limit, seconds) = Rule(endpoint);
        var period = TimeSpan.FromSeconds(seconds) * _timeScale;
        return new RateState(false, limit, SecondsUp(period), 0, limit, UnixSecondsUp(_time.GetUtcNow() + period));
    }

    /// <summary>A quota of which nothing is used, for requests that are nobody's.</summary>
    public static RateState Unused(PaperEndpoint endpoint, DateTimeOffset now)
    {
        var (limit, period) = Rule(endpoint);
        return new RateState(true, limit, period, limit, 0, UnixSecondsUp(now));
    }

    internal static (int Limit, int PeriodSeconds) Rule(PaperEndpoint endpoint) => endpoint switch
    {
        PaperEndpoint.PlaceMarketOrder or PaperEndpoint.CancelOrder => (50, 60),
        PaperEndpoint.PlaceLimitOrder or PaperEndpoint.PlaceStopOrder or PaperEndpoint.PlaceStopLimitOrder => (1, 2),
        PaperEndpoint.PendingOrders => (1, 5),
        PaperEndpoint.OrderById => (1, 1),
        PaperEndpoint.Positions => (1, 1),
        PaperEndpoint.AccountSummary => (1, 5),
        PaperEndpoint.HistoryOrders or PaperEndpoint.HistoryDividends or PaperEndpoint.HistoryTransactions => (6, 60),
        PaperEndpoint.Instruments => (1, 50),
        PaperEndpoint.Exchanges => (1, 30),
        _ => throw new ArgumentOutOfRangeException(nameof(endpoint), endpoint, "No limit is known for this endpoint."),
    };

    // Rounded up: a client that waits for the stamp must find the window over.
    private static long UnixSecondsUp(DateTimeOffset time) => (long)Math.Ceiling(time.ToUnixTimeMilliseconds() / 1000.0);

    private static int SecondsUp(TimeSpan period) => (int)Math.Ceiling(period.TotalSeconds);

    private RateState Look(PaperEndpoint endpoint, bool take)
    {
        var (limit, seconds) = Rule(endpoint);
        var period = TimeSpan.FromSeconds(seconds) * _timeScale;
        var now = _time.GetUtcNow();
        lock (_lock)
        {
            if (!_taken.TryGetValue(endpoint, out var taken))
            {
                _taken[endpoint] = taken = new Queue<DateTimeOffset>();
            }

            while (taken.TryPeek(out var first) && first + period <= now)
            {
                taken.Dequeue();
            }

            // A broker that does not enforce says that all is free: a client that honours the headers must not slow down.
            var allowed = !_enforce || taken.Count < limit;
            if (take && allowed && _enforce)
            {
                taken.Enqueue(now);
            }

            // The description: "the exact time when the limit will be fully reset".
            var reset = taken.Count == 0 ? now : taken.Last() + period;
            return new RateState(allowed, limit, SecondsUp(period), limit - taken.Count, taken.Count, UnixSecondsUp(reset));
        }
    }
}
