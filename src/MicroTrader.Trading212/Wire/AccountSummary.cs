namespace MicroTrader.Trading212;

/// <summary>The account. A field that the venue left out is null. Source: the Trading 212 Public API v0 description, schema AccountSummary.</summary>
public sealed record AccountSummary
{
    /// <summary>The account number, the same as in the app.</summary>
    public long? Id { get; init; }

    /// <summary>Its currency, ISO 4217.</summary>
    public string? Currency { get; init; }

    /// <summary>Its value in its currency.</summary>
    public decimal? TotalValue { get; init; }

    /// <summary>Its cash.</summary>
    public AccountCash? Cash { get; init; }

    /// <summary>Its investments.</summary>
    public AccountInvestments? Investments { get; init; }
}
