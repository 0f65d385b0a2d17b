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
/// <param name="EntryPrice">What was paid for a share, in <paramref name="Currency"/>; null before the fill is known.</param>
/// <param name="EntryTime">When the shares were bought; null before.</param>
/// <param name="EntryOrderId">The broker's id of the buy; null before it is known.</param>
/// <param name="ExitOrderId">The broker's id of the newest sell; null before it is known.</param>
/// <param name="ExitReason">Why it is to be left; null while it is not.</param>
/// <param name="Pnl">P&amp;L of the shares sold so far, in <paramref name="Currency"/>, provisional; null while none is sold.</param>
/// <param name="PnlPercent">The same in percent of what they cost; null while none is sold.</param>
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

    private static PositionView? Show(PositionState state)
    {
        if (state.Trade is not { } trade)
            return null;
        var sold = trade.Orders.Where(o => o.Side == OrderSide.Sell && o.Price is not null).ToList();
        decimal? pnl = sold.Count > 0 ? sold.Sum(o => o.FilledQuantity * (o.Price!.Value - trade.EntryPrice)) : null;
        var cost = sold.Sum(o => o.FilledQuantity) * trade.EntryPrice;
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
            trade.Entry.Price,
            trade.Entry.FilledQuantity > 0 ? trade.OpenedAt : null,
            trade.Entry.OrderId,
            trade.LastExit?.OrderId,
            trade.Exit?.Reason.Code(),
            pnl,
            pnl is not null && cost > 0 ? pnl * 100m / cost : null,
            trade.Currency,
            state.IsFrozen,
            trade.Orders[^1].Detail,
            BlockedView.From(state));
    }
}
