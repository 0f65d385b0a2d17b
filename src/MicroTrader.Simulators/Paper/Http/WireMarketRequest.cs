using System.Text.Json.Serialization;

namespace MicroTrader.Simulators.Paper.Http;

/// <summary>The body of POST orders/market. Strict: a member that the endpoint does not know is a mistake of the client.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record WireMarketRequest
{
    public string? Ticker { get; init; }

    public decimal? Quantity { get; init; }

    public bool? ExtendedHours { get; init; }
}
