using System.Text.Json.Serialization;

namespace MicroTrader.Simulators.Massive.Wire;

/// <summary>The answer of the snapshot of several tickers.</summary>
internal sealed record WireSnapshot
{
    [JsonPropertyName("status")]
    public string Status { get; init; } = "OK";

    [JsonPropertyName("count")]
    public int Count => Tickers.Count;

    [JsonPropertyName("tickers")]
    public required IReadOnlyList<WireTicker> Tickers { get; init; }
}
