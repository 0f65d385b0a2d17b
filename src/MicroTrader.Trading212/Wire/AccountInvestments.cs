namespace MicroTrader.Trading212;

/// <summary>The account's investments, in account currency. A field that the venue left out is null. Source: the Trading 212 Public API v0 description, schema Investments.</summary>
public sealed record AccountInvestments
{
    /// <summary>What they are worth now.</summary>
    public decimal? CurrentValue { get; init; }

    /// <summary>What was paid for them.</summary>
    public decimal? TotalCost { get; init; }

    /// <summary>Current value less cost.</summary>
    public decimal? UnrealizedProfitLoss { get; init; }

    /// <summary>All-time realised P&amp;L. Spelt realized here, realised in a fill.</summary>
    public decimal? RealizedProfitLoss { get; init; }
}
