namespace MicroTrader.Simulators.Paper.Core;

/// <summary>
/// What one decision changes, as whole rows. It is stored first and applied to memory after, so a failed write changes
/// nothing.
/// </summary>
internal sealed record VenueChange
{
    public required VenueAccount Account { get; init; }

    /// <summary>True: everything of the account goes before the rest of the change is applied.</summary>
    public bool Reset { get; init; }

    public PaperOrder? Order { get; init; }

    public PaperFill? Fill { get; init; }

    /// <summary>The holding after the change; a quantity of zero removes it.</summary>
    public PaperHolding? Holding { get; init; }

    public PaperTransaction? Transaction { get; init; }

    public PaperDividend? Dividend { get; init; }

    public IReadOnlyList<HistoryEntry> History { get; init; } = [];
}
