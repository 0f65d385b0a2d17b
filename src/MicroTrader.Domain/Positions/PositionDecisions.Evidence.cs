using MicroTrader.Domain.Orders;

namespace MicroTrader.Domain.Positions;

/// <content>What follows from what the broker says, or its reads show.</content>
public static partial class PositionDecisions
{
    private static PositionDecision RecordOutcome(PositionState state, PositionCommand.RecordOutcome c, DateTimeOffset now)
    {
        if (state.Trade?.Find(c.Reference) is not { } order)
            return OutcomeOfEarlier(state, c, now);
        if (order.IsUncertain)
        {
            return c.Outcome switch
            {
                OrderOutcome.Accepted a when state.RecentOrderIds.Contains(a.OrderId) =>
                    NeedPerson(state, BlockCode.Contradiction, $"the broker accepted {c.Reference} as order {a.OrderId}, which is another one of ours", c.Reference, [a.OrderId], now),
                OrderOutcome.Accepted a => new PositionDecision([new OrderAccepted(c.Reference, a.OrderId, now)]),
                OrderOutcome.Rejected r => new PositionDecision([new OrderRejected(c.Reference, r.Code, r.Detail, now)]),
                OrderOutcome.NotExecuted n => new PositionDecision([new OrderNotExecuted(c.Reference, n.Detail, now)]),
                OrderOutcome.Unknown when order.Status == OrderStatus.Unknown => PositionDecision.Ignore("already unknown"),
                OrderOutcome.Unknown u => new PositionDecision([new OrderOutcomeUnknown(c.Reference, u.Detail, now)]),
                _ => throw new ArgumentOutOfRangeException(nameof(c), c.Outcome.GetType().Name, "no such outcome"),
            };
        }

        // The answer of an order that was given up still counts: it exists after all.
        if (order.Status == OrderStatus.NotPlaced && c.Outcome is OrderOutcome.Accepted late && !state.RecentOrderIds.Contains(late.OrderId))
            return RecordFound(state, new PositionCommand.RecordFound(c.Reference, late.OrderId, "answer"), now);
        // The broker's own answer is the better witness: what was adopted before it may be another's order.
        if (c.Outcome is OrderOutcome.Accepted other && other.OrderId != order.OrderId)
        {
            return NeedPerson(
                state,
                BlockCode.Contradiction,
                $"the broker accepted {c.Reference} as order {other.OrderId}, which is {order.Status}{(order.OrderId is { } id ? $" as order {id}" : "")}",
                c.Reference,
                order.OrderId is { } known ? [known, other.OrderId] : [other.OrderId],
                now);
        }

        if (c.Outcome is OrderOutcome.Rejected or OrderOutcome.NotExecuted && order.OrderId is { } adopted)
        {
            return NeedPerson(
                state,
                BlockCode.Contradiction,
                $"{c.Reference} is {order.Status} as order {adopted}, and its answer says that it came to nothing: {Words(c.Outcome)}",
                c.Reference,
                [adopted],
                now);
        }

        return PositionDecision.Ignore($"{c.Reference} is {order.Status}");
    }

    private static string Words(OrderOutcome outcome) => outcome switch
    {
        OrderOutcome.Rejected r => $"{r.Code}: {r.Detail}",
        OrderOutcome.NotExecuted n => n.Detail,
        _ => outcome.GetType().Name,
    };

    // An answer that comes after its order's trade is over, and another has begun.
    private static PositionDecision OutcomeOfEarlier(PositionState state, PositionCommand.RecordOutcome c, DateTimeOffset now) =>
        c.Outcome is OrderOutcome.Accepted late && IsGivenUp(state, c.Reference, late.OrderId)
            ? LateOrder(state, c.Reference, late.OrderId, "its answer came after its trade was over", now)
            : PositionDecision.Ignore($"{c.Reference} is no order of the present trade");

    // What the person has called the robot's is not asked about again.
    private static bool IsGivenUp(PositionState state, OrderReference reference, long orderId) =>
        state.GivenUp?.Any(g => g.Order.Reference == reference && g.Order.OrderId != orderId) == true;

    private static PositionDecision RecordFound(PositionState state, PositionCommand.RecordFound c, DateTimeOffset now)
    {
        if (state.Trade?.Find(c.Reference) is not { } order)
        {
            return IsGivenUp(state, c.Reference, c.OrderId)
                ? LateOrder(state, c.Reference, c.OrderId, "it belongs to an earlier trade", now)
                : PositionDecision.Ignore($"{c.Reference} is no order of the present trade");
        }

        if (!order.IsUncertain && order.Status != OrderStatus.NotPlaced)
        {
            return order.OrderId == c.OrderId
                ? PositionDecision.Ignore($"{c.Reference} is {order.Status}")
                : NeedPerson(
                    state,
                    BlockCode.Contradiction,
                    $"order {c.OrderId} was found for {c.Reference}, which is {order.Status}{(order.OrderId is { } id ? $" as order {id}" : "")}",
                    c.Reference,
                    order.OrderId is { } known ? [known, c.OrderId] : [c.OrderId],
                    now);
        }

        // One order cannot be two of ours: its fills would be counted twice.
        if (state.RecentOrderIds.Contains(c.OrderId))
            return PositionDecision.Ignore($"order {c.OrderId}, found for {c.Reference}, is another one of ours");
        if (order.Status == OrderStatus.NotPlaced)
        {
            // Its shares were sold by another order: this one sold the person's, or a next trade's.
            if (state.Status == PositionStatus.Closed && order.Side == OrderSide.Sell)
                return LateOrder(state, c.Reference, c.OrderId, "its trade is over", now);
            if (state.Status == PositionStatus.Closed && !(state.NoEntryBefore >= now))
                return LateOrder(state, c.Reference, c.OrderId, "it was no longer watched for", now);
            if (state.Status is PositionStatus.Pending or PositionStatus.Open && order.Side == OrderSide.Buy)
                return LateOrder(state, c.Reference, c.OrderId, $"a position is {state.Status}", now);
        }

        return new PositionDecision([new OrderFound(c.Reference, c.OrderId, c.Source, now)]);
    }

