using System.Text.Json.Serialization;

namespace MicroTrader.Simulators.Massive.Admin;

/// <summary>The body of PUT /admin/market: <c>{"state":"Closed"}</c>, a <see cref="FakeMarketState"/>; null or left out for the hours of the options.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record AdminMarketRequest
{
    public FakeMarketState? State { get; init; }
}
