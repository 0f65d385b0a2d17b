using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace MicroTrader.Simulators.Paper.Http;

/// <summary>What a request line means. A dozen paths do not need a routing framework, and a look-alike wants no surprises.</summary>
internal readonly record struct PaperRoute(PaperEndpoint Endpoint, string? OrderId)
{
    public const string Prefix = "/api/v0";

    /// <summary>The endpoint of a request; else the status to refuse it with (404 unknown path, 405 unknown method).</summary>
    public static (PaperRoute? Route, int Status) Match(string method, string? path)
    {
        if (path is null || !path.StartsWith(Prefix + "/equity/", StringComparison.Ordinal))
        {
            return (null, StatusCodes.Status404NotFound);
        }

        const string orders = "orders/";
        var rest = path[(Prefix.Length + "/equity/".Length)..];
        return rest switch
        {
            "account/summary" => Only("GET", PaperEndpoint.AccountSummary),
            "positions" => Only("GET", PaperEndpoint.Positions),
            "orders" => Only("GET", PaperEndpoint.PendingOrders),
            "orders/market" => Only("POST", PaperEndpoint.PlaceMarketOrder),
            "orders/limit" => Only("POST", PaperEndpoint.PlaceLimitOrder),
            "orders/stop" => Only("POST", PaperEndpoint.PlaceStopOrder),
            "orders/stop_limit" => Only("POST", PaperEndpoint.PlaceStopLimitOrder),
            "history/dividends" => Only("GET", PaperEndpoint.HistoryDividends),
            "history/transactions" => Only("GET", PaperEndpoint.HistoryTransactions),
            "history/orders" => Only("GET", PaperEndpoint.HistoryOrders),
            "metadata/instruments" => Only("GET", PaperEndpoint.Instruments),
            "metadata/exchanges" => Only("GET", PaperEndpoint.Exchanges),
            _ when rest.StartsWith(orders, StringComparison.Ordinal) && IsNumber(rest.AsSpan(orders.Length)) => method switch
            {
                "GET" => (new PaperRoute(PaperEndpoint.OrderById, rest[orders.Length..]), 0),
                "DELETE" => (new PaperRoute(PaperEndpoint.CancelOrder, rest[orders.Length..]), 0),
                _ => (null, StatusCodes.Status405MethodNotAllowed),
            },
            _ => (null, StatusCodes.Status404NotFound),
        };

        (PaperRoute?, int) Only(string allowed, PaperEndpoint endpoint) =>
            method == allowed ? (new PaperRoute(endpoint, null), 0) : (null, StatusCodes.Status405MethodNotAllowed);
    }

    /// <summary>The order number of the path.</summary>
    public long OrderNumber => long.Parse(OrderId!, CultureInfo.InvariantCulture);

    private static bool IsNumber(ReadOnlySpan<char> text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
