using System.Globalization;

namespace MicroTrader.Trading212;

/// <content>The reads of the account, positions, pending orders and metadata.</content>
public sealed partial class Trading212Client
{
    /// <summary>GET /equity/account/summary: the account's number, currency, cash and investments. Limit: 1 request per 5 s.</summary>
    /// <param name="cancellationToken">Gives the read up.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The client is disposed of.</exception>
    public Task<ReadResult<AccountSummary>> GetAccountSummaryAsync(CancellationToken cancellationToken = default) =>
        ReadAsync("GetAccountSummary", "/equity/account/summary", "", Trading212JsonContext.Default.AccountSummary, AnswerFlaws.OfAccount, cancellationToken);

    /// <summary>
    /// GET /equity/positions: what the account holds, whoever bought it. It lags orders by seconds, at times by minutes. Limit: 1 request per 1 s.
    /// </summary>
    /// <param name="ticker">Only this instrument, or null for all.</param>
    /// <param name="cancellationToken">Gives the read up.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The client is disposed of.</exception>
    public Task<ReadResult<IReadOnlyList<Position>>> GetPositionsAsync(string? ticker = null, CancellationToken cancellationToken = default) =>
        ReadAsync("GetPositions", "/equity/positions", Query(("ticker", ticker)), Trading212JsonContext.Default.Positions, AnswerFlaws.OfPositions, cancellationToken);

    /// <summary>GET /equity/orders: the pending orders, the person's included. Limit: 1 request per 5 s.</summary>
    /// <param name="cancellationToken">Gives the read up.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The client is disposed of.</exception>
    public Task<ReadResult<IReadOnlyList<Order>>> GetPendingOrdersAsync(CancellationToken cancellationToken = default) =>
        ReadAsync("GetPendingOrders", "/equity/orders", "", Trading212JsonContext.Default.Orders, AnswerFlaws.OfOrders, cancellationToken);

    /// <summary>
    /// GET /equity/orders/{id}: a pending order. A finished one is normally not found, though a final status is passed on as it comes. Limit: 1 request per 1 s.
    /// </summary>
    /// <param name="orderId">The venue's id of the order.</param>
    /// <param name="cancellationToken">Gives the read up.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The client is disposed of.</exception>
    public Task<ReadResult<Order>> GetOrderAsync(long orderId, CancellationToken cancellationToken = default) =>
        ReadAsync("GetOrder", OrderPath(orderId), "", Trading212JsonContext.Default.Order, order => AnswerFlaws.OfOrder(order, orderId), cancellationToken);

    /// <summary>GET /equity/metadata/instruments: all instruments, about 13,000, refreshed every 10 minutes. Limit: 1 request per 50 s.</summary>
    /// <param name="cancellationToken">Gives the read up.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The client is disposed of.</exception>
    public Task<ReadResult<IReadOnlyList<TradableInstrument>>> GetInstrumentsAsync(CancellationToken cancellationToken = default) =>
        ReadAsync("GetInstruments", "/equity/metadata/instruments", "", Trading212JsonContext.Default.TradableInstruments, AnswerFlaws.OfInstruments, cancellationToken);

    /// <summary>GET /equity/metadata/exchanges: the exchanges and their schedules, refreshed every 10 minutes. Limit: 1 request per 30 s.</summary>
    /// <param name="cancellationToken">Gives the read up.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The client is disposed of.</exception>
    public Task<ReadResult<IReadOnlyList<Exchange>>> GetExchangesAsync(CancellationToken cancellationToken = default) =>
        ReadAsync("GetExchanges", "/equity/metadata/exchanges", "", Trading212JsonContext.Default.Exchanges, AnswerFlaws.OfExchanges, cancellationToken);

    private static string OrderPath(long orderId) => "/equity/orders/" + orderId.ToString(CultureInfo.InvariantCulture);

    private static string Query(params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        List<string> pairs = [];
        foreach ((string name, string? value) in parameters)
        {
            if (!string.IsNullOrEmpty(value))
                pairs.Add($"{name}={Uri.EscapeDataString(value)}");
        }

        return pairs.Count == 0 ? "" : "?" + string.Join('&', pairs);
    }
}
