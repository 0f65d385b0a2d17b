using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData.Tests.Massive;

/// <summary>What waits between a source that never waits and a reader that may be slow.</summary>
public sealed class TickBufferTests
{
    private static readonly DateTimeOffset Now = new(2025, 3, 3, 15, 0, 0, TimeSpan.Zero);
    private static readonly Symbol Axsm = Symbol.Parse("AXSM");
    private static readonly Symbol Djt = Symbol.Parse("DJT");

    private readonly FeedCounters _counters = new();
    private int _overflows;

    [Fact]
    public async Task Ticks_that_fit_come_as_they_were_and_in_their_order()
    {
        var buffer = Buffer(2_000);
        var ticks = Enumerable.Range(0, 2_000).Select(i => Trade(i % 3 == 0 ? Axsm : Djt, 10m + i)).ToList();
        Add(buffer, ticks);
        Assert.Equal(ticks, await RestAsync(buffer));
        Assert.Equal((0, 0L), (_overflows, _counters.Read().Conflated));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task What_was_drawn_together_comes_in_the_order_of_the_newest_prices_though_all_have_one_time(int first)
    {
        var buffer = Buffer(2 + first);
        Add(buffer, Enumerable.Range(0, 2 + first).Select(_ => Trade(Axsm, 1m)));
        // Whichever symbol was drawn first, the one whose price came last is given last.
        Add(buffer, Enumerable.Range(first, 10 - first).Select(i => Trade(i % 2 == 0 ? Axsm : Djt, 10m + i)));
        var last = (await RestAsync(buffer)).Skip(2 + first).ToList();
        Assert.Equal([(Axsm, 18m), (Djt, 19m)], last.Select(t => (t.Symbol, t.Price)));
        Assert.Equal(100m * (10 - first), last.Sum(t => t.Volume));
        Assert.Equal((1, 8L - first), (_overflows, _counters.Read().Conflated));
    }

    [Fact]
    public async Task Only_what_was_drawn_together_tells_of_a_gap_and_keeps_what_else_was_said_of_it()
    {
        var buffer = Buffer(1);
        Add(buffer, [Trade(Axsm, 1m), Trade(Axsm, 2m) with { Traits = TickTraits.Delayed }, Trade(Axsm, 3m), Trade(Djt, 4m)]);
        Assert.Equal([TickTraits.None, TickTraits.Delayed | TickTraits.AfterGap, TickTraits.None], (await RestAsync(buffer)).Select(t => t.Traits));
    }

    [Fact]
    public async Task A_volume_that_is_not_known_makes_the_sum_unknown_and_kinds_are_not_mixed()
    {
        var buffer = Buffer(1);
        Add(buffer, [Trade(Axsm, 1m), Trade(Axsm, 2m), Trade(Axsm, 3m) with { Volume = null }, Trade(Axsm, 4m) with { Kind = TickKind.SecondBar }, Trade(Axsm, 5m) with { Kind = TickKind.SecondBar }]);
        Assert.Equal(
            [(TickKind.Trade, 1m, 100m), (TickKind.Trade, 3m, null), (TickKind.SecondBar, 5m, 200m)],
            (await RestAsync(buffer)).Select(t => (t.Kind, t.Price, t.Volume)));
    }

    [Fact]
    public async Task More_symbols_than_the_buffer_holds_all_come()
    {
        var buffer = Buffer(3);
        var symbols = Enumerable.Range(0, 500).Select(i => Symbol.Parse($"S{i}")).ToList();
        Add(buffer, symbols.Concat(symbols).Select((s, i) => Trade(s, 1m + i)));
        var read = await RestAsync(buffer);
        // Three came in time; of those the second price waits with the others'.
        Assert.Equal(503, read.Count);
        Assert.Equal(symbols, read.Skip(3).Select(t => t.Symbol));
        Assert.Equal(1_000 * 100m, read.Sum(t => t.Volume));
    }

    [Fact]
    public async Task After_the_reader_has_caught_up_ticks_are_whole_again_and_a_new_overflow_is_told_again()
    {
        var buffer = Buffer(2);
        await using var reader = buffer.ReadAsync(CancellationToken.None).GetAsyncEnumerator(CancellationToken.None);
        for (var round = 1; round <= 3; round++)
        {
            Add(buffer, Enumerable.Range(1, 5).Select(i => Trade(Axsm, i)));
            var prices = new List<decimal>();
            for (var i = 0; i < 3; i++)
            {
                Assert.True(await reader.MoveNextAsync());
                prices.Add(reader.Current.Price);
            }

            Assert.Equal([1m, 2m, 5m], prices);
            Assert.Equal(round, _overflows);
        }
    }

    [Fact]
    public async Task A_reader_that_waits_is_woken_by_a_tick_and_by_the_end()
    {
        var buffer = Buffer(2);
        await using var reader = buffer.ReadAsync(CancellationToken.None).GetAsyncEnumerator(CancellationToken.None);
        var next = reader.MoveNextAsync().AsTask();
        Assert.False(next.IsCompleted);
        Add(buffer, [Trade(Axsm, 1m)]);
        Assert.True(await next);
        next = reader.MoveNextAsync().AsTask();
        Assert.False(next.IsCompleted);
        buffer.Complete(null);
        Assert.False(await next);
    }

    [Fact]
    public async Task An_error_is_raised_after_what_waits_was_given_and_nothing_is_taken_after_the_end()
    {
        var buffer = Buffer(1);
        Add(buffer, [Trade(Axsm, 1m), Trade(Axsm, 2m), Trade(Axsm, 3m)]);
        buffer.Complete(new InvalidOperationException("lost"));
        Add(buffer, [Trade(Axsm, 4m)]);
        var read = new List<decimal>();
        var error = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await foreach (var tick in buffer.ReadAsync(CancellationToken.None))
                read.Add(tick.Price);
        });
        Assert.Equal("lost", error.Message);
        Assert.Equal([1m, 3m], read);
    }

    private static Tick Trade(Symbol symbol, decimal price) => new(symbol, TickKind.Trade, Now, price, 100m);

    private static void Add(TickBuffer buffer, IEnumerable<Tick> ticks)
    {
        foreach (var tick in ticks)
            buffer.Add(tick);
    }

    private static async Task<List<Tick>> RestAsync(TickBuffer buffer)
    {
        buffer.Complete(null);
        var read = new List<Tick>();
        await foreach (var tick in buffer.ReadAsync(CancellationToken.None))
            read.Add(tick);
        return read;
    }

    private TickBuffer Buffer(int capacity) => new(capacity, _counters, () => _overflows++);
}
