using MicroTrader.Domain.Market;
using MicroTrader.Domain.Positions;

namespace MicroTrader.Domain.Robot;

/// <summary>An order as people see it.</summary>
/// <param name="Reference">Our reference.</param>
/// <param name="Trade">The trade that it belongs to, e.g. <c>AXSM-17</c>.</param>
/// <param name="Symbol">The instrument, by our name.</param>
/// <param name="Ticker">The instrument, by the broker's name.</param>
/// <param name="Side">BUY or SELL.</param>
/// <param name="Quantity">Shares asked for.</param>
/// <param name="Status">How far it is, e.g. <c>Accepted</c>.</param>
/// <param name="OrderId">The broker's id; null where it has none, or none that is known.</param>
/// <param name="FilledQuantity">Shares known to be filled.</param>
/// <param name="Price">Quantity-weighted price of the fills, in <paramref name="Currency"/>; null where nothing was filled.</param>
/// <param name="Currency">The instrument's currency, ISO 4217.</param>
/// <param name="IntendedAt">When its intent was journalled.</param>
/// <param name="IsUnderWay">Whether it has not ended yet, as far as is known.</param>
public sealed record OrderView(
    string Reference,
    string Trade,
    string Symbol,
    string Ticker,
    string Side,
    decimal Quantity,
    string Status,
    long? OrderId,
    decimal FilledQuantity,
    decimal? Price,
    string Currency,
    DateTimeOffset IntendedAt,
    bool IsUnderWay)
{
    /// <summary>Shows the orders of a position's trade, the buy first; empty where there was none.</summary>
    public static IReadOnlyList<OrderView> Of(PositionState state) => state.Trade is { } trade
        ? [.. trade.Orders.Select(o => Show(state.Symbol, trade, o))]
        : [];

    private static OrderView Show(Symbol symbol, TradeState trade, OrderState order) => new(
        order.Reference.Value,
        TradeReference.Of(symbol, trade.Number),
        symbol.Value,
        trade.Ticker.Value,
        order.Side.ToString().ToUpperInvariant(),
        order.Quantity,
        order.Status.ToString(),
        order.OrderId,
        order.FilledQuantity,
        order.Price,
        trade.Currency,
        order.IntendedAt,
        !order.IsTerminal);
}
