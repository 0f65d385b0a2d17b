using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;

namespace MicroTrader.Trading212;

/// <content>The histories.</content>
public sealed partial class Trading212Client
{
    private const string OrdersEndpoint = "/equity/history/orders";
    private const string DividendsEndpoint = "/equity/history/dividends";
    private const string TransactionsEndpoint = "/equity/history/transactions";

    /// <summary>
    /// GET /equity/history/orders: a page of finished orders and their fills, newest first. It lags orders: "not there yet" proves nothing. Limit: 6 requests per 60 s.
    /// </summary>
    /// <param name="query">Which page; null is the newest, 50 items, all instruments.</param>
    /// <param name="cancellationToken">Gives the read up.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The client is disposed of.</exception>
    public Task<ReadResult<HistoryPage<HistoricalOrder>>> GetOrderHistoryAsync(HistoryQuery? query = null, CancellationToken cancellationToken = default) =>
        ReadPageAsync("GetOrderHistory", OrdersEndpoint, query, Trading212JsonContext.Default.OrderHistory, page => AnswerFlaws.OfOrderHistory(page, OrdersEndpoint), cancellationToken);

    /// <summary>
    /// The pages of the order history, one after the other, until the last, or until a read that brings no page: that one is handed out too, and then nothing more, so that an
    /// incomplete history cannot pass for a complete one. Each page is read when it is asked for: the caller sets the pace.
    /// </summary>
    /// <param name="query">The first page and the filter; null is from the newest, 50 items a page, all instruments.</param>
    /// <param name="cancellationToken">Gives the reads up.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The client is disposed of.</exception>
    public async IAsyncEnumerable<ReadResult<HistoryPage<HistoricalOrder>>> GetOrderHistoryPagesAsync(
        HistoryQuery? query = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        HistoryQuery next = query ?? new HistoryQuery();
        HashSet<string> cursors = next.Cursor is { } first ? [first] : [];
        while (true)
        {
            ReadResult<HistoryPage<HistoricalOrder>> result = await GetOrderHistoryAsync(next, cancellationToken);
            yield return result;
            if (result is not ReadResult<HistoryPage<HistoricalOrder>>.Success { Value.NextCursor: { } cursor } success)
                yield break;
            if (!cursors.Add(cursor))
            {
                // A venue that leads in a circle would be read for ever.
                yield return new ReadResult<HistoryPage<HistoricalOrder>>.Failed(ReadFailureKind.Malformed, $"GET {OrdersEndpoint}: cursor {cursor} comes a second time", null, success.Info);
                yield break;
            }

            next = next with { Cursor = cursor };
        }
    }

    /// <summary>GET /equity/history/dividends: a page of dividends, newest first. Limit: 6 requests per 60 s.</summary>
    /// <param name="query">Which page; null is the newest, 50 items, all instruments.</param>
    /// <param name="cancellationToken">Gives the read up.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The client is disposed of.</exception>
    public Task<ReadResult<HistoryPage<DividendItem>>> GetDividendsAsync(HistoryQuery? query = null, CancellationToken cancellationToken = default) =>
        ReadPageAsync("GetDividends", DividendsEndpoint, query, Trading212JsonContext.Default.DividendHistory, page => AnswerFlaws.OfPage(page, DividendsEndpoint, _ => null), cancellationToken);

    /// <summary>GET /equity/history/transactions: a page of movements of cash, newest first. Limit: 6 requests per 60 s.</summary>
    /// <param name="query">Which page; null is the newest, 50 items. It may name no ticker.</param>
    /// <param name="cancellationToken">Gives the read up.</param>
    /// <exception cref="ArgumentException">The query names a ticker.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The client is disposed of.</exception>
    public Task<ReadResult<HistoryPage<TransactionItem>>> GetTransactionsAsync(HistoryQuery? query = null, CancellationToken cancellationToken = default)
    {
        if (query?.Ticker is not null)
            throw new ArgumentException("The query names a ticker; transactions know no such filter.", nameof(query));
        return ReadPageAsync(
            "GetTransactions", TransactionsEndpoint, query, Trading212JsonContext.Default.TransactionHistory, page => AnswerFlaws.OfPage(page, TransactionsEndpoint, _ => null), cancellationToken);
    }

    private Task<ReadResult<HistoryPage<T>>> ReadPageAsync<T>(
        string operation, string endpoint, HistoryQuery? query, JsonTypeInfo<HistoryPage<T>> type, Func<HistoryPage<T>, string?> flawOf, CancellationToken cancellationToken)
    {
        HistoryQuery asked = query ?? new HistoryQuery();
        string parameters = Query(("limit", asked.Limit.ToString(CultureInfo.InvariantCulture)), ("cursor", asked.Cursor), ("ticker", asked.Ticker));
        return ReadAsync(operation, endpoint, parameters, type, flawOf, cancellationToken);
    }
}
