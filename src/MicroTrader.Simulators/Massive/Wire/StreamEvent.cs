using System.Text.Json;
using System.Text.Json.Serialization;

namespace MicroTrader.Simulators.Massive.Wire;

/// <summary>One element of a message of the stream.</summary>
internal abstract record StreamEvent
{
    /// <summary>What it is.</summary>
    [JsonPropertyName("ev")]
    [JsonPropertyOrder(-2)]
    public string Ev { get; init; } = string.Empty;

    /// <summary>Its symbol; null for a status.</summary>
    [JsonPropertyName("sym")]
    [JsonPropertyOrder(-1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Symbol { get; init; }

    /// <summary>Writes it as an object.</summary>
    public abstract void Write(Utf8JsonWriter writer);
}
