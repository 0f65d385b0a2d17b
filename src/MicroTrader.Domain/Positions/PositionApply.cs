using MicroTrader.Domain.Orders;

namespace MicroTrader.Domain.Positions;

/// <summary>Replays facts: <c>Apply(state, event) -> state</c>. Reads nothing but its arguments.</summary>
public static class PositionApply
{
    /// <summary>Applies one fact.</summary>
    /// <exception cref="IllegalTransitionException">The fact cannot follow on the state.</exception>
    public static PositionState Apply(this PositionState state, IPositionEvent @event)
    {
        var allowed = PositionTransitions.From(state.Status, @event.GetType());
        if (allowed.Count == 0)
            throw new IllegalTransitionException(state, @event, "no such move");
        var next = @event switch
        {
            EntryIntended e => Begin(state, e),
            ExitIntended e => WithExit(state, e),
            ExitRequested e => WithTrade(state, state.Trade! with { Exit = state.Trade.Exit ?? new PendingExit(e.Reason, e.Price, e.At) }),
            TradeClosed e => Close(state, e),
            IOrderEvent e => WithOrder(state, e),
            _ => throw new IllegalTransitionException(state, @event, "unknown kind of fact"),
        };
        return allowed.Contains(next.Status)
            ? next
            : throw new IllegalTransitionException(state, @event, $"it would lead to {next.Status}");
    }

    /// <summary>Applies facts in order.</summary>
    /// <exception cref="IllegalTransitionException">A fact cannot follow on the state before it.</exception>
    public static PositionState ApplyAll(this PositionState state, IEnumerable<IPositionEvent> events) =>
        events.Aggregate(state, (s, e) => s.Apply(e));

    private static PositionState Begin(PositionState state, EntryIntended e)
    {
        if (e.TradeNumber != state.TradeNumber + 1)
            throw new IllegalTransitionException(state, e, $"trade {e.TradeNumber} after trade {state.TradeNumber}");
        var buy = NewOrder(e.Reference, OrderSide.Buy, e.Quantity, e.At, e.BrokerClockOffsetMs);
        return state with
        {
            Status = PositionStatus.Pending,
            Trade = new TradeState(e.TradeNumber, e.Ticker, e.Currency, e.Signal, e.HeldBefore, [buy], null, null, 0, null, null, null, null),
            NoEntryBefore = null,
        };
    }

    private static PositionState WithExit(PositionState state, ExitIntended e)
    {
        var trade = state.Trade!;
        var sell = NewOrder(e.Reference, OrderSide.Sell, e.Quantity, e.At, e.BrokerClockOffsetMs);
        return state with
        {
            Status = PositionStatus.PendingClose,
            Trade = trade with
            {
                Orders = [.. trade.Orders, sell],
                Exit = trade.Exit ?? new PendingExit(e.Reason, e.Price, e.At),
                RetryExitAt = null,
            },
        };
    }

    private static PositionState Close(PositionState state, TradeClosed e) => state with
    {
        Status = PositionStatus.Closed,
        Trade = state.Trade! with { ClosedAt = e.At, CloseReason = e.Reason, CloseDetail = e.Detail, Result = e.Result },
    };

    private static OrderState NewOrder(OrderReference reference, OrderSide side, decimal quantity, DateTimeOffset at, long offsetMs) =>
        new(reference, side, quantity, OrderStatus.Intended, at, offsetMs, null, null, null, null, 0m, null, null, []);

    private static PositionState WithOrder(PositionState state, IOrderEvent e)
    {
        var trade = state.Trade ?? throw new IllegalTransitionException(state, e, "there is no trade");
        var order = trade.Find(e.Reference) ?? throw new IllegalTransitionException(state, e, $"{e.Reference} is no order of trade {trade.Number}");
        var changed = Change(state, order, e);
        var orders = trade.Orders.Select(o => o.Reference == e.Reference ? changed : o).ToList();
        var next = WithTrade(state, trade with { Orders = orders });
        next = Remember(next, e);
        return Move(next, order.Side, changed, e);
    }

