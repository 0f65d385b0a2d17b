using System.Text;
using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData;

/// <summary>Finds the place of a subscribed symbol from its UTF-8 bytes, without making a string.</summary>
internal sealed class MassiveSymbols
{
    private readonly Dictionary<UInt128, int> _places = [];
    private readonly Symbol[] _symbols;

    public MassiveSymbols(IReadOnlyList<Symbol> symbols)
    {
        _symbols = [.. symbols];
        for (var i = 0; i < _symbols.Length; i++)
            _places.Add(Pack(Encoding.ASCII.GetBytes(_symbols[i].Value)), i);
    }

    public int Count => _symbols.Length;

    public Symbol this[int place] => _symbols[place];

    /// <summary>The symbol's place; -1 for one that was not asked for.</summary>
    public int Find(ReadOnlySpan<byte> name) =>
        name.Length is > 0 and <= Symbol.MaxLength && _places.TryGetValue(Pack(name), out var place) ? place : -1;

    // At most 12 bytes, none of them zero: they fit into 16 and no two names give the same.
    private static UInt128 Pack(ReadOnlySpan<byte> name)
    {
        Span<byte> padded = stackalloc byte[16];
        padded.Clear();
        name.CopyTo(padded);
        return new UInt128(BitConverter.ToUInt64(padded[8..]), BitConverter.ToUInt64(padded));
    }
}
