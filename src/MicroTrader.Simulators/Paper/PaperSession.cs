namespace MicroTrader.Simulators.Paper;

/// <summary>One stretch of time in which the paper market is open. Orders outside it wait for the next one.</summary>
/// <param name="OpensAt">First instant of the session.</param>
/// <param name="ClosesAt">First instant after the session.</param>
public sealed record PaperSession(DateTimeOffset OpensAt, DateTimeOffset ClosesAt)
{
    /// <summary>
    /// First instant of the pre-market, in which orders with <c>extendedHours</c> execute; null for none. Where no session
    /// of the list names a pre-market or after-hours, such orders execute at any time.
    /// </summary>
    public DateTimeOffset? PreMarketOpensAt { get; init; }

    /// <summary>First instant after the after-hours, in which orders with <c>extendedHours</c> execute; null for none.</summary>
    public DateTimeOffset? AfterHoursCloseAt { get; init; }
}
