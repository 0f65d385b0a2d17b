using MicroTrader.Domain.Risk;

namespace MicroTrader.Actors.Journal;

/// <summary>What risk must know of the past before its first grant.</summary>
/// <param name="Trades">The trades that are over and brought something, in the order in which they ended.</param>
/// <param name="Orders">The orders since a moment.</param>
public sealed record TradeHistory(IReadOnlyList<EndedTrade> Trades, IReadOnlyList<JournalledOrder> Orders);

/// <summary>Reads what the positions have journalled, for risk, whose own facts may lack the last of it: a crash may come between two journals.</summary>
public interface ITradeHistory
{
    /// <summary>Reads. Trades that risk has counted before may be among them.</summary>
    /// <param name="ordersSince">The oldest order that is asked for.</param>
    /// <exception cref="JournalException">The journal cannot be read.</exception>
    Task<TradeHistory> ReadAsync(DateTimeOffset ordersSince);
}
