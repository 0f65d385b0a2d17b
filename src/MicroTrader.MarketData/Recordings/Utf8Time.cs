namespace MicroTrader.MarketData;

/// <summary>Times of a CSV recording: ISO 8601 with an offset, or milliseconds since 1970 (Unix).</summary>
internal static class Utf8Time
{
    /// <summary>What is allowed, for errors.</summary>
    public const string Allowed = "ISO 8601 with Z or an offset (2013-10-07T13:30:00.123Z) or Unix milliseconds is allowed";

    // 3 March 1973. Anything below is a time in seconds that was meant as milliseconds: no recording is that old.
    private const long LeastUnixMs = 100_000_000_000;
    private const long MostUnixMs = 253_402_300_799_999;

    /// <summary>Reads a time as UTC ticks of 100 ns; what is finer is cut off.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out long utcTicks)
    {
        utcTicks = 0;
        if (text.Length >= 5 && text[4] == '-')
            return TryReadIso(text, out utcTicks);
        if (!Utf8Number.TryReadWhole(text, out var number) || number.Decimals != 0 || number.Digits is < LeastUnixMs or > MostUnixMs)
            return false;
        utcTicks = DateTime.UnixEpoch.Ticks + (number.Digits * TimeSpan.TicksPerMillisecond);
        return true;
    }

    /// <summary>What is wrong with a time; null where nothing is.</summary>
    public static string? Problem(ReadOnlySpan<byte> text)
    {
        if (TryRead(text, out _))
            return null;
        var shown = Utf8Number.Show(text);
        if (Utf8Number.TryReadWhole(text, out var number) && number is { Decimals: 0, Digits: >= 0 and < LeastUnixMs })
            return $"time {shown} is too early for Unix milliseconds (seconds?); {Allowed}";
        Span<byte> zoned = stackalloc byte[text.Length > 64 ? 1 : text.Length + 1];
        zoned[^1] = (byte)'Z';
        if (text.Length <= 64)
        {
            text.CopyTo(zoned);
            if (TryRead(zoned, out _))
                return $"time '{shown}' has no offset; {Allowed}";
        }

        return $"time '{shown}' cannot be read; {Allowed}";
    }

    // yyyy-MM-dd, 'T' or a space, HH:mm, optionally :ss and a fraction, then Z or +HH:mm, +HHmm or +HH.
    private static bool TryReadIso(ReadOnlySpan<byte> text, out long utcTicks)
    {
        utcTicks = 0;
        if (text.Length < 17 || text[7] != '-' || text[10] is not ((byte)'T' or (byte)'t' or (byte)' ') || text[13] != ':'
            || !Digits(text[..4], out var year) || !Digits(text[5..7], out var month) || !Digits(text[8..10], out var day)
            || !Digits(text[11..13], out var hour) || !Digits(text[14..16], out var minute))
            return false;
        var rest = text[16..];
        var second = 0;
        var fraction = 0L;
        if (rest[0] == ':')
        {
            if (rest.Length < 4 || !Digits(rest[1..3], out second))
                return false;
            rest = rest[3..];
            if (rest[0] == '.' && !Fraction(ref rest, out fraction))
                return false;
        }

        if (year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59
            || !Offset(rest, out var offset))
            return false;
        utcTicks = new DateTime(year, month, day, hour, minute, second).Ticks + fraction - offset;
        return utcTicks >= 0 && utcTicks <= DateTime.MaxValue.Ticks;
    }

    private static bool Fraction(ref ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        var unit = TimeSpan.TicksPerSecond / 10;
        var i = 1;
        for (; i < text.Length && (uint)(text[i] - '0') <= 9; i++)
        {
            ticks += (text[i] - '0') * unit;
            unit /= 10;
        }

        text = text[i..];
        return i > 1 && text.Length > 0;
    }

    private static bool Offset(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text is [(byte)'Z' or (byte)'z'])
            return true;
        if (text.Length is not (3 or 5 or 6) || text[0] is not ((byte)'+' or (byte)'-') || (text.Length == 6 && text[3] != ':') || !Digits(text[1..3], out var hours))
            return false;
        var minutes = 0;
        if ((text.Length > 3 && !Digits(text[^2..], out minutes)) || hours > 14 || minutes > 59)
            return false;
        ticks = ((hours * 60L) + minutes) * TimeSpan.TicksPerMinute * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool Digits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (var c in text)
        {
            var digit = (uint)(c - '0');
            if (digit > 9)
                return false;
            value = (value * 10) + (int)digit;
        }

        return true;
    }
}
