using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;

namespace MicroTrader.Domain.Robot;

/// <summary>A sell that the broker has accepted and whose fill is not known yet: a market order, filled as a rule long before the broker's history says so.</summary>
/// <param name="Quantity">Shares.</param>
/// <param name="AcceptedAt">When the broker was known to have it.</param>
/// <param name="Price">The price that set it off, in the instrument's currency: the best estimate of what it brings; null where none did (TIME, a person's wish).</param>
public sealed record SaleView(decimal Quantity, DateTimeOffset AcceptedAt, decimal? Price)
{
    /// <summary>The sell of a trade; null where none is accepted, or its fill is known.</summary>
    public static SaleView? Of(TradeState trade) => trade.LastExit is { Status: OrderStatus.Accepted, AcceptedAt: { } at } sell
        ? new SaleView(sell.Quantity, at, trade.Exit?.Price)
        : null;
}
