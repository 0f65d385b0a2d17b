using System.Text.Json.Serialization;

namespace MicroTrader.Simulators.Massive.Wire;

/// <summary>The answer of the snapshot of one ticker.</summary>
internal sealed record WireTickerSnapshot
{
    [JsonPropertyName("status")]
    public string Status { get; init; } = "OK";

    [JsonPropertyName("request_id")]
    public required string RequestId { get; init; }

    [JsonPropertyName("ticker")]
    public required WireTicker Ticker { get; init; }
}
