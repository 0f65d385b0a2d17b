namespace MicroTrader.Simulators.Paper;

/// <summary>A dividend that the account received.</summary>
public sealed record PaperDividend
{
    /// <summary>Place in the account's history, counted up; also the cursor of its pages.</summary>
    public required long Sequence { get; init; }

    /// <summary>The venue's name for it, unique.</summary>
    public required string Reference { get; init; }

    /// <summary>The venue's instrument identifier.</summary>
    public required string Ticker { get; init; }

    /// <summary>Shares that it was paid for.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Paid per share, in the instrument's currency.</summary>
    public required decimal GrossAmountPerShare { get; init; }

    /// <summary>Received in account currency. No tax is withheld on paper.</summary>
    public required decimal Amount { get; init; }

    /// <summary>When it was paid.</summary>
    public required DateTimeOffset PaidAt { get; init; }
}
