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
        var trades = new List<EndedTrade>();
        var orders = new List<JournalledOrder>();
        foreach (var (symbol, fact) in JournalReader.Positions(path, Kinds))
        {
            switch (fact)
            {
                // An entry that came to nothing brought nothing; should it turn up after all, its trade ends anew.
                case TradeClosed { Result: { } result } e:
                    trades.Add(new EndedTrade(symbol, e.TradeNumber, result, e.At));
                    break;
                case TradeClosed:
                    break;
                case EntryIntended e:
                    Order(e.Reference, OrderSide.Buy, e.At);
                    break;
                case ExitIntended e:
                    Order(e.Reference, OrderSide.Sell, e.At);
                    break;
                default:
                    throw new JournalException($"journal {path}: {fact.GetType().Name} is none of {string.Join(", ", Kinds)}");
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
