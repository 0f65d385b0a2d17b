using System.Text.Json.Serialization;

namespace MicroTrader.Simulators.Massive.Wire;

/// <summary>The last quote of a snapshot: small letters are the bid, capitals the ask; sizes in lots, <c>t</c> in Unix nanoseconds.</summary>
internal sealed record WireLastQuote
{
    [JsonPropertyName("P")]
    public required decimal? AskPrice { get; init; }

    [JsonPropertyName("S")]
    public required long AskSize { get; init; }

    [JsonPropertyName("p")]
    public required decimal? BidPrice { get; init; }

    [JsonPropertyName("s")]
    public required long BidSize { get; init; }

    [JsonPropertyName("t")]
    public required long T { get; init; }
}
