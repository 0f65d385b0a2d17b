using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Backtest;

/// <summary>One execution of a backtest, as a tax return needs it.</summary>
/// <param name="Symbol">The instrument.</param>
/// <param name="TradeNumber">The symbol's n-th trade.</param>
/// <param name="Reference">Our reference of the order.</param>
/// <param name="OrderId">The venue's id of it.</param>
/// <param name="Side">Buy or sell.</param>
/// <param name="Fill">What was executed, with amounts in the account's currency, FX and fees.</param>
/// <param name="Currency">The currency of the price, ISO 4217.</param>
public sealed record BacktestFill(string Symbol, long TradeNumber, string Reference, long OrderId, OrderSide Side, Fill Fill, string Currency);

/// <summary>One trade of a backtest.</summary>
/// <param name="View">The trade, as <c>trades</c> shows one of the robot's.</param>
/// <param name="Fills">Its executions, oldest first.</param>
/// <param name="ClosedAt">When every figure of it was known.</param>
/// <param name="Counted">What risk counted it for, in the account's currency.</param>
public sealed record BacktestTrade(TradeView View, IReadOnlyList<BacktestFill> Fills, DateTimeOffset ClosedAt, decimal Counted)
{
    /// <summary>What the account gained, fees and FX included, in its currency.</summary>
    public decimal Net => View.Net ?? Counted;

    /// <summary>What it would have gained without fees, in the account's currency.</summary>
    public decimal Gross => Net + (View.Fees ?? 0m);

    /// <summary>Whether anything was bought.</summary>
    public bool IsReal => View.EntryPrice is not null;

    /// <summary>The trade of a position that is CLOSED.</summary>
    internal static BacktestTrade From(PositionState state, decimal counted)
    {
        var trade = state.Trade!;
        return new BacktestTrade(
            TradeView.From(state)!,
            [.. trade.Orders.SelectMany(o => o.Fills.Select(f => new BacktestFill(state.Symbol.Value, trade.Number, o.Reference.Value, o.OrderId ?? 0, o.Side, f, trade.Currency)))],
            trade.ClosedAt!.Value,
            counted);
    }
}
