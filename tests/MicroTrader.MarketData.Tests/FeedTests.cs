using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData.Tests;

public sealed class FeedTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2025, 3, 3, 14, 30, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();
    private readonly VirtualTimeProvider _time = new(Start);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Synthetic_ticks_come_every_interval_one_a_symbol()
    {
        var feed = new SyntheticFeed(new SyntheticFeedOptions(), _time);
        Assert.Equal("synthetic prices (seed 1, every 250 ms): AXSM, DJT, WULF, HUT", feed.Description);
        await using var ticks = feed.ReadAsync(CancellationToken.None).GetAsyncEnumerator();
        for (var i = 1; i <= 100; i++)
        {
            foreach (var symbol in new SyntheticFeedOptions().Symbols)
            {
                var tick = await Next(ticks, TimeSpan.FromMilliseconds(250));
                Assert.Equal((symbol, TickKind.Trade, Start.AddMilliseconds(250 * i)), (tick.Symbol, tick.Kind, tick.Time));
                Assert.True(tick is { Volume: > 0, Bid: null, Ask: null });
            }
        }
    }

    [Fact]
    public async Task A_symbol_s_ticks_do_not_depend_on_the_others_or_on_time()
    {
        var hut = Symbol.Parse("HUT");
        var alone = await Take(new SyntheticFeedOptions { Symbols = [hut], Seed = 99 }, 200, TimeSpan.FromMilliseconds(250));
        var among = await Take(new SyntheticFeedOptions { Symbols = [Symbol.Parse("AAPL"), hut, Symbol.Parse("DJT")], Seed = 99 }, 600, TimeSpan.FromMilliseconds(1250));
        Assert.Equal(alone.Select(t => (t.Price, t.Volume)), among.Where(t => t.Symbol == hut).Select(t => (t.Price, t.Volume)));
    }

    [Fact]
    public async Task A_late_wake_up_makes_no_storm()
    {
        var feed = new SyntheticFeed(new SyntheticFeedOptions { Symbols = [Symbol.Parse("HUT")] }, _time);
        await using var ticks = feed.ReadAsync(CancellationToken.None).GetAsyncEnumerator();
        await Next(ticks, TimeSpan.FromMilliseconds(250));
        // Nobody reads for ten seconds; then one tick is waiting, not forty.
        _time.AdvanceTo(Start.AddSeconds(10));
        Assert.True(await ticks.MoveNextAsync());
        Assert.Equal(Start.AddSeconds(10), ticks.Current.Time);
        var next = ticks.MoveNextAsync();
        Assert.False(next.IsCompleted);
        _time.AdvanceTo(Start.AddSeconds(10.25));
        Assert.True(await next);
        Assert.Equal(Start.AddSeconds(10.25), ticks.Current.Time);
    }

    [Fact]
    public async Task Cancelling_ends_a_synthetic_feed()
    {
        using var cancellation = new CancellationTokenSource();
        var feed = new SyntheticFeed(new SyntheticFeedOptions(), _time);
        await using var ticks = feed.ReadAsync(cancellation.Token).GetAsyncEnumerator(CancellationToken.None);
        var next = ticks.MoveNextAsync();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
        Assert.Null(_time.NextTimerDue);
    }

    [Fact]
    public void Impossible_synthetic_options_are_refused()
    {
        var hut = Symbol.Parse("HUT");
        Refused("Symbols: none", new SyntheticFeedOptions { Symbols = [] });
        Refused("Symbols: HUT is given twice", new SyntheticFeedOptions { Symbols = [hut, hut] });
        Refused("Symbols: one is empty", new SyntheticFeedOptions { Symbols = [default] });
        Refused("Interval: 00:00:05 is not allowed; 00:00:00.0100000 to 00:00:02", new SyntheticFeedOptions { Interval = TimeSpan.FromSeconds(5) });
        Refused("StartPrices: HUT: a start price of 0 is not allowed; 5 to 100000 in whole cents", new SyntheticFeedOptions { StartPrices = new Dictionary<Symbol, decimal> { [hut] = 0m } });

        void Refused(string reason, SyntheticFeedOptions options) =>
            Assert.StartsWith(reason, Assert.Throws<ArgumentException>(() => new SyntheticFeed(options, _time)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_price_may_be_given()
    {
        var hut = Symbol.Parse("HUT");
        var ticks = await Take(new SyntheticFeedOptions { Symbols = [hut], StartPrices = new Dictionary<Symbol, decimal> { [hut] = 1000m } }, 10, TimeSpan.FromMilliseconds(250));
        Assert.All(ticks, t => Assert.InRange(t.Price, 990m, 1010m));
    }

    [Fact]
    public async Task A_script_gives_its_ticks_after_their_delays_and_ends()
    {
        var path = _folder.Text("a.csv", "# a demonstration\nsymbol,price,volume,delay_ms\nAXSM,157.50,100,1000\n\ndjt, 18.4 ,,\nAXSM,157.60,250,0\n");
        var feed = ScriptedFeed.Open(path, _time);
        Assert.Equal($"scripted prices ({path}): AXSM, DJT", feed.Description);
        await using var ticks = feed.ReadAsync(CancellationToken.None).GetAsyncEnumerator();
        Assert.Equal(new Tick(Symbol.Parse("AXSM"), TickKind.Trade, Start.AddSeconds(1), 157.50m, 100m), await Next(ticks, TimeSpan.FromSeconds(1)));
        Assert.Equal(new Tick(Symbol.Parse("DJT"), TickKind.Trade, Start.AddSeconds(1.25), 18.4m, null), await Next(ticks, TimeSpan.FromSeconds(0.25)));
        Assert.True(await ticks.MoveNextAsync());
        Assert.Equal(new Tick(Symbol.Parse("AXSM"), TickKind.Trade, Start.AddSeconds(1.25), 157.60m, 250m), ticks.Current);
        Assert.False(await ticks.MoveNextAsync());
    }

    [Fact]
    public async Task A_script_without_delays_comes_every_250_ms()
    {
        var feed = ScriptedFeed.Open(_folder.Text("a.csv", "symbol,price,volume\nAXSM,1,1\n"), _time);
        await using var ticks = feed.ReadAsync(CancellationToken.None).GetAsyncEnumerator();
        Assert.Equal(Start.AddMilliseconds(250), (await Next(ticks, TimeSpan.FromMilliseconds(250))).Time);
    }

    [Theory]
    [InlineData("price,symbol\n", ":1: the header is 'PRICE,SYMBOL'; symbol,price,volume or symbol,price,volume,delay_ms is allowed")]
    [InlineData("symbol,price,volume\nAXSM,1\n", ":2: has 2 fields; 3 are allowed, as in the header")]
    [InlineData("symbol,price,volume\n\n1X,1,1\n", ":3: symbol '1X' is not one; 1 to 12 letters, digits, dots or hyphens are allowed, the first a letter")]
    [InlineData("symbol,price,volume\nAXSM,one,1\n", ":2: price 'one' is not a number; digits with an optional decimal point are allowed")]
    [InlineData("symbol,price,volume\nAXSM,0,1\n", ":2: price 0 is not allowed; more than zero")]
    [InlineData("symbol,price,volume\nAXSM,1,-1\n", ":2: volume -1 is not allowed; zero or more")]
    [InlineData("symbol,price,volume,delay_ms\nAXSM,1,1,1.5\n", ":2: delay_ms '1.5' is not allowed; whole milliseconds from 0 to 86400000")]
    [InlineData("symbol,price,volume\n", ": holds no ticks; a header and at least one line are needed: symbol,price,volume or symbol,price,volume,delay_ms is allowed")]
    [InlineData("", ": holds no ticks; a header and at least one line are needed: symbol,price,volume or symbol,price,volume,delay_ms is allowed")]
    public void A_wrong_script_is_refused_by_line(string text, string reason)
    {
        var path = _folder.Text("a.csv", text);
        Assert.Equal(path + reason, Assert.Throws<RecordingException>(() => ScriptedFeed.Open(path, _time)).Message);
    }

    [Fact]
    public void A_missing_script_is_refused()
    {
        var path = Path.Combine(_folder.Path, "none.csv");
        Assert.StartsWith($"{path}: cannot be read: ", Assert.Throws<RecordingException>(() => ScriptedFeed.Open(path, _time)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Impossible_ticks_in_memory_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new ScriptedFeed([], _time));
        var message = Assert.Throws<ArgumentException>(() => new ScriptedFeed([new ScriptedTick(Symbol.Parse("A"), 1m, null, TimeSpan.FromSeconds(-1))], _time)).Message;
        Assert.StartsWith("tick 1: delay -00:00:01 is not allowed; zero to one day", message, StringComparison.Ordinal);
    }

    // Reads on, moving the clock if the feed waits for it.
    private async Task<Tick> Next(IAsyncEnumerator<Tick> ticks, TimeSpan step)
    {
        var next = ticks.MoveNextAsync();
        if (!next.IsCompleted)
            _time.AdvanceTo(_time.GetUtcNow() + step);
        Assert.True(await next);
        return ticks.Current;
    }

    private async Task<List<Tick>> Take(SyntheticFeedOptions options, int count, TimeSpan step)
    {
        var taken = new List<Tick>();
        await using var ticks = new SyntheticFeed(options, _time).ReadAsync(CancellationToken.None).GetAsyncEnumerator();
        while (taken.Count < count)
            taken.Add(await Next(ticks, step));
        return taken;
    }
}
