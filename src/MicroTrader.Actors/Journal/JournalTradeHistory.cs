using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Risk;

namespace MicroTrader.Actors.Journal;

/// <summary>The trades of a journal's file, read beside whoever writes it.</summary>
/// <param name="path">The file.</param>
public sealed class JournalTradeHistory(string path) : ITradeHistory
{
    // What begins a trade or an exit, and what ends a trade.
    private static readonly string[] Kinds = ["pos-entry-intended", "pos-exit-intended", "pos-trade-closed"];

    /// <inheritdoc/>
    public Task<TradeHistory> ReadAsync(DateTimeOffset ordersSince) => Task.Run(() => Read(ordersSince));

    private TradeHistory Read(DateTimeOffset ordersSince)
    {
        return Of(Known(), ordersSince);

        IEnumerable<(Symbol, IPositionEvent)> Known()
        {
            foreach (var (symbol, fact) in JournalReader.Positions(path, Kinds))
            {
                yield return fact is EntryIntended or ExitIntended or TradeClosed
                    ? (symbol, fact)
                    : throw new JournalException($"journal {path}: {fact.GetType().Name} is none of {string.Join(", ", Kinds)}");
            }
        }
    }

    /// <summary>What facts tell of trades and orders; facts that tell nothing of them are passed over.</summary>
    /// <param name="facts">The positions' facts, in the order in which they were journalled.</param>
    /// <param name="ordersSince">The oldest order that is asked for.</param>
    internal static TradeHistory Of(IEnumerable<(Symbol Symbol, IPositionEvent Fact)> facts, DateTimeOffset ordersSince)
    {
        var trades = new List<EndedTrade>();
        var orders = new List<JournalledOrder>();
        foreach (var (symbol, fact) in facts)
        {
            switch (fact)
            {
                // An entry that came to nothing brought nothing; should it turn up after all, its trade ends anew.
                case TradeClosed { Result: { } result } e:
                    trades.Add(new EndedTrade(symbol, e.TradeNumber, result, e.At));
                    break;
                case EntryIntended e:
                    Order(e.Reference, OrderSide.Buy, e.At);
                    break;
                case ExitIntended e:
                    Order(e.Reference, OrderSide.Sell, e.At);
                    break;
            }
        }

        return new TradeHistory(trades, orders);

        void Order(OrderReference reference, OrderSide side, DateTimeOffset at)
        {
            if (at >= ordersSince)
                orders.Add(new JournalledOrder(reference, side, at));
        }
    }
}
