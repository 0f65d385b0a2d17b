using System.Globalization;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;

namespace MicroTrader.Domain.Robot;

/// <summary>Which facts of a position a person is told of. Pure: the fact, and the position before and after it, decide.</summary>
public static class PositionNotices
{
    /// <summary>The notice of a fact; null for one that nobody needs to be told of.</summary>
    /// <param name="before">The position before it.</param>
    /// <param name="after">The position after it.</param>
    /// <param name="fact">The fact.</param>
    public static RobotNotice? Of(PositionState before, PositionState after, IPositionEvent fact)
    {
        var symbol = after.Symbol.Value;
        return fact switch
        {
            PositionBlocked e => new RobotNotice(
                NoticeKind.NeedsYou,
                symbol,
                e.Reference?.Value,
                $"{symbol} needs you: {e.Code.Word()}: {e.Detail}. No order is sent for it until you say: resolve {symbol} mine, not-mine or sell",
                e.At),
            OrderOutcomeUnknown e => new RobotNotice(
                NoticeKind.InDoubt,
                symbol,
                e.Reference.Value,
                $"{Side(after, e.Reference)} of {symbol} has no certain outcome ({e.Detail}). It is looked for in the broker's records; nothing more is sent for {symbol} meanwhile",
                e.At),
            OrderRejected e when IsSell(after, e.Reference) => Failed(after, e.Reference, $"{e.Code}: {e.Detail}", e.At),
            OrderNotExecuted e when IsSell(after, e.Reference) => Failed(after, e.Reference, e.Detail, e.At),
            OrderSettled e when IsSell(after, e.Reference) && after.Trade is { Held: > 0 and var held } =>
                Failed(after, e.Reference, $"{e.VenueStatus} with {Shares(held)} shares left", e.At),
            TradeClosed { Result: { } result } e => new RobotNotice(
                NoticeKind.TradeClosed, symbol, after.Trade!.Orders[^1].Reference.Value, $"Closed {symbol}: {result.Describe()}, reason {e.Reason.Code()}{Net(result)}", e.At),
            TradeClosed e => new RobotNotice(
                NoticeKind.TradeRejected, symbol, after.Trade!.Entry.Reference.Value, $"The entry of {symbol} came to nothing, {e.Reason.Code()}: {e.Detail ?? "no more was said"}", e.At),
            _ when IsOpened(before, after) => new RobotNotice(
                NoticeKind.TradeOpened,
                symbol,
                after.Trade!.Entry.Reference.Value,
                $"Bought {Shares(after.Trade.Held)} {symbol} at {after.Trade.EntryPrice.ToString("0.00######", CultureInfo.InvariantCulture)} {after.Trade.Currency}"
                    + (after.Trade.Entry.Status == OrderStatus.FilledProvisionally ? ", provisionally" : ""),
                fact.At),
            _ => null,
        };
    }

    private static bool IsOpened(PositionState before, PositionState after) =>
        before.Status == PositionStatus.Pending && after is { Status: PositionStatus.Open or PositionStatus.PendingClose, Trade.Held: > 0 };

    private static RobotNotice Failed(PositionState after, OrderReference reference, string detail, DateTimeOffset at)
    {
        var retry = after.Trade!.RetryExitAt is { } next ? $"; next try {next.UtcDateTime.ToString("HH:mm:ss'Z'", CultureInfo.InvariantCulture)}" : "";
        return new RobotNotice(
            NoticeKind.ExitFailed, after.Symbol.Value, reference.Value, $"The sell of {after.Symbol} came to nothing: {detail}. {Shares(after.Trade.Held)} shares are still held{retry}", at);
    }

    private static string Net(TradeResult result) => result.Net is { } net
        ? string.Create(CultureInfo.InvariantCulture, $", net {net:+0.00;-0.00;0.00} {result.NetCurrency}")
        : "";

    private static bool IsSell(PositionState after, OrderReference reference) => after.Trade?.Find(reference)?.Side == OrderSide.Sell;

    private static string Side(PositionState after, OrderReference reference) => IsSell(after, reference) ? "The sell" : "The buy";

    private static string Shares(decimal quantity) => quantity.ToString("0.########", CultureInfo.InvariantCulture);
}
