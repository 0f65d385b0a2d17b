namespace MicroTrader.Simulation.Shared;

/// <summary>
/// xoshiro256**, seeded by splitmix64 (Blackman and Vigna, public domain). Our own, because <see cref="Random"/> promises no equal numbers across
/// versions of .NET, and a recorded seed must repeat for ever.
/// </summary>
internal sealed class SimRandom
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    public SimRandom(ulong seed)
    {
        _a = SplitMix(ref seed);
        _b = SplitMix(ref seed);
        _c = SplitMix(ref seed);
        _d = SplitMix(ref seed);
    }

    /// <summary>A generator of its own for one purpose: what one purpose draws does not shift what another does.</summary>
    public static SimRandom For(ulong seed, ulong purpose) => new(seed ^ (purpose * 0xD1B54A32D192ED03UL));

    public ulong NextUInt64()
    {
        var result = ulong.RotateLeft(_b * 5, 7) * 9;
        var t = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= t;
        _d = ulong.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>From 0 to below <paramref name="end"/>.</summary>
    public int Below(int end) => (int)Math.BigMul(NextUInt64(), (ulong)end, out _);

    /// <summary>From <paramref name="least"/> to <paramref name="most"/>, both possible.</summary>
    public long Between(long least, long most) => least + (long)Math.BigMul(NextUInt64(), (ulong)(most - least + 1), out _);

    /// <summary>True with so many chances in a million.</summary>
    public bool Chance(int inAMillion) => Below(1_000_000) < inAMillion;

    public T Pick<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    private static ulong SplitMix(ref ulong x)
    {
        x += 0x9E3779B97F4A7C15UL;
        var z = x;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
