using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData.Tests;

/// <summary>
/// The sequences of seed 1, as literals: a change of the runtime, the processor or the code that moves one tick fails here. Somebody's simulation must
/// look tomorrow as it looked today.
/// </summary>
public sealed class SyntheticGoldenTests
{
    [Fact]
    public void The_first_twenty_ticks_of_AXSM_are_these()
    {
        (decimal Price, decimal Volume)[] expected =
        [
            (157.47m, 136m), (157.47m, 143m), (157.50m, 119m), (157.47m, 146m), (157.44m, 149m),
            (157.46m, 151m), (157.40m, 126m), (157.37m, 139m), (157.32m, 140m), (157.33m, 145m),
            (157.29m, 183m), (157.27m, 140m), (157.26m, 113m), (157.24m, 163m), (157.25m, 188m),
            (157.25m, 116m), (157.21m, 114m), (157.22m, 140m), (157.26m, 116m), (157.25m, 189m),
        ];
        Assert.Equal(expected, Steps("AXSM").Take(20).Select(s => (s.Price, s.Volume)));
    }

    [Fact]
    public void The_first_burst_of_AXSM_is_this()
    {
        SyntheticStep[] expected =
        [
            new(157.16m, 148m, SyntheticRegime.Quiet),
            new(157.30m, 440m, SyntheticRegime.Burst),
            new(157.44m, 748m, SyntheticRegime.Burst),
            new(157.58m, 1242m, SyntheticRegime.Burst),
            new(157.72m, 1819m, SyntheticRegime.Burst),
            new(157.72m, 131m, SyntheticRegime.Rise),
            new(158.06m, 111m, SyntheticRegime.Rise),
        ];
        Assert.Equal(expected, Steps("AXSM").Skip(46).Take(7));
    }

    [Theory]
    [InlineData("AXSM", 0x6AC9EA3DC641223F)]
    [InlineData("DJT", 0x6F9AD29AB3A4EDBA)]
    [InlineData("WULF", 0x215ABA7F2FD34734)]
    [InlineData("HUT", 0x0E03AF65C7832140)]
    public void The_first_hundred_thousand_ticks_are_unchanged(string symbol, ulong expected)
    {
        // FNV-1a over cents and shares.
        var hash = Steps(symbol).Take(100_000).Aggregate(
            14695981039346656037UL,
            (h, s) => unchecked((((h ^ (ulong)(s.Price * 100)) * 1099511628211UL) ^ (ulong)s.Volume) * 1099511628211UL));
        Assert.Equal(expected, hash);
    }

    private static IEnumerable<SyntheticStep> Steps(string symbol)
    {
        var path = new SyntheticPath(Symbol.Parse(symbol), seed: 1);
        while (true)
            yield return path.Next();
    }
}
