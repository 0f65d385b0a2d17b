namespace MicroTrader.MarketData;

/// <summary>
/// A small generator of our own, SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014), in whole numbers only: the sequence
/// of a seed is the same on every runtime and processor, which .NET's Random and floating-point functions do not promise.
/// </summary>
internal struct StableRandom
{
    private ulong _state;

    /// <summary>Makes the generator of one symbol, so that a symbol's sequence does not depend on the others.</summary>
    public StableRandom(long seed, string symbol)
    {
        _state = unchecked((ulong)seed);
        _state = Next() ^ Hash(symbol);
    }

    /// <summary>FNV-1a over the text's characters: stable, unlike string.GetHashCode.</summary>
    public static ulong Hash(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in text)
            hash = unchecked((hash ^ c) * 1099511628211UL);
        return hash;
    }

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        unchecked
        {
            var z = _state += 0x9E3779B97F4A7C15UL;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>, both included.</summary>
    public long Between(long least, long most) =>
        // The bias of a plain remainder over 64 bits is far below anything a price could show.
        least + (long)(Next() % (ulong)(most - least + 1));
}
