using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace MicroTrader.Trading212.Tests;

public sealed class ReadTests
{
    [Fact]
    public async Task Each_read_goes_to_its_path_with_basic_authentication()
    {
        await using RawServer server = RawServer.Of((request, connection) => connection.AnswerAsync(200, request.Target switch
        {
            "/api/v0/equity/account/summary" => """{"id":123,"currency":"EUR","totalValue":1000.5,"cash":{"availableToTrade":900,"reservedForOrders":0,"inPies":0},"investments":{"currentValue":100.5,"realizedProfitLoss":1.5,"totalCost":99,"unrealizedProfitLoss":1.5}}""",
            "/api/v0/equity/orders/54250294524" => Samples.NewOrder,
            _ => "[]",
        }));
        using Trading212Client client = new(server.Options());

        AccountSummary account = Value(await client.GetAccountSummaryAsync());
        Value(await client.GetPositionsAsync());
        Value(await client.GetPositionsAsync("A&B US=EQ"));
        Value(await client.GetPendingOrdersAsync());
        Order order = Value(await client.GetOrderAsync(54250294524));
        Value(await client.GetInstrumentsAsync());
        Value(await client.GetExchangesAsync());

        Assert.Equal((123L, "EUR", 900m, 1.5m), (account.Id, account.Currency, account.Cash!.AvailableToTrade, account.Investments!.RealizedProfitLoss));
        Assert.Equal("AXSM_US_EQ", order.ResolvedTicker);
        Assert.Equal(
            [
                "/api/v0/equity/account/summary", "/api/v0/equity/positions", "/api/v0/equity/positions?ticker=A%26B%20US%3DEQ", "/api/v0/equity/orders",
                "/api/v0/equity/orders/54250294524", "/api/v0/equity/metadata/instruments", "/api/v0/equity/metadata/exchanges",
            ],
            server.Requests.Select(request => request.Target));
        Assert.All(server.Requests, request =>
        {
            Assert.Equal("GET", request.Method);
            Assert.Equal("Basic " + TestKeys.Token, request.Headers["Authorization"]);
            Assert.Equal("application/json", request.Headers["Accept"]);
            Assert.StartsWith("MicroTrader.Trading212/", request.Headers["User-Agent"], StringComparison.Ordinal);
            Assert.False(request.Headers.ContainsKey("traceparent"));
        });
    }

    [Fact]
    public async Task A_base_address_with_a_closing_slash_is_the_same()
    {
        await using RawServer server = RawServer.Answering(200, "[]");
        using Trading212Client client = new(server.Options(o => o with { BaseAddress = new Uri(o.BaseAddress + "/") }));

        Value(await client.GetPendingOrdersAsync());

        Assert.Equal("/api/v0/equity/orders", Assert.Single(server.Requests).Target);
    }

