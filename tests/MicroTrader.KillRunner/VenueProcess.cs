using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace MicroTrader.KillRunner;

/// <summary>The paper broker as a process of its own, for a whole sitting, and the way to steer it.</summary>
internal sealed class VenueProcess : IDisposable
{
    /// <summary>The account's keys.</summary>
    public const string Key = "kill-runner";

    /// <summary>The account's keys.</summary>
    public const string Secret = "kill-runner-secret";

    /// <summary>The account's number.</summary>
    public const string Account = "10000077";

    private const string Quoted = "NONE";

    private readonly HostProcess _process;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };

    private VenueProcess(HostProcess process, string address, string admin)
    {
        _process = process;
        Address = address;
        _http.BaseAddress = new Uri(admin + "/");
        _http.DefaultRequestHeaders.Add("X-MicroTrader", "1");
    }

    /// <summary>Where its API is.</summary>
    public string Address { get; }

    /// <summary>Starts it. Its account is in euros, what is traded in dollars: fees and exchange rates are part of every trade.</summary>
    /// <exception cref="InvalidOperationException">It did not start.</exception>
    public static async Task<VenueProcess> StartAsync(KillOptions options, string folder)
    {
        // Only the last one, which nobody trades, has prices of the broker's own: the sitting gives the others theirs.
        var list = new JsonArray([.. KillOptions.Symbols.Append(Quoted).Select(s => new JsonObject
        {
            ["ticker"] = Ticker(s), ["shortName"] = s, ["currencyCode"] = "USD", ["name"] = s, ["type"] = "STOCK", ["maxOpenQuantity"] = 10_000,
        })]);
        await File.WriteAllTextAsync(Path.Combine(folder, "instruments.json"), list.ToJsonString());
        var process = HostProcess.Start(
            folder,
            Path.Combine(folder, "broker.txt"),
            [
                "paper-broker", "--port", "0", "--admin-port", "0", "--database", "paper.db", "--account", $"{Key}:{Secret}:{Account}:EUR:100000", "--instruments", "instruments.json",
                "--time-scale", options.Scale.ToString(CultureInfo.InvariantCulture), "--set", $"Trading:Symbols={Quoted}", "--set", "Log:Folder=broker-logs", "--set", "Log:File=information",
                "--set", "Paper:SpreadPercent=0.02",
            ],
            new Dictionary<string, string>());
        var address = await process.WaitForAsync("^Paper broker at (?<address>[^ ,]+),", TimeSpan.FromSeconds(60));
        var admin = await process.WaitForAsync(@"^Its admin API is at (?<address>\S+?)\.$", TimeSpan.FromSeconds(60));
        if (address is not null && admin is not null)
            return new VenueProcess(process, address.Groups["address"].Value, admin.Groups["address"].Value);
        var said = string.Join('\n', process.Lines);
        process.Dispose();
        throw new InvalidOperationException($"the paper broker did not start:\n{said}");
    }

    /// <summary>The venue's name of a symbol.</summary>
    public static string Ticker(string symbol) => $"{symbol}_US_EQ";

    /// <summary>Gives a price.</summary>
    public Task PriceAsync(string symbol, decimal price) => SendAsync(HttpMethod.Put, $"prices/{Ticker(symbol)}", new JsonObject { ["price"] = price });

    /// <summary>Takes these faults in place of those before.</summary>
    public async Task FaultsAsync(IEnumerable<JsonObject> faults)
    {
        await SendAsync(HttpMethod.Delete, "faults", null);
        foreach (var fault in faults)
            await SendAsync(HttpMethod.Post, "faults", fault);
    }

    /// <summary>Places an order that the robot knows nothing of.</summary>
    public Task PlaceAsync(string symbol, decimal quantity, string origin) =>
        SendAsync(HttpMethod.Post, "person-orders", new JsonObject { ["ticker"] = Ticker(symbol), ["quantity"] = quantity, ["initiatedFrom"] = origin });

    /// <summary>Reads the books.</summary>
    public async Task<string> LedgerAsync() => await SendAsync(HttpMethod.Get, "ledger", null);

    /// <summary>Reads what arrived and what struck.</summary>
    public async Task<string> StatisticsAsync() => await SendAsync(HttpMethod.Get, "statistics", null);

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        _process.Dispose();
    }

    private async Task<string> SendAsync(HttpMethod method, string path, JsonObject? body)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? text : throw new InvalidOperationException($"{method} {path}: {(int)response.StatusCode} {text}");
    }
}
