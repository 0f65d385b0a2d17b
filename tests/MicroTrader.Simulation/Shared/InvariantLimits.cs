namespace MicroTrader.Simulation.Shared;

/// <summary>How much time a level's own ways take: what is promised holds after that.</summary>
internal sealed record InvariantLimits
{
    /// <summary>How long the news that entries are forbidden may be on its way to whoever is about to send one.</summary>
    public required TimeSpan ExitOnlyNews { get; init; }

    /// <summary>The oldest tick that an order to buy may leave on.</summary>
    public required TimeSpan OldestTick { get; init; }

    /// <summary>The settle window.</summary>
    public required TimeSpan SettleWindow { get; init; }

    /// <summary>The late watch.</summary>
    public required TimeSpan LateWatch { get; init; }

    /// <summary>TIME.</summary>
    public required TimeSpan MaxHold { get; init; }

    /// <summary>What venue and reads may take beyond TIME, from a healthy fill to the order that sells it.</summary>
    public required TimeSpan SaleDelay { get; init; }

    /// <summary>The same for what was bought, or in doubt, before all was healthy.</summary>
    public required TimeSpan RecoveryDelay { get; init; }
}
