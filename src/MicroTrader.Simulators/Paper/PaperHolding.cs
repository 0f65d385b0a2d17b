namespace MicroTrader.Simulators.Paper;

/// <summary>Shares of one instrument in the account.</summary>
public sealed record PaperHolding
{
    /// <summary>The venue's instrument identifier.</summary>
    public required string Ticker { get; init; }

    /// <summary>Shares owned, pies included.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Shares that sit in pies and cannot be sold by an order.</summary>
    public decimal QuantityInPies { get; init; }

    /// <summary>Average price paid per share in the instrument's currency.</summary>
    public required decimal AveragePricePaid { get; init; }

    /// <summary>What the shares cost, fees included, in account currency.</summary>
    public required decimal TotalCost { get; init; }

    /// <summary>When the position was opened.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
