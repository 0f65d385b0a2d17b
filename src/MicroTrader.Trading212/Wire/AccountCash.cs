namespace MicroTrader.Trading212;

/// <summary>The account's cash, in account currency. A field that the venue left out is null. Source: the Trading 212 Public API v0 description, schema Cash.</summary>
public sealed record AccountCash
{
    /// <summary>Free cash.</summary>
    public decimal? AvailableToTrade { get; init; }

    /// <summary>Cash held back for pending orders.</summary>
    public decimal? ReservedForOrders { get; init; }

    /// <summary>Cash in pies, not invested yet.</summary>
    public decimal? InPies { get; init; }
}
