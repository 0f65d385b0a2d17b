using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using MicroTrader.Simulators.Paper;

namespace MicroTrader.Simulators.Tests.Paper;

/// <summary>A running paper broker on a virtual clock, its file in a temporary folder, and a client that talks to it over real HTTP.</summary>
internal sealed class PaperTestBed : IAsyncDisposable
{
    public const string Ticker = "AXSM_US_EQ";

    public static readonly DateTimeOffset Start = new(2026, 3, 2, 15, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _folder;

    private PaperTestBed(DirectoryInfo folder, FakeTimeProvider clock, PaperBrokerOptions options, PaperBroker broker)
    {
        _folder = folder;
        Clock = clock;
        Options = options;
        Broker = broker;
        Http = FirstClient();
    }

    public FakeTimeProvider Clock { get; }

    public PaperBrokerOptions Options { get; }

    public PaperBroker Broker { get; private set; }

    public HttpClient Http { get; private set; }

    public string Folder => _folder.FullName;

    public static async Task<PaperTestBed> Create(Func<PaperBrokerOptions, PaperBrokerOptions>? configure = null)
    {
        var folder = Directory.CreateTempSubdirectory("paper-broker-");
        var clock = new FakeTimeProvider(Start);
        var options = new PaperBrokerOptions
        {
            DatabasePath = Path.Combine(folder.FullName, "paper.db"),
            TimeProvider = clock,
            EnforceRateLimits = false,
        };
        options = configure?.Invoke(options) ?? options;
        try
        {
            return new PaperTestBed(folder, clock, options, await PaperBroker.StartAsync(options));
        }
        catch
        {
            folder.Delete(true);
            throw;
        }
    }

    public static HttpClient Client(PaperBroker broker, string key, string secret)
    {
        // A new connection for each request: a client that quietly repeats on a stale one would blur what the tests count.
        var handler = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero, AllowAutoRedirect = false };
        var client = new HttpClient(handler) { BaseAddress = new Uri(broker.BaseAddress + "/"), Timeout = TimeSpan.FromSeconds(30) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{key}:{secret}")));
        return client;
    }

    public async Task Restart(PaperBrokerOptions? options = null)
    {
        Http.Dispose();
        await Broker.DisposeAsync();
        Broker = await PaperBroker.StartAsync(options ?? Options);
        Http = FirstClient();
    }

    public async Task<JsonNode> Get(string path)
    {
        using var response = await Http.GetAsync(path);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    public Task<HttpResponseMessage> Post(string json) => PostTo("market", json);

    public Task<HttpResponseMessage> PostTo(string kind, string json) =>
        Http.PostAsync($"equity/orders/{kind}", new StringContent(json, Encoding.UTF8, "application/json"));

    /// <summary>Places an order of a kind and gives the answer, which must be an order.</summary>
    public async Task<JsonNode> PlaceOf(string kind, string json)
    {
        using var response = await PostTo(kind, json);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    public async Task<long> Limit(decimal quantity, decimal limitPrice, string validity = "DAY", string ticker = Ticker) =>
        Id(await PlaceOf("limit", new JsonObject { ["ticker"] = ticker, ["quantity"] = quantity, ["limitPrice"] = limitPrice, ["timeValidity"] = validity }.ToJsonString()));

    public async Task<long> Stop(decimal quantity, decimal stopPrice, string validity = "DAY", string ticker = Ticker) =>
        Id(await PlaceOf("stop", new JsonObject { ["ticker"] = ticker, ["quantity"] = quantity, ["stopPrice"] = stopPrice, ["timeValidity"] = validity }.ToJsonString()));

    public async Task<long> StopLimit(decimal quantity, decimal stopPrice, decimal limitPrice, string validity = "DAY", string ticker = Ticker) => Id(await PlaceOf(
        "stop_limit",
        new JsonObject { ["ticker"] = ticker, ["quantity"] = quantity, ["stopPrice"] = stopPrice, ["limitPrice"] = limitPrice, ["timeValidity"] = validity }.ToJsonString()));

    /// <summary>Lets the fill delay pass.</summary>
    public void Settle() => Clock.Advance(Options.FillDelay);

    public PaperOrder Order(long id) => Broker.ReadLedger().Orders.Single(o => o.Id == id);

    public Task<HttpResponseMessage> Post(string ticker, decimal quantity) =>
        Post(new JsonObject { ["ticker"] = ticker, ["quantity"] = quantity }.ToJsonString());

    public async Task<long> Place(decimal quantity, string ticker = Ticker)
    {
        using var response = await Post(ticker, quantity);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!["id"]!.GetValue<long>();
    }

    /// <summary>Places an order and lets the fill delay pass.</summary>
    public async Task<long> Trade(decimal quantity, decimal price, string ticker = Ticker)
    {
        Broker.PutPrice(ticker, price);
        var id = await Place(quantity, ticker);
        Clock.Advance(Options.FillDelay);
        return id;
    }

    /// <summary>Posts and gives status and problem document.</summary>
    public Task<(int Status, string Type, string Detail)> Refused(string json) => RefusedBy("market", json);

    /// <summary>Posts an order of a kind and gives status and problem document.</summary>
    public async Task<(int Status, string Type, string Detail)> RefusedBy(string kind, string json)
    {
        using var response = await PostTo(kind, json);
        var text = await response.Content.ReadAsStringAsync();
        Assert.False(response.IsSuccessStatusCode, text);
        var problem = JsonNode.Parse(text)!;
        Assert.Equal((int)response.StatusCode, problem["status"]!.GetValue<int>());
        return ((int)response.StatusCode, problem["type"]!.GetValue<string>(), problem["detail"]!.GetValue<string>());
    }

    public Task<(int Status, string Type, string Detail)> Refused(decimal quantity, string ticker = Ticker) =>
        Refused(new JsonObject { ["ticker"] = ticker, ["quantity"] = quantity }.ToJsonString());

    /// <summary>Moves the clock on until the request is answered: what waits on the venue's clock registers some time after the send.</summary>
    public async Task<HttpResponseMessage> AdvanceUntilAnswered(Task<HttpResponseMessage> request, TimeSpan step)
    {
        while (!request.IsCompleted)
        {
            Clock.Advance(step);
            await Task.WhenAny(request, Task.Delay(TimeSpan.FromMilliseconds(5)));
        }

        return await request;
    }

    private HttpClient FirstClient()
    {
        var first = Options.Accounts.Count > 0 ? Options.Accounts[0] : null;
        return Client(Broker, first?.ApiKey ?? Options.ApiKey, first?.ApiSecret ?? Options.ApiSecret);
    }

    private static long Id(JsonNode order) => order["id"]!.GetValue<long>();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Broker.DisposeAsync();
        _folder.Delete(true);
    }
}
