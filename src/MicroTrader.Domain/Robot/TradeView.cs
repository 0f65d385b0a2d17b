using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;

namespace MicroTrader.Domain.Robot;

/// <summary>A trade that is over, as people see it.</summary>
/// <param name="Symbol">The instrument, by our name.</param>
/// <param name="TradeNumber">The symbol's n-th trade.</param>
/// <param name="Direction">Always <c>LONG</c>.</param>
/// <param name="Quantity">Shares bought and sold; 0 for an entry that came to nothing.</param>
/// <param name="SignalPrice">Price at the signal, in <paramref name="Currency"/>.</param>
/// <param name="EntryPrice">What was paid for a share, in <paramref name="Currency"/>; null for an entry that came to nothing.</param>
/// <param name="EntryTime">When the shares were bought; null for an entry that came to nothing.</param>
/// <param name="ClosePrice">What was got for a share, in <paramref name="Currency"/>; null for an entry that came to nothing.</param>
/// <param name="CloseTime">When the last share was sold; for an entry that came to nothing, when that was known.</param>
/// <param name="CloseReason">TP, SL, TIME, CLOSE, FLATTEN, SESSION_END, REJECTED, NOT_EXECUTED, NOT_PLACED, CANCELLED, CLOSED_BY_YOU or HANDED_OVER.</param>
/// <param name="CloseDetail">The broker's words, where it said something.</param>
/// <param name="DurationSeconds">From the buy's fill to the sell's, in seconds; null for an entry that came to nothing.</param>
/// <param name="Pnl">Gross P&amp;L in <paramref name="Currency"/>; null for an entry that came to nothing.</param>
/// <param name="PnlPercent">Gross P&amp;L in percent of the cost; null for an entry that came to nothing.</param>
/// <param name="Currency">The instrument's currency, ISO 4217.</param>
/// <param name="Net">P&amp;L in <paramref name="NetCurrency"/>, fees and FX included; null where unknown.</param>
/// <param name="NetCurrency">The account's currency, ISO 4217; null where unknown.</param>
/// <param name="Fees">Fees and taxes, in <paramref name="NetCurrency"/>; null where unknown.</param>
/// <param name="EntryReference">Our reference of the buy.</param>
/// <param name="EntryOrderId">The broker's id of the buy; null where it never had one.</param>
/// <param name="ExitOrderId">The broker's id of the last sell; null where there was none.</param>
public sealed record TradeView(
    string Symbol,
    long TradeNumber,
    string Direction,
    decimal Quantity,
    decimal SignalPrice,
    decimal? EntryPrice,
    DateTimeOffset? EntryTime,
    decimal? ClosePrice,
    DateTimeOffset CloseTime,
    string CloseReason,
    string? CloseDetail,
    double? DurationSeconds,
    decimal? Pnl,
    decimal? PnlPercent,
    string Currency,
    decimal? Net,
    string? NetCurrency,
    decimal? Fees,
    string EntryReference,
    long? EntryOrderId,
    long? ExitOrderId)
{
    /// <summary>Shows the trade of a position that is CLOSED; null where there is none.</summary>
    public static TradeView? From(PositionState state)
    {
        if (state is not { Status: PositionStatus.Closed, Trade: { ClosedAt: { } closedAt, CloseReason: { } reason } trade })
            return null;
        var result = trade.Result;
        var sells = trade.Orders.Where(o => o.Side == OrderSide.Sell).SelectMany(o => o.Fills).ToList();
        DateTimeOffset? entry = result is null ? null : trade.OpenedAt;
        DateTimeOffset? exit = sells.Count > 0 ? sells.Max(f => f.FilledAt) - TimeSpan.FromMilliseconds(trade.LastExit!.BrokerClockOffsetMs) : null;
        return new TradeView(
            state.Symbol.Value,
            trade.Number,
            "LONG",
            result?.Quantity ?? 0m,
            trade.Signal.Price,
            result?.EntryPrice,
            entry,
            result?.ExitPrice,
            exit ?? closedAt,
            reason.Code(),
            trade.CloseDetail,
            (exit - entry)?.TotalSeconds,
            result?.Gross,
            result?.GrossPercent,
            trade.Currency,
            result?.Net,
            result?.NetCurrency,
            result?.Fees,
            trade.Entry.Reference.Value,
            trade.Entry.OrderId,
            trade.LastExit?.OrderId);
    }
}
