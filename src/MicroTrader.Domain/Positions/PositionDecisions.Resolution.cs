using MicroTrader.Domain.Orders;

namespace MicroTrader.Domain.Positions;

/// <content>What follows from a person's word about a blocked symbol.</content>
public static partial class PositionDecisions
{
    private static PositionDecision Resolve(PositionState state, PositionCommand.Resolve c, DateTimeOffset now, PositionContext context)
    {
        if (state.Blocked is not { } block)
            return PositionDecision.Ignore($"{state.Symbol} is not blocked");
        if (c.OrderId is { } named && !block.OrderIds.Contains(named))
            return PositionDecision.Ignore($"order {named} is not in question; in question: {Ids(block.OrderIds)}");
        // The word is about an order where one of ours still looks for its own, else about the shares that are held.
        return Open(state, block) is { } order
            ? ResolveOrder(state, block, order, c, now, context)
            : ResolveShares(state, block, c, now);
    }

    // Our order in question, as long as it has no order of the broker's; null where shares are in question.
    private static OrderState? Open(PositionState state, Block block)
    {
        if (block.Reference is not { } reference || block.OrderIds.Count == 0)
            return null;
        var order = state.Trade?.Find(reference) ?? state.GivenUp?.FirstOrDefault(g => g.Order.Reference == reference)?.Order;
        return order is { IsUncertain: true } or { Status: OrderStatus.NotPlaced } ? order : null;
    }

    private static PositionDecision ResolveOrder(
        PositionState state,
        Block block,
        OrderState order,
        PositionCommand.Resolve c,
        DateTimeOffset now,
        PositionContext context)
    {
        // To sell what a buy brought, it must be the robot's; to sell what a sell left, that sell must not be.
        var isOurs = c.Choice == Resolution.Mine || (c.Choice == Resolution.Sell && order.Side == OrderSide.Buy);
        if (!isOurs)
        {
            // Of one of several it says nothing about the others, and those must not be taken for settled.
            if (c.OrderId is not null && block.OrderIds.Count > 1)
                return PositionDecision.Ignore($"several orders are in question: say which one is the robot's, or without a number that none is: {Ids(block.OrderIds)}");
            if (c.Choice == Resolution.Sell && state.Status != PositionStatus.Closed && state.Trade?.Find(order.Reference) is null)
                return WithWish(state, c, block, [], now);
            return NotOurs(state, block, order, c, now, context);
        }

        if ((c.OrderId ?? (block.OrderIds.Count == 1 ? block.OrderIds[0] : null)) is not { } id)
            return PositionDecision.Ignore($"several orders are in question: say which one is the robot's: {Ids(block.OrderIds)}");
        // One order cannot be two of ours: its fills would be counted twice.
        if (state.Trade?.Orders.FirstOrDefault(o => o.OrderId == id && o.Reference != order.Reference) is { } taken)
            return PositionDecision.Ignore($"order {id} is {taken.Reference} already");
        var others = block.OrderIds.Where(o => o != id).ToList();
        return state.Trade?.Find(order.Reference) is not null
            ? OursOfThisTrade(state, order, id, others, c, now)
            : OursOfEarlier(state, order, id, others, c, now);
    }

    private static PositionDecision OursOfThisTrade(
        PositionState state,
        OrderState order,
        long id,
        IReadOnlyList<long> others,
        PositionCommand.Resolve c,
        DateTimeOffset now)
    {
        // Its shares are sold: there is nothing left that it could change.
        if (order.Side == OrderSide.Sell && state.Status == PositionStatus.Closed)
            return new PositionDecision([new PositionResolved(c.Choice, id, [id, .. others], $"sell order {id} is taken as the robot's; its trade stays as it is", now)]);
        if (order.Side == OrderSide.Buy && state.Status is not (PositionStatus.Closed or PositionStatus.Pending))
            return PositionDecision.Ignore($"a position is {state.Status}: leave it first (resolve {state.Symbol} sell)");
        List<IPositionEvent> events =
        [
            new PositionResolved(c.Choice, id, others, $"order {id} is {order.Reference}; it is followed and its shares leave by the rules", now),
            new OrderFound(order.Reference, id, "you", now),
        ];
        if (c.Choice == Resolution.Sell)
            events.Add(new ExitRequested(ExitReason.Close, null, now));
        return new PositionDecision(events);
    }

    private static PositionDecision OursOfEarlier(
        PositionState state,
        OrderState order,
        long id,
        IReadOnlyList<long> others,
        PositionCommand.Resolve c,
        DateTimeOffset now)
    {
        if (order.Side == OrderSide.Sell)
            return new PositionDecision([new PositionResolved(c.Choice, id, [id, .. others], $"sell order {id} is taken as the robot's, of a trade that is over", now)]);
        if (state.Status != PositionStatus.Closed)
            return PositionDecision.Ignore($"trade {state.TradeNumber} is under way: leave it first (resolve {state.Symbol} not-mine, then close {state.Symbol})");
        var lost = state.GivenUp!.First(g => g.Order.Reference == order.Reference);
        List<IPositionEvent> events =
        [
            new PositionResolved(c.Choice, id, others, $"order {id} becomes trade {state.TradeNumber + 1} and leaves by the rules", now),
            new LateEntryAdopted(
                state.TradeNumber + 1, order.Reference, lost.Ticker, lost.Currency, order.Quantity, lost.Signal, order.BrokerClockOffsetMs, order.IntendedAt, id, now),
        ];
        if (c.Choice == Resolution.Sell)
            events.Add(new ExitRequested(ExitReason.Close, null, now));
        return new PositionDecision(events);
    }

