using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using MicroTrader.Dashboard;
using MicroTrader.Host.Api;
using MicroTrader.Host.Tests.Support;

namespace MicroTrader.Host.Tests.Api;

/// <summary>The API as other programs meet it: its pages, its events, its own description, and its limits.</summary>
public sealed class ApiShapeTests
{
    private const string Token = "a-token-of-a-test-0123456789";

    private static FixedRobot Traded(int trades) => new()
    {
        Trades = [.. Enumerable.Range(1, trades).Reverse().Select(n => new FixedRobot().Trades[0] with { TradeNumber = n, Symbol = n % 2 == 0 ? "AXSM" : "DJT" })],
    };

    [Fact]
    public async Task The_description_names_every_route_with_its_method_and_nothing_else()
    {
        await using var server = await RobotServer.StartAsync(new FixedRobot());
        using var document = JsonDocument.Parse(await server.Client.GetStringAsync(ApiDocument.Path));

        var described = document.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(p => p.Value.EnumerateObject().Where(m => m.Name is "get" or "post" or "put" or "delete").Select(m => $"{m.Name.ToUpperInvariant()} {p.Name}"));
        var mapped = server.Routes
            .Where(r => r.RoutePattern.RawText!.StartsWith(ControlApi.Root, StringComparison.Ordinal) && r.RoutePattern.RawText != ApiDocument.Path)
            .SelectMany(r => r.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(m => $"{m} {r.RoutePattern.RawText}"));
        Assert.Equal(mapped.Order(), described.Order());
        Assert.Contains($"POST {ControlApi.Root}/flatten", described);
    }

    [Fact]
    public async Task The_description_says_what_each_call_is_for_what_it_answers_and_the_header_of_changes()
    {
        await using var server = await RobotServer.StartAsync(new FixedRobot());
        using var document = JsonDocument.Parse(await server.Client.GetStringAsync(ApiDocument.Path));

        foreach (var operation in document.RootElement.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject()))
        {
            Assert.False(string.IsNullOrEmpty(operation.Value.GetProperty("summary").GetString()));
            Assert.True(operation.Value.GetProperty("responses").TryGetProperty("200", out _));
            var headers = operation.Value.TryGetProperty("parameters", out var parameters)
                ? parameters.EnumerateArray().Where(p => p.GetProperty("in").GetString() == "header").Select(p => p.GetProperty("name").GetString())
                : [];
            Assert.Equal(operation.Name == "post" ? [ControlApi.ChangeHeader] : [], headers);
        }

        Assert.Contains("tradingState", document.RootElement.GetProperty("components").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trades_come_in_pages_that_say_where_the_next_is()
    {
        await using var server = await RobotServer.StartAsync(Traded(7));
        var seen = new List<long>();
        var next = "/api/v1/trades?page=1&size=3";
        while (next is not null)
        {
            using var response = await server.Client.GetAsync(next);
            Assert.Equal("7", Assert.Single(response.Headers.GetValues("X-Total-Count")));
            seen.AddRange(JsonSerializer.Deserialize(await response.Content.ReadAsStringAsync(), HostJson.Default.IReadOnlyListTradeView)!.Select(t => t.TradeNumber));
            next = response.Headers.TryGetValues("Link", out var links)
                ? links.Single().Split(", ").Where(l => l.EndsWith("rel=\"next\"", StringComparison.Ordinal)).Select(l => l[1..l.IndexOf('>', StringComparison.Ordinal)]).SingleOrDefault()
                : null;
        }

        Assert.Equal([7, 6, 5, 4, 3, 2, 1], seen);
    }

    [Fact]
    public async Task Trades_can_be_asked_of_one_symbol_and_reason()
    {
        await using var server = await RobotServer.StartAsync(Traded(6));
        using var some = await server.Client.GetAsync("/api/v1/trades?symbol=axsm&reason=tp&size=2");
        using var none = await server.Client.GetAsync("/api/v1/trades?reason=SL");

        Assert.Equal("3", Assert.Single(some.Headers.GetValues("X-Total-Count")));
        Assert.Contains("symbol=axsm", Assert.Single(some.Headers.GetValues("Link")), StringComparison.Ordinal);
        Assert.Equal("0", Assert.Single(none.Headers.GetValues("X-Total-Count")));
    }

    [Fact]
    public async Task Trades_can_be_asked_of_some_days_and_the_way_to_the_next_page_keeps_them()
    {
        var first = new FixedRobot().Trades[0];
        var day = new DateTimeOffset(2026, 10, 14, 0, 0, 0, TimeSpan.Zero);
        await using var server = await RobotServer.StartAsync(new FixedRobot
        {
            Trades = [.. Enumerable.Range(0, 5).Reverse().Select(n => first with { TradeNumber = n, CloseTime = day.AddDays(n).AddTicks(-1) })],
        });
        using var some = await server.Client.GetAsync("/api/v1/trades?from=2026-10-14&to=2026-10-15&size=1");
        using var after = await server.Client.GetAsync("/api/v1/trades?from=2026-10-17T00:00");

        Assert.Equal("2", Assert.Single(some.Headers.GetValues("X-Total-Count")));
        Assert.Contains("from=2026-10-14&to=2026-10-15", Assert.Single(some.Headers.GetValues("Link")), StringComparison.Ordinal);
        Assert.Equal("1", Assert.Single(after.Headers.GetValues("X-Total-Count")));
    }

    [Theory]
    [InlineData("trades?from=soon", "from: 'soon' is not allowed; allowed is a day or a time in UTC, e.g. 2026-10-14 or 2026-10-14T13:30")]
    [InlineData("trades?page=0", "page: '0' is not allowed; allowed is a whole number from 1 to 1000000")]
    [InlineData("trades?size=1001", "size: '1001' is not allowed; allowed is a whole number from 1 to 1000")]
    [InlineData("trades?size=-1", "size: '-1' is not allowed; allowed is a whole number from 1 to 1000")]
    [InlineData("orders?most=many", "most: 'many' is not allowed; allowed is a whole number from 1 to 1000")]
    [InlineData("candles/AXSM?seconds=0", "seconds: '0' is not allowed; allowed is a whole number from 1 to 3600")]
    [InlineData("candles/4U", "'4U' is not a symbol")]
    public async Task A_question_that_makes_no_sense_is_told_what_is_allowed(string path, string words)
    {
        await using var server = await RobotServer.StartAsync(new FixedRobot());
        using var response = await server.Client.GetAsync("/api/v1/" + path);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(words, JsonSerializer.Deserialize(await response.Content.ReadAsStringAsync(), HostJson.Default.ApiProblem)!.Error);
    }

    [Fact]
    public async Task Events_tell_each_part_at_first_and_then_what_changed()
    {
        var robot = new FixedRobot();
        await using var server = await RobotServer.StartAsync(robot);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var stream = await server.Client.GetStreamAsync("/api/v1/events", patience.Token);
        var first = new HashSet<string>();
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(patience.Token))
        {
            using var json = JsonDocument.Parse(item.Data);
            first.Add(item.EventType);
            if (first.Count == 6)
                robot.Positions = [];
            if (item.EventType == "positions" && json.RootElement.GetArrayLength() == 0)
                break;
        }

        Assert.Equal(["account", "decisions", "health", "positions", "status", "trades"], first.Order());
    }

