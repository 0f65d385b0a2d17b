using MicroTrader.Domain.Market;

namespace MicroTrader.Domain.Tests.Market;

public sealed class CandleSeriesTests
{
    private static readonly DateTimeOffset Start = new(2026, 10, 14, 14, 30, 0, TimeSpan.Zero);

    [Fact]
    public void A_second_is_one_candle_of_its_first_highest_lowest_and_last_price()
    {
        var series = Filled(10, (0, 10m, 5m), (200, 12m, 1m), (400, 9m, null), (900, 11m, 2m));

        Assert.Equal([new Candle(Start, 10m, 12m, 9m, 11m, 8m, 4)], series.Newer(TimeSpan.FromSeconds(1), 10));
    }

    [Fact]
    public void Wider_candles_begin_at_multiples_of_their_width_and_a_second_without_a_tick_has_none()
    {
        var series = Filled(100, (1_000, 10m, 1m), (4_999, 14m, 1m), (5_000, 8m, 1m), (16_000, 9m, 1m));

        var five = series.Newer(TimeSpan.FromSeconds(5), 10);

        Assert.Equal([Start, Start.AddSeconds(5), Start.AddSeconds(15)], five.Select(c => c.Start));
        Assert.Equal(new Candle(Start, 10m, 14m, 10m, 14m, 2m, 2), five[0]);
    }

    [Fact]
    public void The_newest_come_and_the_oldest_are_forgotten()
    {
        var series = Filled(3, (0, 1m, 1m), (1_000, 2m, 1m), (2_000, 3m, 1m), (3_000, 4m, 1m), (4_000, 5m, 1m));

        Assert.Equal([3m, 4m, 5m], series.Newer(TimeSpan.FromSeconds(1), 10).Select(c => c.Close));
        Assert.Equal([4m, 5m], series.Newer(TimeSpan.FromSeconds(1), 2).Select(c => c.Close));
        Assert.Empty(series.Newer(TimeSpan.FromSeconds(1), 0));
        Assert.Equal(5m, series.Newest?.Close);
    }

    [Fact]
    public void A_tick_that_comes_late_changes_neither_the_last_price_nor_the_order_of_time()
    {
        var series = Filled(10, (5_000, 10m, 1m), (2_000, 13m, 4m));

        Assert.Equal([new Candle(Start.AddSeconds(5), 10m, 13m, 10m, 10m, 5m, 2)], series.Newer(TimeSpan.FromSeconds(1), 10));
    }

    [Fact]
    public void A_price_that_is_none_is_left_out()
    {
        var series = Filled(10, (0, 0m, 1m), (1_000, -1m, 1m));

        Assert.Null(series.Newest);
        Assert.Empty(series.Newer(TimeSpan.FromSeconds(5), 10));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void However_it_is_cut_no_tick_is_lost_or_counted_twice(int seed)
    {
        var random = new Random(seed);
        var series = new CandleSeries(1_000);
        var prices = new List<decimal>();
        var at = Start;
        for (var i = 0; i < 700; i++)
        {
            at += TimeSpan.FromMilliseconds(random.Next(0, 2_500));
            prices.Add(random.Next(1, 1_000));
            series.Add(new Tick(Symbol.Parse("AXSM"), TickKind.Trade, at, prices[^1], 3m));
        }

        foreach (var width in new[] { 1, 5, 15, 60, 3_600 })
        {
            var candles = series.Newer(TimeSpan.FromSeconds(width), int.MaxValue);
            Assert.Equal((700, 2_100m), (candles.Sum(c => c.Ticks), candles.Sum(c => c.Volume)));
            Assert.Equal((prices[0], prices[^1]), (candles[0].Open, candles[^1].Close));
            Assert.Equal((prices.Max(), prices.Min()), (candles.Max(c => c.High), candles.Min(c => c.Low)));
            Assert.Equal(candles.Select(c => c.Start).Distinct().Order(), candles.Select(c => c.Start));
        }
    }

    private static CandleSeries Filled(int capacity, params (int Ms, decimal Price, decimal? Volume)[] ticks)
    {
        var series = new CandleSeries(capacity);
        foreach (var (ms, price, volume) in ticks)
            series.Add(new Tick(Symbol.Parse("AXSM"), TickKind.Trade, Start.AddMilliseconds(ms), price, volume));
        return series;
    }
}
