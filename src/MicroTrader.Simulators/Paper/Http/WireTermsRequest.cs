using System.Text.Json.Serialization;

namespace MicroTrader.Simulators.Paper.Http;

/// <summary>The body of POST orders/limit (<c>LimitRequest</c> of openapi.yaml). Strict, as for a market order.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record WireLimitRequest
{
    public string? Ticker { get; init; }

    public decimal? Quantity { get; init; }

    public decimal? LimitPrice { get; init; }

    public string? TimeValidity { get; init; }
}

/// <summary>The body of POST orders/stop (<c>StopRequest</c>).</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record WireStopRequest
{
    public string? Ticker { get; init; }

    public decimal? Quantity { get; init; }

    public decimal? StopPrice { get; init; }

    public string? TimeValidity { get; init; }
}

/// <summary>The body of POST orders/stop_limit (<c>StopLimitRequest</c>).</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record WireStopLimitRequest
{
    public string? Ticker { get; init; }

    public decimal? Quantity { get; init; }

    public decimal? LimitPrice { get; init; }

    public decimal? StopPrice { get; init; }

    public string? TimeValidity { get; init; }
}
