using System.Text.Json.Serialization;

namespace MicroTrader.Simulators.Paper.Http;

/// <summary>Answer of GET history/transactions (<c>PaginatedResponseHistoryTransactionItem</c> of openapi.yaml).</summary>
internal sealed record WireTransactionPage
{
    public required IReadOnlyList<WireTransaction> Items { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? NextPagePath { get; init; }
}

internal sealed record WireTransaction
{
    public required string Type { get; init; }

    public required decimal Amount { get; init; }

    public required string Currency { get; init; }

    public required string Reference { get; init; }

    public required DateTimeOffset DateTime { get; init; }
}
