using System.Net;
using MicroTrader.Simulators.Paper;

namespace MicroTrader.Simulators.Tests.Paper;

public class OrderLifecycleTests
{
    private const string Ticker = PaperTestBed.Ticker;

    [Fact]
    public async Task An_accepted_order_is_new_and_pending_until_the_delay_has_passed()
    {
        await using var bed = await PaperTestBed.Create();
        bed.Broker.PutPrice(Ticker, 158.33m);

        using var response = await bed.Post(Ticker, 1m);
        var order = System.Text.Json.Nodes.JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(54250294524, order["id"]!.GetValue<long>());
        Assert.Equal("NEW", order["status"]!.GetValue<string>());
        Assert.Equal(0m, order["filledQuantity"]!.GetValue<decimal>());
        Assert.Equal(1m, order["quantity"]!.GetValue<decimal>());
        Assert.Equal("BUY", order["side"]!.GetValue<string>());
        Assert.Equal("MARKET", order["type"]!.GetValue<string>());
        Assert.Equal("QUANTITY", order["strategy"]!.GetValue<string>());
        Assert.Equal("API", order["initiatedFrom"]!.GetValue<string>());
        Assert.Equal("2026-03-02T15:00:00.000Z", order["createdAt"]!.GetValue<string>());
        Assert.Equal(Ticker, order["instrument"]!["ticker"]!.GetValue<string>());
        Assert.Equal("Axsome Therapeutics", order["instrument"]!["name"]!.GetValue<string>());
        Assert.False(order.AsObject().ContainsKey("filledValue"));
        Assert.False(order.AsObject().ContainsKey("limitPrice"));

        bed.Clock.Advance(TimeSpan.FromMilliseconds(149));
        Assert.Single((await bed.Get("equity/orders")).AsArray());
        Assert.Equal("NEW", (await bed.Get("equity/orders/54250294524"))["status"]!.GetValue<string>());

        bed.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Empty((await bed.Get("equity/orders")).AsArray());
        using var gone = await bed.Http.GetAsync("equity/orders/54250294524");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task A_fill_takes_the_last_price_of_the_instant_when_it_is_due()
    {
        await using var bed = await PaperTestBed.Create();
        bed.Broker.PutPrice(Ticker, 100m);
        var id = await bed.Place(2m);
        bed.Broker.PutPrice(Ticker, 101.2345m);
        bed.Clock.Advance(TimeSpan.FromMilliseconds(150));
        bed.Broker.PutPrice(Ticker, 102m);

        var item = (await bed.Get("equity/history/orders"))["items"]!.AsArray().Single()!;
        Assert.Equal(id, item["order"]!["id"]!.GetValue<long>());
        Assert.Equal("FILLED", item["order"]!["status"]!.GetValue<string>());
        Assert.Equal(2m, item["order"]!["filledQuantity"]!.GetValue<decimal>());
        var fill = item["fill"]!;
        Assert.Equal(101.2345m, fill["price"]!.GetValue<decimal>());
        Assert.Equal(2m, fill["quantity"]!.GetValue<decimal>());
        Assert.Equal("TRADE", fill["type"]!.GetValue<string>());
        Assert.Equal("TOTV", fill["tradingMethod"]!.GetValue<string>());
        Assert.Equal("2026-03-02T15:00:00.150Z", fill["filledAt"]!.GetValue<string>());
        var impact = fill["walletImpact"]!;
        Assert.Equal("USD", impact["currency"]!.GetValue<string>());
        Assert.Equal(202.47m, impact["netValue"]!.GetValue<decimal>());
        Assert.Equal(1m, impact["fxRate"]!.GetValue<decimal>());
        Assert.Empty(impact["taxes"]!.AsArray());
        Assert.False(impact.AsObject().ContainsKey("realisedProfitLoss"));
    }

    [Fact]
    public async Task A_sale_has_negative_quantities_and_a_realised_profit()
    {
        await using var bed = await PaperTestBed.Create();
        await bed.Trade(2m, 100m);
        await bed.Trade(-1m, 103.5m);

        var item = (await bed.Get("equity/history/orders"))["items"]![0]!;
        Assert.Equal("SELL", item["order"]!["side"]!.GetValue<string>());
        Assert.Equal(-1m, item["order"]!["quantity"]!.GetValue<decimal>());
        Assert.Equal(-1m, item["order"]!["filledQuantity"]!.GetValue<decimal>());
        Assert.Equal(-1m, item["fill"]!["quantity"]!.GetValue<decimal>());
        Assert.Equal(103.5m, item["fill"]!["walletImpact"]!["netValue"]!.GetValue<decimal>());
        Assert.Equal(3.5m, item["fill"]!["walletImpact"]!["realisedProfitLoss"]!.GetValue<decimal>());
        Assert.Equal(1m, (await bed.Get("equity/positions"))[0]!["quantity"]!.GetValue<decimal>());
    }

    [Fact]
    public async Task An_order_without_a_price_is_filled_by_the_first_price_that_arrives()
    {
        await using var bed = await PaperTestBed.Create();
        var early = await bed.Place(1m);
        bed.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Single((await bed.Get("equity/orders")).AsArray());

        bed.Broker.PutPrice(Ticker, 50m);

        var fill = Assert.Single(bed.Broker.ReadLedger().Fills);
        Assert.Equal((early, 50m, PaperTestBed.Start.AddSeconds(5)), (fill.OrderId, fill.Price, fill.FilledAt));
    }

    [Fact]
    public async Task A_first_price_before_the_order_is_due_does_not_hurry_the_fill()
    {
        await using var bed = await PaperTestBed.Create();
        await bed.Place(1m);
        bed.Broker.PutPrice(Ticker, 50m);
        Assert.Empty(bed.Broker.ReadLedger().Fills);
        bed.Clock.Advance(TimeSpan.FromMilliseconds(150));
        Assert.Single(bed.Broker.ReadLedger().Fills);
    }

    [Fact]
    public async Task Spread_and_slippage_are_paid_by_both_sides()
    {
        await using var bed = await PaperTestBed.Create(o => o with { SpreadPercent = 0.1m, SlippagePercent = 0.02m });
        await bed.Trade(1m, 100m);
        await bed.Trade(-1m, 100m);
        Assert.Equal([100.07m, 99.93m], bed.Broker.ReadLedger().Fills.Select(f => f.Price));
    }

    [Fact]
    public async Task A_cancelled_order_answers_an_empty_body_and_its_history_has_no_fill()
    {
        await using var bed = await PaperTestBed.Create();
        bed.Broker.PutPrice(Ticker, 100m);
        var id = await bed.Place(1m);

        using var response = await bed.Http.DeleteAsync($"equity/orders/{id}");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());

        bed.Clock.Advance(TimeSpan.FromSeconds(1));
        var item = (await bed.Get("equity/history/orders"))["items"]!.AsArray().Single()!;
        Assert.Equal("CANCELLED", item["order"]!["status"]!.GetValue<string>());
        Assert.False(item.AsObject().ContainsKey("fill"));
        Assert.Empty(bed.Broker.ReadLedger().Holdings);
        using var again = await bed.Http.DeleteAsync($"equity/orders/{id}");
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Fact]
    public async Task A_persons_order_follows_the_same_road_with_its_own_origin()
    {
        await using var bed = await PaperTestBed.Create();
        bed.Broker.PutPrice(Ticker, 100m);
        bed.Broker.PlaceByPerson(Ticker, 3m, "ANDROID");
        bed.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("ANDROID", (await bed.Get("equity/history/orders"))["items"]![0]!["order"]!["initiatedFrom"]!.GetValue<string>());
        var refused = Assert.Throws<PaperBrokerException>(() => bed.Broker.PlaceByPerson(Ticker, -4m));
        Assert.Contains("selling-equity-not-owned", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, bed.Broker.PostsReceived);
    }

