namespace MicroTrader.Simulators.Massive;

/// <summary>The bar of a day.</summary>
/// <param name="Open">First price in dollars.</param>
/// <param name="High">Highest price in dollars.</param>
/// <param name="Low">Lowest price in dollars.</param>
/// <param name="Close">Last price in dollars.</param>
/// <param name="Volume">Shares.</param>
/// <param name="AveragePrice">Average price weighted by volume, in dollars.</param>
public sealed record FakeDayBar(decimal Open, decimal High, decimal Low, decimal Close, long Volume, decimal AveragePrice);
