using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using MicroTrader.Simulators.Paper;

namespace MicroTrader.Simulators.Tests.Paper;

public class AdminTests
{
    private const string Ticker = PaperTestBed.Ticker;

    [Fact]
    public async Task Statistics_count_what_arrived_and_what_struck_until_the_end()
    {
        await using var bed = await Create();
        await Ok(bed, "POST", "faults", """{"fault":"StatusBefore","endpoint":"Positions","status":503,"times":2}""");
        await Ok(bed, "POST", "faults", """{"fault":"FrozenPositions"}""");
        await Statuses(bed, 2);
        // Clearing the faults does not clear what they did.
        await Ok(bed, "DELETE", "faults");
        await Statuses(bed, 1);
        var statistics = JsonNode.Parse(await Ok(bed, "GET", "statistics"))!;
        Assert.Equal(3, statistics["requests"]!["Positions"]!.GetValue<long>());
        Assert.Equal(0, statistics["requests"]!["PlaceMarketOrder"]!.GetValue<long>());
        Assert.Equal("""{"StatusBefore":2}""", statistics["faults"]!.ToJsonString());
    }

    [Fact]
    public async Task The_admin_port_is_off_by_default()
    {
        await using var bed = await PaperTestBed.Create();
        Assert.Null(bed.Broker.AdminAddress);
        using var response = await bed.Http.GetAsync(new Uri($"http://127.0.0.1:{bed.Broker.BaseAddress.Port}/admin/ledger"));
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task A_put_price_fills_what_waits_for_it()
    {
        await using var bed = await Create();
        var id = await bed.Limit(1m, 90m);
        bed.Settle();
        await Ok(bed, "PUT", $"prices/{Ticker}", """{"price":89.5}""");
        Assert.Equal((id, 89.5m), Assert.Single(bed.Broker.ReadLedger().Fills) is var f ? (f.OrderId, f.Price) : default);
    }

    [Theory]
    [InlineData("prices/NOPE", """{"price":1}""", "NOPE")]
    [InlineData("prices/AXSM_US_EQ", """{"price":0}""", "must be above 0")]
    [InlineData("prices/AXSM_US_EQ", "{}", "price is missing")]
    [InlineData("prices/AXSM_US_EQ", """{"price":1,"bid":2}""", "bid")]
    [InlineData("prices/AXSM_US_EQ", "null", "null")]
    [InlineData("prices/AXSM_US_EQ", "", "JSON")]
    public async Task A_price_that_cannot_be_is_refused(string path, string json, string named)
    {
        await using var bed = await Create();
        Assert.Contains(named, await Refused(bed, "PUT", path, json, 400), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_ledger_shows_orders_fills_and_money_of_the_account_that_is_asked_for()
    {
        await using var bed = await Create(o => o with
        {
            Accounts =
            [
                new PaperAccountOptions { ApiKey = "a", ApiSecret = "a", AccountId = 1 },
                new PaperAccountOptions { ApiKey = "b", ApiSecret = "b", AccountId = 2, StartingCash = 5m },
            ],
        });
        await bed.Trade(2m, 100m);
        var ledger = JsonNode.Parse(await Ok(bed, "GET", "ledger"))!;
        Assert.Equal((1, 99_800m), (ledger["accountId"]!.GetValue<int>(), ledger["cash"]!.GetValue<decimal>()));
        Assert.Equal("Filled", ledger["orders"]![0]!["status"]!.GetValue<string>());
        Assert.Equal(100m, ledger["fills"]![0]!["price"]!.GetValue<decimal>());
        Assert.Equal(2m, ledger["holdings"]![0]!["quantity"]!.GetValue<decimal>());
        Assert.Equal("DEPOSIT", ledger["transactions"]![0]!["type"]!.GetValue<string>());
        Assert.Equal(5m, JsonNode.Parse(await Ok(bed, "GET", "ledger?account=2"))!["cash"]!.GetValue<decimal>());
        Assert.Contains("allowed are 1, 2", await Refused(bed, "GET", "ledger?account=3", null, 400), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_places_orders_of_every_kind()
    {
        await using var bed = await Create();
        bed.Broker.PutPrice(Ticker, 100m);
        Assert.Equal("New", JsonNode.Parse(await Ok(bed, "POST", "person-orders", """{"ticker":"AXSM_US_EQ","quantity":1}"""))!["status"]!.GetValue<string>());
        await Ok(bed, "POST", "person-orders", """{"ticker":"AXSM_US_EQ","quantity":1,"type":"LIMIT","limitPrice":90,"initiatedFrom":"WEB"}""");
        await Ok(bed, "POST", "person-orders", """{"ticker":"AXSM_US_EQ","quantity":1,"type":"STOP","stopPrice":110,"timeValidity":"GOOD_TILL_CANCEL"}""");
        await Ok(bed, "POST", "person-orders", """{"ticker":"AXSM_US_EQ","quantity":1,"type":"STOP_LIMIT","stopPrice":110,"limitPrice":111}""");
        Assert.Equal(
            [("MARKET", "IOS"), ("LIMIT", "WEB"), ("STOP", "IOS"), ("STOP_LIMIT", "IOS")],
            (await bed.Get("equity/orders")).AsArray().Select(o => (o!["type"]!.GetValue<string>(), o["initiatedFrom"]!.GetValue<string>())));
        Assert.Contains("selling-equity-not-owned", await Refused(bed, "POST", "person-orders", """{"ticker":"AXSM_US_EQ","quantity":-1}""", 400), StringComparison.Ordinal);
        Assert.Contains("type allows", await Refused(bed, "POST", "person-orders", """{"ticker":"AXSM_US_EQ","quantity":1,"type":"LIMIT"}""", 400), StringComparison.Ordinal);
        Assert.Contains("required", await Refused(bed, "POST", "person-orders", """{"ticker":"AXSM_US_EQ"}""", 400), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reset_needs_no_body()
    {
        await using var bed = await Create();
        await bed.Trade(1m, 100m);
        await Ok(bed, "POST", "reset");
        Assert.Empty(bed.Broker.ReadLedger().Orders);
        await bed.Trade(1m, 100m);
        await Ok(bed, "POST", "reset", """{"account":10000001}""");
        Assert.Empty(bed.Broker.ReadLedger().Orders);
    }

    [Fact]
    public async Task A_fault_strikes_once_so_many_times_or_for_a_time()
    {
        await using var bed = await Create();
        await Ok(bed, "POST", "faults", """{"fault":"StatusBefore","endpoint":"Positions","status":503}""");
        Assert.Equal((int[])[503, 200], await Statuses(bed, 2));
        await Ok(bed, "POST", "faults", """{"fault":"StatusAfter","endpoint":"Positions","status":500,"times":2}""");
        Assert.Equal((int[])[500, 500, 200], await Statuses(bed, 3));
        await Ok(bed, "POST", "faults", """{"fault":"TooManyRequests","forSeconds":30}""");
        Assert.Equal((int[])[429, 429], await Statuses(bed, 2));
        using (var everywhere = await bed.Http.GetAsync("equity/metadata/instruments"))
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, everywhere.StatusCode);
        }

        bed.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal((int[])[200], await Statuses(bed, 1));
        await Ok(bed, "POST", "faults", """{"fault":"StatusBefore","endpoint":"Positions","status":502,"rate":1,"forSeconds":30}""");
        Assert.Equal((int[])[502], await Statuses(bed, 1));
        await Ok(bed, "DELETE", "faults");
        Assert.Equal((int[])[200], await Statuses(bed, 1));
    }

    [Fact]
    public async Task Every_fault_is_reached()
    {
        await using var bed = await Create();
        bed.Broker.PutPrice(Ticker, 100m);
        foreach (var kind in Enum.GetValues<PaperFaultKind>())
        {
            var own = kind switch
            {
                PaperFaultKind.StatusAfter or PaperFaultKind.StatusBefore => ""","status":503""",
                PaperFaultKind.DelayedAnswer or PaperFaultKind.DelayedHandling => ""","delaySeconds":0.5""",
                _ => string.Empty,
            };
            await Ok(bed, "POST", "faults", $$"""{"fault":"{{kind}}"{{own}},"endpoint":"Exchanges","rate":0.5}""");
        }

        foreach (var fault in new[]
        {
            """{"fault":"OrderCancelled"}""", """{"fault":"OrderRejected","rate":0.1}""", """{"fault":"OrderDelayed","delaySeconds":2}""",
            """{"fault":"OrderPartialThenCancelled","fraction":0.5}""", """{"fault":"OrderInTwoPieces","fraction":0.5,"forSeconds":10}""",
            """{"fault":"FrozenPositions","forSeconds":10}""", """{"fault":"HistoryLag","delaySeconds":5,"forSeconds":10}""",
        })
        {
            await Ok(bed, "POST", "faults", fault);
        }

        Assert.Equal(3, bed.Broker.Faults.Waiting);
        Assert.Equal(TimeSpan.FromSeconds(5), bed.Broker.Faults.HistoryLag);
        var cancelled = await bed.Place(1m);
        bed.Settle();
        Assert.Equal(PaperOrderStatus.Cancelled, bed.Order(cancelled).Status);
        bed.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(TimeSpan.Zero, bed.Broker.Faults.HistoryLag);
    }

    [Theory]
    [InlineData("""{}""", "fault is ''; allowed are LostRequest")]
    [InlineData("""{"fault":"Nothing"}""", "allowed are LostRequest")]
    [InlineData("""{"fault":"3"}""", "allowed are LostRequest")]
    [InlineData("""{"fault":"StatusBefore"}""", "status is missing")]
    [InlineData("""{"fault":"StatusBefore","status":200}""", "status is 200")]
    [InlineData("""{"fault":"LostRequest","status":500}""", "status does not belong")]
    [InlineData("""{"fault":"LostRequest","endpoint":"Pies"}""", "endpoint is 'Pies'")]
    [InlineData("""{"fault":"DelayedAnswer"}""", "delaySeconds is missing")]
    [InlineData("""{"fault":"DelayedAnswer","delaySeconds":-1}""", "delaySeconds is -1")]
    [InlineData("""{"fault":"OrderInTwoPieces","fraction":1}""", "fraction")]
    [InlineData("""{"fault":"OrderCancelled","endpoint":"Positions"}""", "endpoint does not belong")]
    [InlineData("""{"fault":"LostRequest","times":0}""", "times is 0")]
    [InlineData("""{"fault":"LostRequest","rate":1.5}""", "rate is 1.5")]
    [InlineData("""{"fault":"LostRequest","times":1,"rate":0.5}""", "times goes with neither")]
    [InlineData("""{"fault":"LostRequest","forSeconds":0}""", "forSeconds is 0")]
    [InlineData("""{"fault":"FrozenPositions","times":1}""", "times does not belong")]
    [InlineData("""{"fault":"LostRequest","account":5}""", "account is 5")]
    [InlineData("""{"fault":"LostRequest","often":true}""", "often")]
    public async Task A_fault_that_cannot_be_is_refused_with_what_is_allowed(string json, string named)
    {
        await using var bed = await Create();
        Assert.Contains(named, await Refused(bed, "POST", "faults", json, 400), StringComparison.Ordinal);
        Assert.Equal(0, bed.Broker.Faults.Waiting);
        Assert.Equal((int[])[200], await Statuses(bed, 1));
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("192.168.1.1")]
    [InlineData("127.0.0.1.evil.example")]
    public async Task A_foreign_host_is_refused_even_for_reading(string host)
    {
        await using var bed = await Create();
        using var response = await Send(bed, "GET", "ledger", null, host);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:5213")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]:80")]
    public async Task A_loopback_host_is_taken(string host)
    {
        await using var bed = await Create();
        using var response = await Send(bed, "GET", "ledger", null, host);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("PUT", "prices/AXSM_US_EQ", """{"price":1}""")]
    [InlineData("POST", "faults", """{"fault":"LostRequest"}""")]
    [InlineData("DELETE", "faults", null)]
    [InlineData("POST", "person-orders", """{"ticker":"AXSM_US_EQ","quantity":1}""")]
    [InlineData("POST", "reset", null)]
    public async Task A_change_without_the_header_is_refused(string method, string path, string? json)
    {
        await using var bed = await Create();
        bed.Broker.Faults.Next(PaperEndpoint.Exchanges, PaperFault.LostAnswer);
        using var response = await Send(bed, method, path, json, null, guarded: false);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("X-MicroTrader", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal((1, 0), (bed.Broker.Faults.Waiting, bed.Broker.ReadLedger().Orders.Count));
    }

    [Theory]
    [InlineData("GET", "nothing", 404)]
    [InlineData("GET", "prices/", 404)]
    [InlineData("GET", "prices/AXSM_US_EQ", 405)]
    [InlineData("PUT", "ledger", 405)]
    [InlineData("GET", "reset", 405)]
    public async Task An_unknown_path_or_method_is_refused(string method, string path, int status)
    {
        await using var bed = await Create();
        await Refused(bed, method, path, null, status);
    }

    [Fact]
    public async Task A_taken_admin_port_is_named_and_the_broker_lets_everything_go()
    {
        await using var bed = await Create();
        var options = bed.Options with { DatabasePath = Path.Combine(bed.Folder, "other.db"), AdminPort = bed.Broker.AdminAddress!.Port };
        var refused = await Assert.ThrowsAsync<PaperBrokerException>(() => PaperBroker.StartAsync(options));
        Assert.Contains($"AdminPort: 127.0.0.1:{options.AdminPort}", refused.Message, StringComparison.Ordinal);
        await using var broker = await PaperBroker.StartAsync(options with { AdminPort = null });
    }

    private static Task<PaperTestBed> Create(Func<PaperBrokerOptions, PaperBrokerOptions>? configure = null) => PaperTestBed.Create(o =>
    {
        var options = o with { AdminPort = 0 };
        return configure?.Invoke(options) ?? options;
    });

    private static async Task<int[]> Statuses(PaperTestBed bed, int count)
    {
        var statuses = new int[count];
        for (var i = 0; i < count; i++)
        {
            using var response = await bed.Http.GetAsync("equity/positions");
            statuses[i] = (int)response.StatusCode;
        }

        return statuses;
    }

    private static async Task<string> Ok(PaperTestBed bed, string method, string path, string? json = null)
    {
        using var response = await Send(bed, method, path, json);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {(int)response.StatusCode} {text}");
        return text;
    }

    private static async Task<string> Refused(PaperTestBed bed, string method, string path, string? json, int status)
    {
        using var response = await Send(bed, method, path, json);
        var text = await response.Content.ReadAsStringAsync();
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        return JsonNode.Parse(text)!["detail"]!.GetValue<string>();
    }

    private static async Task<HttpResponseMessage> Send(PaperTestBed bed, string method, string path, string? json, string? host = null, bool guarded = true)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri($"{bed.Broker.AdminAddress}/{path}"));
        request.Headers.Host = host;
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }

        if (guarded)
        {
            request.Headers.Add("X-MicroTrader", "1");
        }

        return await client.SendAsync(request);
    }
}
