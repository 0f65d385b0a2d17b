using System.Text;
using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData;

/// <summary>Finds the symbol for a field's bytes without making a string a row.</summary>
internal sealed class SymbolTable
{
    private const int LongestField = 32;

    private readonly HashSet<Symbol> _wanted;
    private readonly Dictionary<string, Symbol> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Symbol>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    /// <param name="wanted">The symbols asked for; empty for all.</param>
    public SymbolTable(IReadOnlyCollection<Symbol> wanted)
    {
        _wanted = [.. wanted];
        _lookup = _known.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Reads a symbol, in any case.</summary>
    /// <returns>Whether it is one.</returns>
    public bool TryFind(ReadOnlySpan<byte> field, out Symbol symbol, out bool wanted)
    {
        symbol = default;
        wanted = false;
        if (field.Length is 0 or > LongestField)
            return false;
        Span<char> text = stackalloc char[LongestField];
        // What is not ASCII is no symbol; Latin-1 keeps it so.
        var length = Encoding.Latin1.GetChars(field, text);
        if (!_lookup.TryGetValue(text[..length], out symbol))
        {
            if (!Symbol.TryParse(text[..length].ToString(), out symbol))
                return false;
            _known.Add(text[..length].ToString(), symbol);
        }

        wanted = _wanted.Count == 0 || _wanted.Contains(symbol);
        return true;
    }
}
