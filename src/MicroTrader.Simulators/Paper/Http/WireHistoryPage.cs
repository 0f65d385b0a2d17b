using System.Text.Json.Serialization;

namespace MicroTrader.Simulators.Paper.Http;

/// <summary>Answer of GET history/orders (<c>PaginatedResponseHistoricalOrder</c> of openapi.yaml).</summary>
internal sealed record WireHistoryPage
{
    public required IReadOnlyList<WireHistoryItem> Items { get; init; }

    // The one field that the real venue sends as null: the end of the pages.
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? NextPagePath { get; init; }
}

internal sealed record WireHistoryItem
{
    public required WireOrder Order { get; init; }

    public WireFill? Fill { get; init; }
}

internal sealed record WireFill
{
    public required long Id { get; init; }

    public required decimal Quantity { get; init; }

    public required decimal Price { get; init; }

    public required string Type { get; init; }

    public required string TradingMethod { get; init; }

    public required DateTimeOffset FilledAt { get; init; }

    public required WireFillImpact WalletImpact { get; init; }
}

internal sealed record WireFillImpact
{
    public required string Currency { get; init; }

    public required decimal NetValue { get; init; }

    public required decimal FxRate { get; init; }

    public decimal? RealisedProfitLoss { get; init; }

    public required IReadOnlyList<WireTax> Taxes { get; init; }
}

internal sealed record WireTax
{
    public required string Name { get; init; }

    public required decimal Quantity { get; init; }

    public required string Currency { get; init; }

    public required DateTimeOffset ChargedAt { get; init; }
}
