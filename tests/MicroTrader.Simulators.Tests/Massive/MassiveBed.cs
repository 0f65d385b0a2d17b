using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using MicroTrader.Simulators.Massive;

namespace MicroTrader.Simulators.Tests.Massive;

/// <summary>A running look-alike on a virtual clock, with an HTTP client that has its key.</summary>
internal sealed class MassiveBed : IAsyncDisposable
{
    public const string Key = "test-key";
    public const string Tickers = "v2/snapshot/locale/us/markets/stocks/tickers";

    // A Monday, 10:00 in New York.
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 15, 0, 0, TimeSpan.Zero);

    private MassiveBed(FakeTimeProvider clock, FakeMassive massive)
    {
        Clock = clock;
        Massive = massive;

        // A new connection for each request: a client that quietly repeats on a stale one would blur what the tests count.
        var handler = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero };
        Http = new HttpClient(handler) { BaseAddress = massive.RestAddress, Timeout = TimeSpan.FromSeconds(30) };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
    }

    public FakeTimeProvider Clock { get; }

    public FakeMassive Massive { get; }

    public HttpClient Http { get; }

    public static async Task<MassiveBed> Create(Func<FakeMassiveOptions, FakeMassiveOptions>? configure = null, DateTimeOffset? start = null)
    {
        var clock = new FakeTimeProvider(start ?? Start);
        var options = new FakeMassiveOptions { ApiKey = Key, TimeProvider = clock, FlushInterval = TimeSpan.Zero, AdminPort = 0 };
        return new MassiveBed(clock, await FakeMassive.StartAsync(configure?.Invoke(options) ?? options));
    }

    public void Trade(string symbol, decimal price, long size = 100) => Massive.Publish(new FakeTrade(symbol, price, size));

    public async Task<JsonNode> Get(string path)
    {
        using var response = await Http.GetAsync(path);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    /// <summary>The snapshot's tickers.</summary>
    public async Task<JsonArray> Snapshot(string query = "") => (await Get(Tickers + query))["tickers"]!.AsArray();

    /// <summary>The snapshot of one symbol, which must be there.</summary>
    public async Task<JsonNode> Ticker(string symbol) => Assert.Single(await Snapshot($"?tickers={symbol}"))!;

    /// <summary>Connects to the stream.</summary>
    public Task<StreamClient> Connect() => StreamClient.Connect(Massive.SocketAddress);

    /// <summary>Connects, authenticates and subscribes.</summary>
    public async Task<StreamClient> Subscribe(string parameters)
    {
        var client = await Connect();
        await client.Authenticate();
        await client.Act("subscribe", parameters);
        foreach (var _ in parameters.Split(','))
        {
            Assert.Equal("success", (await client.Next())["status"]!.GetValue<string>());
        }

        return client;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Massive.DisposeAsync();
    }
}
