namespace MicroTrader.Simulators.Paper;

/// <summary>One execution.</summary>
public sealed record PaperFill
{
    /// <summary>Fill number, counted up.</summary>
    public required long Id { get; init; }

    /// <summary>The order that it executes.</summary>
    public required long OrderId { get; init; }

    /// <summary>The venue's instrument identifier.</summary>
    public required string Ticker { get; init; }

    /// <summary>What made it.</summary>
    public PaperFillType Type { get; init; }

    /// <summary>Shares; negative for a sale, and for the shares that a reverse split takes.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Price of one share in the instrument's currency; 0 for a split.</summary>
    public required decimal Price { get; init; }

    /// <summary>When it executed.</summary>
    public required DateTimeOffset FilledAt { get; init; }

    /// <summary>Units of the instrument's currency per one unit of the account's.</summary>
    public required decimal FxRate { get; init; }

    /// <summary>Currency conversion fee in account currency, not negative.</summary>
    public required decimal ConversionFee { get; init; }

    /// <summary>What the account paid (fee included) or received (fee taken off), in account currency, not negative.</summary>
    public required decimal NetValue { get; init; }

    /// <summary>Net value minus the cost of the shares sold, in account currency; null for a buy and for a split.</summary>
    public decimal? RealisedProfitLoss { get; init; }
}
