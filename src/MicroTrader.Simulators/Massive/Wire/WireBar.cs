using System.Text.Json.Serialization;

namespace MicroTrader.Simulators.Massive.Wire;

/// <summary>A day's bar; prices in dollars, volume in shares. Null prices are a fault.</summary>
internal sealed record WireBar
{
    public static WireBar Zeros { get; } = new() { O = 0, H = 0, L = 0, C = 0, V = 0, Vw = 0 };

    [JsonPropertyName("o")]
    public required decimal O { get; init; }

    [JsonPropertyName("h")]
    public required decimal H { get; init; }

    [JsonPropertyName("l")]
    public required decimal L { get; init; }

    [JsonPropertyName("c")]
    public required decimal? C { get; init; }

    [JsonPropertyName("v")]
    public required long V { get; init; }

    [JsonPropertyName("vw")]
    public required decimal Vw { get; init; }
}
