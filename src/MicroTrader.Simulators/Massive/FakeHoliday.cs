namespace MicroTrader.Simulators.Massive;

/// <summary>A day on which the market is closed, or closes early.</summary>
/// <param name="Date">The day in New York.</param>
/// <param name="Name">Its name.</param>
/// <param name="ClosesAt">Time in New York at which the market closes early; null for closed all day.</param>
public sealed record FakeHoliday(DateOnly Date, string Name, TimeOnly? ClosesAt = null);
