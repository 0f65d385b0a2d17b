using System.Text.Json;
using System.Text.Json.Serialization;

namespace MicroTrader.Simulators.Massive.Wire;

/// <summary>
/// A second (A) or a minute (AM) of the stream: <c>s</c> and <c>e</c> in Unix milliseconds, <c>op</c> the day's opening price, <c>av</c> and <c>a</c> the day's volume and
/// average price, <c>z</c> the average size of a trade.
/// </summary>
internal sealed record WireAggregate : MarketEvent
{
    [JsonPropertyName("v")]
    public required long V { get; init; }

    [JsonPropertyName("av")]
    public required long Av { get; init; }

    [JsonPropertyName("op")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required decimal? Op { get; init; }

    [JsonPropertyName("vw")]
    public required decimal Vw { get; init; }

    [JsonPropertyName("o")]
    public required decimal? O { get; init; }

    [JsonPropertyName("c")]
    public required decimal? C { get; init; }

    [JsonPropertyName("h")]
    public required decimal? H { get; init; }

    [JsonPropertyName("l")]
    public required decimal? L { get; init; }

    [JsonPropertyName("a")]
    public required decimal A { get; init; }

    [JsonPropertyName("z")]
    public required long Z { get; init; }

    [JsonPropertyName("s")]
    public required long S { get; init; }

    [JsonPropertyName("e")]
    public required long E { get; init; }

    public override void Write(Utf8JsonWriter writer) => JsonSerializer.Serialize(writer, this, MassiveJson.Default.WireAggregate);

    public override MarketEvent WithPrices(Func<decimal, decimal?> change)
    {
        return this with { O = Changed(O), C = Changed(C), H = Changed(H), L = Changed(L) };

        decimal? Changed(decimal? price) => price is { } known ? change(known) : null;
    }

    public override MarketEvent Moved(TimeSpan by) => this with { S = S + (long)by.TotalMilliseconds, E = E + (long)by.TotalMilliseconds };
}
