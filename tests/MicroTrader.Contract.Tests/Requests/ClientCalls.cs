using MicroTrader.Trading212;

namespace MicroTrader.Contract.Tests;

/// <summary>Every call that the client offers, with everything that it can send.</summary>
internal static class ClientCalls
{
    public const string Ticker = "AXSM_US_EQ";
    public const long OrderId = 54_250_294_524;

    /// <summary>By the name of the method; a name may stand here more than once.</summary>
    public static IReadOnlyList<(string Method, Func<Trading212Client, Task> Call)> All { get; } =
    [
        (nameof(Trading212Client.GetAccountSummaryAsync), client => client.GetAccountSummaryAsync()),
        (nameof(Trading212Client.GetPositionsAsync), client => client.GetPositionsAsync()),
        (nameof(Trading212Client.GetPositionsAsync), client => client.GetPositionsAsync(Ticker)),
        (nameof(Trading212Client.GetPendingOrdersAsync), client => client.GetPendingOrdersAsync()),
        (nameof(Trading212Client.GetOrderAsync), client => client.GetOrderAsync(OrderId)),
        (nameof(Trading212Client.GetInstrumentsAsync), client => client.GetInstrumentsAsync()),
        (nameof(Trading212Client.GetExchangesAsync), client => client.GetExchangesAsync()),
        (nameof(Trading212Client.GetOrderHistoryAsync), client => client.GetOrderHistoryAsync()),
        (nameof(Trading212Client.GetOrderHistoryAsync), client => client.GetOrderHistoryAsync(new HistoryQuery { Ticker = Ticker, Limit = 7, Cursor = "1772461867000" })),
        (nameof(Trading212Client.GetOrderHistoryPagesAsync), client => ReadAllAsync(client.GetOrderHistoryPagesAsync(new HistoryQuery { Ticker = Ticker }))),
        (nameof(Trading212Client.GetDividendsAsync), client => client.GetDividendsAsync(new HistoryQuery { Ticker = Ticker, Limit = 1, Cursor = "1772461867000" })),
        (nameof(Trading212Client.GetTransactionsAsync), client => client.GetTransactionsAsync(new HistoryQuery { Limit = 50, Cursor = "0f3c-77" })),
        (nameof(Trading212Client.PlaceMarketOrderAsync), client => client.PlaceMarketOrderAsync(new MarketOrderRequest(Ticker, 1.5m))),
        (nameof(Trading212Client.PlaceMarketOrderAsync), client => client.PlaceMarketOrderAsync(new MarketOrderRequest(Ticker, -0.0001m, extendedHours: true))),
        (nameof(Trading212Client.PlaceLimitOrderAsync), client => client.PlaceLimitOrderAsync(new LimitOrderRequest(Ticker, 0.1m, 100.23m, TimeValidity.Day))),
        (nameof(Trading212Client.PlaceStopOrderAsync), client => client.PlaceStopOrderAsync(new StopOrderRequest(Ticker, -2m, 95m, TimeValidity.GoodTillCancel))),
        (nameof(Trading212Client.PlaceStopLimitOrderAsync), client => client.PlaceStopLimitOrderAsync(new StopLimitOrderRequest(Ticker, 3m, 101.5m, 102m, TimeValidity.Day))),
        (nameof(Trading212Client.CancelOrderAsync), client => client.CancelOrderAsync(OrderId)),
    ];

    private static async Task ReadAllAsync<T>(IAsyncEnumerable<T> pages)
    {
        await foreach (T _ in pages)
        {
        }
    }
}
