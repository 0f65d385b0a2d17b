namespace MicroTrader.MarketData;

/// <summary>One step of a <see cref="SyntheticPath"/>.</summary>
/// <param name="Price">Price of one share in dollars, whole cents, above zero.</param>
/// <param name="Volume">Shares traded, a whole number above zero.</param>
/// <param name="Regime">What the path was doing.</param>
public readonly record struct SyntheticStep(decimal Price, decimal Volume, SyntheticRegime Regime);
