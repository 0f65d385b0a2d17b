using System.Text.Json.Serialization;

namespace MicroTrader.Simulators.Paper.Http;

/// <summary>Answer of GET history/dividends (<c>PaginatedResponseHistoryDividendItem</c> of openapi.yaml).</summary>
internal sealed record WireDividendPage
{
    public required IReadOnlyList<WireDividend> Items { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? NextPagePath { get; init; }
}

internal sealed record WireDividend
{
    public required string Ticker { get; init; }

    public required string Type { get; init; }

    public required decimal Amount { get; init; }

    public decimal? AmountInEuro { get; init; }

    public required string Currency { get; init; }

    public required decimal GrossAmountPerShare { get; init; }

    public required decimal Quantity { get; init; }

    public required string Reference { get; init; }

    public required DateTimeOffset PaidOn { get; init; }

    public string? TickerCurrency { get; init; }

    public required WireInstrumentReference Instrument { get; init; }
}
