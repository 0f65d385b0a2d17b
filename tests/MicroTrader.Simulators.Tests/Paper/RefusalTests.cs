using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using MicroTrader.Simulators.Paper;

namespace MicroTrader.Simulators.Tests.Paper;

public class RefusalTests
{
    private const string Ticker = PaperTestBed.Ticker;

    [Theory]
    [InlineData("paper", "wrong")]
    [InlineData("wrong", "paper")]
    public async Task A_wrong_key_or_secret_is_401_and_executes_nothing(string key, string secret)
    {
        await using var bed = await PaperTestBed.Create();
        using var stranger = PaperTestBed.Client(bed.Broker, key, secret);
        using var response = await stranger.PostAsync("equity/orders/market", new StringContent("""{"ticker":"AXSM_US_EQ","quantity":1}""", Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Empty(bed.Broker.ReadLedger().Orders);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("paper")]
    [InlineData("Basic")]
    [InlineData("Basic %%%")]
    public async Task A_missing_or_odd_authorization_is_401(string? header)
    {
        await using var bed = await PaperTestBed.Create();
        bed.Http.DefaultRequestHeaders.Authorization = null;
        using var request = new HttpRequestMessage(HttpMethod.Get, "equity/orders");
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", header);
        }

        using var response = await bed.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task An_unknown_ticker_is_not_found()
    {
        await using var bed = await PaperTestBed.Create();
        Assert.Equal((400, "/api-errors/instrument-not-found", "Instrument not found: DJT_US_EQ"), await bed.Refused(1m, "DJT_US_EQ"));
    }

    [Fact]
    public async Task Zero_is_refused()
    {
        await using var bed = await PaperTestBed.Create();
        Assert.Equal("/api-errors/invalid-quantity", (await bed.Refused(0m)).Type);
    }

    [Fact]
    public async Task A_fifth_decimal_is_refused_and_a_trailing_zero_is_not()
    {
        await using var bed = await PaperTestBed.Create();
        Assert.Equal("/api-errors/invalid-quantity-precision", (await bed.Refused(0.00001m)).Type);
        Assert.Equal("/api-errors/invalid-quantity-precision", (await bed.Refused("""{"ticker":"AXSM_US_EQ","quantity":1e-9}""")).Type);
        await bed.Place(1.00000m);
    }

    [Fact]
    public async Task Selling_more_than_owned_is_refused_in_the_words_of_the_venue()
    {
        await using var bed = await PaperTestBed.Create();
        bed.Broker.PutPrice(Ticker, 100m);
        using var response = await bed.Post(Ticker, -1m);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        var expected = JsonNode.Parse("""
            {"type":"/api-errors/selling-equity-not-owned","title":"Error while placing the order","status":400,"detail":"Selling more equities than owned, owned: 0.0"}
            """);
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(await response.Content.ReadAsStringAsync())));
    }

    [Fact]
    public async Task Shares_that_a_pending_sale_reserves_cannot_be_sold_again()
    {
        await using var bed = await PaperTestBed.Create();
        await bed.Trade(2m, 100m);
        var first = await bed.Place(-1.5m);
        Assert.Equal((400, "/api-errors/selling-equity-not-owned", "Selling more equities than owned, owned: 0.5"), await bed.Refused(-1m));

        using var cancelled = await bed.Http.DeleteAsync($"equity/orders/{first}");
        await bed.Place(-2m);
    }

    [Fact]
    public async Task Shares_in_pies_cannot_be_sold()
    {
        await using var bed = await PaperTestBed.Create();
        await bed.Trade(2m, 100m);
        bed.Broker.MoveToPie(Ticker, 1m);
        Assert.Equal("/api-errors/selling-equity-not-owned", (await bed.Refused(-2m)).Type);
        Assert.Throws<PaperBrokerException>(() => bed.Broker.MoveToPie(Ticker, 1.5m));
        bed.Broker.MoveToPie(Ticker, -1m);
        await bed.Place(-2m);
    }

    [Fact]
    public async Task A_buy_needs_the_hold_back_on_top_of_its_value()
    {
        await using var bed = await PaperTestBed.Create(o => o with { StartingCash = 1_000m });
        bed.Broker.PutPrice(Ticker, 100m);
        Assert.Equal((400, "/api-errors/insufficient-free-for-stocks-buy"), (await bed.Refused(10m)) is var r ? (r.Status, r.Type) : default);
        await bed.Place(9.8m);
        Assert.Equal("/api-errors/insufficient-free-for-stocks-buy", (await bed.Refused(0.1m)).Type);
    }

    [Fact]
    public async Task A_price_that_runs_past_the_hold_back_rejects_the_buy_and_never_overdraws()
    {
        await using var bed = await PaperTestBed.Create(o => o with { StartingCash = 1_000m });
        bed.Broker.PutPrice(Ticker, 100m);
        await bed.Place(9.8m);
        bed.Broker.PutPrice(Ticker, 110m);
        bed.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("REJECTED", (await bed.Get("equity/history/orders"))["items"]![0]!["order"]!["status"]!.GetValue<string>());
        Assert.Equal(1_000m, bed.Broker.ReadLedger().Cash);
    }

