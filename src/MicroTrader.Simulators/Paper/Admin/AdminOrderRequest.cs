using System.Text.Json.Serialization;

namespace MicroTrader.Simulators.Paper.Admin;

/// <summary>
/// The body of POST /admin/person-orders, in the words of the venue's order requests:
/// <c>{"ticker":"AXSM_US_EQ","quantity":-1,"type":"LIMIT","limitPrice":160,"timeValidity":"DAY","initiatedFrom":"IOS","account":10000001}</c>.
/// Type is MARKET, origin IOS and the account the first where they are left out.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record AdminOrderRequest
{
    public string? Ticker { get; init; }

    public decimal? Quantity { get; init; }

    public string? Type { get; init; }

    public decimal? LimitPrice { get; init; }

    public decimal? StopPrice { get; init; }

    public string? TimeValidity { get; init; }

    public string? InitiatedFrom { get; init; }

    public long? Account { get; init; }
}
