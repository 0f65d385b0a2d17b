namespace MicroTrader.Simulation.Shared;

/// <summary>The truth at the venue, as the invariants see it.</summary>
internal interface IVenueBooks
{
    /// <summary>Everything that happened, in order; only ever added to.</summary>
    IReadOnlyList<LedgerEntry> Ledger { get; }

    /// <summary>The account's cash at the start, in its currency.</summary>
    decimal CashAtStart { get; }

    /// <summary>The account's cash now, in its currency.</summary>
    decimal Cash { get; }

    /// <summary>Shares of a ticker on the account at the start: the person's.</summary>
    decimal HeldAtStart(string ticker);

    /// <summary>Shares of a ticker on the account now.</summary>
    decimal Held(string ticker);
}
