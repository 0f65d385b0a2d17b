using MicroTrader.Simulation.Shared;

namespace MicroTrader.Simulation.Core;

/// <summary>An order at the simulated venue, with who really placed it.</summary>
internal sealed class SimOrder
{
    public required long Id { get; init; }

    public required SimInstrument Instrument { get; init; }

    /// <summary>Shares, negative for a sale.</summary>
    public required decimal Quantity { get; init; }

    public required Owner Owner { get; init; }

    public required string? Intent { get; init; }

    /// <summary>By the venue's clock.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether the reads say who placed it.</summary>
    public required bool ShowsOrigin { get; init; }

    /// <summary>When the list of pending orders begins to show it.</summary>
    public long ShownFrom { get; set; }

    public List<SimFill> Fills { get; } = [];

    public decimal Filled { get; set; }

    public string Status { get; set; } = "NEW";

    public bool IsOver { get; set; }

    /// <summary>Shares still to be executed, without a sign.</summary>
    public decimal Left => Math.Abs(Quantity) - Filled;
}
