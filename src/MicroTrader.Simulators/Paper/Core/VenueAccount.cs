namespace MicroTrader.Simulators.Paper.Core;

/// <summary>The account's own row.</summary>
internal sealed record VenueAccount
{
    public required long AccountId { get; init; }

    public required string Currency { get; init; }

    public required decimal StartingCash { get; init; }

    public required decimal Cash { get; init; }

    public required decimal RealisedProfitLoss { get; init; }

    public required long NextOrderId { get; init; }

    public required long NextFillId { get; init; }

    /// <summary>One counter for the lines of all three histories; their cursors need order, not density.</summary>
    public required long NextHistorySequence { get; init; }
}
