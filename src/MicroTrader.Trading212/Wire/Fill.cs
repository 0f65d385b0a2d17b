namespace MicroTrader.Trading212;

/// <summary>One execution, or one corporate action, of an order. A field that the venue left out is null. Source: the Trading 212 Public API v0 description, schema Fill.</summary>
public sealed record Fill
{
    /// <summary>The venue's id of the fill.</summary>
    public long? Id { get; init; }

    /// <summary>A trade or a corporate action.</summary>
    public FillType? Type { get; init; }

    /// <summary>Shares, as sent: the sign on a SELL is not specified, use <see cref="HistoricalOrder.SignedFillQuantity"/>.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>Price of one share in the instrument's currency.</summary>
    public decimal? Price { get; init; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset? FilledAt { get; init; }

    /// <summary>On a venue or over the counter.</summary>
    public TradingMethod? TradingMethod { get; init; }

    /// <summary>What it did to the account's cash.</summary>
    public FillWalletImpact? WalletImpact { get; init; }
}