    [Fact]
    public async Task Rate_limit_and_date_headers_are_read()
    {
        await using RawServer server = RawServer.Answering(
            200, "[]", "Date: Mon, 02 Mar 2026 14:31:07 GMT", "X-RateLimit-Limit: 1", "x-ratelimit-period: 5", "x-ratelimit-remaining: 0", "x-ratelimit-reset: 1772461872", "x-ratelimit-used: 1");
        FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 2, 14, 31, 9, TimeSpan.Zero));
        using Trading212Client client = new(server.Options(), time);

        ResponseInfo info = Assert.IsType<ReadResult<IReadOnlyList<Order>>.Success>(await client.GetPendingOrdersAsync()).Info;

        Assert.Equal(200, info.StatusCode);
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 14, 31, 7, TimeSpan.Zero), info.ServerDate);
        Assert.Equal(time.GetUtcNow(), info.ReceivedAt);
        Assert.Equal(new RateLimit(1, TimeSpan.FromSeconds(5), 0, new DateTimeOffset(2026, 3, 2, 14, 31, 12, TimeSpan.Zero), 1), info.RateLimit);
    }

    [Theory]
    [InlineData("x-ratelimit-limit: 6")]
    [InlineData("x-ratelimit-limit: six", "x-ratelimit-period: 60", "x-ratelimit-remaining: 5", "x-ratelimit-reset: 1772461872")]
    [InlineData("x-ratelimit-limit: 6", "x-ratelimit-period: 60", "x-ratelimit-remaining: -1", "x-ratelimit-reset: 1772461872")]
    [InlineData("x-ratelimit-limit: 6", "x-ratelimit-period: 60", "x-ratelimit-remaining: 5", "x-ratelimit-reset: 99999999999999999999")]
    [InlineData("x-ratelimit-limit: 6", "x-ratelimit-period: 60", "x-ratelimit-remaining: 5", "x-ratelimit-reset: 999999999999")]
    [InlineData("Date: the day before yesterday", "Retry-After: soon")]
    public async Task Headers_that_make_no_sense_are_as_good_as_none(params string[] headers)
    {
        await using RawServer server = RawServer.Answering(200, "[]", headers);
        using Trading212Client client = new(server.Options());

        ResponseInfo info = Assert.IsType<ReadResult<IReadOnlyList<Order>>.Success>(await client.GetPendingOrdersAsync()).Info;

        Assert.Null(info.RateLimit);
        Assert.Null(info.ServerDate);
        Assert.Null(info.RetryAfter);
    }

    [Theory]
    [InlineData(400, ReadFailureKind.Unexpected)]
    [InlineData(401, ReadFailureKind.Unauthorized)]
    [InlineData(403, ReadFailureKind.Forbidden)]
    [InlineData(429, ReadFailureKind.RateLimited)]
    [InlineData(302, ReadFailureKind.Unexpected)]
    public async Task A_refusal_fails_at_once(int status, ReadFailureKind kind)
    {
        await using RawServer server = RawServer.Answering(status, """{"type":"/api-errors/x","title":"No","status":418,"detail":"why"}""", "Location: /elsewhere");
        using Trading212Client client = new(server.Options(o => o with { ReadRetryCount = 5 }));

        ReadResult<AccountSummary>.Failed failed = Assert.IsType<ReadResult<AccountSummary>.Failed>(await client.GetAccountSummaryAsync());

        Assert.Equal(kind, failed.Kind);
        Assert.Equal(status, failed.Info!.StatusCode);
        Assert.Equal(new Problem("/api-errors/x", "No", 418, "why", ProblemReason.Unrecognised), failed.Problem);
        Assert.Contains("/equity/account/summary", failed.Detail, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_429_whose_body_is_cut_off_is_not_tried_again()
    {
        await using RawServer server = RawServer.Of(async (_, connection) =>
        {
            await connection.SendAsync("HTTP/1.1 429 Slow\r\nContent-Length: 500\r\n\r\nslo"u8.ToArray());
            connection.Close();
        });
        using Trading212Client client = new(server.Options(o => o with { ReadRetryCount = 5 }));

        Assert.Equal(ReadFailureKind.RateLimited, Assert.IsType<ReadResult<AccountSummary>.Failed>(await client.GetAccountSummaryAsync()).Kind);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_404_is_not_found()
    {
        await using RawServer server = RawServer.Answering(404, """{"type":"/api-errors/entity-not-found","title":"Order not found","status":404}""");
        using Trading212Client client = new(server.Options());

        Assert.Equal(ProblemReason.EntityNotFound, Assert.IsType<ReadResult<Order>.NotFound>(await client.GetOrderAsync(1)).Problem.Reason);
    }

    [Theory]
    [InlineData(408, ReadFailureKind.Timeout)]
    [InlineData(500, ReadFailureKind.ServerError)]
    [InlineData(503, ReadFailureKind.ServerError)]
    public async Task A_transient_answer_is_tried_again_and_then_fails(int status, ReadFailureKind kind)
    {
        await using RawServer server = RawServer.Answering(status, "");
        RecordingObserver observer = new();
        using Trading212Client client = new(server.Options(o => o with { ReadRetryCount = 2 }), observer: observer);

        Assert.Equal(kind, Assert.IsType<ReadResult<AccountSummary>.Failed>(await client.GetAccountSummaryAsync()).Kind);

        Assert.Equal(3, server.Requests.Count);
        Assert.Equal([1, 2, 3], observer.Exchanges.Select(exchange => exchange.Attempt));
        Assert.All(observer.Exchanges, exchange => Assert.Equal((status, HttpExchangeOutcome.Answered), (exchange.StatusCode, exchange.Outcome)));
    }

    [Fact]
    public async Task A_transient_answer_that_used_up_the_allowance_is_not_tried_again()
    {
        await using RawServer server = RawServer.Answering(500, "", "x-ratelimit-limit: 1", "x-ratelimit-period: 5", "x-ratelimit-remaining: 0", "x-ratelimit-reset: 1772461872");
        using Trading212Client client = new(server.Options(o => o with { ReadRetryCount = 5 }));

        Assert.IsType<ReadResult<AccountSummary>.Failed>(await client.GetAccountSummaryAsync());

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_read_that_fails_once_succeeds_at_the_second_try()
    {
        int requests = 0;
        await using RawServer server = RawServer.Of((_, connection) => Interlocked.Increment(ref requests) == 1 ? connection.AnswerAsync(502, "") : connection.AnswerAsync(200, "[]"));
        using Trading212Client client = new(server.Options());

        Value(await client.GetPendingOrdersAsync());

        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_lost_connection_is_a_connection_failure()
    {
        await using RawServer server = RawServer.Of(async (_, connection) =>
        {
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n["u8.ToArray());
            connection.Reset();
        });
        using Trading212Client client = new(server.Options());

        Assert.Equal(ReadFailureKind.Connection, Assert.IsType<ReadResult<IReadOnlyList<Order>>.Failed>(await client.GetPendingOrdersAsync()).Kind);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_read_without_an_answer_times_out()
    {
        await using RawServer server = RawServer.Of((_, connection) => connection.HoldAsync());
        FakeTimeProvider time = new();
        using Trading212Client client = new(server.Options(o => o with { ReadRetryCount = 0 }), time);

        Task<ReadResult<AccountSummary>> reading = client.GetAccountSummaryAsync();
        time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(reading.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.2));

        Assert.Equal(ReadFailureKind.Timeout, Assert.IsType<ReadResult<AccountSummary>.Failed>(await reading).Kind);
    }

    [Fact]
    public async Task A_read_that_the_caller_gives_up_throws()
    {
        using CancellationTokenSource cancel = new();
        await using RawServer server = RawServer.Of(async (_, connection) =>
        {
            await cancel.CancelAsync();
            await connection.HoldAsync();
        });
        using Trading212Client client = new(server.Options(o => o with { ReadRetryCount = 5 }));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetAccountSummaryAsync(cancel.Token));

        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[null]")]
    [InlineData("[{}]")]
    [InlineData("""[{"instrument":{"ticker":"A_US_EQ"}}]""")]
    [InlineData("""[{"quantity":1}]""")]
    [InlineData("<html></html>")]
    [InlineData("""[{"instrument":{"ticker":"A_US_EQ"},"quantity":1e999}]""")]
    public async Task Positions_that_cannot_be_read_whole_are_malformed_and_never_flat(string body)
    {
        await using RawServer server = RawServer.Answering(200, body);
        using Trading212Client client = new(server.Options());

        ReadResult<IReadOnlyList<Position>>.Failed failed = Assert.IsType<ReadResult<IReadOnlyList<Position>>.Failed>(await client.GetPositionsAsync());

        Assert.Equal(ReadFailureKind.Malformed, failed.Kind);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"id":2}""")]
    public async Task An_order_that_is_not_the_one_asked_for_is_malformed(string body)
    {
        await using RawServer server = RawServer.Answering(200, body);
        using Trading212Client client = new(server.Options());

        Assert.Equal(ReadFailureKind.Malformed, Assert.IsType<ReadResult<Order>.Failed>(await client.GetOrderAsync(1)).Kind);
    }

    [Fact]
    public async Task A_compressed_answer_is_unpacked_and_a_broken_one_is_malformed()
    {
        using MemoryStream packed = new();
        await using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true))
            await gzip.WriteAsync("[]"u8.ToArray());
        byte[] body = packed.ToArray();
        await using RawServer server = RawServer.Of((request, connection) => connection.AnswerAsync(
            200, request.Target.EndsWith("orders", StringComparison.Ordinal) ? body : Encoding.ASCII.GetBytes("this is no gzip at all"), "Content-Encoding: gzip"));
        using Trading212Client client = new(server.Options());

        Value(await client.GetPendingOrdersAsync());
        Assert.Equal(ReadFailureKind.Malformed, Assert.IsType<ReadResult<IReadOnlyList<Position>>.Failed>(await client.GetPositionsAsync()).Kind);
        Assert.Contains("gzip", server.Requests.First().Headers["Accept-Encoding"], StringComparison.Ordinal);
    }

    private static T Value<T>(ReadResult<T> result) => Assert.IsType<ReadResult<T>.Success>(result).Value;
}
