using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;

namespace MicroTrader.Domain.Robot;

/// <summary>
/// Makes the spans of a trade from its journalled facts, at the times that these hold: a crash in the middle of a trade, or a trade that was found again
/// only after one, has a whole trace all the same. Pure.
/// </summary>
public static class TradeSpans
{
    private const string Post = "POST ";

    /// <summary>The spans, in the order in which they began.</summary>
    /// <param name="facts">The facts of one trade, oldest first.</param>
    public static IReadOnlyList<TradeSpan> Of(IReadOnlyList<IPositionEvent> facts)
    {
        var spans = new List<TradeSpan>();
        foreach (var fact in facts)
        {
            switch (fact)
            {
                case EntryIntended e:
                    Begin(spans, e.Signal, e.At);
                    Order(spans, facts, e.Reference, OrderSide.Buy, e.At, "intent", ("microtrader.quantity", e.Quantity));
                    break;
                case LateEntryAdopted e:
                    Begin(spans, e.Signal, e.IntendedAt);
                    Order(spans, facts, e.Reference, OrderSide.Buy, e.IntendedAt, "intent", ("microtrader.order_id", e.OrderId));
                    break;
                case ExitIntended e:
                    var wanted = facts.OfType<ExitRequested>().LastOrDefault(r => r.At <= e.At)?.At ?? e.At;
                    spans.Add(Span("exit", wanted, e.At, null, ("microtrader.reason", e.Reason.Code())));
                    Order(spans, facts, e.Reference, OrderSide.Sell, e.At, "intent", ("microtrader.quantity", e.Quantity));
                    break;
                case TradeClosed e:
                    var last = facts.OfType<OrderSettled>().LastOrDefault()?.At ?? e.At;
                    spans.Add(Span("close", last, e.At, null, ("microtrader.reason", e.Reason.Code())));
                    break;
            }
        }

        return [.. spans.OrderBy(s => s.From)];
    }

    private static void Begin(List<TradeSpan> spans, EntrySignal signal, DateTimeOffset intended)
    {
        spans.Add(Span("tick", signal.TickTime < signal.At ? signal.TickTime : signal.At, signal.At, null, ("microtrader.price", signal.Price)));
        spans.Add(Span("signal", signal.At, signal.At, null, ("microtrader.change_percent", signal.ChangePercent)));
        // Risk's grant is a lease in memory: that the intent exists is what the journal holds of it.
        spans.Add(Span("risk", signal.At, intended, null));
    }

    private static void Order(
        List<TradeSpan> spans, IReadOnlyList<IPositionEvent> facts, OrderReference reference, OrderSide side, DateTimeOffset intended, string name, (string, object?) about)
    {
        var post = facts.OfType<EvidenceNoted>().Where(n => n.Reference == reference).SelectMany(n => n.Notes)
            .FirstOrDefault(n => n.What.StartsWith(Post, StringComparison.Ordinal));
        spans.Add(Span(name, intended, post?.At ?? intended, reference, ("microtrader.side", side == OrderSide.Buy ? "buy" : "sell"), about));
        if (post is not null)
            spans.Add(Span("POST", post.At, post.At + TimeSpan.FromMilliseconds(post.DurationMs ?? 0), reference, ("microtrader.outcome", post.Outcome)));

        var mine = facts.OfType<IOrderEvent>().Where(f => f.Reference == reference).ToList();
        if (mine.FirstOrDefault(IsCertain) is not { } certain)
            return;
        spans.Add(Span("confirm", intended, certain.At, reference, ("microtrader.fact", certain.GetType().Name), ("microtrader.order_id", OrderId(certain))));
        if (mine.FirstOrDefault(f => f is OrderFillEstimated or OrderSettled { Fills.Count: > 0 }) is { } filled)
            spans.Add(Span("fill", certain.At, mine.OfType<OrderSettled>().LastOrDefault()?.At ?? filled.At, reference));
    }

    private static bool IsCertain(IOrderEvent fact) =>
        fact is OrderAccepted or OrderRejected or OrderNotExecuted or OrderFound or OrderNotPlaced or LateEntryAdopted;

    private static long? OrderId(IOrderEvent fact) => fact switch
    {
        OrderAccepted e => e.OrderId,
        OrderFound e => e.OrderId,
        LateEntryAdopted e => e.OrderId,
        _ => null,
    };

    private static TradeSpan Span(string name, DateTimeOffset from, DateTimeOffset to, OrderReference? reference, params (string Name, object? Value)[] tags) => new(
        name,
        from,
        to < from ? from : to,
        reference?.Value,
        [.. tags.Where(t => t.Value is not null).Select(t => KeyValuePair.Create(t.Name, t.Value is decimal d ? (double)d : t.Value))]);
}
