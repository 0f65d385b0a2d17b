using System.Globalization;
using MicroTrader.Simulators.Paper.Http;

namespace MicroTrader.Simulators.Paper;

/// <content>What the account answers to reads.</content>
internal sealed partial class PaperEngine
{
    public PaperLedger Ledger()
    {
        lock (_gate)
        {
            return new PaperLedger
            {
                AccountId = _state.Account.AccountId,
                Currency = _state.Account.Currency,
                StartingCash = _state.Account.StartingCash,
                Cash = _state.Account.Cash,
                ReservedForOrders = _state.ReservedCash,
                RealisedProfitLoss = _state.Account.RealisedProfitLoss,
                Holdings = [.. _state.Holdings],
                Orders = [.. _state.Orders],
                Fills = [.. _state.Fills],
                Transactions = [.. _state.Transactions],
                Dividends = [.. _state.Dividends],
            };
        }
    }

    public WireAccountSummary ReadSummary()
    {
        lock (_gate)
        {
            return _wire.Summary(_state);
        }
    }

    public IReadOnlyList<WireOrder> ReadPendingOrders()
    {
        lock (_gate)
        {
            return [.. _state.Pending.Select(_wire.Order)];
        }
    }

    public WireOrder? ReadPendingOrder(long id)
    {
        lock (_gate)
        {
            return _state.PendingOrder(id) is { } order ? _wire.Order(order) : null;
        }
    }

    /// <summary>Pending orders as they are answered: a frozen snapshot where a fault holds one.</summary>
    public IReadOnlyList<WireOrder> AnswerPendingOrders() => Faults.FrozenPending(_time.GetUtcNow()) ?? ReadPendingOrders();

    /// <summary>A pending order as it is answered, from the same snapshot; null where it is not pending.</summary>
    public WireOrder? AnswerPendingOrder(long id) =>
        Faults.FrozenPending(_time.GetUtcNow()) is { } frozen ? frozen.FirstOrDefault(o => o.Id == id) : ReadPendingOrder(id);

    public WireOrder Describe(PaperOrder order) => _wire.Order(order);

    /// <summary>Positions as they are answered: a frozen snapshot where a fault holds one.</summary>
    public IReadOnlyList<WirePosition> AnswerPositions(string? ticker)
    {
        var positions = Faults.FrozenPositions(_time.GetUtcNow()) ?? ReadPositions();
        return ticker is null ? positions : [.. positions.Where(p => p.Instrument.Ticker == ticker)];
    }

    /// <summary>One page of the order history, newest first; the cursor is the sequence of the last line of the page before.</summary>
    public WireHistoryPage ReadHistory(int limit, long? cursor, string? ticker)
    {
        lock (_gate)
        {
            var visibleUntil = _time.GetUtcNow() - (_options.HistoryLag * _options.TimeScale) - Faults.TakeHistoryLag();
            var (lines, more) = Page(
                _state.History,
                static entry => entry.Sequence,
                limit,
                cursor,
                entry => entry.At <= visibleUntil && (ticker is null || _state.Order(entry.OrderId).Ticker == ticker));
            return new WireHistoryPage
            {
                Items = [.. lines.Select(l => _wire.HistoryItem(_state, l))],
                NextPagePath = more ? NextPage("orders", limit, lines[^1].Sequence, ("ticker", ticker)) : null,
            };
        }
    }

    /// <summary>One page of the dividends, newest first.</summary>
    public WireDividendPage ReadDividends(int limit, long? cursor, string? ticker)
    {
        lock (_gate)
        {
            var (lines, more) = Page(_state.Dividends, static d => d.Sequence, limit, cursor, d => ticker is null || d.Ticker == ticker);
            return new WireDividendPage
            {
                Items = [.. lines.Select(_wire.Dividend)],
                NextPagePath = more ? NextPage("dividends", limit, lines[^1].Sequence, ("ticker", ticker)) : null,
            };
        }
    }

    /// <summary>One page of the transactions, newest first, none older than <paramref name="from"/>, whose text goes on to the next page.</summary>
    public WireTransactionPage ReadTransactions(int limit, long? cursor, DateTimeOffset? from, string? fromText)
    {
        lock (_gate)
        {
            var (lines, more) = Page(_state.Transactions, static t => t.Sequence, limit, cursor, t => from is null || t.At >= from);
            return new WireTransactionPage
            {
                Items = [.. lines.Select(_wire.Transaction)],
                NextPagePath = more ? NextPage("transactions", limit, lines[^1].Sequence, ("time", fromText)) : null,
            };
        }
    }

    // Lines only ever come on top, with higher numbers: a page that has been read never moves.
    private static (List<T> Lines, bool More) Page<T>(IReadOnlyList<T> oldestFirst, Func<T, long> sequence, int limit, long? cursor, Func<T, bool> shown)
    {
        var lines = new List<T>(limit + 1);
        for (var i = oldestFirst.Count - 1; i >= 0 && lines.Count <= limit; i--)
        {
            var line = oldestFirst[i];
            if ((cursor is null || sequence(line) < cursor) && shown(line))
            {
                lines.Add(line);
            }
        }

        var more = lines.Count > limit;
        if (more)
        {
            lines.RemoveAt(limit);
        }

        return (lines, more);
    }

    private string NextPage(string history, int limit, long cursor, (string Name, string? Value) filter)
    {
        var prefix = _options.NextPagePathHasPrefix ? PaperRoute.Prefix : string.Empty;
        var tail = filter.Value is { } value ? $"&{filter.Name}={Uri.EscapeDataString(value)}" : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"{prefix}/equity/history/{history}?limit={limit}&cursor={cursor}{tail}");
    }

    private IReadOnlyList<WirePosition> ReadPositions()
    {
        lock (_gate)
        {
            return [.. _state.Holdings.Select(h => _wire.Position(_state, h))];
        }
    }
}
