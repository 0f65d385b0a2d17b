namespace MicroTrader.Simulation.Core;

/// <summary>One execution at the simulated venue.</summary>
/// <param name="Id">The venue's id of it.</param>
/// <param name="Quantity">Shares, without a sign.</param>
/// <param name="Price">In the instrument's currency.</param>
/// <param name="At">By the venue's clock.</param>
/// <param name="AccountValue">What it moved on the account, without a sign, fee included, to the cent.</param>
/// <param name="FxRate">Instrument currency per account currency.</param>
/// <param name="Fee">The part that was the conversion's fee, to the cent.</param>
internal sealed record SimFill(long Id, decimal Quantity, decimal Price, DateTimeOffset At, decimal AccountValue, decimal FxRate, decimal Fee);
