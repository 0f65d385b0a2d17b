using System.Globalization;
using MicroTrader.Trading212;

namespace MicroTrader.Host.Running;

/// <summary>
/// <c>check --round-trip</c>, with practice money only: buys the smallest amount of a symbol, sells it again, and compares the P&amp;L that its fills give
/// with the one that the broker states. It keeps the rule of the robot: an order whose answer is uncertain is never sent again.
/// </summary>
internal sealed class RoundTripCheck(Trading212Client client, TextWriter output, TimeProvider time)
{
    private static readonly decimal[] Sizes = [0.01m, 0.1m, 1m];
    private static readonly TimeSpan HistoryPause = TimeSpan.FromSeconds(11);
    private const int HistoryTries = 12;

    /// <summary>Runs the round trip.</summary>
    /// <returns>Whether all went well.</returns>
    public async Task<bool> RunAsync(string ticker, CancellationToken cancellation)
    {
        if (await BuyAsync(ticker, cancellation) is not { } bought || await FilledAsync("buy", bought, cancellation) is not { } buy)
            return false;
        var sold = await client.PlaceMarketOrderAsync(new MarketOrderRequest(ticker, -buy.Quantity), null, cancellation);
        if (sold is not PlaceOrderResult.Placed { OrderId: var sellId })
            return Fail($"the sell of {Text(buy.Quantity)} {ticker} was not accepted ({Why(sold)}): these shares are in the practice account; sell them in the app");
        output.WriteLine($"  ok  sell: order {sellId}");
        if (await FilledAsync("sell", sellId, cancellation) is not { } sell)
            return false;

        var ours = sell.Value - buy.Value;
        if (sell.BrokerPnl is not { } theirs)
            return Fail($"P&L: {Text(ours)} by the fills, the broker states none");
        var words = $"P&L: {Text(ours)} by the fills, {Text(theirs)} by the broker";
        // Cents are rounded by the broker at each fill.
        if (Math.Abs(ours - theirs) > 0.02m)
            return Fail($"{words}: they differ; fees and FX of this account are not as the robot counts them");
        output.WriteLine($"  ok  {words}");
        return true;
    }

    private async Task<long?> BuyAsync(string ticker, CancellationToken cancellation)
    {
        foreach (var size in Sizes)
        {
            var result = await client.PlaceMarketOrderAsync(new MarketOrderRequest(ticker, size), null, cancellation);
            if (result is PlaceOrderResult.Placed { OrderId: var id })
            {
                output.WriteLine($"  ok  buy: {Text(size)} {ticker}, order {id}");
                return id;
            }

            // Refused for its size means that it does not exist: the next may be tried. Anything else ends here.
            if (result is PlaceOrderResult.Rejected { Problem.Reason: ProblemReason.MinimumQuantity or ProblemReason.MinOpenedPositionExceeded or ProblemReason.InvalidQuantityPrecision })
                continue;
            Fail($"the buy of {Text(size)} {ticker} was not accepted: {Why(result)}");
            return null;
        }

        Fail($"{ticker} cannot be bought in amounts up to {Text(Sizes[^1])}");
        return null;
    }

    private async Task<(decimal Quantity, decimal Value, decimal? BrokerPnl)?> FilledAsync(string side, long orderId, CancellationToken cancellation)
    {
        for (var i = 0; i < HistoryTries; i++)
        {
            // Six reads a minute: in between it waits.
            if (i > 0)
                await Task.Delay(HistoryPause, time, cancellation);
            if (await client.GetOrderHistoryAsync(null, cancellation) is not ReadResult<HistoryPage<HistoricalOrder>>.Success { Value.Items: var items })
                continue;
            var fills = items.Where(h => h.Order?.Id == orderId && h.Order.IsFinal).ToList();
            if (fills.Count == 0)
                continue;
            var quantity = fills.Sum(f => Math.Abs(f.Fill?.Quantity ?? 0));
            if (quantity == 0)
            {
                Fail($"the {side} order {orderId} ended as {fills[0].Order!.Status} without a fill");
                return null;
            }

            output.WriteLine($"  ok  {side}: filled {Text(quantity)} at {Text(fills.Sum(f => Math.Abs(f.Fill?.Quantity ?? 0) * (f.Fill?.Price ?? 0)) / quantity)}");
            return (
                quantity,
                fills.Sum(f => Math.Abs(f.Fill?.WalletImpact?.NetValue ?? 0)),
                fills.Any(f => f.Fill?.WalletImpact?.RealisedProfitLoss is not null) ? fills.Sum(f => f.Fill?.WalletImpact?.RealisedProfitLoss ?? 0) : null);
        }

        // Left alone, a queued order would fill at the next open, when nobody looks.
        var cancelled = await client.CancelOrderAsync(orderId, cancellation) is CancelOrderResult.Accepted;
        Fail($"the {side} order {orderId} is not in the history after two minutes (is the market open?); {(cancelled ? "it was cancelled" : "it could not be cancelled")}: look into the practice account");
        return null;
    }

    private bool Fail(string words)
    {
        output.WriteLine($"  XX  {words}");
        return false;
    }

    private static string Why(PlaceOrderResult result) => result switch
    {
        PlaceOrderResult.Rejected r => $"{r.Problem.Reason}: {r.Problem.Detail}",
        PlaceOrderResult.NotExecuted n => $"{n.Reason}: {n.Detail}",
        PlaceOrderResult.Unknown u => $"unknown: {u.Detail}; it is not sent again, look into the practice account",
        _ => "accepted",
    };

    private static string Text(decimal value) => value.ToString("0.00######", CultureInfo.InvariantCulture);
}
