using System.Globalization;

namespace MicroTrader.Trading212.Tests;

/// <summary>What each answer to an order means.</summary>
public sealed class PlaceOrderAnswerTests
{
    [Fact]
    public async Task A_200_with_an_order_is_placed()
    {
        await using RawServer server = RawServer.Answering(200, Samples.NewOrder, "Content-Type: application/json");
        using Trading212Client client = new(server.Options());

        PlaceOrderResult.Placed placed = Assert.IsType<PlaceOrderResult.Placed>(await client.PlaceMarketOrderAsync(Samples.Buy));

        Assert.Equal(54250294524, placed.OrderId);
        Assert.Equal(OrderStatus.New, placed.Order.Status);
        Assert.Equal(DateTimeOffset.Parse("2026-03-02T14:31:07.123Z", CultureInfo.InvariantCulture), placed.Order.CreatedAt);
        RawRequest request = Assert.Single(server.Requests);
        Assert.Equal("POST", request.Method);
        Assert.Equal("/api/v0/equity/orders/market", request.Target);
        Assert.Equal("""{"ticker":"AXSM_US_EQ","quantity":1.0}""", request.Body);
        Assert.Equal("application/json", request.Headers["Content-Type"]);
    }

    [Fact]
    public async Task A_sale_has_a_negative_quantity_and_extended_hours_only_where_set()
    {
        await using RawServer server = RawServer.Answering(400, Samples.NotOwned);
        using Trading212Client client = new(server.Options());

        await client.PlaceMarketOrderAsync(new MarketOrderRequest("AXSM_US_EQ", -0.25m, extendedHours: false));

        Assert.Equal("""{"ticker":"AXSM_US_EQ","quantity":-0.25,"extendedHours":false}""", Assert.Single(server.Requests).Body);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(422)]
    public async Task A_refusal_is_rejected_with_its_problem(int status)
    {
        await using RawServer server = RawServer.Answering(status, Samples.NotOwned);
        using Trading212Client client = new(server.Options());

        PlaceOrderResult.Rejected rejected = Assert.IsType<PlaceOrderResult.Rejected>(await client.PlaceMarketOrderAsync(Samples.Buy));

        Assert.Equal(status, rejected.Info.StatusCode);
        Assert.Equal("/api-errors/selling-equity-not-owned", rejected.Problem.Type);
        Assert.Equal("Error while placing the order", rejected.Problem.Title);
        Assert.Equal("Selling more equities than owned, owned: 0.0", rejected.Problem.Detail);
        Assert.Equal(ProblemReason.SellingEquityNotOwned, rejected.Problem.Reason);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_refusal_whose_body_is_cut_off_is_still_rejected()
    {
        await using RawServer server = RawServer.Of(async (_, connection) =>
        {
            await connection.SendAsync("HTTP/1.1 400 Bad\r\nContent-Length: 500\r\n\r\n{\"type\":"u8.ToArray());
            connection.Close();
        });
        using Trading212Client client = new(server.Options());

        PlaceOrderResult.Rejected rejected = Assert.IsType<PlaceOrderResult.Rejected>(await client.PlaceMarketOrderAsync(Samples.Buy));

        Assert.Equal(400, rejected.Problem.Status);
        Assert.Equal(ProblemReason.Unrecognised, rejected.Problem.Reason);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(304)]
    [InlineData(406)]
    [InlineData(408)]
    [InlineData(409)]
    [InlineData(418)]
    [InlineData(425)]
    [InlineData(499)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(599)]
    public async Task An_answer_that_proves_nothing_is_unknown_and_is_not_repeated(int status)
    {
        // A 304 has no body (RFC 9110), so none is sent with it.
        await using RawServer server = RawServer.Answering(status, status == 304 ? "" : "<html>sorry</html>", "Retry-After: 0");
        using Trading212Client client = new(server.Options(o => o with { ReadRetryCount = 5 }));

        PlaceOrderResult.Unknown unknown = Assert.IsType<PlaceOrderResult.Unknown>(await client.PlaceMarketOrderAsync(Samples.Buy));

        Assert.Equal(status, unknown.StatusCode);
        Assert.Single(server.Requests);
        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_unknown_and_is_not_followed(int status)
    {
        await using RawServer elsewhere = RawServer.Answering(200, Samples.NewOrder);
        await using RawServer server = RawServer.Answering(status, "", $"Location: {elsewhere.BaseAddress}/equity/orders/market");
        using Trading212Client client = new(server.Options());

        PlaceOrderResult.Unknown unknown = Assert.IsType<PlaceOrderResult.Unknown>(await client.PlaceMarketOrderAsync(Samples.Buy));

        Assert.Equal(status, unknown.StatusCode);
        Assert.Single(server.Requests);
        Assert.Equal(0, elsewhere.Connections);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("<html>ok</html>")]
    [InlineData("""{"id":0}""")]
    [InlineData("""{"id":"abc"}""")]
    [InlineData("""{"id":1,"ticker":"DWAC_US_EQ"}""")]
    [InlineData("""{"id":1,"instrument":{"ticker":"DWAC_US_EQ"}}""")]
    [InlineData("""{"id":1,"side":"SELL"}""")]
    [InlineData("""{"id":1,"ticker":"AXSM_US_EQ","quantity":1""")]
    [InlineData("""{"id":1,"ticker":"\ud800"}""")]
    [InlineData("""{"id":1,"side":"\udc00"}""")]
    [InlineData("""{"id":1,"createdAt":"\ud800-01-01T00"}""")]
    [InlineData("""{"id":1,"quantity":1e400}""")]
    [InlineData("""{"id":99999999999999999999}""")]
    public async Task A_200_that_makes_no_sense_is_unknown(string body)
    {
        await using RawServer server = RawServer.Answering(200, body);
        using Trading212Client client = new(server.Options());

        PlaceOrderResult.Unknown unknown = Assert.IsType<PlaceOrderResult.Unknown>(await client.PlaceMarketOrderAsync(Samples.Buy));

        Assert.Equal(200, unknown.StatusCode);
        Assert.NotNull(unknown.Info);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_200_whose_body_is_cut_off_is_unknown()
    {
        await using RawServer server = RawServer.Of(async (_, connection) =>
        {
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"id\":12"u8.ToArray());
            connection.Close();
        });
        using Trading212Client client = new(server.Options());

        PlaceOrderResult.Unknown unknown = Assert.IsType<PlaceOrderResult.Unknown>(await client.PlaceMarketOrderAsync(Samples.Buy));

        Assert.Equal(200, unknown.StatusCode);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("this is no HTTP at all\r\n\r\n")]
    [InlineData("HTTP/1.1 abc\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -7\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\n{}\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nno colon here\r\n\r\n{}")]
    [InlineData("HTTP/1.1 101 Switching\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n")]
    public async Task An_answer_that_breaks_the_protocol_is_unknown(string answer)
    {
        await using RawServer server = RawServer.Of(async (_, connection) =>
        {
            await connection.SendAsync(System.Text.Encoding.ASCII.GetBytes(answer));
            connection.Close();
        });
        using Trading212Client client = new(server.Options());

        Assert.IsType<PlaceOrderResult.Unknown>(await client.PlaceMarketOrderAsync(Samples.Buy));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_200_longer_than_any_order_is_unknown()
    {
        await using RawServer server = RawServer.Answering(200, Samples.NewOrder + new string(' ', 1024 * 1024));
        using Trading212Client client = new(server.Options());

        Assert.Contains("longer than", Assert.IsType<PlaceOrderResult.Unknown>(await client.PlaceMarketOrderAsync(Samples.Buy)).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_200_with_only_an_id_is_placed()
    {
        await using RawServer server = RawServer.Answering(200, """{"id":7}""");
        using Trading212Client client = new(server.Options());

        Assert.Equal(7, Assert.IsType<PlaceOrderResult.Placed>(await client.PlaceMarketOrderAsync(Samples.Buy)).OrderId);
    }

    [Fact]
    public async Task A_429_is_not_executed_and_says_when_the_limit_resets()
    {
        await using RawServer server = RawServer.Answering(
            429, "", "x-ratelimit-limit: 50", "x-ratelimit-period: 60", "x-ratelimit-remaining: 0", "x-ratelimit-reset: 1772461920", "x-ratelimit-used: 50", "Retry-After: 12");
        using Trading212Client client = new(server.Options());

        PlaceOrderResult.NotExecuted refused = Assert.IsType<PlaceOrderResult.NotExecuted>(await client.PlaceMarketOrderAsync(Samples.Buy));

        Assert.Equal(NotExecutedReason.RateLimited, refused.Reason);
        Assert.Equal(new RateLimit(50, TimeSpan.FromSeconds(60), 0, DateTimeOffset.FromUnixTimeSeconds(1772461920), 50), refused.Info!.RateLimit);
        Assert.Equal(TimeSpan.FromSeconds(12), refused.Info.RetryAfter);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Limit_stop_and_stop_limit_orders_are_sent_in_the_venues_words()
    {
        await using RawServer server = RawServer.Answering(200, """{"id":9}""");
        using Trading212Client client = new(server.Options());

        Assert.IsType<PlaceOrderResult.Placed>(await client.PlaceLimitOrderAsync(new LimitOrderRequest("A_US_EQ", 2m, 100.23m, TimeValidity.Day)));
        Assert.IsType<PlaceOrderResult.Placed>(await client.PlaceStopOrderAsync(new StopOrderRequest("A_US_EQ", -2m, 90m, TimeValidity.GoodTillCancel)));
        Assert.IsType<PlaceOrderResult.Placed>(await client.PlaceStopLimitOrderAsync(new StopLimitOrderRequest("A_US_EQ", -2m, 90m, 89.5m, TimeValidity.Day)));

        Assert.Equal(
            [
                ("/api/v0/equity/orders/limit", """{"ticker":"A_US_EQ","quantity":2,"limitPrice":100.23,"timeValidity":"DAY"}"""),
                ("/api/v0/equity/orders/stop", """{"ticker":"A_US_EQ","quantity":-2,"stopPrice":90,"timeValidity":"GOOD_TILL_CANCEL"}"""),
                ("/api/v0/equity/orders/stop_limit", """{"ticker":"A_US_EQ","quantity":-2,"stopPrice":90,"limitPrice":89.5,"timeValidity":"DAY"}"""),
            ],
            server.Requests.Select(request => (request.Target, request.Body)));
    }

    [Fact]
    public void An_impossible_request_is_refused_with_a_clear_line()
    {
        Assert.Contains("quantity is 0", Assert.Throws<ArgumentException>(() => new MarketOrderRequest("A_US_EQ", 0m)).Message, StringComparison.Ordinal);
        Assert.Contains("ticker is empty", Assert.Throws<ArgumentException>(() => new MarketOrderRequest(" ", 1m)).Message, StringComparison.Ordinal);
        Assert.Contains("price is -1", Assert.Throws<ArgumentException>(() => new LimitOrderRequest("A_US_EQ", 1m, -1m, TimeValidity.Day)).Message, StringComparison.Ordinal);
        Assert.Contains("validity is Unknown", Assert.Throws<ArgumentException>(() => new StopOrderRequest("A_US_EQ", 1m, 1m, TimeValidity.Unknown)).Message, StringComparison.Ordinal);
    }
}
