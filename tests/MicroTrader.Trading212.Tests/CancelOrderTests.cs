using Microsoft.Extensions.Time.Testing;

namespace MicroTrader.Trading212.Tests;

public sealed class CancelOrderTests
{
    [Fact]
    public async Task A_200_with_an_empty_body_is_accepted()
    {
        await using RawServer server = RawServer.Answering(200, "");
        using Trading212Client client = new(server.Options());

        Assert.IsType<CancelOrderResult.Accepted>(await client.CancelOrderAsync(54250294524));

        RawRequest request = Assert.Single(server.Requests);
        Assert.Equal(("DELETE", "/api/v0/equity/orders/54250294524", ""), (request.Method, request.Target, request.Body));
        Assert.False(request.Headers.ContainsKey("Content-Type"));
    }

    [Fact]
    public async Task A_404_is_not_found()
    {
        await using RawServer server = RawServer.Answering(404, """{"type":"/api-errors/entity-not-found","title":"Order not found","status":404,"detail":""}""");
        using Trading212Client client = new(server.Options());

        Assert.Equal(ProblemReason.EntityNotFound, Assert.IsType<CancelOrderResult.NotFound>(await client.CancelOrderAsync(1)).Problem.Reason);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_refusal_is_rejected(int status)
    {
        await using RawServer server = RawServer.Answering(status, "");
        using Trading212Client client = new(server.Options());

        Assert.Equal(status, Assert.IsType<CancelOrderResult.Rejected>(await client.CancelOrderAsync(1)).Problem.Status);
    }

    [Fact]
    public async Task A_429_is_not_executed()
    {
        await using RawServer server = RawServer.Answering(429, "");
        using Trading212Client client = new(server.Options());

        Assert.Equal(NotExecutedReason.RateLimited, Assert.IsType<CancelOrderResult.NotExecuted>(await client.CancelOrderAsync(1)).Reason);
    }

    [Theory]
    [InlineData(307)]
    [InlineData(408)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task An_answer_that_proves_nothing_is_unknown_and_is_not_repeated(int status)
    {
        await using RawServer server = RawServer.Answering(status, "", "Location: /api/v0/equity/orders/2");
        using Trading212Client client = new(server.Options(o => o with { ReadRetryCount = 5 }));

        Assert.Equal(status, Assert.IsType<CancelOrderResult.Unknown>(await client.CancelOrderAsync(1)).StatusCode);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_connection_closed_after_the_request_is_unknown_and_is_not_repeated()
    {
        await using RawServer server = RawServer.Of((_, connection) =>
        {
            connection.Close();
            return Task.CompletedTask;
        });
        using Trading212Client client = new(server.Options());

        Assert.IsType<CancelOrderResult.Unknown>(await client.CancelOrderAsync(1));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Running_out_of_time_after_the_hand_over_is_unknown()
    {
        TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using RawServer server = RawServer.Of((_, connection) =>
        {
            arrived.SetResult();
            return connection.HoldAsync();
        });
        FakeTimeProvider time = new();
        using Trading212Client client = new(server.Options(), time);

        Task<CancelOrderResult> cancelling = client.CancelOrderAsync(1);
        await arrived.Task;
        time.Advance(TimeSpan.FromSeconds(11));

        Assert.IsType<CancelOrderResult.Unknown>(await cancelling);
    }

    [Fact]
    public async Task Cancelled_before_the_hand_over_is_not_executed()
    {
        await using RawServer server = RawServer.Answering(200, "");
        using Trading212Client client = new(server.Options());

        CancelOrderResult result = await client.CancelOrderAsync(1, new CancellationToken(canceled: true));

        Assert.Equal(NotExecutedReason.Cancelled, Assert.IsType<CancelOrderResult.NotExecuted>(result).Reason);
        Assert.Empty(server.Requests);
    }
}
