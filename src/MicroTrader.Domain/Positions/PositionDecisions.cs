using MicroTrader.Domain.Orders;

namespace MicroTrader.Domain.Positions;

/// <summary>What follows from a command: <c>Decide(state, command, now) -> events</c>. Reads nothing but its arguments.</summary>
public static class PositionDecisions
{
    /// <summary>Decides. The events are to be journalled as one write, applied, and only then acted on.</summary>
    /// <param name="state">The position.</param>
    /// <param name="command">What is asked or told.</param>
    /// <param name="now">The robot's clock.</param>
    /// <param name="context">What is decided by beside the state.</param>
    public static PositionDecision Decide(this PositionState state, PositionCommand command, DateTimeOffset now, PositionContext context)
    {
        var decision = command switch
        {
            PositionCommand.IntendEntry c => IntendEntry(state, c, now, context),
            PositionCommand.Exit c => Exit(state, c, now),
            PositionCommand.CheckDue => PositionDecision.None,
            PositionCommand.RecordOutcome c => RecordOutcome(state, c, now),
            PositionCommand.RecordFound c => RecordFound(state, c, now),
            PositionCommand.RecordNotPlaced c => RecordNotPlaced(state, c, now, context),
            PositionCommand.RecordFillEstimate c => RecordFillEstimate(state, c, now),
            PositionCommand.RecordSettlement c => RecordSettlement(state, c, now),
            PositionCommand.Recover => Recover(state, now),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "no such command"),
        };
        var events = new List<IPositionEvent>(decision.Events);
        var after = state.ApplyAll(events);
        if (Ending(after, now) is { } closed)
            events.Add(closed);
        else if (Sell(after, now, context) is { } exit)
            events.Add(exit);
        return decision with { Events = events };
    }

    /// <summary>
    /// When the position next has something to do by itself: TIME, the end of the session, or a sell to be tried anew; null while it has not. An exit that is
    /// wanted outside of the market's hours waits for the next ones: a sell order then would only queue, out of reach.
    /// </summary>
    public static DateTimeOffset? NextDue(this PositionState state, PositionContext context)
    {
        if (state is not { Status: PositionStatus.Open, Trade: { } trade } || !context.MaySell)
            return null;
        var wanted = trade.Exit is null ? Leaves(trade, context).At : trade.RetryExitAt ?? trade.Exit.At;
        return wanted is { } at ? context.SellableFrom(at) : null;
    }

    // TIME or the end of the session, whichever comes first.
    private static (DateTimeOffset? At, ExitReason Reason) Leaves(TradeState trade, PositionContext context)
    {
        var time = trade.OpenedAt + context.Exits.MaxHold;
        return trade.OpenedAt is { } opened && context.FlatFrom(opened) is { } flat && flat < time
            ? (flat, ExitReason.SessionEnd)
            : (time, ExitReason.Time);
    }

    private static PositionDecision IntendEntry(PositionState state, PositionCommand.IntendEntry c, DateTimeOffset now, PositionContext context)
    {
        if (state.Status != PositionStatus.Closed)
            return PositionDecision.Ignore($"a position is {state.Status}");
        if (state.NoEntryBefore > now)
            return PositionDecision.Ignore("an order that was not found is still watched for");
        if (c.Quantity <= 0)
            return PositionDecision.Ignore($"quantity {c.Quantity} is not above zero");
        var number = state.TradeNumber + 1;
        return new PositionDecision([new EntryIntended(
            number,
            OrderReference.For(state.Symbol, number, OrderSide.Buy, 1),
            c.Ticker,
            c.Currency,
            c.Quantity,
            c.Signal,
            context.BrokerClockOffsetMs,
            c.HeldBefore,
            now)]);
    }

    private static PositionDecision Exit(PositionState state, PositionCommand.Exit c, DateTimeOffset now)
    {
        if (state.Status is PositionStatus.Closed || state.Trade is not { } trade)
            return PositionDecision.Ignore("nothing is held");
        if (c.TradeNumber is { } number && number != trade.Number)
            return PositionDecision.Ignore($"meant for trade {number}, this is trade {trade.Number}");
        // Exits that meet are one: the first reason stands.
        if (state.Status == PositionStatus.PendingClose || trade.Exit is not null)
            return PositionDecision.Ignore("an exit is under way");
        return new PositionDecision([new ExitRequested(c.Reason, c.Price, now)]);
    }

    private static PositionDecision RecordOutcome(PositionState state, PositionCommand.RecordOutcome c, DateTimeOffset now)
    {
        if (state.Trade?.Find(c.Reference) is not { } order)
            return PositionDecision.Ignore($"{c.Reference} is no order of the present trade");
        if (order.IsUncertain)
        {
            return c.Outcome switch
            {
                OrderOutcome.Accepted a => new PositionDecision([new OrderAccepted(c.Reference, a.OrderId, now)]),
                OrderOutcome.Rejected r => new PositionDecision([new OrderRejected(c.Reference, r.Code, r.Detail, now)]),
                OrderOutcome.NotExecuted n => new PositionDecision([new OrderNotExecuted(c.Reference, n.Detail, now)]),
                OrderOutcome.Unknown when order.Status == OrderStatus.Unknown => PositionDecision.Ignore("already unknown"),
                OrderOutcome.Unknown u => new PositionDecision([new OrderOutcomeUnknown(c.Reference, u.Detail, now)]),
                _ => throw new ArgumentOutOfRangeException(nameof(c), c.Outcome.GetType().Name, "no such outcome"),
            };
        }

        // The answer of an order that was given up still counts: it exists after all.
        if (order.Status == OrderStatus.NotPlaced && c.Outcome is OrderOutcome.Accepted late)
            return RecordFound(state, new PositionCommand.RecordFound(c.Reference, late.OrderId, "answer"), now);
        // The broker's own answer is the better witness: what was adopted before it may be another's order.
        if (c.Outcome is OrderOutcome.Accepted other && other.OrderId != order.OrderId)
            return PositionDecision.Contradict($"the broker accepted {c.Reference} as order {other.OrderId}, which is {order.Status}{(order.OrderId is { } id ? $" as order {id}" : "")}");
        return PositionDecision.Ignore($"{c.Reference} is {order.Status}");
    }

    private static PositionDecision RecordFound(PositionState state, PositionCommand.RecordFound c, DateTimeOffset now)
    {
        if (state.Trade?.Find(c.Reference) is not { } order)
            return PositionDecision.Ignore($"{c.Reference} is no order of the present trade");
        // Only a buy can reopen a trade that is over. A sell that turns up after its shares were sold by another cannot be ours to adopt any more.
        var isLate = order.Status == OrderStatus.NotPlaced
            && state.Status == (order.Side == OrderSide.Buy ? PositionStatus.Closed : PositionStatus.Open);
        if (!order.IsUncertain && !isLate)
        {
            return order.OrderId == c.OrderId
                ? PositionDecision.Ignore($"{c.Reference} is {order.Status}")
                : PositionDecision.Contradict($"order {c.OrderId} was found for {c.Reference}, which is {order.Status}{(order.OrderId is { } id ? $" as order {id}" : "")}");
        }

        // One order cannot be two of ours: its fills would be counted twice.
        if (state.RecentOrderIds.Contains(c.OrderId))
            return PositionDecision.Ignore($"order {c.OrderId}, found for {c.Reference}, is another one of ours");
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
        // A sign that slipped through, counted in, would have the robot sell more than it holds.
        if (c.Fills.Any(f => f.Quantity <= 0))
            return PositionDecision.Contradict($"{c.Reference}: a fill of {c.Fills.Min(f => f.Quantity)} shares makes no sense");
        var filled = c.Fills.Sum(f => f.Quantity);
        // The history shows a fill each: one that is missing yet would be a forgotten share.
        if (c.VenueStatus == "FILLED" && filled < order.Quantity)
            return PositionDecision.Ignore($"{c.Reference}: the venue filled all of {order.Quantity}, the history shows {filled} so far");
        if (filled > order.Quantity)
            return PositionDecision.Contradict($"{c.Reference}: fills of {filled} for an order of {order.Quantity} make no sense");
        if (order.Status == OrderStatus.FilledProvisionally && filled != order.FilledQuantity)
            return PositionDecision.Contradict($"{c.Reference}: the history says {filled} were filled, the holding moved by {order.FilledQuantity}");
        return new PositionDecision([new OrderSettled(c.Reference, c.VenueStatus, c.Fills, now)]);
    }

    private static PositionDecision Recover(PositionState state, DateTimeOffset now)
    {
        if (state.Status == PositionStatus.Closed || state.Trade is not { } trade)
            return PositionDecision.None;
        return new PositionDecision([.. trade.Orders
            .Where(o => o.Status == OrderStatus.Intended)
            .Select(o => new OrderOutcomeUnknown(o.Reference, "the robot restarted before an answer was journalled", now))]);
    }

    // The trade is over when every figure of every order is known and nothing of ours is left.
    private static TradeClosed? Ending(PositionState state, DateTimeOffset now)
    {
        if (state is not { Status: PositionStatus.Pending or PositionStatus.PendingClose, Trade: { } trade })
            return null;
        if (!trade.Orders.All(o => o.IsFinal) || trade.Held != 0)
            return null;
        if (trade.Bought > 0)
        {
            var buys = trade.Orders.Where(o => o.Side == OrderSide.Buy).SelectMany(o => o.Fills).ToList();
            var sells = trade.Orders.Where(o => o.Side == OrderSide.Sell).SelectMany(o => o.Fills).ToList();
            return new TradeClosed(trade.Number, trade.Exit!.Reason, null, TradeResult.From(buys, sells, trade.Currency), now);
        }

        var reason = trade.Entry.Status switch
        {
            OrderStatus.Rejected => ExitReason.Rejected,
            OrderStatus.NotExecuted => ExitReason.NotExecuted,
            OrderStatus.NotPlaced => ExitReason.NotPlaced,
            _ => ExitReason.Cancelled,
        };
        return new TradeClosed(trade.Number, reason, trade.Entry.Detail, null, now);
    }

    // A sell goes out when shares are held, a reason to leave stands, and nothing of ours may still be on its way.
    private static ExitIntended? Sell(PositionState state, DateTimeOffset now, PositionContext context)
    {
        if (state.NextDue(context) is not { } due || due > now)
            return null;
        var trade = state.Trade!;
        if (trade.Held <= 0 || trade.Orders.Any(o => !o.IsTerminal))
            return null;
        var exit = trade.Exit ?? new PendingExit(Leaves(trade, context).Reason, null, now);
        var attempt = trade.Orders.Count(o => o.Side == OrderSide.Sell) + 1;
        return new ExitIntended(
            OrderReference.For(state.Symbol, trade.Number, OrderSide.Sell, attempt),
            trade.Held,
            exit.Reason,
            exit.Price,
            context.BrokerClockOffsetMs,
            now);
    }
}
