using System.Globalization;

namespace MicroTrader.Host.Configuration;

/// <summary>Durations as people write them: <c>250ms</c>, <c>10s</c>, <c>1m</c>, <c>2h</c>, <c>1d</c>, <c>00:01:00</c>, or seconds as a plain number.</summary>
internal static class Duration
{
    /// <summary>What may be written, for messages.</summary>
    public const string Forms = "a duration such as 250ms, 10s, 1m, 2h or 00:01:00";

    /// <summary>Reads a duration.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        text = text.Trim();
        duration = default;
        if (text.Contains(':', StringComparison.Ordinal))
            return TryParseClock(text, out duration);
        var number = text.TrimEnd("abcdefghijklmnopqrstuvwxyz".ToCharArray());
        double? unit = text[number.Length..] switch
        {
            "ms" => 0.001,
            "s" or "" => 1,
            "m" or "min" => 60,
            "h" => 3_600,
            "d" => 86_400,
            _ => null,
        };
        // Asked this way round, for NaN is a number to the parser and passes no comparison.
        if (unit is null || !double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) || !(value * unit <= 365d * 86_400))
            return false;
        duration = TimeSpan.FromMilliseconds(Math.Round(value * unit.Value * 1_000, 3));
        return true;
    }

    // Hours, minutes and seconds, always all three. TimeSpan.Parse would take 24:00:00 for 24 days and 1:30 for an hour and a half.
    private static bool TryParseClock(string text, out TimeSpan duration)
    {
        duration = default;
        var parts = text.Split(':');
        if (parts.Length != 3
            || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var hours) || hours > 365 * 24
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) || minutes > 59
            || !double.TryParse(parts[2], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) || !(seconds < 60))
            return false;
        duration = new TimeSpan(hours, minutes, 0) + TimeSpan.FromMilliseconds(Math.Round(seconds * 1_000, 3));
        return true;
    }

    /// <summary>Writes seconds as people read them.</summary>
    public static string Describe(double seconds) => seconds < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{seconds * 1_000:0.###}ms")
        : string.Create(CultureInfo.InvariantCulture, $"{seconds:0.###}s");
}
