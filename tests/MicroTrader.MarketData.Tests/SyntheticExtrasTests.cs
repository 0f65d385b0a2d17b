using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData.Tests;

/// <summary>Spreads and gaps of synthetic prices, which nobody meets who did not ask for them.</summary>
public sealed class SyntheticExtrasTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);
    private static readonly Symbol Axsm = Symbol.Parse("AXSM");

    private readonly VirtualTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 15, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_spread_gives_quotes_around_the_same_prices()
    {
        var plain = await Take(new SyntheticFeedOptions { Symbols = [Axsm] }, 200);
        Assert.All(plain, t => Assert.Null(t.Bid ?? t.Ask));
        var quoted = await Take(new SyntheticFeedOptions { Symbols = [Axsm], SpreadPercent = 0.1m }, 200);
        Assert.Equal(plain.Select(t => (t.Price, t.Volume)), quoted.Select(t => (t.Price, t.Volume)));
        Assert.All(quoted, t =>
        {
            Assert.True(t.Bid <= t.Price && t.Price <= t.Ask, t.ToString());
            Assert.InRange((t.Ask!.Value - t.Bid!.Value) / t.Price * 100m, 0.1m, 0.115m);
        });
    }

    [Theory]
    [InlineData(10, 0, 10, 10.01)]
    [InlineData(0.01, 1, 0.01, 0.02)]
    [InlineData(100, 0.02, 99.99, 100.01)]
    [InlineData(100.01, 0.03, 99.99, 100.03)]
    public void A_quote_is_in_whole_cents_and_never_crossed(decimal price, decimal spread, decimal bid, decimal ask) =>
        Assert.Equal((bid, ask), SyntheticQuote.Around(price, spread));

    [Fact]
    public async Task Gaps_leap_about_as_often_and_as_far_as_asked_and_end_in_nothing_else()
    {
        // Two hours of ticks: without gaps no single quiet move is near one percent.
        const int Count = 28_800;
        Assert.Empty(Leaps(await Take(new SyntheticFeedOptions { Symbols = [Axsm] }, Count)));
        var options = new SyntheticFeedOptions { Symbols = [Axsm], GapEvery = TimeSpan.FromMinutes(2), GapPercent = 3m };
        var ticks = await Take(options, Count);
        var leaps = Leaps(ticks);
        Assert.InRange(leaps.Count, 40, 75);
        Assert.All(leaps, l => Assert.InRange(Math.Abs(l), 1.2m, 3.3m));
        Assert.Contains(leaps, l => l > 0);
        Assert.Contains(leaps, l => l < 0);
        Assert.Equal(ticks.Select(t => t.Price), (await Take(options, Count)).Select(t => t.Price));
        Assert.All(ticks, t => Assert.InRange(t.Price, 157.5m / 2, 157.5m * 2));
    }

    [Fact]
    public void Impossible_extras_are_refused_by_name()
    {
        Assert.StartsWith("SpreadPercent: 6 ", Assert.Single(new SyntheticFeedOptions { SpreadPercent = 6 }.Problems()), StringComparison.Ordinal);
        Assert.StartsWith("GapEvery: 00:00:00.5", Assert.Single(new SyntheticFeedOptions { GapEvery = TimeSpan.FromSeconds(0.5) }.Problems()), StringComparison.Ordinal);
        Assert.StartsWith("GapPercent: 0 ", Assert.Single(new SyntheticFeedOptions { GapPercent = 0 }.Problems()), StringComparison.Ordinal);
    }

    // Moves of one percent or more from one tick to the next, in percent.
    private static List<decimal> Leaps(IReadOnlyList<Tick> ticks) =>
        [.. ticks.Zip(ticks.Skip(1), (a, b) => (b.Price - a.Price) / a.Price * 100m).Where(move => Math.Abs(move) >= 1m)];

    private async Task<List<Tick>> Take(SyntheticFeedOptions options, int count)
    {
        var taken = new List<Tick>();
        await using var ticks = new SyntheticFeed(options, _time).ReadAsync(CancellationToken.None).GetAsyncEnumerator();
        while (taken.Count < count)
        {
            var next = ticks.MoveNextAsync();
            if (!next.IsCompleted)
                _time.AdvanceTo(_time.GetUtcNow() + Step);
            Assert.True(await next);
            taken.Add(ticks.Current);
        }

        return taken;
    }
}
