namespace MicroTrader.Trading212;

/// <summary>What a position is worth in the account's currency. A field that the venue left out is null. Source: the Trading 212 Public API v0 description, schema PositionWalletImpact.</summary>
public sealed record PositionWalletImpact
{
    /// <summary>The account's currency, ISO 4217: of every amount here.</summary>
    public string? Currency { get; init; }

    /// <summary>What was paid.</summary>
    public decimal? TotalCost { get; init; }

    /// <summary>What it is worth now.</summary>
    public decimal? CurrentValue { get; init; }

    /// <summary>Current value less total cost.</summary>
    public decimal? UnrealizedProfitLoss { get; init; }

    /// <summary>The part of it that currency rates caused.</summary>
    public decimal? FxImpact { get; init; }
}
