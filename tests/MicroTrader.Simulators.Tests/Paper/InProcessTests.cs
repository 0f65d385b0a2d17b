using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using MicroTrader.Simulators.Paper;

namespace MicroTrader.Simulators.Tests.Paper;

/// <summary>The paper broker reached in process, without a socket.</summary>
public sealed class InProcessTests : IAsyncDisposable
{
    private const string Ticker = PaperTestBed.Ticker;

    private readonly FakeTimeProvider _clock = new(PaperTestBed.Start);
    private readonly PaperBroker _broker;
    private readonly PaperHandler _handler;
    private readonly HttpClient _http;

    public InProcessTests()
    {
        _broker = PaperBroker.OpenInProcess(new PaperBrokerOptions { DatabasePath = PaperBrokerOptions.InMemory, TimeProvider = _clock, EnforceRateLimits = false });
        _handler = _broker.CreateHandler();
        _http = Client(_handler, _broker.BaseAddress, "paper");
        _broker.PutPrice(Ticker, 100m);
    }

    [Theory]
    [InlineData("GET", "equity/account/summary", null)]
    [InlineData("GET", "equity/positions", null)]
    [InlineData("GET", "equity/positions?ticker=AXSM_US_EQ", null)]
    [InlineData("GET", "equity/orders", null)]
    [InlineData("GET", "equity/orders/999", null)]
    [InlineData("GET", "equity/history/orders?limit=2", null)]
    [InlineData("GET", "equity/history/orders?limit=0", null)]
    [InlineData("GET", "equity/metadata/exchanges", null)]
    [InlineData("GET", "equity/nowhere", null)]
    [InlineData("DELETE", "equity/positions", null)]
    [InlineData("DELETE", "equity/orders/999", null)]
    [InlineData("POST", "equity/orders/market", """{"ticker":"AXSM_US_EQ","quantity":3}""")]
    [InlineData("POST", "equity/orders/market", """{"ticker":"AXSM_US_EQ","quantity":-3}""")]
    [InlineData("POST", "equity/orders/market", "not json")]
    [InlineData("POST", "equity/orders/limit", """{"ticker":"AXSM_US_EQ","quantity":1,"limitPrice":90.5,"timeValidity":"DAY"}""")]
    public async Task A_request_is_answered_as_over_a_socket(string method, string path, string? body)
    {
        await using var bed = await PaperTestBed.Create(o => o with { EnforceRateLimits = true });
        await using var inProcess = PaperBroker.OpenInProcess(bed.Options with { DatabasePath = PaperBrokerOptions.InMemory });
        using var http = Client(inProcess.CreateHandler(), inProcess.BaseAddress, "paper");
        foreach (var broker in new[] { bed.Broker, inProcess })
        {
            broker.PutPrice(Ticker, 100m);
            for (var i = 0; i < 3; i++)
            {
                broker.PlaceByPerson(Ticker, 1m);
            }
        }

        bed.Settle();
        using var overSocket = await bed.Http.SendAsync(Request());
        using var overHandler = await http.SendAsync(Request());

        Assert.Equal(overSocket.StatusCode, overHandler.StatusCode);
        Assert.Equal(await overSocket.Content.ReadAsStringAsync(), await overHandler.Content.ReadAsStringAsync());
        Assert.Equal(Headers(overSocket), Headers(overHandler));
        Assert.Equal(bed.Broker.PostsReceived, inProcess.PostsReceived);

        HttpRequestMessage Request() => new(new HttpMethod(method), path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
    }

    [Fact]
    public async Task A_wrong_key_is_answered_401()
    {
        using var stranger = Client(_broker.CreateHandler(), _broker.BaseAddress, "wrong");
        using var response = await stranger.GetAsync("equity/positions");
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public void An_answer_without_a_wait_is_there_before_the_call_returns()
    {
        var sending = Post(1);
        Assert.True(sending.IsCompletedSuccessfully);
        _clock.Advance(TimeSpan.FromMilliseconds(150));
        Assert.Equal(1m, Assert.Single(_broker.ReadLedger().Holdings).Quantity);
    }

    [Fact]
    public void A_broker_in_process_leaves_no_file_and_knows_no_network_address()
    {
        Assert.False(File.Exists(PaperBrokerOptions.InMemory));
        Assert.EndsWith(".invalid", _broker.BaseAddress.Host, StringComparison.Ordinal);
        Assert.Null(_broker.AdminAddress);
    }

    [Fact]
    public async Task An_unreachable_broker_takes_no_body()
    {
        _handler.IsReachable = false;
        var content = new CountedContent();
        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => _http.PostAsync("equity/orders/market", content));
        Assert.Equal(HttpRequestError.ConnectionError, failure.HttpRequestError);
        Assert.Equal(0, content.Taken);
        Assert.Equal(0, _broker.PostsReceived);
    }

    [Theory]
    [InlineData(PaperFaultKind.LostRequest, 0)]
    [InlineData(PaperFaultKind.LostAnswer, 1)]
    public async Task A_lost_connection_takes_the_body_and_gives_no_answer(PaperFaultKind kind, int orders)
    {
        _broker.Faults.Next(PaperEndpoint.PlaceMarketOrder, kind == PaperFaultKind.LostRequest ? PaperFault.LostRequest : PaperFault.LostAnswer);
        var content = new CountedContent();
        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => _http.PostAsync("equity/orders/market", content));
        Assert.Equal(HttpRequestError.ResponseEnded, failure.HttpRequestError);
        Assert.Equal(1, content.Taken);
        Assert.Equal(1, _broker.PostsReceived);
        Assert.Equal(orders, _broker.ReadLedger().Orders.Count);
    }

