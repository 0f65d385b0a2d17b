using System.Text.Json.Serialization;

namespace MicroTrader.Simulators.Massive.Wire;

/// <summary>A minute's bar of a snapshot: <c>t</c> is its start in Unix milliseconds, <c>av</c> the day's volume until then.</summary>
internal sealed record WireMinute
{
    [JsonPropertyName("av")]
    public required long Av { get; init; }

    [JsonPropertyName("t")]
    public required long T { get; init; }

    [JsonPropertyName("n")]
    public required long N { get; init; }

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
