using MicroTrader.Domain.Calendar;

namespace MicroTrader.Domain.Risk;

/// <summary>The day that losses are counted in: New York's, for that is where the traded shares have their home.</summary>
public static class RiskDay
{
    /// <summary>The day of a moment. Before the first year whose clocks are known it is the day by New York's winter time.</summary>
    public static DateOnly Of(DateTimeOffset time) =>
        time.UtcDateTime.Year >= NewYorkTime.FirstYear ? NewYorkTime.DayOf(time) : DateOnly.FromDateTime(time.ToOffset(TimeSpan.FromHours(-5)).DateTime);

    /// <summary>When the day of a moment began.</summary>
    public static DateTimeOffset StartOf(DateTimeOffset time) => Midnight(Of(time));

    /// <summary>When the day after that of a moment begins.</summary>
    public static DateTimeOffset NextAfter(DateTimeOffset time) => Midnight(Of(time).AddDays(1));

    private static DateTimeOffset Midnight(DateOnly day) => day.Year >= NewYorkTime.FirstYear
        ? NewYorkTime.At(day, TimeOnly.MinValue)
        : new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.FromHours(-5));
}