    private static OrderState Change(PositionState state, OrderState order, IOrderEvent e) => e switch
    {
        OrderAccepted a when order.IsUncertain => order with { Status = OrderStatus.Accepted, OrderId = a.OrderId, AcceptedAt = a.At },
        OrderRejected r when order.IsUncertain => order with { Status = OrderStatus.Rejected, Detail = $"{r.Code}: {r.Detail}" },
        OrderNotExecuted n when order.IsUncertain => order with { Status = OrderStatus.NotExecuted, Detail = n.Detail },
        OrderOutcomeUnknown u when order.Status == OrderStatus.Intended => order with { Status = OrderStatus.Unknown, UnknownSince = u.At, Detail = u.Detail },
        OrderFound f when order.IsUncertain || order.Status == OrderStatus.NotPlaced => order with { Status = OrderStatus.Accepted, OrderId = f.OrderId, AcceptedAt = f.At },
        OrderNotPlaced n when order.Status == OrderStatus.Unknown => order with { Status = OrderStatus.NotPlaced },
        OrderFillEstimated f when order.Status == OrderStatus.Accepted => order with { Status = OrderStatus.FilledProvisionally, FilledQuantity = f.Quantity, Price = f.Price, FillEstimatedAt = f.FilledAt },
        OrderSettled s when order.Status is OrderStatus.Accepted or OrderStatus.FilledProvisionally => Settle(order, s),
        _ => throw new IllegalTransitionException(state, e, $"order {order.Reference} is {order.Status}"),
    };

    private static OrderState Settle(OrderState order, OrderSettled s)
    {
        var quantity = s.Fills.Sum(f => f.Quantity);
        return order with
        {
            Status = OrderStatus.Settled,
            Fills = s.Fills,
            FilledQuantity = quantity,
            Price = quantity > 0 ? s.Fills.Sum(f => f.Quantity * f.Price) / quantity : null,
            Detail = s.VenueStatus,
        };
    }

    // Where the fact leaves the position; the table has the last word.
    private static PositionState Move(PositionState state, OrderSide side, OrderState order, IOrderEvent e)
    {
        var trade = state.Trade!;
        return (side, e) switch
        {
            // A late buy reopens its trade: the end that was journalled for it no longer holds.
            (OrderSide.Buy, OrderFound) when state.Status == PositionStatus.Closed => state with
            {
                Status = PositionStatus.Pending,
                NoEntryBefore = null,
                Trade = trade with { ClosedAt = null, CloseReason = null, CloseDetail = null },
            },
            (OrderSide.Buy, OrderNotPlaced n) => state with { NoEntryBefore = n.WatchUntil },
            (OrderSide.Buy, OrderFillEstimated or OrderSettled) when state.Status == PositionStatus.Pending && order.FilledQuantity > 0 =>
                state with { Status = PositionStatus.Open },
            (OrderSide.Sell, OrderFound) => state with
            {
                Status = PositionStatus.PendingClose,
                // While another sell is still watched for, the watch goes on.
                NoEntryBefore = trade.Orders.Any(o => o.Status == OrderStatus.NotPlaced) ? state.NoEntryBefore : null,
            },
            (OrderSide.Sell, OrderRejected r) => GiveUp(state, r.At, refused: true),
            (OrderSide.Sell, OrderNotExecuted n) => GiveUp(state, n.At, refused: false),
            // A sell that turned up late would take the shares of a next trade: none begins while it is watched for.
            (OrderSide.Sell, OrderNotPlaced n) => GiveUp(state with { NoEntryBefore = n.WatchUntil }, n.At, refused: false),
            // A sell that ended with shares left over: they are still held, and wanted out.
            (OrderSide.Sell, OrderSettled s) when trade.Held > 0 => GiveUp(state, s.At, refused: false),
            _ => state,
        };
    }

    private static PositionState GiveUp(PositionState state, DateTimeOffset at, bool refused)
    {
        var failed = state.Trade!.FailedExits + 1;
        return state with
        {
            Status = PositionStatus.Open,
            Trade = state.Trade with { FailedExits = failed, RetryExitAt = at + PositionRules.ExitBackOff(failed, refused) },
        };
    }

    private static PositionState WithTrade(PositionState state, TradeState trade) => state with { Trade = trade };

    private static PositionState Remember(PositionState state, IOrderEvent e)
    {
        long? id = e switch { OrderAccepted a => a.OrderId, OrderFound f => f.OrderId, _ => null };
        if (id is not { } orderId)
            return state;
        var ids = state.RecentOrderIds;
        var kept = ids.Count < PositionState.RememberedOrderIds ? ids : ids.Skip(ids.Count - PositionState.RememberedOrderIds + 1);
        return state with { RecentOrderIds = [.. kept, orderId] };
    }
}
