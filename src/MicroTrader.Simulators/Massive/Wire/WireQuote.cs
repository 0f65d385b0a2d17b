using System.Text.Json;
using System.Text.Json.Serialization;

namespace MicroTrader.Simulators.Massive.Wire;

/// <summary>A quote of the stream; sizes in lots, <c>t</c> in Unix milliseconds.</summary>
internal sealed record WireQuote : MarketEvent
{
    public WireQuote() => Ev = "Q";

    [JsonPropertyName("bx")]
    public int BidExchange { get; init; } = 4;

    [JsonPropertyName("bp")]
    public required decimal? BidPrice { get; init; }

    [JsonPropertyName("bs")]
    public required long BidSize { get; init; }

    [JsonPropertyName("ax")]
    public int AskExchange { get; init; } = 7;

    [JsonPropertyName("ap")]
    public required decimal? AskPrice { get; init; }

    [JsonPropertyName("as")]
    public required long AskSize { get; init; }

    [JsonPropertyName("c")]
    public int C { get; init; }

    [JsonPropertyName("i")]
    public IReadOnlyList<int> I { get; init; } = [604];

    [JsonPropertyName("t")]
    public required long T { get; init; }

    [JsonPropertyName("q")]
    public required long Q { get; init; }

    [JsonPropertyName("z")]
    public int Z { get; init; } = 3;

    public override void Write(Utf8JsonWriter writer) => JsonSerializer.Serialize(writer, this, MassiveJson.Default.WireQuote);

    public override MarketEvent WithPrices(Func<decimal, decimal?> change) =>
        this with { BidPrice = BidPrice is { } bid ? change(bid) : null, AskPrice = AskPrice is { } ask ? change(ask) : null };

    // Two back: before the one that went out before it.
    public override MarketEvent Moved(TimeSpan by) => this with { T = T + (long)by.TotalMilliseconds, Q = Math.Max(0, Q - 2) };
}
