using System.Text.Json.Serialization;

namespace MicroTrader.MarketData;

/// <summary>What Massive says of the market at the moment. Source: <c>/v1/marketstatus/now</c>.</summary>
public sealed record MassiveMarketStatus
{
    /// <summary>The US stock market as a whole: <c>open</c>, <c>closed</c> or <c>extended-hours</c>; empty where it is not said.</summary>
    [JsonPropertyName("market")]
    public string Market { get; init; } = "";

    /// <summary>Whether it is pre-market.</summary>
    [JsonPropertyName("earlyHours")]
    public bool? EarlyHours { get; init; }

    /// <summary>Whether it is after hours.</summary>
    [JsonPropertyName("afterHours")]
    public bool? AfterHours { get; init; }

    /// <summary>The server's clock.</summary>
    [JsonPropertyName("serverTime")]
    public DateTimeOffset? ServerTime { get; init; }

    /// <summary>Whether this is an open market.</summary>
    /// <param name="extendedHours">Whether pre-market and after hours count.</param>
    public bool IsOpen(bool extendedHours) => Market switch
    {
        "open" => true,
        "extended-hours" => extendedHours,
        _ => false,
    };
}
