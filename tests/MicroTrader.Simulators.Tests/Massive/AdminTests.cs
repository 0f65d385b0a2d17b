using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using MicroTrader.Simulators.Massive;

namespace MicroTrader.Simulators.Tests.Massive;

public class AdminTests
{
    [Fact]
    public async Task Everything_can_be_done_over_http()
    {
        await using var bed = await MassiveBed.Create();
        await Ok(bed, "POST", "trades", """{"symbol":"AXSM","price":157.5,"size":100,"conditions":[12],"time":"2026-03-02T14:59:59Z"}""");
        await Ok(bed, "POST", "quotes", """{"symbol":"AXSM","bid":157.4,"ask":157.6,"askLots":3}""");
        var ticker = await bed.Ticker("AXSM");
        Assert.Equal((157.5m, 1772463599000000000), (ticker["lastTrade"]!["p"]!.GetValue<decimal>(), ticker["lastTrade"]!["t"]!.GetValue<long>()));
        Assert.Equal((157.4m, 1, 3), (ticker["lastQuote"]!["p"]!.GetValue<decimal>(), ticker["lastQuote"]!["s"]!.GetValue<int>(), ticker["lastQuote"]!["S"]!.GetValue<int>()));
        await Ok(bed, "POST", "faults", """{"fault":"Status","place":"Snapshot","status":429,"retryAfterSeconds":30,"retryAfterAsDate":true}""");
        using var limited = await bed.Http.GetAsync(MassiveBed.Tickers);
        Assert.Equal((HttpStatusCode.TooManyRequests, MassiveBed.Start.AddSeconds(30)), (limited.StatusCode, limited.Headers.RetryAfter!.Date!.Value));
        await Ok(bed, "POST", "faults", """{"fault":"EmptyTickers","place":"Snapshot","untilCleared":true}""");
        Assert.Empty(await bed.Snapshot());
        Assert.Empty(await bed.Snapshot());
        await Ok(bed, "DELETE", "faults");
        Assert.Single(await bed.Snapshot());
        await Ok(bed, "PUT", "market", """{"state":"Closed"}""");
        Assert.Equal("closed", (await bed.Get("v1/marketstatus/now"))["market"]!.GetValue<string>());
        await Ok(bed, "POST", "new-day");
        Assert.Empty(await bed.Snapshot());
        using var client = await bed.Subscribe("T.AXSM");
        var statistics = JsonNode.Parse(await Ok(bed, "GET", "statistics"))!;
        Assert.Equal("""{"EmptyTickers":2,"Status":1}""", statistics["faults"]!.ToJsonString());
        Assert.Equal((6, 1), (statistics["requests"]!["Snapshot"]!.GetValue<int>(), statistics["requests"]!["SocketConnect"]!.GetValue<int>()));
        Assert.Equal("T.AXSM", statistics["connections"]![0]!["subscriptions"]![0]!.GetValue<string>());
    }

    [Theory]
    [InlineData("trades", """{"symbol":"AXSM","price":0,"size":1}""", "above 0")]
    [InlineData("trades", """{"symbol":"AXSM","price":1}""", "required")]
    [InlineData("trades", """{"symbol":"A,B","price":1,"size":1}""", "comma")]
    [InlineData("trades", """{"symbol":"AXSM","price":1,"size":1,"colour":2}""", "colour")]
    [InlineData("quotes", """{"symbol":"AXSM","bid":-1,"ask":2}""", "not allowed")]
    [InlineData("quotes", "null", "null")]
    [InlineData("faults", """{"fault":"Status","place":"Snapshot"}""", "400 to 599")]
    [InlineData("faults", """{"fault":"Status","place":"Snapshot","status":503,"times":2,"untilCleared":true}""", "untilCleared")]
    [InlineData("faults", """{"fault":"Delay","place":"Snapshot","delaySeconds":-1}""", "delaySeconds")]
    [InlineData("faults", """{"fault":"Delay","place":"Snapshot","delaySeconds":1,"retryAfterSeconds":1}""", "Retry-After")]
    [InlineData("faults", """{"fault":"Gremlins","place":"Snapshot"}""", "fault")]
    [InlineData("faults", """{}""", "SocketMessage")]
    public async Task What_cannot_be_is_refused_with_the_reason(string path, string json, string named)
    {
        await using var bed = await MassiveBed.Create();
        var (status, text) = await Send(bed, "POST", path, json);
        Assert.Equal(400, status);
        Assert.Contains(named, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "nothing", 404)]
    [InlineData("GET", "faults", 405)]
    [InlineData("PUT", "statistics", 405)]
    public async Task Unknown_paths_and_methods_are_refused(string method, string path, int status)
    {
        await using var bed = await MassiveBed.Create();
        Assert.Equal(status, (await Send(bed, method, path, null)).Status);
    }

    [Fact]
    public async Task A_web_page_of_another_origin_can_change_nothing()
    {
        await using var bed = await MassiveBed.Create();
        using var http = new HttpClient();
        using var bare = new HttpRequestMessage(HttpMethod.Delete, $"{bed.Massive.AdminAddress}/faults");
        using var withoutHeader = await http.SendAsync(bare);
        Assert.Equal(HttpStatusCode.Forbidden, withoutHeader.StatusCode);
        using var rebound = new HttpRequestMessage(HttpMethod.Get, $"{bed.Massive.AdminAddress}/statistics") { Headers = { Host = "evil.example" } };
        using var foreign = await http.SendAsync(rebound);
        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
    }

    [Fact]
    public async Task Impossible_settings_and_taken_ports_are_refused_by_name()
    {
        await using var bed = await MassiveBed.Create();
        await Refused(new FakeMassiveOptions { Port = 70_000 }, "setting Port is 70000");
        await Refused(new FakeMassiveOptions { ApiKey = "with space" }, "setting ApiKey");
        await Refused(new FakeMassiveOptions { Delay = TimeSpan.FromSeconds(1) }, "setting Delay");
        await Refused(new FakeMassiveOptions { MaxConnections = 0 }, "setting MaxConnections");
        await Refused(new FakeMassiveOptions { MaxQueuedEvents = 0 }, "setting MaxQueuedEvents");
        await Refused(new FakeMassiveOptions { Port = bed.Massive.RestAddress.Port }, "setting Port: 127.0.0.1");
        await Refused(new FakeMassiveOptions { AdminPort = bed.Massive.RestAddress.Port }, "setting AdminPort: 127.0.0.1");
        Assert.DoesNotContain("secret", new FakeMassiveOptions { ApiKey = "secret" }.ToString(), StringComparison.Ordinal);

        static async Task Refused(FakeMassiveOptions options, string named) =>
            Assert.Contains(named, (await Assert.ThrowsAsync<FakeMassiveException>(() => FakeMassive.StartAsync(options))).Message, StringComparison.Ordinal);
    }

    private static async Task<string> Ok(MassiveBed bed, string method, string path, string? json = null)
    {
        var (status, text) = await Send(bed, method, path, json);
        Assert.True(status == 200, $"{method} {path}: {status} {text}");
        return text;
    }

    private static async Task<(int Status, string Text)> Send(MassiveBed bed, string method, string path, string? json)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), $"{bed.Massive.AdminAddress}/{path}") { Headers = { { "X-MicroTrader", "test" } } };
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await http.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