    [Fact]
    public async Task An_order_outside_the_session_waits_for_the_next_open()
    {
        var open = PaperTestBed.Start.AddHours(1);
        await using var bed = await PaperTestBed.Create(o => o with { Sessions = [new PaperSession(open, open.AddHours(2))] });
        bed.Broker.PutPrice(Ticker, 100m);
        await bed.Place(1m);
        bed.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Empty(bed.Broker.ReadLedger().Fills);

        bed.Clock.Advance(TimeSpan.FromMinutes(1) + bed.Options.FillDelay);
        Assert.Equal(open + bed.Options.FillDelay, Assert.Single(bed.Broker.ReadLedger().Fills).FilledAt);

        bed.Clock.Advance(TimeSpan.FromHours(3));
        await bed.Place(1m);
        bed.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Single((await bed.Get("equity/orders")).AsArray());
    }

    [Fact]
    public async Task On_the_real_clock_a_fill_comes_not_before_its_delay()
    {
        await using var bed = await PaperTestBed.Create(o => o with { TimeProvider = TimeProvider.System, FillDelay = TimeSpan.FromMilliseconds(40) });
        bed.Broker.PutPrice(Ticker, 100m);
        await bed.Place(1m);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (bed.Broker.ReadLedger().Fills.Count == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), patience.Token);
        }

        var ledger = bed.Broker.ReadLedger();
        Assert.True(ledger.Fills[0].FilledAt - ledger.Orders[0].CreatedAt >= TimeSpan.FromMilliseconds(40));
    }

    [Fact]
    public async Task Orders_from_many_connections_at_once_each_get_their_own_number()
    {
        await using var bed = await PaperTestBed.Create();
        bed.Broker.PutPrice(Ticker, 100m);
        var ids = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => bed.Place(1m)));
        Assert.Equal(Enumerable.Range(0, 40).Select(i => 54250294524 + i), ids.Order());
        bed.Clock.Advance(bed.Options.FillDelay);
        Assert.Equal(40m, Assert.Single(bed.Broker.ReadLedger().Holdings).Quantity);
    }

    [Fact]
    public async Task Two_identical_runs_give_identical_ids_and_prices()
    {
        var runs = new List<string>();
        for (var run = 0; run < 2; run++)
        {
            await using var bed = await PaperTestBed.Create(o => o with { SpreadPercent = 0.05m });
            for (var i = 1; i <= 5; i++)
            {
                await bed.Trade(i, 100m + i);
                await bed.Trade(-i, 101m + i);
            }

            runs.Add((await bed.Get("equity/history/orders?limit=50")).ToJsonString());
        }

        Assert.Equal(runs[0], runs[1]);
    }
}
