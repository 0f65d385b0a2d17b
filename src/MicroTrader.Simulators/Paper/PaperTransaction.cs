namespace MicroTrader.Simulators.Paper;

/// <summary>Money that came to the account or left it otherwise than by a trade or a dividend.</summary>
public sealed record PaperTransaction
{
    /// <summary>Place in the account's history, counted up; also the cursor of its pages.</summary>
    public required long Sequence { get; init; }

    /// <summary>The venue's name for it, unique.</summary>
    public required string Reference { get; init; }

    /// <summary>Kind as on the wire: DEPOSIT, WITHDRAW, FEE or TRANSFER.</summary>
    public required string Type { get; init; }

    /// <summary>Amount in account currency; what leaves the account is negative.</summary>
    public required decimal Amount { get; init; }

    /// <summary>When it was booked.</summary>
    public required DateTimeOffset At { get; init; }
}
