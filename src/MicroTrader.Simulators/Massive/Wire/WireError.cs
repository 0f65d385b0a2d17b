using System.Text.Json.Serialization;

namespace MicroTrader.Simulators.Massive.Wire;

/// <summary>A refusal: <c>error</c>, or <c>message</c> where the plan is the reason, as seen of the real venue.</summary>
internal sealed record WireError
{
    [JsonPropertyName("status")]
    public required string Status { get; init; }

    [JsonPropertyName("request_id")]
    public required string RequestId { get; init; }

    [JsonPropertyName("error")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }

    [JsonPropertyName("message")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Message { get; init; }
}
