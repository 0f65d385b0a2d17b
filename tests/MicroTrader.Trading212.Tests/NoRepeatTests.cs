using System.Net;
using Xunit.Abstractions;

namespace MicroTrader.Trading212.Tests;

/// <summary>
/// No write is ever sent twice by the handler. A pooled connection that the server closes at the wrong moment is what makes .NET's handler repeat a request.
/// </summary>
public sealed class NoRepeatTests
{
    private readonly ITestOutputHelper _output;

    public NoRepeatTests(ITestOutputHelper output) => _output = output;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_order_on_a_kept_connection_that_dies_unanswered_is_unknown_and_sent_once(bool reset)
    {
        await using RawServer server = RawServer.Of((request, connection) =>
        {
            if (request.Method == "GET")
                return connection.AnswerAsync(200, "[]");
            if (reset)
                connection.Reset();
            else
                connection.Close();
            return Task.CompletedTask;
        });
        using Trading212Client client = new(server.Options());
        Assert.IsType<ReadResult<IReadOnlyList<Order>>.Success>(await client.GetPendingOrdersAsync());

        PlaceOrderResult result = await client.PlaceMarketOrderAsync(Samples.Buy);

        Assert.IsType<PlaceOrderResult.Unknown>(result);
        Assert.Equal(1, server.CountOf("POST"));
        // The order travelled on the connection of the read: this is the stale one.
        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task A_write_whose_first_byte_arrived_on_a_kept_connection_is_never_begun_on_another(string method)
    {
        int begun = 0;
        await using RawServer server = RawServer.OfConnections(async connection =>
        {
            // The first request is a read; whatever comes next is cut off at its first bytes, before a head could be understood.
            if (await connection.ReadRequestAsync() is not { Method: "GET" })
            {
                Interlocked.Increment(ref begun);
                connection.Reset();
                return;
            }

            await connection.AnswerAsync(200, "[]");
            if (await connection.ReadSomeAsync() > 0)
                Interlocked.Increment(ref begun);
            connection.Reset();
        });
        using Trading212Client client = new(server.Options());
        Assert.IsType<ReadResult<IReadOnlyList<Order>>.Success>(await client.GetPendingOrdersAsync());

        if (method == "POST")
            Assert.IsType<PlaceOrderResult.Unknown>(await client.PlaceMarketOrderAsync(Samples.Buy));
        else
            Assert.IsType<CancelOrderResult.Unknown>(await client.CancelOrderAsync(1));

        Assert.Equal(1, begun);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task A_connection_that_closes_while_an_order_sets_out_carries_at_most_one_order_and_the_result_agrees()
    {
        const int Rounds = 300;
        int unknown = 0, placed = 0;
        for (int round = 0; round < Rounds; round++)
        {
            TaskCompletionSource close = new(TaskCreationOptions.RunContinuationsAsynchronously);
            int connections = 0;
            await using RawServer server = RawServer.OfConnections(async connection =>
            {
                bool first = Interlocked.Increment(ref connections) == 1;
                while (true)
                {
                    Task<RawRequest?> reading = connection.ReadRequestAsync();
                    if (first && await Task.WhenAny(reading, close.Task) == close.Task)
                    {
                        connection.Close();
                        return;
                    }

                    if (await reading is not { } request)
                        return;
                    await connection.AnswerAsync(200, request.Method == "GET" ? "[]" : Samples.NewOrder);
                }
            });
            using Trading212Client client = new(server.Options());
            await client.GetPendingOrdersAsync();

            // Both set out at once, and the order of the two differs from round to round.
            if (round % 2 == 0)
                close.SetResult();
            Task<PlaceOrderResult> placing = client.PlaceMarketOrderAsync(Samples.Buy);
            close.TrySetResult();
            PlaceOrderResult result = await placing;

            int posts = server.CountOf("POST");
            Assert.InRange(posts, 0, 1);
            switch (result)
            {
                case PlaceOrderResult.Placed:
                    placed++;
                    Assert.Equal(1, posts);
                    break;
                case PlaceOrderResult.Unknown:
                    unknown++;
                    break;
                case PlaceOrderResult.NotExecuted:
                    Assert.Equal(0, posts);
                    break;
                default:
                    Assert.Fail($"A {result.GetType().Name} was not expected.");
                    break;
            }
        }

        _output.WriteLine($"{Rounds} rounds: {placed} placed, {unknown} unknown");
    }

    [Fact]
    public async Task A_read_on_a_kept_connection_that_dies_is_repeated()
    {
        int requests = 0;
        await using RawServer server = RawServer.Of((_, connection) =>
        {
            if (Interlocked.Increment(ref requests) != 2)
                return connection.AnswerAsync(200, "[]");
            connection.Close();
            return Task.CompletedTask;
        });
        using Trading212Client client = new(server.Options(o => o with { ReadRetryCount = 1 }));

        Assert.IsType<ReadResult<IReadOnlyList<Order>>.Success>(await client.GetPendingOrdersAsync());
        Assert.IsType<ReadResult<IReadOnlyList<Order>>.Success>(await client.GetPendingOrdersAsync());

        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task The_body_of_a_write_refuses_to_be_written_twice()
    {
        using OneShotContent content = new("{}"u8.ToArray(), TimeProvider.System, null);
        using MemoryStream first = new();
        await content.CopyToAsync(first);
        using MemoryStream second = new();

        await Assert.ThrowsAsync<InvalidOperationException>(() => content.CopyToAsync(second));

        Assert.Equal(0, second.Length);
        Assert.False(content.TrySeal());
        Assert.NotNull(content.HandedOverTimestamp);
    }

    [Fact]
    public async Task A_sealed_body_is_never_written()
    {
        using OneShotContent content = new("{}"u8.ToArray(), TimeProvider.System, null);
        Assert.True(content.TrySeal());
        using MemoryStream stream = new();

        await Assert.ThrowsAsync<InvalidOperationException>(() => content.CopyToAsync(stream));

        Assert.Equal(0, stream.Length);
        Assert.Null(content.HandedOverTimestamp);
        Assert.True(content.TrySeal());
    }

    [Fact]
    public async Task A_following_handler_cannot_send_the_body_again()
    {
        // What a redirecting client would do with it, to prove that the body alone is enough of a guard.
        await using RawServer target = RawServer.Answering(200, Samples.NewOrder);
        await using RawServer server = RawServer.Answering(307, "", $"Location: {target.BaseAddress}/equity/orders/market");
        using HttpClient following = new(new SocketsHttpHandler { AllowAutoRedirect = true });
        using OneShotContent content = new("{}"u8.ToArray(), TimeProvider.System, null);

        await Assert.ThrowsAnyAsync<Exception>(() => following.PostAsync(new Uri(server.BaseAddress + "/x"), content));

        Assert.Single(server.Requests);
        Assert.Empty(target.Requests);
        Assert.False(content.TrySeal());
        Assert.Equal(HttpStatusCode.OK, (await following.GetAsync(target.BaseAddress)).StatusCode);
    }
}
