namespace MicroTrader.Simulators.Tests.Paper;

public class PriceTests
{
    [Fact]
    public async Task A_price_of_an_unknown_ticker_or_not_above_zero_is_refused()
    {
        await using var bed = await PaperTestBed.Create();
        Assert.Contains("NOPE", Assert.Throws<ArgumentException>(() => bed.Broker.PutPrice("NOPE", 1m)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => bed.Broker.PutPrice(PaperTestBed.Ticker, 0m));
        Assert.Throws<ArgumentOutOfRangeException>(() => bed.Broker.PutPrice(PaperTestBed.Ticker, 1_000_000_000.01m));
    }

    [Fact]
    public async Task Prices_from_many_threads_never_tear_and_cost_no_memory()
    {
        await using var bed = await PaperTestBed.Create();
        decimal[] prices = [1.0001m, 999999999.9999m];
        bed.Broker.PutPrice(PaperTestBed.Ticker, prices[0]);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(n => Task.Run(() =>
        {
            // Once before counting: the first call compiles.
            bed.Broker.PutPrice(PaperTestBed.Ticker, prices[n % 2]);
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 50_000; i++)
            {
                bed.Broker.PutPrice(PaperTestBed.Ticker, prices[(i + n) % 2]);
            }

            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 50_000, "PutPrice allocates on every call.");
        })));

        bed.Broker.PutPrice(PaperTestBed.Ticker, prices[0]);
        await bed.Place(1m);
        bed.Clock.Advance(bed.Options.FillDelay);
        Assert.Equal(prices[0], Assert.Single(bed.Broker.ReadLedger().Fills).Price);
    }
}
