using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;

namespace MicroTrader.Domain.Robot;

/// <summary>A position as people see it.</summary>
/// <param name="Symbol">The instrument, by our name.</param>
/// <param name="Ticker">The instrument, by the broker's name.</param>
/// <param name="Direction">Always <c>LONG</c>: the account allows nothing else.</param>
/// <param name="Status">PENDING, OPEN, PENDING_CLOSE, or CLOSED where only a block is to be seen.</param>
/// <param name="Reference">Our reference of the newest order.</param>
/// <param name="Quantity">Shares held; while a buy is on its way, shares asked for.</param>
/// <param name="SignalPrice">Price at the signal, in <paramref name="Currency"/>.</param>
/// <param name="EntryPrice">What was paid for a share, in <paramref name="Currency"/>, after a split what that makes of it; null before the fill is known.</param>
/// <param name="EntryTime">When the shares were bought; null before.</param>
/// <param name="EntryOrderId">The broker's id of the buy; null before it is known.</param>
/// <param name="ExitOrderId">The broker's id of the newest sell; null before it is known.</param>
/// <param name="ExitReason">Why it is to be left; null while it is not.</param>
/// <param name="Pnl">
/// P&amp;L of the shares sold so far, and of those in <see cref="Sale"/> where its price is known, in <paramref name="Currency"/>, provisional; null while there are none.
/// </param>
/// <param name="PnlPercent">The same in percent of what they cost; null while there are none.</param>
/// <param name="Currency">The instrument's currency, ISO 4217.</param>
/// <param name="NeedsEvidence">Whether an order of it may or may not exist.</param>
/// <param name="Detail">The last words about its newest order; null where there are none.</param>
/// <param name="Blocked">Why the symbol needs the person; null where it does not.</param>
public sealed record PositionView(
    string Symbol,
    string Ticker,
    string Direction,
    string Status,
    string Reference,
    decimal Quantity,
    decimal SignalPrice,
    decimal? EntryPrice,
    DateTimeOffset? EntryTime,
    long? EntryOrderId,
    long? ExitOrderId,
    string? ExitReason,
    decimal? Pnl,
    decimal? PnlPercent,
    string Currency,
    bool NeedsEvidence,
    string? Detail,
    BlockedView? Blocked = null)
{
    /// <summary>When it is left by price and time: its symbol's own rules where it has some; null where nobody said.</summary>
    public ExitView? Exits { get; init; }

    /// <summary>Whether its prices are watched: a symbol that is traded no longer has no feed, so that TIME alone leaves it. Null where nobody said.</summary>
    public bool? WatchesPrices { get; init; }

    /// <summary>Shares sold so far, by the fills that are known.</summary>
    public decimal Sold { get; init; }

    /// <summary>Its sell that the broker has accepted and whose fill is not known yet: its shares may be sold already. Null where there is none.</summary>
    public SaleView? Sale { get; init; }

    /// <summary>The price that takes its profit, in <see cref="Currency"/>; null before the fill is known, and where no price is watched.</summary>
    public decimal? TakeProfitPrice => Limits?.TakeProfit(EntryPrice!.Value);

    /// <summary>The price that cuts its loss, in <see cref="Currency"/>; null before the fill is known, and where no price is watched.</summary>
    public decimal? StopLossPrice => Limits?.StopLoss(EntryPrice!.Value);

    /// <summary>When it has been held for long enough; null before the shares are bought, and where nobody said.</summary>
    public DateTimeOffset? TimeAt => EntryTime is { } since ? Exits?.Due(since) : null;

    private ExitView? Limits => EntryPrice is not null && WatchesPrices != false ? Exits : null;

    /// <summary>Shows a position; null where nothing is held and nothing is on its way.</summary>
    public static PositionView? From(PositionState state) => state.Status == PositionStatus.Closed ? null : Show(state);

    /// <summary>Shows a position, also one that is CLOSED and needs the person; null where there is nothing to say.</summary>
    public static PositionView? FromOrBlocked(PositionState state) => From(state) ?? (state.Blocked is null ? null : Show(state));

    /// <summary>
    /// What it has brought, and would bring if the rest were sold now, more than it cost, before fees. What is sold, and what is being sold, does not move with the price any more.
    /// </summary>
    /// <param name="last">The newest price, in <see cref="Currency"/>; null where there is none.</param>
    /// <param name="atSale">The price when the sell was accepted, for one that no price set off; null where that is not known.</param>
    /// <returns>The gain; null where it is not known.</returns>
    public PositionGain? GainAt(decimal? last, decimal? atSale = null)
    {
        if (EntryPrice is not { } entry || Sold + Quantity <= 0)
            return null;
        var amount = Pnl ?? 0m;
        if (Sale is { Price: null, Quantity: var leaving })
        {
            if (atSale is not { } price)
                return null;
            amount += leaving * (price - entry);
        }

        if (Quantity - (Sale?.Quantity ?? 0m) is > 0m and var held)
        {
            if (last is not { } price)
                return null;
            amount += held * (price - entry);
        }

        return new PositionGain(amount, amount * 100m / (entry * (Sold + Quantity)), Pnl is not null || Sale is not null);
    }

    private static PositionView? Show(PositionState state)
    {
        if (state.Trade is not { } trade)
            return null;
        var sale = SaleView.Of(trade);
        var sold = trade.Orders
            .Where(o => o.Side == OrderSide.Sell && o.Price is not null)
            .Select(o => (Shares: o.FilledQuantity, Price: o.Price!.Value))
            .Concat(sale?.Price is { } price ? [(sale.Quantity, price)] : [])
            .ToList();
        decimal? pnl = sold.Count > 0 ? sold.Sum(s => s.Shares * (s.Price - trade.EntryPrice)) : null;
        var cost = sold.Sum(s => s.Shares) * trade.EntryPrice;
        return new PositionView(
            state.Symbol.Value,
            trade.Ticker.Value,
            "LONG",
            state.Status.Word(),
            trade.Orders[^1].Reference.Value,
            state.Status switch
            {
                PositionStatus.Pending => trade.Entry.Quantity,
                PositionStatus.Closed => 0m,
                _ => trade.Held,
            },
            trade.Signal.Price,
            trade.Entry.Price is null ? null : trade.EntryPrice,
            trade.Entry.FilledQuantity > 0 ? trade.OpenedAt : null,
            trade.Entry.OrderId,
            trade.LastExit?.OrderId,
            trade.Exit?.Reason.Code(),
            pnl,
            pnl is not null && cost > 0 ? pnl * 100m / cost : null,
            trade.Currency,
            state.IsFrozen,
            trade.Orders[^1].Detail,
            BlockedView.From(state))
        {
            Sold = trade.Sold,
            Sale = sale,
        };
    }
}
