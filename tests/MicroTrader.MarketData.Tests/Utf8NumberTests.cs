using System.Globalization;
using System.Text;

namespace MicroTrader.MarketData.Tests;

/// <summary>Numbers are read eight bytes at a time where there are so many; what comes of it is what reading digit by digit gives.</summary>
public sealed class Utf8NumberTests
{
    [Fact]
    public void Any_text_is_read_as_it_is_digit_by_digit()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var alphabet = "00123456789999.-,:/ \n\0\u00ff"u8.ToArray();
        for (var i = 0; i < 200_000; i++)
        {
            var text = new byte[random.Next(0, 26)];
            // Mostly digits: of what is any byte, few texts are numbers.
            var strange = random.Next(1, 9);
            for (var at = 0; at < text.Length; at++)
                text[at] = random.Next(8) < strange ? (byte)random.Next('0', '9' + 1) : random.Next(4) == 0 ? (byte)random.Next(256) : alphabet[random.Next(alphabet.Length)];
            AssertSame(text, text.Length == 0 ? 0 : random.Next(text.Length), $"seed {seed}, text {i}");
        }
    }

    [Fact]
    public void What_stands_behind_a_number_is_not_read_with_it()
    {
        for (var digits = 1; digits <= 19; digits++)
        {
            for (var behind = 0; behind < 256; behind++)
            {
                foreach (var digit in "059"u8)
                {
                    var text = new byte[24];
                    text.AsSpan(0, digits).Fill(digit);
                    text[digits] = (byte)behind;
                    text.AsSpan(digits + 1).Fill((byte)'7');
                    AssertSame(text, 0, $"{digits} digits before {behind}");
                    AssertSame(text[..(digits + 1)], 0, $"{digits} digits before {behind}, at the end");
                }
            }
        }
    }

    [Theory]
    [InlineData("14400464,1674100", 14_400_464, 0, 8)]
    [InlineData("9,P,20002000,0", 9, 0, 1)]
    [InlineData("123456789012345678,", 123_456_789_012_345_678, 0, 18)]
    [InlineData("14400009.367,", 14_400_009_367, 3, 12)]
    [InlineData("-1674100,100", -1_674_100, 0, 8)]
    public void A_number_ends_where_it_ends(string text, long digits, int decimals, int length)
    {
        var position = 0;
        Assert.True(Utf8Number.TryRead(Encoding.ASCII.GetBytes(text), ref position, out var number));
        Assert.Equal((digits, decimals, length), (number.Digits, number.Decimals, position));
    }

    private static void AssertSame(byte[] text, int start, string which)
    {
        var position = start;
        var isNumber = Utf8Number.TryRead(text, ref position, out var number);
        var expected = Plain(text, start);
        Assert.True(
            expected == (isNumber, isNumber ? number.Digits : 0, isNumber ? number.Decimals : 0, position),
            $"{which}, from {start}: '{Convert.ToHexString(text)}' gave {(isNumber, number, position)}, not {expected}");
    }

    // Digit by digit, by the framework's own reading of them.
    private static (bool IsNumber, long Digits, int Decimals, int Position) Plain(byte[] text, int start)
    {
        var at = start;
        var sign = at < text.Length && text[at] == '-' ? "-" : "";
        at += sign.Length;
        var whole = Digits(text, at);
        var behind = "";
        at += whole.Length;
        if (whole.Length > 0 && at < text.Length && text[at] == '.')
        {
            behind = Digits(text, at + 1);
            at += 1 + behind.Length;
            if (behind.Length == 0)
                return (false, 0, 0, start);
        }

        return whole.Length == 0 || whole.Length + behind.Length > Utf8Number.MaxDigits
            ? (false, 0, 0, start)
            : (true, long.Parse(sign + whole + behind, CultureInfo.InvariantCulture), behind.Length, at);
    }

    private static string Digits(byte[] text, int at) =>
        string.Concat(text.Skip(at).TakeWhile(b => b is >= (byte)'0' and <= (byte)'9').Select(b => (char)b));
}
