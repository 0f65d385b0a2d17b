namespace MicroTrader.Simulators.Paper;

/// <summary>Everything that the paper broker's account holds at one instant, for tests and tools.</summary>
public sealed record PaperLedger
{
    /// <summary>Account number.</summary>
    public required long AccountId { get; init; }

    /// <summary>Account currency.</summary>
    public required string Currency { get; init; }

    /// <summary>Cash with which the account was made.</summary>
    public required decimal StartingCash { get; init; }

    /// <summary>Cash, reservations included. Cash + cost of the holdings - realised profit - dividends = starting cash, always.</summary>
    public required decimal Cash { get; init; }

    /// <summary>Part of the cash that pending buys reserve.</summary>
    public required decimal ReservedForOrders { get; init; }

    /// <summary>Sum of the realised profit and loss of all sales, net of fees.</summary>
    public required decimal RealisedProfitLoss { get; init; }

    /// <summary>Holdings by ticker.</summary>
    public required IReadOnlyList<PaperHolding> Holdings { get; init; }

    /// <summary>All orders, oldest first.</summary>
    public required IReadOnlyList<PaperOrder> Orders { get; init; }

    /// <summary>All fills, oldest first.</summary>
    public required IReadOnlyList<PaperFill> Fills { get; init; }

    /// <summary>All transactions, oldest first: the deposit of the starting cash.</summary>
    public IReadOnlyList<PaperTransaction> Transactions { get; init; } = [];

    /// <summary>All dividends, oldest first.</summary>
    public IReadOnlyList<PaperDividend> Dividends { get; init; } = [];
}
