using System.Text.Json.Serialization;

namespace MicroTrader.Simulators.Massive.Admin;

/// <summary>The body of POST /admin/trades: <c>{"symbol":"AXSM","price":157.5,"size":100}</c>, and a <c>time</c> where it is not now.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record AdminTradeRequest
{
    public string? Symbol { get; init; }

    public decimal? Price { get; init; }

    public long? Size { get; init; }

    public DateTimeOffset? Time { get; init; }

    public IReadOnlyList<int>? Conditions { get; init; }
}
