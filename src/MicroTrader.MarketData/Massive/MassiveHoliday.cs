using System.Text.Json.Serialization;

namespace MicroTrader.MarketData;

/// <summary>A day to come that is not like others. Source: <c>/v1/marketstatus/upcoming</c>.</summary>
public sealed record MassiveHoliday
{
    /// <summary>The exchange: <c>NYSE</c>, <c>NASDAQ</c> or <c>OTC</c>.</summary>
    [JsonPropertyName("exchange")]
    public string Exchange { get; init; } = "";

    /// <summary>The day in New York.</summary>
    [JsonPropertyName("date")]
    public DateOnly Date { get; init; }

    /// <summary>Its name.</summary>
    [JsonPropertyName("name")]
    public string Name { get; init; } = "";

    /// <summary><c>closed</c> or <c>early-close</c>.</summary>
    [JsonPropertyName("status")]
    public string Status { get; init; } = "";

    /// <summary>The opening, on a day that is not closed.</summary>
    [JsonPropertyName("open")]
    public DateTimeOffset? Open { get; init; }

    /// <summary>The close, on a day that is not closed.</summary>
    [JsonPropertyName("close")]
    public DateTimeOffset? Close { get; init; }
}
