namespace MicroTrader.Simulation.Shared;

/// <summary>What an entry of the venue's true ledger says.</summary>
internal enum LedgerKind
{
    /// <summary>An order of the robot was handed to the transport; it may never arrive.</summary>
    Sent,

    /// <summary>The venue took an order.</summary>
    Accepted,

    /// <summary>A part of an order, or all of it, was executed.</summary>
    Filled,

    /// <summary>Nothing more happens to an order.</summary>
    Ended,

    /// <summary>Each share became several.</summary>
    Split,
}

/// <summary>One line of the truth, which no read ever shows whole.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="At">When, by the robot's clock.</param>
/// <param name="Ticker">The instrument.</param>
/// <param name="Owner">Who placed the order.</param>
/// <param name="OrderId">The venue's id; 0 where there is none.</param>
/// <param name="Intent">The robot's reference that caused it; null where another placed it.</param>
/// <param name="Quantity">Shares, negative for a sale; for a split, how many each share became.</param>
/// <param name="Cash">What it moved on the account, in its currency: negative where it paid.</param>
internal sealed record LedgerEntry(LedgerKind Kind, DateTimeOffset At, string Ticker, Owner Owner, long OrderId, string? Intent, decimal Quantity, decimal Cash);
