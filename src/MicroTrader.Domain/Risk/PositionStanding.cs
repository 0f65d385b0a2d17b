using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;

namespace MicroTrader.Domain.Risk;

/// <summary>An order of ours that was journalled, for counting.</summary>
/// <param name="Reference">Our reference.</param>
/// <param name="Side">Buy or sell; a buy begins a trade.</param>
/// <param name="At">When its intent was journalled.</param>
public sealed record JournalledOrder(OrderReference Reference, OrderSide Side, DateTimeOffset At);

/// <summary>A trade that is over, for counting.</summary>
/// <param name="Symbol">The instrument.</param>
/// <param name="TradeNumber">The symbol's n-th trade.</param>
/// <param name="Result">What it brought.</param>
/// <param name="ClosedAt">When it was over.</param>
/// <param name="FxRate">Instrument currency per account currency at its last fill that said so; null where that is not known.</param>
public sealed record EndedTrade(Symbol Symbol, long TradeNumber, TradeResult Result, DateTimeOffset ClosedAt, decimal? FxRate = null)
{
    /// <summary>The trade of a position that is CLOSED; null where there is none, or where the entry came to nothing.</summary>
    public static EndedTrade? From(PositionState position)
    {
        if (position is not { Status: PositionStatus.Closed, Trade: { Result: { } result, ClosedAt: { } closedAt } trade })
            return null;
        return new EndedTrade(position.Symbol, trade.Number, result, closedAt, RateOf(trade));
    }

    /// <summary>Instrument currency per account currency at a trade's last fill that said so; null where none did.</summary>
    internal static decimal? RateOf(TradeState trade) => trade.Orders.SelectMany(o => o.Fills).LastOrDefault(f => Exchange.IsRate(f.FxRate))?.FxRate;
}

/// <summary>The money in a position, in the instrument's currency.</summary>
/// <param name="TradeNumber">The symbol's n-th trade; 0 for one that is granted and not begun.</param>
/// <param name="Notional">What it was, or is to be, bought for.</param>
/// <param name="Held">Shares that are held.</param>
/// <param name="EntryPrice">What was paid for a share.</param>
/// <param name="SoldPnl">What the shares that are sold have brought, before fees.</param>
/// <param name="Currency">ISO 4217, or GBX.</param>
/// <param name="FxRate">Instrument currency per account currency at its last fill that said so; null where none did yet.</param>
/// <param name="Turnover">What its buys and sells have turned over so far: what its costs are reckoned of.</param>
public sealed record PositionMoney(
    long TradeNumber, decimal Notional, decimal Held, decimal EntryPrice, decimal SoldPnl, string Currency, decimal? FxRate = null, decimal Turnover = 0m)
{
    /// <summary>The money in a position; null for one that is CLOSED.</summary>
    public static PositionMoney? From(PositionState position)
    {
        if (position is { Status: PositionStatus.Closed } or { Trade: null })
            return null;
        var trade = position.Trade;
        var sold = trade.Orders.Where(o => o is { Side: OrderSide.Sell, Price: not null }).Sum(o => o.FilledQuantity * (o.Price!.Value - trade.EntryPrice));
        var quantity = position.Status == PositionStatus.Pending ? trade.Entry.Quantity : trade.Held;
        var turnover = trade.Orders.Sum(o => o.FilledQuantity * (o.Price ?? 0m));
        return new PositionMoney(trade.Number, quantity * trade.EntryPrice, trade.Held, trade.EntryPrice, sold, trade.Currency, EndedTrade.RateOf(trade), turnover);
    }

    /// <summary>What the position would bring at a price, less what buying and selling costs; null where it holds shares and there is no price.</summary>
    /// <param name="price">The price of a share, in <see cref="Currency"/>.</param>
    /// <param name="limits">Say what a round trip costs.</param>
    public decimal? NetAt(decimal? price, RiskLimits limits) =>
        Held == 0 ? SoldPnl - Cost(0m, limits)
        : price is { } p ? SoldPnl + (Held * (p - EntryPrice)) - Cost(Held * p, limits)
        : null;

    // A round trip's fees are of what it turns over one way, so each way bears half of them.
    private decimal Cost(decimal left, RiskLimits limits) => (Turnover + left) / 2m * limits.RoundTripFeesPercent(Currency) / 100m;
}

/// <summary>How a position stands, as far as risk must know it.</summary>
/// <param name="Symbol">The instrument.</param>
/// <param name="Exists">Whether it takes a place under the cap.</param>
/// <param name="Money">The money in it; null where it takes no place.</param>
/// <param name="Orders">The orders of its newest trade.</param>
/// <param name="Ended">Its newest trade, where that is over and brought something.</param>
public sealed record PositionStanding(Symbol Symbol, bool Exists, PositionMoney? Money, IReadOnlyList<JournalledOrder> Orders, EndedTrade? Ended)
{
    /// <summary>Whether a buy of it may still have to be found in the broker's order history before it can be sold.</summary>
    public bool OwesRead { get; init; }

    /// <summary>How a position stands.</summary>
    public static PositionStanding From(PositionState position) => new(
        position.Symbol,
        position.Status != PositionStatus.Closed,
        PositionMoney.From(position),
        [.. (position.Trade?.Orders ?? []).Select(o => new JournalledOrder(o.Reference, o.Side, o.IntendedAt))],
        EndedTrade.From(position))
    {
        // For a symbol that needs the person nothing is sent, and so nothing waits.
        OwesRead = position is { Blocked: null, Trade: { } trade } && trade.Orders.Any(o => o.Side == OrderSide.Buy && !o.IsFinal),
    };
}
