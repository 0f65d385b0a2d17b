using System.Globalization;
using MicroTrader.Domain.Calendar;

namespace MicroTrader.Domain.Tests.Calendar;

/// <summary>Days and moments as a person writes them.</summary>
internal static class Days
{
    public static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A moment with its offset in the text.</summary>
    public static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.None);

    /// <summary>A moment by New York's clocks.</summary>
    public static DateTimeOffset NewYork(string day, string time) => NewYorkTime.At(Day(day), TimeOnly.Parse(time, CultureInfo.InvariantCulture));

    /// <summary>Days of a year from "01-17 02-21".</summary>
    public static IEnumerable<DateOnly> OfYear(int year, string monthsAndDays) =>
        monthsAndDays.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(d => Day($"{year}-{d}"));

    /// <summary>Every day of a year.</summary>
    public static IEnumerable<DateOnly> Of(int year)
    {
        for (var day = new DateOnly(year, 1, 1); day.Year == year; day = day.AddDays(1))
            yield return day;
    }
}
