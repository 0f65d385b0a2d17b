using System.Net;
using Microsoft.Extensions.Time.Testing;

namespace MicroTrader.Trading212.Tests;

/// <summary>The client over a transport of the caller's: every promise that holds on a socket holds here too.</summary>
public sealed class TransportTests
{
    private static readonly Trading212Options Options = new()
    {
        BaseAddress = new Uri("https://venue.invalid/api/v0"),
        ApiKey = TestKeys.Key,
        ApiSecret = TestKeys.Secret,
        ReadRetryCount = 0,
        ReadBreaker = new ReadBreakerOptions { MinimumThroughput = 3, FailureRatio = 0.5, BreakDuration = TimeSpan.FromSeconds(15) },
    };

    [Fact]
    public async Task An_order_is_placed_with_the_key_and_its_body_handed_over_once()
    {
        string? body = null;
        int handedOver = 0;
        using Trading212Client client = Over(async (request, stop) =>
        {
            Assert.Equal("https://venue.invalid/api/v0/equity/orders/market", request.RequestUri!.AbsoluteUri);
            Assert.Equal("Basic " + TestKeys.Token, request.Headers.Authorization!.ToString());
            body = await TakeAsync(request, stop);
            return Answer(200, Samples.NewOrder);
        });

        PlaceOrderResult result = await client.PlaceMarketOrderAsync(Samples.Buy, () => handedOver++);

        Assert.IsType<PlaceOrderResult.Placed>(result);
        Assert.Equal("""{"ticker":"AXSM_US_EQ","quantity":1.0}""", body);
        Assert.Equal(1, handedOver);
    }

    [Fact]
    public async Task A_transport_that_fails_before_it_takes_the_body_is_not_executed()
    {
        using Trading212Client client = Over((_, _) => throw new HttpRequestException(HttpRequestError.ConnectionError, "refused"));

        PlaceOrderResult.NotExecuted result = Assert.IsType<PlaceOrderResult.NotExecuted>(await client.PlaceMarketOrderAsync(Samples.Buy));

        Assert.Equal(NotExecutedReason.ConnectionFailed, result.Reason);
    }

