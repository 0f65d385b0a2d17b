using MicroTrader.Domain.Gateway;
using MicroTrader.Simulation.Shared;

namespace MicroTrader.Simulation.Core;

/// <summary>The venue's own count of requests: so many in a window that begins with its first request.</summary>
internal sealed class SimRateLimits(SimVenue venue, SimClock clock)
{
    private readonly (long WindowEnd, int Used)[] _windows = new (long, int)[Enum.GetValues<BrokerEndpoint>().Length];

    /// <summary>Counts a request; false where it is one too many.</summary>
    public bool TryTake(BrokerEndpoint endpoint)
    {
        var limit = RateBudget.Trading212Limits[endpoint];
        ref var window = ref _windows[(int)endpoint];
        if (window.WindowEnd <= clock.Ticks)
            window = (clock.Ticks + limit.Period.Ticks, 0);
        window.Used++;
        return window.Used <= limit.Requests;
    }

    public SimHeaders Headers(BrokerEndpoint endpoint)
    {
        var limit = RateBudget.Trading212Limits[endpoint];
        var (end, used) = _windows[(int)endpoint];
        var reset = SimClock.Epoch.AddTicks((end > clock.Ticks ? end : clock.Ticks) + venue.ClockOffset);
        return new SimHeaders(Math.Max(0, limit.Requests - used), Whole(reset, up: true), Whole(venue.Now, up: false));
    }

    private static DateTimeOffset Whole(DateTimeOffset at, bool up) =>
        at.AddTicks(-(at.UtcTicks % Span.Second) + (up && at.UtcTicks % Span.Second != 0 ? Span.Second : 0));
}
