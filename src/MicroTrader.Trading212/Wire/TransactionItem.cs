namespace MicroTrader.Trading212;

/// <summary>A movement of cash to or from the account. A field that the venue left out is null. Source: the Trading 212 Public API v0 description, schema HistoryTransactionItem.</summary>
public sealed record TransactionItem
{
    /// <summary>What kind.</summary>
    public TransactionType? Type { get; init; }

    /// <summary>Amount in <see cref="Currency"/>.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Its currency, ISO 4217.</summary>
    public string? Currency { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? DateTime { get; init; }

    /// <summary>The venue's id of it.</summary>
    public string? Reference { get; init; }
}
