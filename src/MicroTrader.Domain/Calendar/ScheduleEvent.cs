namespace MicroTrader.Domain.Calendar;

/// <summary>One line of a broker's working schedule.</summary>
/// <param name="At">When it happens.</param>
/// <param name="Kind">What happens.</param>
public readonly record struct ScheduleEvent(DateTimeOffset At, ScheduleEventKind Kind);
