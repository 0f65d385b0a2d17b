using MicroTrader.Domain.Orders;

namespace MicroTrader.Domain.Positions;

/// <summary>What follows from a command: <c>Decide(state, command, now) -> events</c>. Reads nothing but its arguments.</summary>
public static partial class PositionDecisions
{
    /// <summary>Decides. The events are to be journalled as one write, applied, and only then acted on.</summary>
    /// <param name="state">The position.</param>
    /// <param name="command">What is asked or told.</param>
    /// <param name="now">The robot's clock.</param>
    /// <param name="context">What is decided by beside the state.</param>
    /// <param name="seen">What was seen of an order, to be journalled with what follows from it; null for nothing.</param>
    public static PositionDecision Decide(
        this PositionState state,
        PositionCommand command,
        DateTimeOffset now,
        PositionContext context,
        EvidenceNoted? seen = null)
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
            PositionCommand.NeedPerson c => NeedPerson(state, c.Code, c.Detail, c.Reference, c.OrderIds, now),
            PositionCommand.AdjustHolding c => AdjustHolding(state, c, now),
            PositionCommand.ClearExit c => ClearExit(state, c, now),
            PositionCommand.Resolve c => Resolve(state, c, now, context),
            PositionCommand.Recover => Recover(state, now),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "no such command"),
        };
        var events = new List<IPositionEvent>(decision.Events);
        if (seen is { Notes.Count: > 0 } && events.Count > 0)
            events.Insert(0, seen);
        var after = state.ApplyAll(events);
        if (Ending(after, now) is { } closed)
            events.Add(closed);
        else if (Oversold(after, now) is { } blocked)
            events.Add(blocked);
        else if (Leave(after, now, context) is { } exit)
            events.Add(exit);
        return decision with { Events = events };
    }

    /// <summary>
    /// When the position next has something to do by itself: TIME, the end of the session, or a sell to be tried anew; null while it has not. An exit that is
    /// wanted outside of the market's hours waits for the next ones: a sell order then would only queue, out of reach. Only what the history has confirmed is
    /// sold: that the holding moved could also be the person's own purchase.
    /// </summary>
    public static DateTimeOffset? NextDue(this PositionState state, PositionContext context)
    {
        if (state is not { Status: PositionStatus.Open, Blocked: null, Trade: { ExitHold: null } trade } || !context.MaySell)
            return null;
        // Until then the wish alone is journalled, which makes the history's reading urgent.
        if (!trade.Orders.All(o => o.IsFinal))
            return trade.Exit is null ? Leaves(trade, context).At : null;
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
        if (state.Blocked is { } block)
            return PositionDecision.Ignore($"the symbol needs you: {block.Code.Word()}");
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
            now,
            c.Risk)]);
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
        return new PositionDecision([new ExitRequested(c.Reason, c.Price, now, c.Basis)]);
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
            // Where no sell of ours did it, the reason is whatever took the shares.
            var reason = trade.Sold == 0 && trade.Adjustments is { Count: > 0 } adjustments
                ? adjustments[^1].Reason == AdjustmentReason.ClosedByYou ? ExitReason.ClosedByYou : ExitReason.HandedOver
                : trade.Exit?.Reason ?? ExitReason.Close;
            return new TradeClosed(trade.Number, reason, trade.Adjustments?[^1].Detail, TradeResult.From(trade), now);
        }

        var nothing = trade.Entry.Status switch
        {
            OrderStatus.Rejected => ExitReason.Rejected,
            OrderStatus.NotExecuted => ExitReason.NotExecuted,
            OrderStatus.NotPlaced => ExitReason.NotPlaced,
            _ => ExitReason.Cancelled,
        };
        return new TradeClosed(trade.Number, nothing, trade.Entry.Detail, null, now);
    }

    // Two sells that both were filled: what was sold beyond ours was the person's.
    private static PositionBlocked? Oversold(PositionState state, DateTimeOffset now) =>
        state is { Blocked: null, Trade: { Held: < 0 } trade } && trade.Orders.All(o => o.IsFinal)
            ? new PositionBlocked(
                BlockCode.Oversold,
                $"{trade.Sold} shares were sold, {trade.Bought + trade.Adjusted} were the robot's: {-trade.Held} of yours may be among them",
                null,
                [.. trade.Orders.Where(o => o.Side == OrderSide.Sell && o.OrderId is not null).Select(o => o.OrderId!.Value)],
                now)
            : null;

    // A sell goes out when shares are held, a reason to leave stands, and nothing of ours may still be on its way.
    private static IPositionEvent? Leave(PositionState state, DateTimeOffset now, PositionContext context)
    {
        if (state.NextDue(context) is not { } due || due > now)
            return null;
        var trade = state.Trade!;
        if (trade.Held <= 0)
            return null;
        if (!trade.Orders.All(o => o.IsFinal))
            return new ExitRequested(Leaves(trade, context).Reason, null, now);
        var exit = trade.Exit ?? new PendingExit(Leaves(trade, context).Reason, null, now);
        var attempt = trade.Orders.Count(o => o.Side == OrderSide.Sell) + 1;
        return new ExitIntended(
            OrderReference.For(state.Symbol, trade.Number, OrderSide.Sell, attempt),
            trade.Held,
            exit.Reason,
            exit.Price,
            context.BrokerClockOffsetMs,
            now,
            exit.Basis);
    }
}
