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
            ExitRequested e => WithTrade(state, state.Trade! with { Exit = state.Trade.Exit ?? new PendingExit(e.Reason, e.Price, e.At, e.Basis) }),
            TradeClosed e => Close(state, e),
            LateEntryAdopted e => Adopt(state, e),
            PositionBlocked e => state with { Blocked = Merge(state.Blocked, e) },
            PositionResolved e => Resolve(state, e),
            HoldingAdjusted e => Adjust(state, e),
            ExitCleared => WithTrade(state, state.Trade! with { ExitHold = null }),
            EvidenceNoted => state,
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
        var buy = NewOrder(e.Reference, OrderSide.Buy, e.Quantity, e.At, e.BrokerClockOffsetMs);
        return NewTrade(state, e, new TradeState(e.TradeNumber, e.Ticker, e.Currency, e.Signal, e.HeldBefore, [buy], null, null, 0, null, null, null, null));
    }

    // What the account held before is not known any more, a trade's length ago. An order of the trade before it may still be watched for.
    private static PositionState Adopt(PositionState state, LateEntryAdopted e)
    {
        var buy = NewOrder(e.Reference, OrderSide.Buy, e.Quantity, e.IntendedAt, e.BrokerClockOffsetMs) with
        {
            Status = OrderStatus.Accepted,
            OrderId = e.OrderId,
            AcceptedAt = e.At,
        };
        var trade = new TradeState(e.TradeNumber, e.Ticker, e.Currency, e.Signal, null, [buy], null, null, 0, null, null, null, null);
        var next = NewTrade(state, e, trade);
        var others = (next.GivenUp ?? []).Where(g => g.Order.Reference != e.Reference).ToList();
        return Remember(next with { NoEntryBefore = state.NoEntryBefore, GivenUp = others.Count > 0 ? others : null }, [e.OrderId]);
    }

    // Orders that nobody found stay known: should one turn up, it must not be taken for the next trade's.
    private static PositionState NewTrade(PositionState state, IPositionEvent e, TradeState trade)
    {
        if (trade.Number != state.TradeNumber + 1)
            throw new IllegalTransitionException(state, e, $"trade {trade.Number} after trade {state.TradeNumber}");
        var lost = state.Trade is { } last
            ? last.Orders.Where(o => o.Status == OrderStatus.NotPlaced).Select(o => new GivenUpOrder(o, last.Ticker, last.Currency, last.Signal))
            : [];
        IReadOnlyList<GivenUpOrder> givenUp = [.. (state.GivenUp ?? []).Concat(lost).TakeLast(PositionState.RememberedGivenUp)];
        return state with
        {
            Status = PositionStatus.Pending,
            Trade = trade,
            NoEntryBefore = null,
            GivenUp = givenUp.Count > 0 ? givenUp : null,
        };
    }

    // One question at a time: the answer to one must not be taken for the answer to another.
    private static Block Merge(Block? before, PositionBlocked e)
    {
        if (before is null)
            return new Block(e.Code, e.Detail, e.Reference, e.OrderIds, e.At);
        if (before.Reference == e.Reference)
            return before with { Code = e.Code, Detail = e.Detail, OrderIds = [.. before.OrderIds.Union(e.OrderIds)] };
        var waiting = before.Waiting ?? [];
        return before with
        {
            Waiting = waiting.Any(b => b.Reference == e.Reference)
                ? [.. waiting.Select(b => b.Reference == e.Reference ? Merge(b, e) : b)]
                : [.. waiting, Merge(null, e)],
        };
    }

    private static PositionState Resolve(PositionState state, PositionResolved e)
    {
        var waiting = state.Blocked?.Waiting ?? [];
        var next = waiting.Count == 0 ? null : waiting[0] with { Waiting = waiting.Count > 1 ? [.. waiting.Skip(1)] : null };
        var after = Remember(state with { Blocked = next }, e.OtherOrderIds);
        return e is { Choice: not Resolution.NotMine, OrderId: { } id } && state.Blocked?.Reference is { } reference ? Identify(after, reference, id) : after;
    }

    // Which order of the broker's the given-up one is, by the person's word: to hear of it once more is nothing new.
    private static PositionState Identify(PositionState state, OrderReference reference, long id)
    {
        return state with
        {
            Trade = state.Trade?.Find(reference) is null ? state.Trade : state.Trade with { Orders = [.. state.Trade.Orders.Select(Identified)] },
            GivenUp = state.GivenUp?.Any(g => g.Order.Reference == reference) == true
                ? [.. state.GivenUp.Select(g => g with { Order = Identified(g.Order) })]
                : state.GivenUp,
        };

        OrderState Identified(OrderState order) =>
            order.Reference == reference && order.Status == OrderStatus.NotPlaced ? order with { OrderId = id } : order;
    }

    private static PositionState Adjust(PositionState state, HoldingAdjusted e)
    {
        var trade = state.Trade! with { Adjustments = [.. state.Trade!.Adjustments ?? [], e] };
        return state with { Status = trade.Held == 0 ? PositionStatus.PendingClose : state.Status, Trade = trade };
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
                Exit = trade.Exit ?? new PendingExit(e.Reason, e.Price, e.At, e.Basis),
                RetryExitAt = null,
                ExitHold = null,
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
        long? id = e switch { OrderAccepted a => a.OrderId, OrderFound f => f.OrderId, _ => null };
        if (id is { } orderId)
            next = Remember(next, [orderId]);
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
            // The holding had moved by the person's own purchase: nothing of ours was bought.
            (OrderSide.Buy, OrderSettled) when state.Status == PositionStatus.Open && trade.Bought == 0 =>
                state with { Status = PositionStatus.Pending },
            (OrderSide.Sell, OrderFound) => state with
            {
                Status = PositionStatus.PendingClose,
                Trade = trade with { ExitHold = null },
                // While another sell is still watched for, the watch goes on.
                NoEntryBefore = trade.Orders.Any(o => o.Status == OrderStatus.NotPlaced) ? state.NoEntryBefore : null,
            },
            (OrderSide.Sell, OrderRejected r) when r.Code.Contains(PositionRules.NotOwnedCode, StringComparison.Ordinal) =>
                GiveUp(state, r.At, refused: true, ExitHoldKind.Refused),
            (OrderSide.Sell, OrderRejected r) => GiveUp(state, r.At, refused: true, null),
            (OrderSide.Sell, OrderNotExecuted n) => GiveUp(state, n.At, refused: false, null),
            // A sell that turned up late would take the shares of a next trade: none begins while it is watched for.
            (OrderSide.Sell, OrderNotPlaced n) => GiveUp(state with { NoEntryBefore = n.WatchUntil }, n.At, refused: false, ExitHoldKind.NotPlaced),
            // A sell that ended with shares left over: they are still held, and wanted out.
            (OrderSide.Sell, OrderSettled s) when trade.Held > 0 => GiveUp(state, s.At, refused: false, null),
            _ => state,
        };
    }

    // The shares are still held, unless another sell, which turned up late, has them or may have them.
    private static PositionState GiveUp(PositionState state, DateTimeOffset at, bool refused, ExitHoldKind? hold)
    {
        var trade = state.Trade!;
        var failed = trade.FailedExits + 1;
        return state with
        {
            Status = trade.Held > 0 && trade.Orders.All(o => o.Side == OrderSide.Buy || o.IsFinal) ? PositionStatus.Open : PositionStatus.PendingClose,
            Trade = trade with
            {
                FailedExits = failed,
                RetryExitAt = at + PositionRules.ExitBackOff(failed, refused),
                // An order that nobody found weighs more than a refusal: it may still take the shares.
                ExitHold = hold is { } kind && trade.ExitHold is not { Kind: ExitHoldKind.NotPlaced } ? new ExitHold(kind, at) : trade.ExitHold,
            },
        };
    }

    private static PositionState WithTrade(PositionState state, TradeState trade) => state with { Trade = trade };

    private static PositionState Remember(PositionState state, IReadOnlyList<long> orderIds)
    {
        var added = orderIds.Where(id => !state.RecentOrderIds.Contains(id)).ToList();
        return added.Count == 0 ? state : state with { RecentOrderIds = [.. state.RecentOrderIds.Concat(added).TakeLast(PositionState.RememberedOrderIds)] };
    }
}
