using System.Text.Json.Serialization;

namespace MicroTrader.Simulators.Paper.Admin;

/// <summary>The body of PUT /admin/prices/{ticker}: the price of one share in the instrument's currency.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record AdminPriceRequest
{
    public decimal? Price { get; init; }
}
