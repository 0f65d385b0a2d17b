namespace MicroTrader.Simulators.Paper;

/// <summary>One stretch of time in which the paper market is open. Orders outside it wait for the next one.</summary>
/// <param name="OpensAt">First instant of the session.</param>
/// <param name="ClosesAt">First instant after the session.</param>
public sealed record PaperSession(DateTimeOffset OpensAt, DateTimeOffset ClosesAt);
