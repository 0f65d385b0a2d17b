using System.Text.Json.Serialization;

namespace MicroTrader.Simulators.Massive.Admin;

/// <summary>
/// The body of POST /admin/quotes: <c>{"symbol":"AXSM","bid":157.4,"bidLots":2,"ask":157.6,"askLots":1}</c>, and a <c>time</c> where it is not now. Lots are 1 where
/// they are left out.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record AdminQuoteRequest
{
    public string? Symbol { get; init; }

    public decimal? Bid { get; init; }

    public long? BidLots { get; init; }

    public decimal? Ask { get; init; }

    public long? AskLots { get; init; }

    public DateTimeOffset? Time { get; init; }
}