    // None of the orders is the robot's: from now on none of them can be taken for it.
    private static PositionDecision NotOurs(
        PositionState state,
        Block block,
        OrderState order,
        PositionCommand.Resolve c,
        DateTimeOffset now,
        PositionContext context)
    {
        List<IPositionEvent> events =
            [new PositionResolved(c.Choice, null, block.OrderIds, $"orders {Ids(block.OrderIds)} are yours; {order.Reference} was not placed", now)];
        // The answer that put it in question was the only one that it gets.
        if (order.Status == OrderStatus.Intended)
            events.Add(new OrderOutcomeUnknown(order.Reference, "the broker's answer named an order that is not it", now));
        if (order.IsUncertain)
            events.Add(new OrderNotPlaced(order.Reference, now + context.LateWatch, now));
        return Cleared(state, events, c, now);
    }

    private static PositionDecision ResolveShares(PositionState state, Block block, PositionCommand.Resolve c, DateTimeOffset now)
    {
        if (state.Trade is not { } trade || state.Status == PositionStatus.Closed)
            return new PositionDecision([new PositionResolved(c.Choice, c.OrderId, block.OrderIds, "nothing is held; the symbol is free again", now)]);
        if (trade.Held < 0 && trade.Orders.All(o => o.IsFinal))
        {
            // An answer to another question accepts nothing: what was sold too many is asked about next.
            if (block.Code != BlockCode.Oversold)
                return new PositionDecision([new PositionResolved(c.Choice, c.OrderId, block.OrderIds, "more was sold than bought: that is the next question", now)]);
            return c.Choice == Resolution.Sell
                ? PositionDecision.Ignore("nothing is held that could be sold: more was sold than bought")
                : new PositionDecision(
                    [
                        new PositionResolved(c.Choice, c.OrderId, block.OrderIds, $"that {-trade.Held} shares too many were sold is accepted; the trade ends", now),
                        new HoldingAdjusted(AdjustmentReason.Accepted, -trade.Held, null, [], "accepted by you", now),
                    ]);
        }

        if (c.Choice != Resolution.NotMine)
            return WithWish(state, c, block, block.OrderIds, now);
        if (NonsensicalFill(trade, block) is { } order)
            return WriteOff(state, block, order, c, now);
        if (state.Status != PositionStatus.Open || !trade.Orders.All(o => o.IsFinal))
            return PositionDecision.Ignore($"an order is under way ({trade.Orders[^1].Reference} is {trade.Orders[^1].Status}): what is the robot's is known when it has ended");
        return new PositionDecision(
            [
                new PositionResolved(c.Choice, c.OrderId, block.OrderIds, $"{trade.Held} shares are yours from now on; the robot forgets them", now),
                new HoldingAdjusted(AdjustmentReason.HandedOver, -trade.Held, null, [], "handed over to you", now),
            ]);
    }

    // The order in question where it has ended with fills that make no sense: nothing better may ever come of it.
    private static OrderState? NonsensicalFill(TradeState trade, Block block) =>
        block is { Code: BlockCode.Contradiction, Reference: { } reference, OrderIds: [var id] }
        && trade.Find(reference) is { Status: OrderStatus.Accepted or OrderStatus.FilledProvisionally } order && order.OrderId == id
            ? order
            : null;

    // Whatever the order did, the person looks after it: the robot counts none of it, and hands over what else it holds.
    private static PositionDecision WriteOff(PositionState state, Block block, OrderState order, PositionCommand.Resolve c, DateTimeOffset now)
    {
        List<IPositionEvent> events =
        [
            new PositionResolved(c.Choice, c.OrderId, block.OrderIds, $"whatever order {order.OrderId} bought or sold is yours from now on; the robot forgets it", now),
            new OrderSettled(order.Reference, "WRITTEN_OFF", [], now),
        ];
        if (state.ApplyAll(events) is { Status: PositionStatus.Open, Trade: { Held: > 0 } rest } && rest.Orders.All(o => o.IsFinal))
            events.Add(new HoldingAdjusted(AdjustmentReason.HandedOver, -rest.Held, null, [], "handed over to you", now));
        return new PositionDecision(events);
    }

    private static PositionDecision WithWish(PositionState state, PositionCommand.Resolve c, Block block, IReadOnlyList<long> ids, DateTimeOffset now)
    {
        var what = c.Choice == Resolution.Sell ? "is sold now" : "stays the robot's and leaves by the rules";
        return Cleared(state, [new PositionResolved(c.Choice, c.OrderId, ids, $"what the robot holds by its journal ({state.Trade?.Held ?? 0} shares) {what}", now)], c, now);
    }

    // The person's word stands for the evidence that a held-back sell waited for.
    private static PositionDecision Cleared(PositionState state, List<IPositionEvent> events, PositionCommand.Resolve c, DateTimeOffset now)
    {
        if (c.Choice == Resolution.Sell && state is { Status: PositionStatus.Open or PositionStatus.Pending, Trade.Exit: null })
            events.Add(new ExitRequested(ExitReason.Close, null, now));
        if (state.ApplyAll(events) is { Status: PositionStatus.Open, Trade.ExitHold: not null })
            events.Add(new ExitCleared("you said so", now));
        return new PositionDecision(events);
    }

    private static string Ids(IReadOnlyList<long> ids) => ids.Count == 0 ? "none" : string.Join(", ", ids);
}
