namespace MicroTrader.Simulation.Core;

/// <summary>A line of the venue's history.</summary>
/// <param name="Order">The order; null for a corporate action.</param>
/// <param name="Fill">The execution; null for an order that ended without one, and for a corporate action.</param>
/// <param name="Instrument">The instrument.</param>
/// <param name="CorporateId">The id under which a corporate action is shown; 0 for what is none.</param>
/// <param name="CorporateQuantity">Shares that it brought.</param>
/// <param name="At">By the venue's clock.</param>
/// <param name="ShownFrom">When reads begin to show it, in the simulation's units of time.</param>
internal sealed record SimHistoryItem(
    SimOrder? Order,
    SimFill? Fill,
    SimInstrument Instrument,
    long CorporateId,
    decimal CorporateQuantity,
    DateTimeOffset At,
    long ShownFrom);
