using System.Globalization;
using System.Text.Json;
using Xunit.Abstractions;

namespace MicroTrader.Contract.Tests;

/// <summary>What the paper broker answers, against the description.</summary>
public class AnswerTests : IClassFixture<PaperTour>
{
    // The venue's own failing: no request of a caller brings it about.
    private const int TimedOut = 408;

    private readonly PaperTour _tour;
    private readonly ITestOutputHelper _output;

    public AnswerTests(PaperTour tour, ITestOutputHelper output)
    {
        _tour = tour;
        _output = output;
    }

    private IEnumerable<PaperExchange> Answered => _tour.Exchanges.Where(exchange => !exchange.IsUnknownEndpoint);

    [Fact]
    public void Every_success_keeps_its_schema_and_leaves_nothing_out()
    {
        if (ApiDescription.OrSkip(_output) is not { } api)
            return;
        SchemaValidator validator = new(api, PaperPromises.Rules);
        List<string> violations = [];
        int judged = 0;
        foreach (PaperExchange exchange in Answered.Where(exchange => exchange.Status == 200))
        {
            ApiOperation operation = OperationOf(api, exchange);
            if (operation.Responses[200] is { } schema)
                violations.AddRange(validator.Validate(exchange.Body, schema).Select(violation => $"{exchange.Method} {exchange.Path}{exchange.Query}: {violation}"));
            else if (exchange.Body.Length > 0)
                violations.Add($"{exchange}: a body where none is documented");
            judged++;
        }

        Assert.Empty(violations.Distinct());
        Assert.True(judged > 60, $"only {judged} answers were judged");
    }

    [Fact]
    public void Every_status_is_one_that_the_description_has_for_the_operation()
    {
        if (ApiDescription.OrSkip(_output) is not { } api)
            return;
        // 5xx is nobody's promise; a 400 that a fault asked of a GET without parameters is the test's own doing.
        Assert.Empty(Answered
            .Where(exchange => !exchange.IsFault && !OperationOf(api, exchange).Responses.ContainsKey(exchange.Status))
            .Select(exchange => exchange.ToString()));
    }

