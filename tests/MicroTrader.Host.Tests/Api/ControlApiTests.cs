using System.Net;
using System.Text.Json;
using MicroTrader.Domain.Robot;
using MicroTrader.Host.Api;
using MicroTrader.Host.Tests.Support;

namespace MicroTrader.Host.Tests.Api;

public sealed class ControlApiTests
{
    public static TheoryData<string, string> Changes => new()
    {
        { "pause", "ExitOnly: paused by a person" },
        { "resume", "Active: resumed by a person" },
        { "flatten", "flatten" },
        { "close/axsm", "close AXSM" },
        { "reconcile", "reconcile" },
        { "resolve/axsm/mine?order=54250294524&confirmed=true", "resolve AXSM mine 54250294524" },
        { "resolve/AXSM/not-mine?confirmed=true", "resolve AXSM not-mine" },
        { "resolve/AXSM/sell?confirmed=false", "would resolve AXSM sell" },
        { "resolve/AXSM/sell", "would resolve AXSM sell" },
    };

    [Theory]
    [InlineData("status", "tradingState", "Active")]
    [InlineData("positions", "reference", "AXSM-17-B1")]
    [InlineData("trades", "closeReason", "TP")]
    [InlineData("symbols", "mind", "warming up 4/15")]
    [InlineData("state", "state", "Active")]
    [InlineData("orders", "reference", "AXSM-17-B1")]
    [InlineData("account", "currency", "EUR")]
    [InlineData("health", "word", "Good")]
    [InlineData("decisions", "outcome", "AXSM-17")]
    [InlineData("log", "message", "Ready to trade")]
    [InlineData("candles/axsm", "start", "2026-10-14T13:25:05+00:00")]
    public async Task A_question_is_answered_in_json_that_nobody_keeps(string path, string property, string value)
    {
        await using var server = await RobotServer.StartAsync(new FixedRobot());

        using var response = await server.Client.GetAsync("/api/v1/" + path);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.True(response.Headers.CacheControl?.NoStore);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var root = json.RootElement.ValueKind == JsonValueKind.Array ? Assert.Single(json.RootElement.EnumerateArray()) : json.RootElement;
        Assert.Equal(value, root.GetProperty(property).GetString());
    }

