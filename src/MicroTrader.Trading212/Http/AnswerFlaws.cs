namespace MicroTrader.Trading212;

/// <summary>
/// What an answer must have to be evidence. The venue names no required field, so little is asked for: what the answer is about. Without that, a list with a hole in it would
/// pass for a shorter list, and a held share for none.
/// </summary>
internal static class AnswerFlaws
{
    internal static string? OfAccount(AccountSummary account) => account.Id is null ? "the account has no id" : null;

    internal static string? OfOrder(Order order, long id) =>
        order.Id is null ? "the order has no id" : order.Id != id ? $"it is order {order.Id} instead of {id}" : null;

    internal static string? OfOrders(IReadOnlyList<Order> orders) => FirstFlaw(orders, order => order.Id is null ? "has no id" : order.ResolvedTicker is null ? "has no ticker" : null);

    internal static string? OfPositions(IReadOnlyList<Position> positions) =>
        FirstFlaw(positions, position => position.Ticker is null ? "has no instrument.ticker" : position.Quantity is null ? "has no quantity" : null);

    internal static string? OfInstruments(IReadOnlyList<TradableInstrument> instruments) => FirstFlaw(instruments, instrument => instrument.Ticker is null ? "has no ticker" : null);

    internal static string? OfExchanges(IReadOnlyList<Exchange> exchanges) => FirstFlaw(exchanges, _ => null);

    internal static string? OfOrderHistory(HistoryPage<HistoricalOrder> page, string endpoint) =>
        OfPage(page, endpoint, item => item.Order is null && item.Fill is null ? "has neither order nor fill" : null);

    /// <summary>A page without items is no empty page, and a further page that cannot be asked for makes the history incomplete.</summary>
    internal static string? OfPage<T>(HistoryPage<T> page, string endpoint, Func<T, string?> flawOf)
        where T : class
    {
        // The items are null where the answer says null, and an answer that leaves them out is told apart by the initial value.
        if (page.Items is null || ReferenceEquals(page.Items, HistoryPage<T>.Missing))
            return "the page has no items";
        return FirstFlaw(page.Items, flawOf) ?? NextPage.FlawOf(page.NextPagePath, endpoint);
    }

    private static string? FirstFlaw<T>(IReadOnlyList<T> items, Func<T, string?> flawOf)
        where T : class
    {
        for (int i = 0; i < items.Count; i++)
        {
            string? flaw = items[i] is null ? "is null" : flawOf(items[i]);
            if (flaw is not null)
                return $"item {i + 1} of {items.Count} {flaw}";
        }

        return null;
    }
}
