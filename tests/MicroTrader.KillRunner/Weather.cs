using System.Text.Json.Nodes;

namespace MicroTrader.KillRunner;

/// <summary>What goes wrong at the venue, as bodies of <c>POST /admin/faults</c>. Delays are of the real pace, and scaled.</summary>
internal static class Weather
{
    private static readonly string[] Reads = ["AccountSummary", "Positions", "PendingOrders", "OrderById", "HistoryOrders"];

    /// <summary>The faults of one life of the host.</summary>
    public static IEnumerable<JsonObject> Of(Random random, KillOptions options)
    {
        var orders = new (string Fault, double Rate, int? Status, double? Delay)[]
        {
            ("LostRequest", 0.02, null, null),
            ("LostAnswer", 0.05, null, null),
            ("StatusAfter", 0.04, 500, null),
            ("StatusBefore", 0.03, 503, null),
            ("TooManyRequests", 0.04, null, null),
            // Within the time-out of 10 s, and past it.
            ("DelayedAnswer", 0.03, null, 4),
            ("DelayedAnswer", 0.02, null, 15),
            // An order that turns up within the settle window of 30 s, and after it.
            ("DelayedHandling", 0.02, null, 12),
            ("DelayedHandling", 0.01, null, 50),
            ("MalformedBody", 0.02, null, null),
            ("CutBody", 0.02, null, null),
        };
        foreach (var (fault, rate, status, delay) in orders)
            yield return Request(fault, "PlaceMarketOrder", rate, status, delay, options);

        foreach (var endpoint in Reads)
        {
            yield return Request("StatusBefore", endpoint, 0.03, 503, null, options);
            yield return Request("TooManyRequests", endpoint, 0.02, null, null, options);
            yield return Request("LostAnswer", endpoint, 0.02, null, null, options);
            yield return Request("DelayedAnswer", endpoint, 0.03, null, 5, options);
            yield return Request("MalformedBody", endpoint, 0.01, null, null, options);
            yield return Request("CutBody", endpoint, 0.01, null, null, options);
        }

        yield return new JsonObject { ["fault"] = "OrderCancelled", ["rate"] = 0.04 };
        yield return new JsonObject { ["fault"] = "OrderRejected", ["rate"] = 0.03 };
        yield return new JsonObject { ["fault"] = "OrderDelayed", ["rate"] = 0.08, ["delaySeconds"] = options.Scaled(6).TotalSeconds };
        yield return new JsonObject { ["fault"] = "OrderPartialThenCancelled", ["rate"] = 0.05, ["fraction"] = 0.4 };
        yield return new JsonObject { ["fault"] = "OrderInTwoPieces", ["rate"] = 0.08, ["fraction"] = 0.3 };
        if (random.Next(3) == 0)
            yield return new JsonObject { ["fault"] = "HistoryLag", ["delaySeconds"] = options.Scaled(8).TotalSeconds };
        if (random.Next(3) == 0)
            yield return new JsonObject { ["fault"] = "FrozenPositions", ["forSeconds"] = 1 + (random.NextDouble() * 2) };
    }

    private static JsonObject Request(string fault, string endpoint, double rate, int? status, double? delay, KillOptions options)
    {
        var body = new JsonObject { ["fault"] = fault, ["endpoint"] = endpoint, ["rate"] = rate };
        if (status is { } code)
            body["status"] = code;
        if (delay is { } seconds)
            body["delaySeconds"] = options.Scaled(seconds).TotalSeconds;
        return body;
    }
}
