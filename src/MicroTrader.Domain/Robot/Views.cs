using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;

namespace MicroTrader.Domain.Robot;

/// <summary>A position as people see it.</summary>
/// <param name="Symbol">The instrument, by our name.</param>
/// <param name="Ticker">The instrument, by the broker's name.</param>
/// <param name="Direction">Always <c>LONG</c>: the account allows nothing else.</param>
/// <param name="Status">PENDING, OPEN or PENDING_CLOSE.</param>
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
    string? Detail)
{
    /// <summary>Shows a position; null where nothing is held and nothing is on its way.</summary>
    public static PositionView? From(PositionState state)
    {
        if (state.Status == PositionStatus.Closed || state.Trade is not { } trade)
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
            state.Status == PositionStatus.Pending ? trade.Entry.Quantity : trade.Held,
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
            trade.Orders[^1].Detail);
    }
}

/// <summary>A symbol that needs the person, as people see it.</summary>
/// <param name="Symbol">The instrument, by our name.</param>
/// <param name="Code">AMBIGUOUS, CONTRADICTION, LATE_ORDER, OVERSOLD, EXIT_UNCERTAIN, SHARES_MISSING or CORPORATE_ACTION.</param>
/// <param name="Detail">The same in words.</param>
/// <param name="Reference">Our order that is in question; null where shares are.</param>
/// <param name="OrderIds">The broker's orders that are in question.</param>
/// <param name="Since">Since when.</param>
/// <param name="Held">Shares that the robot holds by its journal.</param>
public sealed record BlockedView(string Symbol, string Code, string Detail, string? Reference, IReadOnlyList<long> OrderIds, DateTimeOffset Since, decimal Held)
{
    /// <summary>Shows a block; null where the symbol is free.</summary>
    public static BlockedView? From(PositionState state) => state.Blocked is { } block
        ? new BlockedView(
            state.Symbol.Value,
            block.Code.Word(),
            block.Detail,
            block.Reference?.Value,
            block.OrderIds,
            block.Since,
            state.Status == PositionStatus.Closed ? 0m : state.Trade?.Held ?? 0m)
        : null;
}

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
/// <param name="CloseReason">TP, SL, TIME, CLOSE, FLATTEN, SESSION_END, REJECTED, NOT_EXECUTED, NOT_PLACED or CANCELLED.</param>
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

/// <summary>A symbol's prices and the strategy's mind, as people see them.</summary>
/// <param name="Symbol">The instrument.</param>
/// <param name="LastPrice">The newest tick's price, in the instrument's currency; null before the first.</param>
/// <param name="LastTickAt">The newest tick's time; null before the first.</param>
/// <param name="Ticks">Ticks taken in since the start.</param>
/// <param name="Signals">Entry signals since the start.</param>
/// <param name="Mind">Why the strategy does not enter, e.g. <c>warming up 4/15</c>.</param>
public sealed record SymbolView(string Symbol, decimal? LastPrice, DateTimeOffset? LastTickAt, long Ticks, long Signals, string Mind);

/// <summary>One actor's report of itself.</summary>
/// <param name="Actor">Its path within the system.</param>
/// <param name="Fields">What it has to say, by name.</param>
public sealed record ActorReport(string Actor, IReadOnlyDictionary<string, string> Fields);

/// <summary>What the robot is and does, at a glance.</summary>
/// <param name="Mode">SIM, PRACTICE or LIVE.</param>
/// <param name="Feed">Where prices come from.</param>
/// <param name="Venue">Where orders go.</param>
/// <param name="Account">The account's number.</param>
/// <param name="Journal">The journal's file.</param>
/// <param name="StartedAt">When the host started.</param>
/// <param name="ProcessId">The host's process.</param>
/// <param name="TradingState">Active, ExitOnly or Stopped.</param>
/// <param name="TradingStateReason">Who or what set it.</param>
/// <param name="Ready">Whether entries may be granted: journals are read and the broker was compared.</param>
/// <param name="WaitingFor">What is missing for that.</param>
/// <param name="OpenPositions">Positions that are not CLOSED.</param>
/// <param name="Denials">Entries denied since the start, by code.</param>
/// <param name="Blocked">Symbols that need the person.</param>
/// <param name="ReconciledAt">When journal and broker were last compared in full; null before the first time.</param>
/// <param name="Risk">What risk has counted, and its limits; null where it was not asked.</param>
public sealed record RobotStatus(
    string Mode,
    string Feed,
    string Venue,
    string Account,
    string Journal,
    DateTimeOffset StartedAt,
    int ProcessId,
    string TradingState,
    string TradingStateReason,
    bool Ready,
    IReadOnlyList<string> WaitingFor,
    int OpenPositions,
    IReadOnlyDictionary<string, long> Denials,
    IReadOnlyList<BlockedView> Blocked,
    DateTimeOffset? ReconciledAt,
    RiskSummary? Risk = null);

/// <summary>The words for a position's states.</summary>
public static class PositionWords
{
    /// <summary>PENDING, OPEN, PENDING_CLOSE or CLOSED.</summary>
    public static string Word(this PositionStatus status) => status switch
    {
        PositionStatus.Closed => "CLOSED",
        PositionStatus.Pending => "PENDING",
        PositionStatus.Open => "OPEN",
        PositionStatus.PendingClose => "PENDING_CLOSE",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };
}
