using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;

namespace MicroTrader.Domain.Reconciliation;

/// <summary>Which intents of a position concern reconciliation.</summary>
public static class Intents
{
    /// <summary>Intents of which nobody knows whether they became an order: nothing is sent on the ticker until that is known.</summary>
    public static IEnumerable<UnresolvedIntent> Unresolved(PositionState state) =>
        Of(state, o => o.Status == OrderStatus.Unknown);

    /// <summary>Intents that were held for not placed and are still watched for.</summary>
    public static IEnumerable<UnresolvedIntent> Watched(PositionState state, DateTimeOffset now) =>
        state.NoEntryBefore > now ? Of(state, IsMissing) : [];

    /// <summary>Intents that were held for not placed and are no longer watched for, of this trade and of earlier ones.</summary>
    public static IEnumerable<UnresolvedIntent> GivenUp(PositionState state, DateTimeOffset now) =>
    [
        .. state.NoEntryBefore > now ? [] : Of(state, IsMissing),
        .. (state.GivenUp ?? []).Where(g => IsMissing(g.Order)).Select(g => From(state, g.Ticker, g.Order)),
    ];

    /// <summary>Intents whose request may be on its way this moment: their order may show before its answer comes.</summary>
    public static IEnumerable<UnresolvedIntent> OnTheirWay(PositionState state) => Of(state, o => o.Status == OrderStatus.Intended);

    /// <summary>Every id of the broker's that the journal knows.</summary>
    public static IEnumerable<long> KnownIds(PositionState state) => state.RecentOrderIds
        .Concat(state.Trade?.Orders.Where(o => o.OrderId is not null).Select(o => o.OrderId!.Value) ?? [])
        .Concat(state.Trade?.Adjustments?.SelectMany(a => a.OrderIds) ?? [])
        .Concat(state.Blocked?.Questions().SelectMany(b => b.OrderIds) ?? []);

    // Once the person has said which order it is, no other can be it.
    private static bool IsMissing(OrderState order) => order is { Status: OrderStatus.NotPlaced, OrderId: null };

    private static IEnumerable<UnresolvedIntent> Of(PositionState state, Func<OrderState, bool> which) => state.Trade is { } trade
        ? trade.Orders.Where(which).Select(o => From(state, trade.Ticker, o))
        : [];

    private static UnresolvedIntent From(PositionState state, Market.Ticker ticker, OrderState order) => new(
        state.Symbol,
        order.Reference,
        ticker,
        order.Side,
        order.Quantity,
        order.IntendedAt,
        order.BrokerClockOffsetMs,
        order.UnknownSince ?? order.IntendedAt,
        state.RecentOrderIds);
}
