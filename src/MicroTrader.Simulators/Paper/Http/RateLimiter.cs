namespace MicroTrader.Simulators.Paper.Http;

/// <summary>
/// The limits of the real venue (the table in the notes), per account and endpoint. A window starts with the first request
/// after the one before it ended, and the whole quota may be used at once. A request past the limit is not counted.
/// </summary>
internal sealed class RateLimiter
{
    private readonly Lock _lock = new();
    private readonly Dictionary<PaperEndpoint, Window> _windows = [];
    private readonly bool _enforce;
    private readonly TimeProvider _time;

    public RateLimiter(bool enforce, TimeProvider time)
    {
        _enforce = enforce;
        _time = time;
    }

    /// <summary>Counts a request where the limit allows it.</summary>
    public RateState Take(PaperEndpoint endpoint) => Look(endpoint, true);

    /// <summary>The state without counting, for answers to requests that are nobody's.</summary>
    public RateState Peek(PaperEndpoint endpoint) => Look(endpoint, false);

    /// <summary>The quota as used up, for a 429 that is a fault.</summary>
    public RateState Exhausted(PaperEndpoint endpoint)
    {
        var (limit, period) = Rule(endpoint);
        var now = _time.GetUtcNow();
        return new RateState(false, limit, period, 0, limit, UnixSecondsUp(now.AddSeconds(period)));
    }

    private static (int Limit, int PeriodSeconds) Rule(PaperEndpoint endpoint) => endpoint switch
    {
        PaperEndpoint.PlaceMarketOrder or PaperEndpoint.CancelOrder => (50, 60),
        PaperEndpoint.PendingOrders => (1, 5),
        PaperEndpoint.OrderById => (1, 1),
        PaperEndpoint.Positions => (1, 1),
        PaperEndpoint.AccountSummary => (1, 5),
        PaperEndpoint.HistoryOrders => (6, 60),
        PaperEndpoint.Instruments => (1, 50),
        PaperEndpoint.Exchanges => (1, 30),
        _ => throw new ArgumentOutOfRangeException(nameof(endpoint), endpoint, "No limit is known for this endpoint."),
    };

    // Rounded up: a client that waits for the stamp must find the window over.
    private static long UnixSecondsUp(DateTimeOffset time) => (long)Math.Ceiling(time.ToUnixTimeMilliseconds() / 1000.0);

    private RateState Look(PaperEndpoint endpoint, bool take)
    {
        var (limit, period) = Rule(endpoint);
        var now = _time.GetUtcNow();
        lock (_lock)
        {
            _windows.TryGetValue(endpoint, out var window);
            if (now >= window.EndsAt)
            {
                window = default;
            }

            // A broker that does not enforce says that all is free: a client that honours the headers must not slow down.
            var allowed = !_enforce || window.Used < limit;
            if (take && allowed && _enforce)
            {
                window = new Window(window.Used == 0 ? now.AddSeconds(period) : window.EndsAt, window.Used + 1);
                _windows[endpoint] = window;
            }

            var reset = window.Used == 0 ? now : window.EndsAt;
            return new RateState(allowed, limit, period, limit - window.Used, window.Used, UnixSecondsUp(reset));
        }
    }

    private readonly record struct Window(DateTimeOffset EndsAt, int Used);
}