    [Fact]
    public async Task A_cut_body_fails_while_it_is_read()
    {
        _broker.Faults.Next(PaperEndpoint.AccountSummary, PaperFault.CutBody);
        using var response = await _http.GetAsync("equity/account/summary", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var failure = await Assert.ThrowsAsync<HttpIOException>(async () =>
        {
            await using var body = await response.Content.ReadAsStreamAsync();
            using var whole = new MemoryStream();
            await body.CopyToAsync(whole);
        });
        Assert.Equal(HttpRequestError.ResponseEnded, failure.HttpRequestError);
    }

    [Fact]
    public async Task A_delayed_answer_comes_by_the_broker_s_clock()
    {
        _broker.Faults.Next(PaperEndpoint.PlaceMarketOrder, PaperFault.DelayedAnswer(TimeSpan.FromSeconds(30)));
        var sending = Post(1);
        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(sending.IsCompleted);
        Assert.Single(_broker.ReadLedger().Orders);
        _clock.Advance(TimeSpan.FromSeconds(1));
        using var response = await sending;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(_clock.GetUtcNow(), response.Headers.Date);
    }

    [Fact]
    public async Task A_client_that_gives_up_does_not_take_its_request_back()
    {
        _broker.Faults.Next(PaperEndpoint.PlaceMarketOrder, PaperFault.DelayedHandling(TimeSpan.FromSeconds(30)));
        using var patience = new CancellationTokenSource();
        var sending = Post(1, patience.Token);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        Assert.Empty(_broker.ReadLedger().Orders);
        _clock.Advance(TimeSpan.FromSeconds(30));
        // What goes on after the wait may do so on another thread.
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (_broker.ReadLedger().Orders.Count == 0)
            await Task.Delay(1, limit.Token);
        Assert.Single(_broker.ReadLedger().Orders);
    }

    [Fact]
    public async Task Frozen_pending_orders_hide_new_ones_and_keep_ended_ones()
    {
        var old = _broker.PlaceByPerson(Ticker, 1m);
        _broker.Faults.FreezePendingOrders(TimeSpan.FromMinutes(1));
        var young = _broker.PlaceByPerson(Ticker, 2m);
        _clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal([old.Id], await PendingIds());
        Assert.Equal(HttpStatusCode.OK, await StatusOf(old.Id));
        Assert.Equal(HttpStatusCode.NotFound, await StatusOf(young.Id));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(await PendingIds());
        Assert.Equal(HttpStatusCode.NotFound, await StatusOf(old.Id));
    }

    [Fact]
    public async Task Pending_orders_are_thawed_by_a_call_and_by_clearing()
    {
        foreach (var thaw in new[] { () => _broker.Faults.ThawPendingOrders(), () => _broker.Faults.Clear() })
        {
            _broker.Faults.FreezePendingOrders();
            var order = _broker.PlaceByPerson(Ticker, 1m);
            Assert.Empty(await PendingIds());
            thaw();
            Assert.Equal([order.Id], await PendingIds());
            _clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public async Task A_sale_of_shares_that_are_not_settled_is_refused_once_and_nothing_is_sold()
    {
        _broker.PlaceByPerson(Ticker, 2m);
        _clock.Advance(TimeSpan.FromSeconds(1));
        _broker.Faults.Next(PaperEndpoint.PlaceMarketOrder, PaperFault.NotOwned);
        using var refused = await Post(-2);
        using var taken = await Post(-2);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("selling-equity-not-owned", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        Assert.Equal(2, _broker.ReadLedger().Orders.Count);
    }

    [Fact]
    public async Task Changes_are_counted_and_reads_are_none()
    {
        var before = _broker.Accounts[0].Changes;
        await PendingIds();
        Assert.Equal(before, _broker.Accounts[0].Changes);
        _broker.PlaceByPerson(Ticker, 2m);
        var placed = _broker.Accounts[0].Changes;
        Assert.True(placed > before);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(_broker.Accounts[0].Changes > placed);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _broker.DisposeAsync();
    }

    private static HttpClient Client(PaperHandler handler, Uri address, string secret)
    {
        var client = new HttpClient(handler) { BaseAddress = new Uri(address + "/") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"paper:{secret}")));
        return client;
    }

    private static SortedDictionary<string, string> Headers(HttpResponseMessage response) => new(
        response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value)), StringComparer.OrdinalIgnoreCase);

    private Task<HttpResponseMessage> Post(decimal quantity, CancellationToken stop = default) => _http.PostAsync(
        "equity/orders/market", new StringContent(new JsonObject { ["ticker"] = Ticker, ["quantity"] = quantity }.ToJsonString(), Encoding.UTF8, "application/json"), stop);

    private async Task<List<long>> PendingIds() => [.. JsonNode.Parse(await _http.GetStringAsync("equity/orders"))!.AsArray().Select(o => o!["id"]!.GetValue<long>())];

    private async Task<HttpStatusCode> StatusOf(long id)
    {
        using var response = await _http.GetAsync($"equity/orders/{id}");
        return response.StatusCode;
    }

    private sealed class CountedContent : HttpContent
    {
        private static readonly byte[] Body = Encoding.UTF8.GetBytes($$"""{"ticker":"{{Ticker}}","quantity":1}""");

        public int Taken { get; private set; }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            Taken++;
            await stream.WriteAsync(Body);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = Body.Length;
            return true;
        }
    }
}
