using System.Text.Json.Serialization;

namespace MicroTrader.Simulators.Massive.Wire;

/// <summary>One ticker of a snapshot; <c>updated</c> in Unix nanoseconds.</summary>
internal sealed record WireTicker
{
    [JsonPropertyName("ticker")]
    public required string Ticker { get; init; }

    [JsonPropertyName("todaysChangePerc")]
    public required decimal TodaysChangePercent { get; init; }

    [JsonPropertyName("todaysChange")]
    public required decimal TodaysChange { get; init; }

    [JsonPropertyName("updated")]
    public required long Updated { get; init; }

    [JsonPropertyName("day")]
    public required WireBar Day { get; init; }

    [JsonPropertyName("lastQuote")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required WireLastQuote? LastQuote { get; init; }

    [JsonPropertyName("lastTrade")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required WireLastTrade? LastTrade { get; init; }

    [JsonPropertyName("min")]
    public required WireMinute Min { get; init; }

    [JsonPropertyName("prevDay")]
    public required WireBar PrevDay { get; init; }
}
