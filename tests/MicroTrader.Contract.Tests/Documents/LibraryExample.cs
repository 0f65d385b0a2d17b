using MicroTrader.Trading212;

namespace MicroTrader.Contract.Tests;

/// <summary>The example of docs/trading212.md, between the two marks: it compiles, it runs against the paper broker, and the page has it word for word.</summary>
internal static class LibraryExample
{
    // <example>
    public static async Task<string> BuyOneShareAsync(Uri address, string apiKey, string apiSecret, string ticker)
    {
        using var client = new Trading212Client(new Trading212Options { BaseAddress = address, ApiKey = apiKey, ApiSecret = apiSecret });

        // A read is a Success, a NotFound or a Failed that says why; no answer of the venue is an exception.
        if (await client.GetAccountSummaryAsync() is not ReadResult<AccountSummary>.Success account)
            return "the account cannot be read";

        // An order is sent once, whatever happens. What came of it is exactly one of four.
        PlaceOrderResult result = await client.PlaceMarketOrderAsync(new MarketOrderRequest(ticker, quantity: 1m));
        switch (result)
        {
            case PlaceOrderResult.Placed placed:
                // Accepted, not filled: the fill, with its price and fees, turns up in the history.
                await foreach (ReadResult<HistoryPage<HistoricalOrder>> page in client.GetOrderHistoryPagesAsync(new HistoryQuery { Ticker = ticker }))
                {
                    if (page is not ReadResult<HistoryPage<HistoricalOrder>>.Success read)
                        return $"order {placed.OrderId}: the history cannot be read to its end";
                    if (read.Value.Items.FirstOrDefault(item => item.Order?.Id == placed.OrderId) is { Fill: { } fill })
                        return $"bought {fill.Quantity} at {fill.Price} for {fill.WalletImpact?.NetValue} {account.Value.Currency}";
                }

                return $"order {placed.OrderId} is not in the history yet, which proves nothing: ask again";
            case PlaceOrderResult.Rejected rejected:
                return $"the venue refuses: {rejected.Problem.Reason}, {rejected.Problem.Detail}";
            case PlaceOrderResult.NotExecuted notExecuted:
                return $"certainly no order ({notExecuted.Reason}): it may be tried again";
            case PlaceOrderResult.Unknown unknown:
                return $"there may be an order ({unknown.Detail}): look for it before you send another";
            default:
                throw new InvalidOperationException($"No such result: {result.GetType().Name}.");
        }
    }
    // </example>
}
