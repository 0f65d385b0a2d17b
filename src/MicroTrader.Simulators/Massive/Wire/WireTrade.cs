using System.Text.Json;
using System.Text.Json.Serialization;

namespace MicroTrader.Simulators.Massive.Wire;

/// <summary>A trade of the stream; <c>t</c> in Unix milliseconds.</summary>
internal sealed record WireTrade : MarketEvent
{
    public WireTrade() => Ev = "T";

    [JsonPropertyName("x")]
    public required int X { get; init; }

    [JsonPropertyName("i")]
    public required string I { get; init; }

    [JsonPropertyName("z")]
    public int Z { get; init; } = 3;

    [JsonPropertyName("p")]
    public required decimal? P { get; init; }

    [JsonPropertyName("s")]
    public required long S { get; init; }

    [JsonPropertyName("c")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required IReadOnlyList<int>? C { get; init; }

    [JsonPropertyName("t")]
    public required long T { get; init; }

    [JsonPropertyName("q")]
    public required long Q { get; init; }

    public override void Write(Utf8JsonWriter writer) => JsonSerializer.Serialize(writer, this, MassiveJson.Default.WireTrade);

    public override MarketEvent WithPrices(Func<decimal, decimal?> change) => this with { P = P is { } price ? change(price) : null };

    // Two back: before the one that went out before it.
    public override MarketEvent Moved(TimeSpan by) => this with { T = T + (long)by.TotalMilliseconds, Q = Math.Max(0, Q - 2) };
}
