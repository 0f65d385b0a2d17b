using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace MicroTrader.EndToEnd.Tests.Support;

/// <summary>A paper broker in a process of its own, with its admin API, that a robot trades with practice keys; and another program that holds the same keys.</summary>
internal sealed class ExternalBroker
{
    private const string Key = "k3y-of-a-test";
    private const string Secret = "s3cr3t-of-a-test";

    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(20) };

    private readonly Uri _api;
    private readonly Uri _admin;

    private ExternalBroker(HostProcess process, Uri api, Uri admin)
    {
        Process = process;
        _api = api;
        _admin = admin;
    }

    /// <summary>Its process.</summary>
    public HostProcess Process { get; }

    /// <summary>Starts it.</summary>
    public static async Task<ExternalBroker> StartAsync(HostFolder folder)
    {
        var process = folder.Start(
            "paper-broker", "--port", FreePort(), "--admin-port", "0", "--key", Key, "--secret", Secret, "--database", folder.PaperFile, "--set", "Log:Folder=broker-logs");
        var api = await process.WaitForAsync(@"^Paper broker at (?<address>http\S+),");
        var admin = await process.WaitForAsync(@"^Its admin API is at (?<address>http\S+)\.$");
        return new ExternalBroker(process, new Uri(api["address"] + "/"), new Uri(admin["address"]));
    }

    /// <summary>Starts a robot on it.</summary>
    public Task<Robot> TradeAsync(HostFolder folder, string symbols, PriceScript script, params string[] settings)
    {
        folder.Environment["TRADING212_DEMO_API_KEY"] = Key;
        folder.Environment["TRADING212_DEMO_API_SECRET"] = Secret;
        folder.Environment["TRADING212_DEMO_ENVIRONMENT"] = _api.GetLeftPart(UriPartial.Authority);
        return folder.TradeAsync([
            "--symbols", symbols, "--feed", "script", "--data", folder.Write("prices.csv", script.ToString()),
            // Practice money keeps the market's hours; tests run at any.
            .. settings.Append("Feed:AllowSyntheticOnPractice=true").Append("Session:Gate=off").SelectMany(s => new[] { "--set", s })]);
    }

    /// <summary>Has something go wrong, in the words of the admin API.</summary>
    public Task FaultAsync(string json) => AdminAsync(HttpMethod.Post, "/admin/faults", json);

    /// <summary>Has nothing go wrong any more.</summary>
    public Task ClearFaultsAsync() => AdminAsync(HttpMethod.Delete, "/admin/faults", null);

    /// <summary>What the account really did.</summary>
    public async Task<JsonElement> LedgerAsync()
    {
        using var document = JsonDocument.Parse(await Http.GetStringAsync(new Uri(_admin, "/admin/ledger")));
        return document.RootElement.Clone();
    }

    /// <summary>Places a market order as another program with the same keys does.</summary>
    /// <returns>The order's number.</returns>
    public async Task<long> PlaceAsync(string ticker, decimal quantity)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_api, "equity/orders/market"))
        {
            Content = new StringContent(string.Create(CultureInfo.InvariantCulture, $$"""{"ticker":"{{ticker}}","quantity":{{quantity}}}"""), Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Key}:{Secret}")));
        using var response = await Http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}: {body}");
        using var document = JsonDocument.Parse(body);
        return document.RootElement.GetProperty("id").GetInt64();
    }

    private async Task AdminAsync(HttpMethod method, string path, string? json)
    {
        using var request = new HttpRequestMessage(method, new Uri(_admin, path));
        request.Headers.Add("X-MicroTrader", "test");
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await Http.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
    }

    // Nobody else asks for this one in the moments until the broker has it.
    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }
}
