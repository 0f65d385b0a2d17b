using System.Text.Json.Serialization;

namespace MicroTrader.Simulators.Massive.Wire;

/// <summary>The last trade of a snapshot; <c>t</c> in Unix nanoseconds.</summary>
internal sealed record WireLastTrade
{
    [JsonPropertyName("c")]
    public required IReadOnlyList<int> C { get; init; }

    [JsonPropertyName("i")]
    public required string I { get; init; }

    [JsonPropertyName("p")]
    public required decimal? P { get; init; }

    [JsonPropertyName("s")]
    public required long S { get; init; }

    [JsonPropertyName("t")]
    public required long T { get; init; }

    [JsonPropertyName("x")]
    public required int X { get; init; }
}
