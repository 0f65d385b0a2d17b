using System.Text.Json.Serialization;

namespace MicroTrader.Simulators.Massive.Wire;

/// <summary>What a client sends over the stream: <c>{"action":"subscribe","params":"T.AXSM,A.AXSM"}</c>.</summary>
internal sealed record WireAction
{
    [JsonPropertyName("action")]
    public string? Action { get; init; }

    [JsonPropertyName("params")]
    public string? Parameters { get; init; }
}
