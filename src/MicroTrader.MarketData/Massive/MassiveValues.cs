using System.Text.Json;

namespace MicroTrader.MarketData;

/// <summary>Numbers and stamps as Massive writes them, and what of them is believed.</summary>
internal static class MassiveValues
{
    /// <summary>The highest believable price of one share in dollars: above it is an error of the source.</summary>
    public const decimal MostPrice = 10_000_000m;

    /// <summary>The highest believable number of shares, in a trade or a day.</summary>
    public const decimal MostVolume = 1_000_000_000_000m;

    /// <summary>How far a stamp may lie ahead of this machine's clock, in 100 ns: clocks differ.</summary>
    private const long MostAhead = 5 * TimeSpan.TicksPerMinute;

    // 3 March 1973 in milliseconds: a smaller stamp is in seconds, or none.
    private const long LeastMs = 100_000_000_000;
    private const long LeastMicros = LeastMs * 1000;
    private const long LeastNanos = LeastMicros * 1000;

    /// <summary>Whether a price can be one.</summary>
    public static bool IsPrice(decimal price) => price is > 0 and <= MostPrice;

    /// <summary>Whether a number of shares can be one.</summary>
    public static bool IsVolume(decimal volume) => volume is >= 0 and <= MostVolume;

    /// <summary>Reads a stamp in milliseconds, microseconds or nanoseconds since 1970; which of them is told by its size.</summary>
    /// <param name="stamp">As it was sent.</param>
    /// <param name="nowUtcTicks">This machine's clock.</param>
    /// <param name="utcTicks">The moment in 100 ns; what is finer is cut off.</param>
    /// <returns>False for what is no moment, or one well ahead of now.</returns>
    public static bool TryStamp(long stamp, long nowUtcTicks, out long utcTicks)
    {
        utcTicks = 0;
        if (stamp < LeastMs)
            return false;
        var sinceEpoch = stamp switch
        {
            < LeastMicros => stamp * TimeSpan.TicksPerMillisecond,
            < LeastNanos => stamp * TimeSpan.TicksPerMicrosecond,
            _ => stamp / TimeSpan.NanosecondsPerTick,
        };
        utcTicks = DateTime.UnixEpoch.Ticks + sinceEpoch;
        return utcTicks <= nowUtcTicks + MostAhead;
    }

    /// <summary>Reads the number that the reader stands on; exponents too, since the source writes doubles.</summary>
    public static bool TryDecimal(ref Utf8JsonReader reader, out decimal value)
    {
        value = 0;
        if (reader.TokenType != JsonTokenType.Number)
            return false;
        if (!reader.HasValueSequence && Utf8Number.TryReadWhole(reader.ValueSpan, out var number))
        {
            value = number.ToDecimal(0);
            return true;
        }

        return reader.TryGetDecimal(out value);
    }

    /// <summary>Reads the whole number that the reader stands on; one that is written as a double too.</summary>
    public static bool TryLong(ref Utf8JsonReader reader, out long value)
    {
        value = 0;
        if (reader.TokenType != JsonTokenType.Number)
            return false;
        if (reader.TryGetInt64(out value))
            return true;
        if (!reader.TryGetDecimal(out var number) || number != decimal.Truncate(number) || number is < long.MinValue or > long.MaxValue)
            return false;
        value = (long)number;
        return true;
    }
}