    [Fact]
    public async Task Inspect_answers_every_report()
    {
        await using var server = await RobotServer.StartAsync(new FixedRobot());

        var (status, body) = await PostAsync(server, "inspect");

        Assert.Equal(HttpStatusCode.OK, status);
        var report = Assert.Single(JsonSerializer.Deserialize(body, HostJson.Default.IReadOnlyListActorReport)!);
        Assert.Equal(("/user/robot/risk", "Active"), (report.Actor, report.Fields["state"]));
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_change_is_passed_on_and_its_answer_told(string path, string told)
    {
        await using var server = await RobotServer.StartAsync(new FixedRobot());

        var (status, body) = await PostAsync(server, path);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(new CommandResult(true, "done as told"), JsonSerializer.Deserialize(body, HostJson.Default.CommandResult));
        Assert.Equal([told], server.Robot.Told);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_change_that_is_not_done_is_a_conflict_with_its_reason(string path, string told)
    {
        await using var server = await RobotServer.StartAsync(new FixedRobot { Answer = new CommandResult(false, "no position") });

        var (status, body) = await PostAsync(server, path);

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Equal(new CommandResult(false, "no position"), JsonSerializer.Deserialize(body, HostJson.Default.CommandResult));
        Assert.Equal([told], server.Robot.Told);
    }

    [Theory]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("flatten")]
    [InlineData("close/AXSM")]
    [InlineData("inspect")]
    [InlineData("stop-all")]
    [InlineData("reconcile")]
    [InlineData("resolve/AXSM/mine?confirmed=true")]
    public async Task A_change_without_the_header_is_forbidden_and_not_passed_on(string path)
    {
        await using var server = await RobotServer.StartAsync(new FixedRobot());

        var (status, body) = await PostAsync(server, path, header: null);

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains(ControlApi.ChangeHeader, JsonSerializer.Deserialize(body, HostJson.Default.ApiProblem)!.Error);
        Assert.Empty(server.Robot.Told);
    }

    [Theory]
    [InlineData("pause")]
    [InlineData("flatten")]
    [InlineData("close/AXSM")]
    [InlineData("stop-all")]
    [InlineData("reconcile")]
    [InlineData("resolve/AXSM/mine")]
    public async Task A_change_by_GET_does_nothing(string path)
    {
        await using var server = await RobotServer.StartAsync(new FixedRobot());

        using var response = await server.Client.GetAsync("/api/v1/" + path);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Empty(server.Robot.Told);
    }

    [Fact]
    public async Task A_browser_that_asks_beforehand_for_another_site_is_not_allowed()
    {
        await using var server = await RobotServer.StartAsync(new FixedRobot());
        using var request = new HttpRequestMessage(HttpMethod.Options, "/api/v1/flatten");
        request.Headers.Add("Origin", "https://elsewhere.example");
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", ControlApi.ChangeHeader);

        using var response = await server.Client.SendAsync(request);

        Assert.False(response.IsSuccessStatusCode);
        Assert.DoesNotContain(response.Headers, h => h.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_symbol_that_is_none_is_a_bad_request()
    {
        await using var server = await RobotServer.StartAsync(new FixedRobot());

        var (status, body) = await PostAsync(server, "close/4U");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("'4U' is not a symbol", JsonSerializer.Deserialize(body, HostJson.Default.CommandResult)!.Message);
        Assert.Empty(server.Robot.Told);
    }

    [Theory]
    [InlineData("resolve/4U/mine", "'4U' is not a symbol")]
    [InlineData("resolve/AXSM/yours", "'yours' is not allowed; allowed is mine, not-mine, sell")]
    [InlineData("resolve/AXSM/MINE", "'MINE' is not allowed; allowed is mine, not-mine, sell")]
    [InlineData("resolve/AXSM/mine?order=first", "order: 'first' is not allowed; allowed is the broker's number of an order")]
    [InlineData("resolve/AXSM/mine?order=-1", "order: '-1' is not allowed; allowed is the broker's number of an order")]
    [InlineData("resolve/AXSM/mine?confirmed=yes", "confirmed: 'yes' is not allowed; allowed is true or false")]
    public async Task A_resolution_that_makes_no_sense_is_a_bad_request(string path, string message)
    {
        await using var server = await RobotServer.StartAsync(new FixedRobot());

        var (status, body) = await PostAsync(server, path);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(new CommandResult(false, message), JsonSerializer.Deserialize(body, HostJson.Default.CommandResult));
        Assert.Empty(server.Robot.Told);
    }

    [Fact]
    public async Task Stopping_everything_names_what_stays_unmanaged()
    {
        await using var server = await RobotServer.StartAsync(new FixedRobot());

        var (status, body) = await PostAsync(server, "stop-all");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["Stopped: stopped by a person"], server.Robot.Told);
        var result = JsonSerializer.Deserialize(body, HostJson.Default.CommandResult)!;
        Assert.True(result.Done);
        Assert.Contains("Unmanaged: AXSM x 1.5 (OPEN, bought at 157.125).", result.Message);
        Assert.Contains("resume ends it", result.Message);
    }

    // It is stopped: that the list is missing must not look as if it were not.
    [Fact]
    public async Task Stopping_everything_is_done_even_where_the_positions_cannot_be_listed()
    {
        await using var server = await RobotServer.StartAsync(new FixedRobot { Silent = new HashSet<string> { "positions" } });

        var (status, body) = await PostAsync(server, "stop-all");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("could not be listed", JsonSerializer.Deserialize(body, HostJson.Default.CommandResult)!.Message);
        Assert.Equal(["Stopped: stopped by a person"], server.Robot.Told);
    }

    [Fact]
    public async Task Stopping_that_is_not_done_says_so()
    {
        await using var server = await RobotServer.StartAsync(new FixedRobot { Answer = new CommandResult(false, "the journal cannot be written to") });

        var (status, body) = await PostAsync(server, "stop-all");

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Equal(new CommandResult(false, "the journal cannot be written to"), JsonSerializer.Deserialize(body, HostJson.Default.CommandResult));
    }

    [Fact]
    public async Task An_explanation_is_answered_and_an_unknown_reference_not_found()
    {
        var explanation = new Explanation("AXSM-17", "AXSM", "AXSM_US_EQ", 17, "CLOSED", [], [], null, null);
        await using var server = await RobotServer.StartAsync(new FixedRobot { Explained = new ExplainAnswer(explanation, null) });
        await using var other = await RobotServer.StartAsync(new FixedRobot());

        var (status, body) = await SendAsync(server, HttpMethod.Get, "explain/AXSM-17");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("AXSM_US_EQ", JsonSerializer.Deserialize(body, HostJson.Default.Explanation)!.Ticker);

        (status, body) = await SendAsync(other, HttpMethod.Get, "explain/AXSM-99-B1");
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Equal("the journal knows no AXSM-99-B1; the nearest: AXSM-9-B1", JsonSerializer.Deserialize(body, HostJson.Default.ApiProblem)!.Error);
    }

    [Theory]
    [InlineData("GET", "status", "status")]
    [InlineData("GET", "positions", "positions")]
    [InlineData("GET", "trades", "trades")]
    [InlineData("GET", "symbols", "symbols")]
    [InlineData("GET", "state", "status")]
    [InlineData("GET", "orders", "orders")]
    [InlineData("GET", "account", "account")]
    [InlineData("GET", "broker", "broker")]
    [InlineData("POST", "inspect", "inspect")]
    [InlineData("POST", "pause", "state")]
    [InlineData("POST", "resume", "state")]
    [InlineData("POST", "flatten", "flatten")]
    [InlineData("POST", "close/AXSM", "close")]
    [InlineData("POST", "stop-all", "state")]
    [InlineData("POST", "reconcile", "reconcile")]
    [InlineData("POST", "resolve/AXSM/mine", "resolve")]
    [InlineData("GET", "explain/AXSM-17-B1", "explain")]
    public async Task A_robot_that_does_not_answer_in_time_is_unavailable(string method, string path, string part)
    {
        await using var server = await RobotServer.StartAsync(new FixedRobot { Silent = new HashSet<string> { part } });

        var (status, body) = await SendAsync(server, new HttpMethod(method), path);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal($"the robot did not answer about {part}", JsonSerializer.Deserialize(body, HostJson.Default.ApiProblem)!.Error);
    }

    [Theory]
    [InlineData("elsewhere.example")]
    [InlineData("127.0.0.1.elsewhere.example")]
    [InlineData("10.0.0.1")]
    public async Task A_request_under_another_name_is_refused(string host)
    {
        await using var server = await RobotServer.StartAsync(new FixedRobot());
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post })
        {
            using var request = new HttpRequestMessage(method, method == HttpMethod.Get ? "/api/v1/status" : "/api/v1/flatten");
            request.Headers.Host = host;
            request.Headers.Add(ControlApi.ChangeHeader, "test");

            using var response = await server.Client.SendAsync(request);

            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        }

        Assert.Empty(server.Robot.Told);
    }

    private static Task<(HttpStatusCode Status, string Body)> PostAsync(RobotServer server, string path, string? header = "test") => SendAsync(server, HttpMethod.Post, path, header);

    private static async Task<(HttpStatusCode Status, string Body)> SendAsync(RobotServer server, HttpMethod method, string path, string? header = "test")
    {
        using var request = new HttpRequestMessage(method, "/api/v1/" + path);
        if (header is not null)
            request.Headers.Add(ControlApi.ChangeHeader, header);
        using var response = await server.Client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
