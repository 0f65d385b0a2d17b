using MicroTrader.Domain.Market;
using MicroTrader.Host.Running;

namespace MicroTrader.Host.Tests.Running;

public sealed class MarketBoardTests
{
    private static readonly DateTimeOffset Start = new(2026, 10, 14, 14, 30, 0, TimeSpan.Zero);

    [Fact]
    public void It_knows_the_newest_price_and_draws_it_when_it_was()
    {
        var board = new MarketBoard();
        Assert.Null(board.LastPrice("AXSM"));

        // A feed that is late: the candle is when its price was.
        board.Take(new Tick(Symbol.Parse("AXSM"), TickKind.Trade, Start.AddMinutes(-15), 157m, 10m));

        Assert.Equal(157m, board.LastPrice("AXSM"));
        Assert.Equal(Start.AddMinutes(-15), Assert.Single(board.Candles("AXSM", TimeSpan.FromSeconds(5), 10)).Start);
        Assert.Empty(board.Candles("DJT", TimeSpan.FromSeconds(5), 10));
    }

    [Fact]
    public async Task Who_looks_while_ticks_come_in_sees_whole_candles()
    {
        var board = new MarketBoard();
        var symbol = Symbol.Parse("AXSM");
        var writer = Task.Run(() =>
        {
            for (var i = 0; i < 50_000; i++)
                board.Take(new Tick(symbol, TickKind.Trade, Start.AddMilliseconds(i * 20), 100m + (i % 7), 1m));
        });
        while (!writer.IsCompleted)
            Assert.All(board.Candles("AXSM", TimeSpan.FromSeconds(5), 50), c => Assert.True(c.Low <= c.Open && c.Open <= c.High && c.Low <= c.Close && c.Close <= c.High && c.Ticks <= 250));
        await writer;

        Assert.Equal(50_000, board.Ticks);
    }
}
