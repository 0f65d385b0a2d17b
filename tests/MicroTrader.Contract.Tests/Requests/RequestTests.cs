using System.Text;
using System.Text.Json;
using MicroTrader.Trading212;
using MicroTrader.Trading212.Tests;
using Xunit.Abstractions;

namespace MicroTrader.Contract.Tests;

/// <summary>What the client sends, byte for byte as it arrives at a bare socket, against the description.</summary>
public class RequestTests
{
    private readonly ITestOutputHelper _output;

    public RequestTests(ITestOutputHelper output) => _output = output;

    [Fact]
    public void Every_call_that_the_client_offers_is_tried()
    {
        string[] offered = [.. typeof(Trading212Client).GetMethods().Where(method => method.DeclaringType == typeof(Trading212Client) && method.Name.EndsWith("Async", StringComparison.Ordinal)).Select(method => method.Name).Distinct()];
        Assert.Equal(offered.Order(StringComparer.Ordinal), ClientCalls.All.Select(call => call.Method).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_request_is_one_that_the_description_knows()
    {
        if (ApiDescription.OrSkip(_output) is not { } api)
            return;
        List<string> violations = [];
        foreach (RawRequest request in await CaptureAsync())
            violations.AddRange(Violations(api, request).Select(violation => $"{request.Method} {request.Target}: {violation}"));
        Assert.Empty(violations);
    }

    [Fact]
    public async Task Every_operation_of_the_description_is_sent()
    {
        if (ApiDescription.OrSkip(_output) is not { } api)
            return;
        HashSet<string> sent = [];
        foreach (RawRequest request in await CaptureAsync())
            sent.Add(api.Find(request.Method, PathOf(request))?.Operation.ToString() ?? "");
        string[] never = [.. api.InScope.Select(operation => operation.ToString()).Where(operation => !sent.Contains(operation))];
        Assert.Empty(never);
        Assert.Equal(api.InScope.Count(), sent.Count);
    }

    [Fact]
    public async Task Every_request_carries_the_key_and_the_secret_as_http_basic_and_nowhere_else()
    {
        foreach (RawRequest request in await CaptureAsync())
        {
            Assert.Equal($"Basic {TestKeys.Token}", request.Headers["Authorization"]);
            Assert.DoesNotContain("X-API-KEY", request.Headers.Keys, StringComparer.OrdinalIgnoreCase);
            TestKeys.AssertAbsent(request.Target);
            TestKeys.AssertAbsent(request.Body);
        }
    }

    [Fact]
    public async Task Only_orders_have_a_body_and_it_is_json_of_a_known_length()
    {
        foreach (RawRequest request in await CaptureAsync())
        {
            Assert.DoesNotContain("Transfer-Encoding", request.Headers.Keys, StringComparer.OrdinalIgnoreCase);
            if (request.Method == "POST")
            {
                Assert.StartsWith("application/json", request.Headers["Content-Type"], StringComparison.Ordinal);
                Assert.Equal(Encoding.UTF8.GetByteCount(request.Body).ToString(System.Globalization.CultureInfo.InvariantCulture), request.Headers["Content-Length"]);
            }
            else
            {
                Assert.Empty(request.Body);
            }
        }
    }

    [Fact]
    public async Task The_bodies_are_these()
    {
        IReadOnlyList<RawRequest> requests = await CaptureAsync();
        Assert.Equal(
            [
                """/api/v0/equity/orders/market {"ticker":"AXSM_US_EQ","quantity":1.5}""",
                """/api/v0/equity/orders/market {"ticker":"AXSM_US_EQ","quantity":-0.0001,"extendedHours":true}""",
                """/api/v0/equity/orders/limit {"ticker":"AXSM_US_EQ","quantity":0.1,"limitPrice":100.23,"timeValidity":"DAY"}""",
                """/api/v0/equity/orders/stop {"ticker":"AXSM_US_EQ","quantity":-2,"stopPrice":95,"timeValidity":"GOOD_TILL_CANCEL"}""",
                """/api/v0/equity/orders/stop_limit {"ticker":"AXSM_US_EQ","quantity":3,"stopPrice":101.5,"limitPrice":102,"timeValidity":"DAY"}""",
            ],
            requests.Where(request => request.Method == "POST").Select(request => $"{request.Target} {request.Body}"));
    }

    [Fact]
    public async Task Every_property_of_a_request_schema_can_be_sent()
    {
        if (ApiDescription.OrSkip(_output) is not { } api)
            return;
        Dictionary<string, HashSet<string>> sent = [];
        foreach (RawRequest request in (await CaptureAsync()).Where(request => request.Method == "POST"))
        {
            using JsonDocument body = JsonDocument.Parse(request.Body);
            foreach (JsonProperty property in body.RootElement.EnumerateObject())
                (sent.TryGetValue(request.Target, out HashSet<string>? names) ? names : sent[request.Target] = []).Add(property.Name);
        }

        foreach (ApiOperation operation in api.InScope.Where(operation => operation.RequestSchema is not null))
        {
            string name = ApiDescription.Text(operation.RequestSchema!, "$ref")!.Split('/')[^1];
            IEnumerable<string> known = ApiDescription.Entries((YamlDotNet.RepresentationModel.YamlMappingNode)api.Schema(name)["properties"]).Select(entry => entry.Key);
            Assert.Equal(known.Order(StringComparer.Ordinal), sent[operation.Path].Order(StringComparer.Ordinal));
        }
    }

    private static async Task<IReadOnlyList<RawRequest>> CaptureAsync()
    {
        // The history leads on once, so that the cursor of a further page is seen on the wire too; everything else is refused, which no call repeats.
        int historyPages = 0;
        await using RawServer server = RawServer.Of((request, connection) =>
            request.Target.Contains("/history/orders", StringComparison.Ordinal) && request.Target.Contains("limit=50&ticker", StringComparison.Ordinal) && Interlocked.Increment(ref historyPages) == 1
                ? connection.AnswerAsync(200, """{"items":[],"nextPagePath":"/api/v0/equity/history/orders?limit=50&cursor=1760346100000&ticker=AXSM_US_EQ"}""")
                : connection.AnswerAsync(400, ""));
        using (Trading212Client client = new(server.Options()))
        {
            foreach ((string _, Func<Trading212Client, Task> call) in ClientCalls.All)
                await call(client);
        }

        RawRequest[] requests = [.. server.Requests];
        Assert.Equal(ClientCalls.All.Count + 1, requests.Length);
        Assert.Contains(requests, request => request.Target.Contains("cursor=1760346100000", StringComparison.Ordinal));
        return requests;
    }

    private static List<string> Violations(ApiDescription api, RawRequest request)
    {
        if (api.Find(request.Method, PathOf(request)) is not { } found)
            return ["no such operation"];
        SchemaValidator validator = new(api, SchemaRules.Request);
        List<string> violations = [];
        foreach ((string name, string value) in found.PathValues)
            violations.AddRange(validator.ValidateText(value, found.Operation.PathParameters[name], name));
        int mark = request.Target.IndexOf('?', StringComparison.Ordinal);
        foreach (string pair in mark < 0 ? [] : request.Target[(mark + 1)..].Split('&'))
        {
            string[] parts = pair.Split('=', 2);
            if (!found.Operation.QueryParameters.TryGetValue(parts[0], out YamlDotNet.RepresentationModel.YamlMappingNode? schema))
                violations.Add($"the parameter {parts[0]} is not known");
            else
                violations.AddRange(validator.ValidateText(Uri.UnescapeDataString(parts[1]), schema, parts[0]));
        }

        if (found.Operation.RequestSchema is { } body)
            violations.AddRange(validator.Validate(request.Body, body));
        else if (request.Body.Length > 0)
            violations.Add("a body where none is known");
        return violations;
    }

    private static string PathOf(RawRequest request) => request.Target.Split('?')[0];
}
