using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;

namespace MicroTrader.MarketData;

/// <summary>
/// A decimal number as it stands in a recording: digits and where the point is. Kept so until its unit is known, so that
/// money becomes a <see cref="decimal"/> without a division and without binary rounding.
/// </summary>
/// <param name="Digits">All digits as one whole number.</param>
/// <param name="Decimals">How many of them stand behind the point.</param>
internal readonly record struct Utf8Number(long Digits, int Decimals)
{
    /// <summary>So many digits always fit in a long.</summary>
    public const int MaxDigits = 18;

    /// <summary>
    /// Reads a number from a position on, to its last digit: an optional minus sign, digits, an optional point with digits behind it.
    /// No exponent, no separators of thousands, no culture.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ReadOnlySpan<byte> text, ref int position, out Utf8Number number)
    {
        // Eight bytes at a time where there are so many: most numbers end within them, and a loop over their digits ends where no processor expects it.
        if (text.Length - position >= sizeof(ulong) && ReadUpToEight(text[position..], out var length, out var short8)
            && (position + length == text.Length || !IsPartOfNumber(text[position + length])))
        {
            position += length;
            number = new Utf8Number(short8, 0);
            return true;
        }

        return TryReadLong(text, ref position, out number);
    }

    private static bool IsPartOfNumber(byte character) => character == '.' || (uint)(character - '0') <= 9;

    // The digits at the start of eight bytes, as one number; false where there is none.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool ReadUpToEight(ReadOnlySpan<byte> text, out int length, out long value)
    {
        // A digit's byte is 0 to 9 now; anything else has its highest bit set in the mask, from the first such byte on.
        var digits = BinaryPrimitives.ReadUInt64LittleEndian(text) ^ 0x3030_3030_3030_3030;
        var others = unchecked((digits + 0x7676_7676_7676_7676) | digits) & 0x8080_8080_8080_8080;
        length = BitOperations.TrailingZeroCount(others) / 8;
        if (length == 0)
        {
            value = 0;
            return false;
        }

        // Zeros before the number instead of what stands behind it; then pairs, fours and eights of digits at once.
        digits <<= 64 - (8 * length);
        digits = unchecked((digits * 10) + (digits >> 8));
        value = (long)(unchecked(((digits & 0x0000_00FF_0000_00FF) * 0x000F_4240_0000_0064) + (((digits >> 16) & 0x0000_00FF_0000_00FF) * 0x0000_2710_0000_0001)) >> 32);
        return true;
    }

    private static bool TryReadLong(ReadOnlySpan<byte> text, ref int position, out Utf8Number number)
    {
        number = default;
        var i = position;
        var negative = i < text.Length && text[i] == '-';
        if (negative)
            i++;
        var value = 0L;
        var first = i;
        uint digit;
        while (i < text.Length && (digit = (uint)(text[i] - '0')) <= 9)
        {
            // Past 18 digits the value may wrap; the count below rejects it.
            value = unchecked((value * 10) + digit);
            i++;
        }

        var digits = i - first;
        if (digits == 0)
            return false;
        var decimals = 0;
        if (i < text.Length && text[i] == '.')
        {
            first = ++i;
            while (i < text.Length && (digit = (uint)(text[i] - '0')) <= 9)
            {
                value = unchecked((value * 10) + digit);
                i++;
            }

            decimals = i - first;
            if (decimals == 0)
                return false;
        }

        if (digits + decimals > MaxDigits)
            return false;
        position = i;
        number = new Utf8Number(negative ? -value : value, decimals);
        return true;
    }

    /// <summary>Reads a field that is a number and nothing else.</summary>
    public static bool TryReadWhole(ReadOnlySpan<byte> text, out Utf8Number number)
    {
        var position = 0;
        return TryRead(text, ref position, out number) && position == text.Length;
    }

    /// <summary>The number with its point moved to the left (LEAN's prices are ten-thousandths of a dollar: 4).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public decimal ToDecimal(int pointsLeft)
    {
        var digits = Digits;
        var scale = Decimals + pointsLeft;
        // 167.4100 is 167.41: nearly every price is whole cents, and so it reads in logs.
        while (scale >= 4 && digits % 100 == 0 && digits != 0)
        {
            digits /= 100;
            scale -= 2;
        }

        var magnitude = digits < 0 ? -digits : digits;
        return new decimal((int)magnitude, (int)(magnitude >> 32), 0, digits < 0, (byte)scale);
    }

    /// <summary>The number as it is written, zeros at its end too.</summary>
    public decimal ToDecimalAsWritten()
    {
        var magnitude = Digits < 0 ? -Digits : Digits;
        return new decimal((int)magnitude, (int)(magnitude >> 32), 0, Digits < 0, (byte)Decimals);
    }

    /// <summary>What is wrong with a field that should be a number, for a person; null where it is one.</summary>
    public static string? Problem(string name, ReadOnlySpan<byte> field, bool zeroAllowed)
    {
        if (!TryReadWhole(field, out var number))
            return $"{name} '{Show(field)}' is not a number; digits with an optional decimal point are allowed, at most {MaxDigits}";
        if (number.Digits < 0)
            return $"{name} {Show(field)} is negative; {(zeroAllowed ? "zero or more" : "more than zero")} is allowed";
        return number.Digits == 0 && !zeroAllowed ? $"{name} is zero; more than zero is allowed" : null;
    }

    /// <summary>A field as text for an error: short, and without what would break the line.</summary>
    public static string Show(ReadOnlySpan<byte> field)
    {
        const int Longest = 40;
        var text = Encoding.UTF8.GetString(field.Length > Longest ? field[..Longest] : field);
        var clean = string.Create(text.Length, text, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = char.IsControl(source[i]) ? '?' : source[i];
        });
        return field.Length > Longest ? clean + "..." : clean;
    }
}
