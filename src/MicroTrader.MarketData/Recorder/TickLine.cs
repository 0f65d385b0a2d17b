using System.Globalization;
using System.Text;
using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData;

/// <summary>Writes a tick as a row of a record, without a string.</summary>
internal static class TickLine
{
    /// <summary>So long a row is at most.</summary>
    public const int MaxBytes = 400;

    /// <summary>Writes the row with its end of line.</summary>
    /// <param name="line">At least <see cref="MaxBytes"/>.</param>
    /// <param name="tick">The tick.</param>
    /// <param name="received">When it came.</param>
    /// <returns>How many bytes.</returns>
    public static int Write(Span<byte> line, in Tick tick, DateTimeOffset received)
    {
        var at = 0;
        Time(line, ref at, tick.Time);
        at += Encoding.ASCII.GetBytes(tick.Symbol.Value, line[at..]);
        line[at++] = (byte)',';
        Number(line, ref at, tick.Price);
        Number(line, ref at, tick.Volume);
        Word(line, ref at, TickWords.Of(tick.Kind));
        Number(line, ref at, tick.Bid);
        Number(line, ref at, tick.Ask);
        Word(line, ref at, TickWords.Of(tick.Basis));
        Word(line, ref at, TickWords.Of(tick.Traits));
        Time(line, ref at, received);
        line[at - 1] = (byte)'\n';
        return at;
    }

    // UTC to 100 ns: what is finer is not in a tick.
    private static void Time(Span<byte> line, ref int at, DateTimeOffset time)
    {
        if (!time.UtcDateTime.TryFormat(line[at..], out var written, "O", CultureInfo.InvariantCulture))
            throw new InvalidOperationException("a row is longer than it can be");
        at += written;
        line[at++] = (byte)',';
    }

    private static void Number(Span<byte> line, ref int at, decimal? number)
    {
        if (number is { } value)
        {
            if (!value.TryFormat(line[at..], out var written, provider: CultureInfo.InvariantCulture))
                throw new InvalidOperationException("a row is longer than it can be");
            at += written;
        }

        line[at++] = (byte)',';
    }

    private static void Word(Span<byte> line, ref int at, ReadOnlySpan<byte> word)
    {
        word.CopyTo(line[at..]);
        at += word.Length;
        line[at++] = (byte)',';
    }
}
