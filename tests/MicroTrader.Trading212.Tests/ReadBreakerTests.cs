using Microsoft.Extensions.Time.Testing;

namespace MicroTrader.Trading212.Tests;

public sealed class ReadBreakerTests
{
    private static readonly ReadBreakerOptions Breaker = new() { MinimumThroughput = 3, FailureRatio = 0.5, BreakDuration = TimeSpan.FromSeconds(15) };

    [Fact]
    public async Task After_many_failures_reads_are_not_sent_and_writes_still_are()
    {
        bool broken = true;
        await using RawServer server = RawServer.Of((request, connection) => request.Method == "POST"
            ? connection.AnswerAsync(200, Samples.NewOrder)
            : request.Method == "DELETE" ? connection.AnswerAsync(200, "") : broken ? connection.AnswerAsync(500, "") : connection.AnswerAsync(200, "[]"));
        FakeTimeProvider time = new();
        using Trading212Client client = new(server.Options(o => o with { ReadRetryCount = 0, ReadBreaker = Breaker }), time);

        for (int i = 0; i < 3; i++)
            Assert.Equal(ReadFailureKind.ServerError, await KindAsync(client));
        Assert.Equal(ReadFailureKind.BreakerOpen, await KindAsync(client));
        Assert.Equal(3, server.CountOf("GET"));

        Assert.IsType<PlaceOrderResult.Placed>(await client.PlaceMarketOrderAsync(Samples.Buy));
        Assert.IsType<CancelOrderResult.Accepted>(await client.CancelOrderAsync(1));

        broken = false;
        time.Advance(TimeSpan.FromSeconds(16));
        Assert.Null(await KindAsync(client));
        Assert.Equal(4, server.CountOf("GET"));
    }

    [Fact]
    public async Task Failing_writes_do_not_open_the_breaker()
    {
        await using RawServer server = RawServer.Of((request, connection) => request.Method == "POST" ? connection.AnswerAsync(500, "") : connection.AnswerAsync(200, "[]"));
        using Trading212Client client = new(server.Options(o => o with { ReadBreaker = Breaker }));

        for (int i = 0; i < 10; i++)
            Assert.IsType<PlaceOrderResult.Unknown>(await client.PlaceMarketOrderAsync(Samples.Buy));

        Assert.Null(await KindAsync(client));
        Assert.Equal(10, server.CountOf("POST"));
    }

    [Fact]
    public async Task The_read_that_opens_the_breaker_tells_its_own_failure()
    {
        await using RawServer server = RawServer.Answering(500, "");
        using Trading212Client client = new(server.Options(o => o with { ReadRetryCount = 5, ReadBreaker = Breaker }));

        Assert.Equal(ReadFailureKind.ServerError, await KindAsync(client));

        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Refusals_do_not_open_the_breaker()
    {
        await using RawServer server = RawServer.Answering(429, "");
        using Trading212Client client = new(server.Options(o => o with { ReadBreaker = Breaker }));

        for (int i = 0; i < 10; i++)
            Assert.Equal(ReadFailureKind.RateLimited, await KindAsync(client));
    }

    private static async Task<ReadFailureKind?> KindAsync(Trading212Client client) => (await client.GetPendingOrdersAsync() as ReadResult<IReadOnlyList<Order>>.Failed)?.Kind;
}