    [Fact]
    public async Task A_hundred_clients_at_once_are_all_answered_and_a_change_among_them_is_done_once()
    {
        var robot = new FixedRobot();
        await using var server = await RobotServer.StartAsync(robot);
        using var many = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 100 }) { BaseAddress = server.Address };

        var questions = Enumerable.Range(0, 100).Select(async i =>
        {
            using var response = await many.GetAsync(i % 2 == 0 ? "/api/v1/status" : "/api/v1/trades");
            return response.StatusCode;
        }).ToList();
        using var change = new HttpRequestMessage(HttpMethod.Post, "/api/v1/pause");
        change.Headers.Add(ControlApi.ChangeHeader, "test");
        using var done = await many.SendAsync(change);

        Assert.All(await Task.WhenAll(questions), status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        Assert.Equal(["ExitOnly: paused by a person"], robot.Told);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("not-the-token-of-this-test-1", HttpStatusCode.Unauthorized)]
    [InlineData(Token, HttpStatusCode.OK)]
    public async Task Where_a_token_is_set_a_wrong_one_changes_nothing(string? token, HttpStatusCode expected)
    {
        var robot = new FixedRobot();
        await using var server = await RobotServer.StartAsync(robot, new WebGate { Token = Token });
        using var change = new HttpRequestMessage(HttpMethod.Post, "/api/v1/flatten");
        change.Headers.Add(ControlApi.ChangeHeader, "test");
        if (token is not null)
            change.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);

        using var response = await server.Client.SendAsync(change);

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal(expected == HttpStatusCode.OK, !robot.Told.IsEmpty);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_change_that_another_site_sends_is_refused_header_or_not()
    {
        var robot = new FixedRobot();
        await using var server = await RobotServer.StartAsync(robot);
        using var change = new HttpRequestMessage(HttpMethod.Post, "/api/v1/flatten");
        change.Headers.Add(ControlApi.ChangeHeader, "test");
        change.Headers.Add("Origin", string.Create(CultureInfo.InvariantCulture, $"http://localhost:{server.Address.Port}"));

        using var response = await server.Client.SendAsync(change);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Empty(robot.Told);
    }

    [Fact]
    public async Task A_huge_body_is_refused_in_json()
    {
        var robot = new FixedRobot();
        await using var server = await RobotServer.StartAsync(robot);
        using var content = new ByteArrayContent(new byte[100_000]);
        content.Headers.Add(ControlApi.ChangeHeader, "test");

        using var response = await server.Client.PostAsync("/api/v1/flatten", content);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("65536 bytes", JsonSerializer.Deserialize(await response.Content.ReadAsStringAsync(), HostJson.Default.ApiProblem)!.Error);
        Assert.Empty(robot.Told);
    }

    [Fact]
    public async Task A_watchdog_learns_whether_the_host_lives_and_may_trade()
    {
        await using var ready = await RobotServer.StartAsync(new FixedRobot());
        await using var waiting = await RobotServer.StartAsync(new FixedRobot { Status = new FixedRobot().Status with { Ready = false, WaitingFor = ["past trades"] } }, new WebGate { Token = Token });

        Assert.Equal("live\n", await ready.Client.GetStringAsync("/health/live"));
        Assert.Equal("ready\n", await ready.Client.GetStringAsync("/health/ready"));
        Assert.Equal("live\n", await waiting.Client.GetStringAsync("/health/live"));
        using var not = await waiting.Client.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, not.StatusCode);
        Assert.Equal("not ready\n", await not.Content.ReadAsStringAsync());
    }
}