    [Fact]
    public async Task Minimum_and_maximum_of_an_instrument_are_kept()
    {
        await using var bed = await PaperTestBed.Create(o => o with
        {
            Instruments = [PaperInstrument.ForSymbol("AXSM") with { MinTradeQuantity = 0.02m, MinOpenQuantity = 1m, MaxOpenQuantity = 5m }],
        });
        bed.Broker.PutPrice(Ticker, 10m);
        Assert.Equal((400, "/api-errors/min-quantity-exceeded", "must trade at least 0.02"), await bed.Refused(0.01m));
        Assert.Equal((400, "/api-errors/min-opened-position-exceeded", "must have opened position at least 1.00"), await bed.Refused(0.5m));
        Assert.Equal("/api-errors/max-opened-position-exceeded", (await bed.Refused(5.1m)).Type);
        await bed.Place(3m);
        Assert.Equal("/api-errors/max-opened-position-exceeded", (await bed.Refused(2.1m)).Type);
    }

    [Fact]
    public async Task The_fifty_first_pending_order_of_a_ticker_is_refused()
    {
        await using var bed = await PaperTestBed.Create();
        bed.Broker.PutPrice(Ticker, 1m);
        for (var i = 0; i < 50; i++)
        {
            await bed.Place(1m);
        }

        Assert.Equal("/api-errors/max-pending-orders-exceeded", (await bed.Refused(1m)).Type);
        bed.Clock.Advance(TimeSpan.FromSeconds(1));
        await bed.Place(1m);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task An_instrument_without_extended_hours_refuses_any_request_that_carries_them(string value)
    {
        await using var bed = await PaperTestBed.Create();
        Assert.Equal((400, "/api-errors/invalid-payload", "Invalid payload"), await bed.Refused($$"""{"ticker":"METAl_EQ","quantity":1,"extendedHours":{{value}}}"""));
        using var allowed = await bed.Post($$"""{"ticker":"AXSM_US_EQ","quantity":1,"extendedHours":{{value}}}""");
        Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"ticker":"AXSM_US_EQ"}""")]
    [InlineData("""{"quantity":1}""")]
    [InlineData("""{"ticker":"AXSM_US_EQ","quantity":"1"}""")]
    [InlineData("""{"ticker":"AXSM_US_EQ","quantity":1,"side":"BUY"}""")]
    [InlineData("""{"ticker":"AXSM_US_EQ","quantity":1e400}""")]
    public async Task A_payload_that_is_not_a_market_order_is_refused(string json)
    {
        await using var bed = await PaperTestBed.Create();
        var refused = await bed.Refused(json);
        Assert.Equal((400, "/api-errors/invalid-payload"), (refused.Status, refused.Type));
        Assert.Empty(bed.Broker.ReadLedger().Orders);
    }

    [Theory]
    [InlineData("GET", "equity/orders/market", 405)]
    [InlineData("POST", "equity/positions", 405)]
    [InlineData("PUT", "equity/orders/1", 405)]
    [InlineData("POST", "equity/orders/", 404)]
    [InlineData("GET", "equity/orders/abc", 404)]
    [InlineData("GET", "equity/orders/54250294524", 404)]
    [InlineData("GET", "equity/pies", 404)]
    [InlineData("GET", "equity/history/orders?limit=51", 400)]
    [InlineData("GET", "equity/history/orders?limit=0", 400)]
    [InlineData("GET", "equity/history/orders?cursor=x", 400)]
    public async Task A_request_that_the_venue_does_not_know_is_refused(string method, string path, int status)
    {
        await using var bed = await PaperTestBed.Create();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await bed.Http.SendAsync(request);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(status, JsonNode.Parse(await response.Content.ReadAsStringAsync())!["status"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_chunked_body_a_content_type_on_get_and_unknown_parameters_are_taken()
    {
        await using var bed = await PaperTestBed.Create();
        using var chunked = new HttpRequestMessage(HttpMethod.Post, "equity/orders/market?source=robot")
        {
            Content = new StringContent("""{"ticker":"AXSM_US_EQ","quantity":1}""", Encoding.UTF8, "text/plain"),
        };
        chunked.Headers.TransferEncodingChunked = true;
        using var placed = await bed.Http.SendAsync(chunked);
        Assert.Equal(HttpStatusCode.OK, placed.StatusCode);

        using var get = new HttpRequestMessage(HttpMethod.Get, "equity/orders?foo=bar") { Content = new StringContent(string.Empty, Encoding.UTF8, "application/json") };
        using var orders = await bed.Http.SendAsync(get);
        Assert.Equal(HttpStatusCode.OK, orders.StatusCode);
    }
}
