namespace MicroTrader.Simulation.Core;

/// <summary>A line of the venue's history.</summary>
/// <param name="Order">The order; null for a corporate action.</param>
/// <param name="Fill">The execution; null for an order that ended without one, and for a corporate action.</param>
/// <param name="Instrument">The instrument.</param>
/// <param name="SplitFactor">How many each share became; 0 for what is no split.</param>
/// <param name="At">By the venue's clock.</param>
/// <param name="ShownFrom">When reads begin to show it, in the simulation's units of time.</param>
internal sealed record SimHistoryItem(SimOrder? Order, SimFill? Fill, SimInstrument Instrument, decimal SplitFactor, DateTimeOffset At, long ShownFrom);
