using MicroTrader.Simulators.Paper;

namespace MicroTrader.Simulators.Tests.Paper;

public class StopOrderTests
{
    private const string Ticker = PaperTestBed.Ticker;

    [Fact]
    public async Task A_stop_sale_is_set_off_at_or_below_its_price_and_then_executes_as_a_market_order()
    {
        await using var bed = await PaperTestBed.Create();
        await bed.Trade(2m, 100m);
        var id = await bed.Stop(-2m, 95m);
        bed.Settle();
        bed.Broker.PutPrice(Ticker, 95.01m);
        Assert.Null(bed.Order(id).TriggeredAt);

        bed.Broker.PutPrice(Ticker, 95m);
        Assert.Equal((PaperOrderStatus.New, bed.Clock.GetUtcNow()), (bed.Order(id).Status, bed.Order(id).TriggeredAt!.Value));

        // A market order takes the price of its fill, whatever the stop was.
        bed.Broker.PutPrice(Ticker, 97m);
        bed.Settle();
        var fill = bed.Broker.ReadLedger().Fills[^1];
        Assert.Equal((id, -2m, 97m), (fill.OrderId, fill.Quantity, fill.Price));
        var order = (await bed.Get("equity/history/orders"))["items"]![0]!["order"]!;
        Assert.Equal(("STOP", 95m, "DAY"), (order["type"]!.GetValue<string>(), order["stopPrice"]!.GetValue<decimal>(), order["timeInForce"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_stop_buy_is_set_off_at_or_above_its_price()
    {
        await using var bed = await PaperTestBed.Create();
        bed.Broker.PutPrice(Ticker, 100m);
        var id = await bed.Stop(1m, 105m);
        bed.Settle();
        bed.Broker.PutPrice(Ticker, 104.99m);
        Assert.Null(bed.Order(id).TriggeredAt);
        bed.Broker.PutPrice(Ticker, 106m);
        bed.Settle();
        Assert.Equal(106m, Assert.Single(bed.Broker.ReadLedger().Fills).Price);
    }

    [Fact]
    public async Task A_stop_buy_reserves_its_value_at_the_stop_with_the_hold_back()
    {
        await using var bed = await PaperTestBed.Create();
        bed.Broker.PutPrice(Ticker, 100m);
        await bed.Stop(10m, 110m);
        Assert.Equal(1_122m, bed.Broker.ReadLedger().ReservedForOrders);
    }

    [Fact]
    public async Task A_stop_limit_becomes_a_limit_order_that_waits_for_its_own_price()
    {
        await using var bed = await PaperTestBed.Create();
        await bed.Trade(2m, 100m);
        var id = await bed.StopLimit(-2m, 95m, 94m);
        bed.Settle();
        bed.Broker.PutPrice(Ticker, 93m);
        bed.Settle();
        Assert.NotNull(bed.Order(id).TriggeredAt);
        Assert.Single(bed.Broker.ReadLedger().Fills);

        // Set off by a gap, the limit keeps it from being sold too low; the next price that meets it fills it.
        bed.Broker.PutPrice(Ticker, 93.99m);
        Assert.Single(bed.Broker.ReadLedger().Fills);
        bed.Broker.PutPrice(Ticker, 94.5m);
        Assert.Equal(94.5m, bed.Broker.ReadLedger().Fills[^1].Price);
        var order = (await bed.Get("equity/history/orders"))["items"]![0]!["order"]!;
        Assert.Equal(("STOP_LIMIT", 95m, 94m), (order["type"]!.GetValue<string>(), order["stopPrice"]!.GetValue<decimal>(), order["limitPrice"]!.GetValue<decimal>()));
    }

    [Fact]
    public async Task A_stop_that_was_set_off_before_a_restart_stays_so()
    {
        await using var bed = await PaperTestBed.Create();
        await bed.Trade(2m, 100m);
        var id = await bed.StopLimit(-2m, 95m, 94m, "GOOD_TILL_CANCEL");
        bed.Settle();
        bed.Broker.PutPrice(Ticker, 93m);
        await bed.Restart();
        bed.Settle();
        bed.Broker.PutPrice(Ticker, 99m);
        Assert.Equal((id, 99m), (bed.Broker.ReadLedger().Fills[^1].OrderId, bed.Broker.ReadLedger().Fills[^1].Price));
    }

    [Fact]
    public async Task Prices_from_many_threads_never_slip_past_a_waiting_order()
    {
        await using var bed = await PaperTestBed.Create(o => o with { FillDelay = TimeSpan.Zero });
        for (var round = 0; round < 20; round++)
        {
            bed.Broker.PutPrice(Ticker, 100m);
            var id = await bed.Limit(1m, 90m);
            bed.Clock.Advance(TimeSpan.FromMilliseconds(1));
            await Task.WhenAll(Enumerable.Range(0, 3).Select(n => Task.Run(() =>
            {
                for (var i = 0; i < 50; i++)
                {
                    bed.Broker.PutPrice(Ticker, n == 1 && i == 25 ? 89m : 100m + n);
                }
            })));
            Assert.Equal(PaperOrderStatus.Filled, bed.Order(id).Status);
        }
    }
}