    private static PositionDecision RecordNotPlaced(PositionState state, PositionCommand.RecordNotPlaced c, DateTimeOffset now, PositionContext context) =>
        state.Trade?.Find(c.Reference) is { Status: OrderStatus.Unknown }
            ? new PositionDecision([new OrderNotPlaced(c.Reference, now + context.LateWatch, now)])
            : PositionDecision.Ignore($"{c.Reference} is not unknown");

    private static PositionDecision RecordFillEstimate(PositionState state, PositionCommand.RecordFillEstimate c, DateTimeOffset now) =>
        state.Trade?.Find(c.Reference) is { Status: OrderStatus.Accepted } order && c.Quantity == order.Quantity && c.Price > 0
            ? new PositionDecision([new OrderFillEstimated(c.Reference, c.Quantity, c.Price, c.FilledAt < now ? c.FilledAt : now, now)])
            : PositionDecision.Ignore($"{c.Reference} does not wait for a fill of {c.Quantity}");

    private static PositionDecision RecordSettlement(PositionState state, PositionCommand.RecordSettlement c, DateTimeOffset now)
    {
        if (state.Trade?.Find(c.Reference) is not { Status: OrderStatus.Accepted or OrderStatus.FilledProvisionally } order)
            return PositionDecision.Ignore($"{c.Reference} does not wait for its fills");
        IReadOnlyList<long> ids = order.OrderId is { } id ? [id] : [];
        // A sign that slipped through, counted in, would have the robot sell more than it holds.
        if (c.Fills.Any(f => f.Quantity <= 0))
            return NeedPerson(state, BlockCode.Contradiction, $"{c.Reference}: a fill of {c.Fills.Min(f => f.Quantity)} shares makes no sense", c.Reference, ids, now);
        var filled = c.Fills.Sum(f => f.Quantity);
        // The history shows a fill each: one that is missing yet would be a forgotten share.
        if (c.VenueStatus == "FILLED" && filled < order.Quantity)
            return PositionDecision.Ignore($"{c.Reference}: the venue filled all of {order.Quantity}, the history shows {filled} so far");
        if (filled > order.Quantity)
            return NeedPerson(state, BlockCode.Contradiction, $"{c.Reference}: fills of {filled} for an order of {order.Quantity} make no sense", c.Reference, ids, now);
        return new PositionDecision([new OrderSettled(c.Reference, c.VenueStatus, c.Fills, now)]);
    }

    private static PositionDecision AdjustHolding(PositionState state, PositionCommand.AdjustHolding c, DateTimeOffset now)
    {
        if (state is not { Status: PositionStatus.Open, Trade: { } trade } || trade.Number != c.TradeNumber || !trade.Orders.All(o => o.IsFinal))
            return PositionDecision.Ignore($"trade {c.TradeNumber} does not hold its shares undisturbed any more");
        if (c.Quantity == 0 || trade.Held + c.Quantity < 0)
            return PositionDecision.Ignore($"{c.Quantity} of {trade.Held} shares cannot have gone");
        // The same order is counted once.
        return trade.Adjustments?.Any(a => a.OrderIds.Intersect(c.OrderIds).Any()) == true
            ? PositionDecision.Ignore($"orders {string.Join(", ", c.OrderIds)} are counted already")
            : new PositionDecision([new HoldingAdjusted(c.Reason, c.Quantity, c.Price, c.OrderIds, c.Detail, now)]);
    }

    private static PositionDecision ClearExit(PositionState state, PositionCommand.ClearExit c, DateTimeOffset now) =>
        state is { Status: PositionStatus.Open, Trade: { ExitHold: { } hold } trade } && trade.Number == c.TradeNumber && hold.Since == c.Since
            ? new PositionDecision([new ExitCleared(c.Detail, now)])
            : PositionDecision.Ignore("no exit waits for this evidence");

    private static PositionDecision LateOrder(PositionState state, OrderReference reference, long orderId, string why, DateTimeOffset now) =>
        NeedPerson(state, BlockCode.LateOrder, $"order {orderId} is {reference}'s, which was held for not placed; {why}", reference, [orderId], now);

    // Said once: the same question about the same orders changes nothing.
    private static PositionDecision NeedPerson(
        PositionState state,
        BlockCode code,
        string detail,
        OrderReference? reference,
        IReadOnlyList<long> orderIds,
        DateTimeOffset now) =>
        state.Blocked?.Questions().Any(b => b.Code == code && b.Reference == reference && !orderIds.Except(b.OrderIds).Any()) == true
            ? PositionDecision.Ignore($"blocked already: {detail}")
            : new PositionDecision([new PositionBlocked(code, detail, reference, orderIds, now)]);
}