    [Fact]
    public void Every_order_carries_what_its_type_needs_and_no_other_price()
    {
        List<string> flaws = [];
        HashSet<string> types = [];
        foreach (PaperExchange exchange in Answered.Where(exchange => exchange.Status == 200 && exchange.Body.Length > 0))
        {
            using JsonDocument document = JsonDocument.Parse(exchange.Body);
            foreach (JsonElement order in OrdersIn(document.RootElement))
            {
                string type = order.GetProperty("type").GetString()!;
                types.Add(type);
                bool buys = order.GetProperty("side").GetString() == "BUY";
                bool fits = order.TryGetProperty("limitPrice", out _) == (type is "LIMIT" or "STOP_LIMIT")
                    && order.TryGetProperty("stopPrice", out _) == (type is "STOP" or "STOP_LIMIT")
                    && (type == "MARKET" || order.TryGetProperty("timeInForce", out _))
                    && order.GetProperty("quantity").GetDecimal() > 0m == buys
                    && Math.Abs(order.GetProperty("filledQuantity").GetDecimal()) <= Math.Abs(order.GetProperty("quantity").GetDecimal());
                if (!fits)
                    flaws.Add($"{exchange.Method} {exchange.Path}: {order.GetRawText()}");
            }
        }

        _output.WriteLine(string.Join(", ", types.Order(StringComparer.Ordinal)));
        Assert.Empty(flaws);
        Assert.Equal(["LIMIT", "MARKET", "STOP", "STOP_LIMIT"], types.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_refusal_is_a_problem_document_that_repeats_its_status()
    {
        List<string> flaws = [];
        foreach (PaperExchange exchange in _tour.Exchanges.Where(exchange => exchange.Status != 200))
        {
            using JsonDocument document = JsonDocument.Parse(exchange.Body);
            JsonElement root = document.RootElement;
            bool whole = exchange.ContentType is "application/problem+json" or "application/json"
                && root.GetProperty("type").GetString()!.StartsWith("/api-errors/", StringComparison.Ordinal)
                && root.GetProperty("title").GetString()!.Length > 0
                && root.GetProperty("status").GetInt32() == exchange.Status
                && root.GetProperty("detail").ValueKind == JsonValueKind.String
                && root.EnumerateObject().Count() == 4;
            if (!whole)
                flaws.Add(exchange.ToString());
        }

        Assert.Empty(flaws);
    }

    [Fact]
    public void Every_answer_tells_the_limit_that_the_description_names()
    {
        if (ApiDescription.OrSkip(_output) is not { } api)
            return;
        List<string> flaws = [];
        foreach (PaperExchange exchange in Answered)
        {
            ApiLimit limit = OperationOf(api, exchange).Limit;
            long? said = Header(exchange, "limit");
            long? period = Header(exchange, "period");
            long? remaining = Header(exchange, "remaining");
            long? used = Header(exchange, "used");
            long? reset = Header(exchange, "reset");
            long now = exchange.At.ToUnixTimeSeconds();
            if (said != limit.Requests || period != limit.PeriodSeconds || remaining + used != limit.Requests || remaining < 0 || reset < now || reset > now + limit.PeriodSeconds + 1)
                flaws.Add($"{exchange.Method} {exchange.Path} {exchange.Status}: limit {said}, period {period}, remaining {remaining}, used {used}, reset {reset} at {now}");
            if (exchange.Status == 429 && !exchange.IsFault && remaining != 0)
                flaws.Add($"{exchange.Method} {exchange.Path}: a 429 with {remaining} remaining");
        }

        Assert.Empty(flaws.Distinct());
    }

    [Fact]
    public void Every_answer_carries_the_venues_clock()
    {
        foreach (PaperExchange exchange in Answered)
        {
            DateTimeOffset date = DateTimeOffset.ParseExact(exchange.Headers["Date"], "r", CultureInfo.InvariantCulture);
            Assert.Equal(exchange.At.ToUnixTimeSeconds(), date.ToUnixTimeSeconds());
        }
    }

    [Fact]
    public void A_stranger_learns_nothing_but_that_he_is_one()
    {
        PaperExchange[] refused = [.. _tour.Exchanges.Where(exchange => exchange.Status == 401)];
        Assert.True(refused.Length >= 3 * 9, $"only {refused.Length} answers of 401");
        Assert.All(refused, exchange => Assert.DoesNotContain("quantity", exchange.Body, StringComparison.Ordinal));
    }

    [Fact]
    public void A_key_without_a_scope_is_told_which_one_the_endpoint_wants()
    {
        if (ApiDescription.OrSkip(_output) is not { } api)
            return;
        PaperExchange[] refused = [.. _tour.Exchanges.Where(exchange => exchange.Status == 403)];
        Assert.Equal(api.InScope.Count(), refused.Length);
        foreach (PaperExchange exchange in refused)
        {
            using JsonDocument problem = JsonDocument.Parse(exchange.Body);
            Assert.Equal((exchange.Path, OperationOf(api, exchange).Forbidden), (exchange.Path, problem.RootElement.GetProperty("detail").GetString()));
        }
    }

    [Theory]
    [InlineData("status", "NEW PARTIALLY_FILLED FILLED CANCELLED CANCELLING REJECTED")]
    [InlineData("type", "MARKET LIMIT STOP STOP_LIMIT TRADE STOCK_SPLIT STOCK ETF DEPOSIT ORDINARY OPEN CLOSE PRE_MARKET_OPEN AFTER_HOURS_OPEN AFTER_HOURS_CLOSE")]
    [InlineData("initiatedFrom", "API IOS ANDROID WEB SYSTEM")]
    [InlineData("timeInForce", "DAY GOOD_TILL_CANCEL")]
    [InlineData("name", "CURRENCY_CONVERSION_FEE")]
    public void The_tour_met_every_word_that_the_paper_broker_has(string property, string words)
    {
        string[] never = [.. words.Split(' ').Where(word => !Answered.Any(exchange => exchange.Status == 200 && exchange.Body.Contains($"\"{property}\":\"{word}\"", StringComparison.Ordinal)))];
        Assert.Empty(never);
    }

    [Fact]
    public void Every_documented_status_of_every_endpoint_that_the_paper_broker_has_was_seen()
    {
        if (ApiDescription.OrSkip(_output) is not { } api)
            return;
        List<string> missing = [];
        foreach (ApiOperation operation in api.InScope)
        {
            PaperExchange[] seen = [.. _tour.Exchanges.Where(exchange => OperationOrNull(api, exchange)?.ToString() == operation.ToString())];
            Assert.True(seen.Length > 0, $"{operation} was never probed.");
            if (seen.All(exchange => exchange.IsUnknownEndpoint))
            {
                _output.WriteLine($"{operation}: the paper broker has no such endpoint");
                continue;
            }

            foreach (int status in operation.Responses.Keys.Order())
            {
                bool natural = seen.Any(exchange => !exchange.IsFault && !exchange.IsUnknownEndpoint && exchange.Status == status);
                bool byFault = seen.Any(exchange => exchange.IsFault && exchange.Status == status);
                _output.WriteLine($"{operation} {status}: {(natural ? "seen" : byFault ? "by fault only" : "NEVER SEEN")}");
                // A DELETE's 400 is for a path that holds no number, which is no path of the paper broker's at all.
                bool faultSuffices = status == TimedOut || (status == 400 && operation.Method == "DELETE");
                if (!natural && !(byFault && faultSuffices))
                    missing.Add($"{operation} {status}");
            }
        }

        Assert.Empty(missing);
    }

    /// <summary>Every order in an answer: alone, in a list, or in an item of the history.</summary>
    private static IEnumerable<JsonElement> OrdersIn(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(OrdersIn),
        JsonValueKind.Object when element.TryGetProperty("items", out JsonElement items) => OrdersIn(items),
        JsonValueKind.Object when element.TryGetProperty("order", out JsonElement order) => OrdersIn(order),
        JsonValueKind.Object when element.TryGetProperty("filledQuantity", out _) => [element],
        _ => [],
    };

    private static ApiOperation OperationOf(ApiDescription api, PaperExchange exchange) =>
        OperationOrNull(api, exchange) ?? throw new InvalidOperationException($"The description has no operation for {exchange}.");

    private static ApiOperation? OperationOrNull(ApiDescription api, PaperExchange exchange) => api.Find(exchange.Method, exchange.Path)?.Operation;

    private static long? Header(PaperExchange exchange, string name) =>
        exchange.Headers.TryGetValue($"x-ratelimit-{name}", out string? text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;
}
