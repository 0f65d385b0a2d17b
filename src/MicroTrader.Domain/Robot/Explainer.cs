using MicroTrader.Domain.Market;
using MicroTrader.Domain.Positions;

namespace MicroTrader.Domain.Robot;

/// <summary>Makes explanations from a symbol's facts. Pure: the facts alone decide.</summary>
public static class Explainer
{
    /// <summary>Explains a trade or an order.</summary>
    /// <param name="reference">Which.</param>
    /// <param name="facts">Every fact of its symbol, in the order in which they were journalled.</param>
    /// <returns>The explanation; null where the facts know no such trade or order.</returns>
    /// <exception cref="IllegalTransitionException">A fact cannot follow on those before it.</exception>
    public static Explanation? Explain(TradeReference reference, IEnumerable<IPositionEvent> facts)
    {
        var trail = FactTrail.Of(reference.Symbol, facts);
        return reference.Order is { } order ? Order(order, trail) : Trade(reference, trail);
    }

    /// <summary>Every name that a symbol's facts know: its trades and their orders.</summary>
    /// <exception cref="IllegalTransitionException">A fact cannot follow on those before it.</exception>
    public static IReadOnlyList<string> Names(Symbol symbol, IEnumerable<IPositionEvent> facts) => [.. FactTrail.Of(symbol, facts).Names];

    private static Explanation? Trade(TradeReference reference, FactTrail trail) =>
        trail.States.TryGetValue(reference.TradeNumber, out var state)
            ? Make(reference.ToString(), state, [.. state.Trade!.Orders], trail.Facts.Where(f => f.Trades.Contains(reference.TradeNumber)), trail)
            : null;

    // An order's own facts, and those of its trade that are about no order: why it was left, what it brought.
    private static Explanation? Order(string reference, FactTrail trail)
    {
        if (!trail.Trades.TryGetValue(reference, out var numbers))
            return null;
        var state = trail.States[numbers[^1]];
        return Make(
            reference,
            state,
            [.. state.Trade!.Orders.Where(o => o.Reference.Value == reference)],
            trail.Facts.Where(f => f.Reference is null ? f.Trades.Intersect(numbers).Any() : f.Reference == reference),
            trail);
    }

    private static Explanation Make(string reference, PositionState state, IReadOnlyList<OrderState> orders, IEnumerable<TrailedFact> facts, FactTrail trail)
    {
        var trade = state.Trade!;
        return new Explanation(
            reference,
            state.Symbol.Value,
            trade.Ticker.Value,
            trade.Number,
            state.Status.Word(),
            [.. orders.Select(Show)],
            ExplainedSteps.Of(facts, trade.Currency),
            TradeView.From(state),
            trail.Last.TradeNumber == trade.Number ? BlockedView.From(state) : null);
    }

    private static ExplainedOrder Show(OrderState order) => new(
        order.Reference.Value,
        order.Side.ToString().ToUpperInvariant(),
        order.Quantity,
        order.Status.ToString(),
        order.OrderId,
        order.FilledQuantity,
        order.Price,
        order.IntendedAt);
}
