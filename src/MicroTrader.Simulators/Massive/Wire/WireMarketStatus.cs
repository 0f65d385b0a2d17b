using System.Text.Json.Serialization;

namespace MicroTrader.Simulators.Massive.Wire;

/// <summary>The answer of <c>/v1/marketstatus/now</c>; <c>serverTime</c> is RFC 3339 with the offset of New York.</summary>
internal sealed record WireMarketStatus
{
    [JsonPropertyName("afterHours")]
    public required bool AfterHours { get; init; }

    [JsonPropertyName("currencies")]
    public IReadOnlyDictionary<string, string> Currencies { get; init; } = new Dictionary<string, string> { ["crypto"] = "open", ["fx"] = "open" };

    [JsonPropertyName("earlyHours")]
    public required bool EarlyHours { get; init; }

    [JsonPropertyName("exchanges")]
    public required IReadOnlyDictionary<string, string> Exchanges { get; init; }

    [JsonPropertyName("market")]
    public required string Market { get; init; }

    [JsonPropertyName("serverTime")]
    public required string ServerTime { get; init; }
}