    [Fact]
    public async Task A_transport_that_fails_after_it_took_the_body_is_unknown()
    {
        using Trading212Client client = Over(async (request, stop) =>
        {
            await TakeAsync(request, stop);
            throw new HttpRequestException(HttpRequestError.ResponseEnded, "lost");
        });

        Assert.IsType<PlaceOrderResult.Unknown>(await client.PlaceMarketOrderAsync(Samples.Buy));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_transport_that_asks_for_the_body_again_gets_none_and_the_result_is_unknown(bool isOrder)
    {
        List<string> taken = [];
        using Trading212Client client = Over(async (request, stop) =>
        {
            taken.Add(await TakeAsync(request, stop));
            taken.Add(await TakeAsync(request, stop));
            return Answer(200, Samples.NewOrder);
        });

        if (isOrder)
            Assert.IsType<PlaceOrderResult.Unknown>(await client.PlaceMarketOrderAsync(Samples.Buy));
        else
            Assert.IsType<CancelOrderResult.Unknown>(await client.CancelOrderAsync(7));

        Assert.Single(taken);
    }

    [Fact]
    public async Task Time_that_runs_out_before_the_body_is_taken_seals_it()
    {
        FakeTimeProvider time = new();
        TaskCompletionSource late = new();
        Task<string>? taking = null;
        using Trading212Client client = Over(
            async (request, stop) =>
            {
                taking = TakeLateAsync(request, late.Task);
                await Task.Delay(Timeout.InfiniteTimeSpan, stop);
                return Answer(200, "");
            },
            time);
        Task<PlaceOrderResult> placing = client.PlaceMarketOrderAsync(Samples.Buy);
        Assert.False(placing.IsCompleted);

        time.Advance(Options.WriteTimeout);
        PlaceOrderResult.NotExecuted result = Assert.IsType<PlaceOrderResult.NotExecuted>(await placing);
        late.SetResult();

        Assert.Equal(NotExecutedReason.TimedOut, result.Reason);
        // Sealed or disposed of: whichever it is, no byte leaves any more.
        await Assert.ThrowsAnyAsync<Exception>(() => taking!);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_not_followed(int status)
    {
        int requests = 0;
        using Trading212Client client = Over(async (request, stop) =>
        {
            requests++;
            await TakeAsync(request, stop);
            HttpResponseMessage answer = Answer(status, "");
            answer.Headers.Location = new Uri("https://venue.invalid/elsewhere");
            return answer;
        });

        Assert.IsType<PlaceOrderResult.Unknown>(await client.PlaceMarketOrderAsync(Samples.Buy));

        Assert.Equal(1, requests);
    }

    [Fact]
    public void A_transport_that_follows_redirects_is_refused_however_deep_it_is()
    {
        using SocketsHttpHandler follows = new();
        using Around around = new(follows);
        using SocketsHttpHandler doesNot = new() { AllowAutoRedirect = false };

        ArgumentException refusal = Assert.Throws<ArgumentException>(() => Trading212Client.Over(around, Options));
        Assert.Contains("SocketsHttpHandler follows redirects", refusal.Message, StringComparison.Ordinal);
        using Trading212Client accepted = Trading212Client.Over(doesNot, Options);
    }

    [Fact]
    public async Task The_breaker_opens_and_closes_by_the_given_clock()
    {
        FakeTimeProvider time = new();
        int requests = 0;
        int status = 500;
        using Trading212Client client = Over(
            (_, _) =>
            {
                requests++;
                return Task.FromResult(Answer(status, "[]"));
            },
            time);

        for (int i = 0; i < 3; i++)
            Assert.Equal(ReadFailureKind.ServerError, await KindAsync(client));
        Assert.Equal(ReadFailureKind.BreakerOpen, await KindAsync(client));
        Assert.Equal(3, requests);
        status = 200;
        time.Advance(TimeSpan.FromSeconds(14));
        Assert.Equal(ReadFailureKind.BreakerOpen, await KindAsync(client));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(await KindAsync(client));
    }

    [Fact]
    public async Task A_read_s_time_out_and_the_wait_before_its_retry_are_of_the_given_clock_and_jitter()
    {
        FakeTimeProvider time = new();
        List<DateTimeOffset> asked = [];
        int jittered = 0;
        using Trading212Client client = Trading212Client.Over(
            new Scripted(async (_, stop) =>
            {
                asked.Add(time.GetUtcNow());
                await Task.Delay(Timeout.InfiniteTimeSpan, stop);
                return Answer(200, "[]");
            }),
            Options with { ReadRetryCount = 1, ReadRetryDelay = TimeSpan.FromSeconds(2) },
            time,
            jitter: () =>
            {
                jittered++;
                return 0.5;
            });
        Task<ReadFailureKind?> reading = KindAsync(client);

        // What waits on the clock registers some time after the step that set it off.
        while (!reading.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(500));
            await Task.WhenAny(reading, Task.Delay(TimeSpan.FromMilliseconds(2)));
        }

        Assert.Equal(ReadFailureKind.Timeout, await reading);
        Assert.Equal(2, asked.Count);
        Assert.True(jittered > 0);
        Assert.True(asked[1] - asked[0] > Options.ReadTimeout, $"asked again after {asked[1] - asked[0]}");
    }

    private static Trading212Client Over(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer, TimeProvider? time = null) =>
        Trading212Client.Over(new Scripted(answer), Options, time);

    private static HttpResponseMessage Answer(int status, string body) => new((HttpStatusCode)status) { Content = new StringContent(body) };

    private static async Task<string> TakeAsync(HttpRequestMessage request, CancellationToken stop)
    {
        using MemoryStream body = new();
        await request.Content!.CopyToAsync(body, stop);
        return System.Text.Encoding.UTF8.GetString(body.ToArray());
    }

    private static async Task<string> TakeLateAsync(HttpRequestMessage request, Task when)
    {
        await when;
        return await TakeAsync(request, CancellationToken.None);
    }

    private static async Task<ReadFailureKind?> KindAsync(Trading212Client client) => (await client.GetPendingOrdersAsync() as ReadResult<IReadOnlyList<Order>>.Failed)?.Kind;

    private sealed class Scripted(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => answer(request, cancellationToken);
    }

    private sealed class Around(HttpMessageHandler inner) : DelegatingHandler(inner);
}
