using System.Globalization;

namespace MicroTrader.Domain.Robot;

/// <summary>Reads the days and times that people limit a list by. All are UTC.</summary>
public static class DayText
{
    /// <summary>What is allowed, in words.</summary>
    public const string Forms = "a day or a time in UTC, e.g. 2026-10-14 or 2026-10-14T13:30";

    private static readonly string[] Times = ["yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mmZ", "yyyy-MM-ddTHH:mm:ssZ", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"];

    /// <summary>Reads a limit; null where the text is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isEnd">Whether it limits the end: a day is then taken in whole, so its end is the next day's beginning; a time is itself.</param>
    public static DateTimeOffset? Parse(string? text, bool isEnd)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day < DateOnly.MaxValue)
            return new DateTimeOffset((isEnd ? day.AddDays(1) : day).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        return DateTimeOffset.TryParseExact(text, Times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
    }
}
