using MicroTrader.Simulators.Paper;

namespace MicroTrader.Simulators.Tests.Paper;

public class LimitOrderTests
{
    private const string Ticker = PaperTestBed.Ticker;

    [Fact]
    public async Task An_accepted_limit_order_answers_its_price_and_validity()
    {
        await using var bed = await PaperTestBed.Create();
        var order = await bed.PlaceOf("limit", """{"ticker":"AXSM_US_EQ","quantity":2,"limitPrice":99.5,"timeValidity":"GOOD_TILL_CANCEL"}""");
        Assert.Equal("LIMIT", order["type"]!.GetValue<string>());
        Assert.Equal(99.5m, order["limitPrice"]!.GetValue<decimal>());
        Assert.Equal("GOOD_TILL_CANCEL", order["timeInForce"]!.GetValue<string>());
        Assert.Equal("NEW", order["status"]!.GetValue<string>());
        Assert.False(order.AsObject().ContainsKey("stopPrice"));
        Assert.Equal(order.ToJsonString(), (await bed.Get($"equity/orders/{order["id"]}")).ToJsonString());
    }

    [Fact]
    public async Task A_validity_that_is_left_out_is_a_day()
    {
        await using var bed = await PaperTestBed.Create();
        var order = await bed.PlaceOf("limit", """{"ticker":"AXSM_US_EQ","quantity":2,"limitPrice":99.5}""");
        Assert.Equal("DAY", order["timeInForce"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(100.0001, false)]
    [InlineData(100, true)]
    [InlineData(99, true)]
    public async Task A_limit_buy_is_filled_at_or_below_its_price_by_the_price_that_meets_it(double price, bool filled)
    {
        await using var bed = await PaperTestBed.Create();
        bed.Broker.PutPrice(Ticker, 105m);
        var id = await bed.Limit(2m, 100m);
        bed.Settle();
        Assert.Equal(PaperOrderStatus.New, bed.Order(id).Status);

        bed.Broker.PutPrice(Ticker, (decimal)price);

        Assert.Equal(filled, bed.Order(id).Status == PaperOrderStatus.Filled);
        if (filled)
        {
            Assert.Equal((decimal)price, Assert.Single(bed.Broker.ReadLedger().Fills).Price);
        }
    }

    [Theory]
    [InlineData(109.9999, false)]
    [InlineData(110, true)]
    [InlineData(115, true)]
    public async Task A_limit_sale_is_filled_at_or_above_its_price(double price, bool filled)
    {
        await using var bed = await PaperTestBed.Create();
        await bed.Trade(2m, 100m);
        var id = await bed.Limit(-2m, 110m);
        bed.Settle();
        bed.Broker.PutPrice(Ticker, (decimal)price);
        Assert.Equal(filled, bed.Order(id).Status == PaperOrderStatus.Filled);
    }

    [Fact]
    public async Task A_limit_that_the_last_price_meets_already_is_filled_after_the_delay_and_not_before()
    {
        await using var bed = await PaperTestBed.Create();
        bed.Broker.PutPrice(Ticker, 90m);
        var id = await bed.Limit(1m, 100m);
        bed.Broker.PutPrice(Ticker, 91m);
        Assert.Equal(PaperOrderStatus.New, bed.Order(id).Status);
        bed.Settle();
        Assert.Equal(91m, Assert.Single(bed.Broker.ReadLedger().Fills).Price);
    }

    [Fact]
    public async Task A_limit_order_pays_half_the_spread_no_slippage_and_never_more_than_its_limit()
    {
        await using var bed = await PaperTestBed.Create(o => o with { SpreadPercent = 1m, SlippagePercent = 3m });
        bed.Broker.PutPrice(Ticker, 110m);
        var id = await bed.Limit(1m, 100m);
        bed.Settle();
        bed.Broker.PutPrice(Ticker, 99.6m);
        Assert.Equal(PaperOrderStatus.New, bed.Order(id).Status);
        bed.Broker.PutPrice(Ticker, 99m);
        Assert.Equal(99.495m, Assert.Single(bed.Broker.ReadLedger().Fills).Price);
    }

    [Fact]
    public async Task A_limit_buy_reserves_its_value_at_the_limit_with_the_fee_and_gives_the_rest_back()
    {
        await using var bed = await PaperTestBed.Create(o => o with { Currency = "EUR", FxRates = new Dictionary<string, decimal> { ["USD"] = 1.25m } });
        await bed.Limit(10m, 100m);
        var cash = (await bed.Get("equity/account/summary"))["cash"]!;
        Assert.Equal(801.20m, cash["reservedForOrders"]!.GetValue<decimal>());
        Assert.Equal(99_198.80m, cash["availableToTrade"]!.GetValue<decimal>());

        bed.Settle();
        bed.Broker.PutPrice(Ticker, 50m);
        var ledger = bed.Broker.ReadLedger();
        Assert.Equal((0m, 99_599.40m), (ledger.ReservedForOrders, ledger.Cash));
    }

    [Fact]
    public async Task A_limit_sale_reserves_its_shares_and_a_cancel_frees_them()
    {
        await using var bed = await PaperTestBed.Create();
        await bed.Trade(3m, 100m);
        var id = await bed.Limit(-2m, 150m);
        Assert.Equal(1m, (await bed.Get("equity/positions"))[0]!["quantityAvailableForTrading"]!.GetValue<decimal>());
        Assert.Equal("Selling more equities than owned, owned: 1.0", (await bed.Refused(-2m)).Detail);

        using var cancelled = await bed.Http.DeleteAsync($"equity/orders/{id}");
        Assert.Equal(3m, (await bed.Get("equity/positions"))[0]!["quantityAvailableForTrading"]!.GetValue<decimal>());
    }

    [Fact]
    public async Task Cash_that_one_limit_order_reserves_is_not_there_for_the_next()
    {
        await using var bed = await PaperTestBed.Create(o => o with { StartingCash = 1_000m });
        await bed.Limit(9m, 100m);
        Assert.Equal("/api-errors/insufficient-free-for-stocks-buy", (await bed.RefusedBy("limit", """{"ticker":"AXSM_US_EQ","quantity":2,"limitPrice":100}""")).Type);
        await bed.Limit(1m, 100m);
    }

    [Fact]
    public async Task A_partial_fill_of_a_limit_order_waits_for_its_price_again()
    {
        await using var bed = await PaperTestBed.Create();
        bed.Broker.Faults.NextOrder(PaperFate.InTwoPieces(0.25m));
        var id = await bed.Limit(4m, 100m);
        bed.Settle();
        bed.Broker.PutPrice(Ticker, 99m);
        bed.Broker.PutPrice(Ticker, 101m);
        bed.Settle();
        Assert.Equal((PaperOrderStatus.PartiallyFilled, 1m, 300m), (bed.Order(id).Status, bed.Order(id).FilledQuantity, bed.Broker.ReadLedger().ReservedForOrders));
        bed.Broker.PutPrice(Ticker, 98m);
        Assert.Equal([99m, 98m], bed.Broker.ReadLedger().Fills.Select(f => f.Price));
        Assert.Equal(PaperOrderStatus.Filled, bed.Order(id).Status);
    }

    [Fact]
    public async Task A_restart_keeps_a_waiting_limit_order_and_its_price()
    {
        await using var bed = await PaperTestBed.Create();
        var id = await bed.Limit(4m, 100m, "GOOD_TILL_CANCEL");
        bed.Settle();
        var before = bed.Broker.ReadLedger();
        await bed.Restart();
        Assert.Equivalent(before, bed.Broker.ReadLedger(), strict: true);
        bed.Broker.PutPrice(Ticker, 101m);
        Assert.Empty(bed.Broker.ReadLedger().Fills);
        bed.Broker.PutPrice(Ticker, 100m);
        Assert.Equal(id, Assert.Single(bed.Broker.ReadLedger().Fills).OrderId);
    }

    [Theory]
    [InlineData("limit", """{"ticker":"AXSM_US_EQ","quantity":1}""", "limitPrice")]
    [InlineData("limit", """{"quantity":1,"limitPrice":1}""", "ticker")]
    [InlineData("limit", """{"ticker":"AXSM_US_EQ","quantity":1,"limitPrice":1,"timeValidity":"WEEK"}""", "timeValidity allows DAY and GOOD_TILL_CANCEL")]
    [InlineData("limit", """{"ticker":"AXSM_US_EQ","quantity":1,"limitPrice":1,"stopPrice":1}""", "stopPrice")]
    [InlineData("limit", """{"ticker":"AXSM_US_EQ","quantity":1,"limitPrice":1,"extendedHours":true}""", "extendedHours")]
    [InlineData("stop", """{"ticker":"AXSM_US_EQ","quantity":1,"limitPrice":1}""", "limitPrice")]
    [InlineData("stop", """{"ticker":"AXSM_US_EQ","quantity":1}""", "stopPrice")]
    [InlineData("stop_limit", """{"ticker":"AXSM_US_EQ","quantity":1,"stopPrice":1}""", "limitPrice")]
    [InlineData("stop_limit", "nonsense", "")]
    public async Task A_payload_of_another_kind_is_refused(string kind, string json, string named)
    {
        await using var bed = await PaperTestBed.Create();
        var refused = await bed.RefusedBy(kind, json);
        Assert.Equal((400, "/api-errors/invalid-payload"), (refused.Status, refused.Type));
        Assert.Contains(named, refused.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("limit", """{"ticker":"AXSM_US_EQ","quantity":1,"limitPrice":0}""", "invalid-price")]
    [InlineData("stop", """{"ticker":"AXSM_US_EQ","quantity":1,"stopPrice":-1}""", "invalid-price")]
    [InlineData("stop_limit", """{"ticker":"AXSM_US_EQ","quantity":1,"stopPrice":1,"limitPrice":1000000001}""", "invalid-price")]
    [InlineData("limit", """{"ticker":"NOPE","quantity":1,"limitPrice":1}""", "instrument-not-found")]
    [InlineData("limit", """{"ticker":"AXSM_US_EQ","quantity":0,"limitPrice":1}""", "invalid-quantity")]
    [InlineData("stop", """{"ticker":"AXSM_US_EQ","quantity":-1,"stopPrice":1}""", "selling-equity-not-owned")]
    [InlineData("limit", """{"ticker":"AXSM_US_EQ","quantity":0.5,"limitPrice":1}""", "min-opened-position-exceeded")]
    public async Task The_rules_of_a_market_order_hold_for_every_kind(string kind, string json, string type)
    {
        await using var bed = await PaperTestBed.Create();
        Assert.Equal((400, "/api-errors/" + type), ((await bed.RefusedBy(kind, json)) is var r ? (r.Status, r.Type) : default));
    }
}
