using System.Diagnostics.CodeAnalysis;

namespace MicroTrader.Domain.Market;

/// <summary>
/// What a trader calls an instrument (<c>AXSM</c>): upper-case letters, digits, dots and hyphens, at most 12 characters.
/// The broker's own name for it is a <see cref="Ticker"/>.
/// </summary>
public readonly record struct Symbol
{
    /// <summary>The longest symbol that is accepted, in characters.</summary>
    public const int MaxLength = 12;

    private readonly string? _value;

    private Symbol(string value) => _value = value;

    /// <summary>The symbol's text; empty for <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>Reads a symbol, in any case and with white space around it.</summary>
    /// <exception cref="FormatException">The text is not a symbol.</exception>
    public static Symbol Parse(string text) =>
        TryParse(text, out var symbol)
            ? symbol
            : throw new FormatException($"'{text}' is not a symbol: 1 to {MaxLength} letters, digits, dots or hyphens, the first a letter");

    /// <summary>Reads a symbol without an exception.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Symbol symbol)
    {
        symbol = default;
        var value = text?.Trim().ToUpperInvariant();
        if (value is not { Length: > 0 and <= MaxLength } || !char.IsAsciiLetterUpper(value[0]))
            return false;
        foreach (var c in value)
        {
            if (!char.IsAsciiLetterUpper(c) && !char.IsAsciiDigit(c) && c is not ('.' or '-'))
                return false;
        }

        symbol = new Symbol(value);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
