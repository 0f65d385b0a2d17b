using System.Globalization;

namespace MicroTrader.Dashboard.Text;

/// <summary>Writes times and how long something takes.</summary>
internal static class TimeText
{
    /// <summary>The day in UTC, e.g. <c>2026-10-14</c>.</summary>
    public static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The time of day in UTC, e.g. <c>14:30:05</c>.</summary>
    public static string Clock(DateTimeOffset time) => time.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>The time as a machine reads it, ISO 8601 in UTC with milliseconds.</summary>
    public static string Machine(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>A duration in seconds, e.g. <c>9.8 s</c>, <c>2 min 05 s</c>, <c>1 h 02 min 05 s</c>, <c>3 d 01 h 02 min</c>.</summary>
    public static string Duration(double? seconds) => seconds is { } s ? Duration(TimeSpan.FromSeconds(s)) : NumberText.None;

    /// <summary>A duration. One that is below zero, where two clocks disagree, keeps its sign.</summary>
    public static string Duration(TimeSpan duration)
    {
        if (duration < TimeSpan.Zero)
            return "-" + Duration(duration.Negate());
        // Tenths are cut, not rounded: 59.96 s must not read 60.0 s.
        if (duration < TimeSpan.FromMinutes(1))
            return string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(duration.TotalSeconds * 10) / 10:0.0} s");
        if (duration < TimeSpan.FromHours(1))
            return string.Create(CultureInfo.InvariantCulture, $"{duration.Minutes} min {duration.Seconds:00} s");
        return duration < TimeSpan.FromDays(1)
            ? string.Create(CultureInfo.InvariantCulture, $"{duration.Hours} h {duration.Minutes:00} min {duration.Seconds:00} s")
            : string.Create(CultureInfo.InvariantCulture, $"{duration.Days} d {duration.Hours:00} h {duration.Minutes:00} min");
    }

    /// <summary>How long ago something was, e.g. <c>2.0 s</c>; a time of the future says so.</summary>
    public static string Age(DateTimeOffset? time, DateTimeOffset now) => time switch
    {
        null => NumberText.None,
        { } t when t > now => Duration(t - now) + " ahead",
        { } t => Duration(now - t),
    };
}
