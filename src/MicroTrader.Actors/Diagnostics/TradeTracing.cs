using System.Diagnostics;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Actors.Diagnostics;

/// <summary>
/// One trace for each trade that is over, under the activity source <see cref="SourceName"/>: from the tick to the last fill, each part at its own time.
/// It is made at the trade's end, from the facts that the journal holds: nothing of it is done on the way of an order.
/// </summary>
public static class TradeTracing
{
    /// <summary>The activity source's name.</summary>
    public const string SourceName = "MicroTrader";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Tells whoever listens.</summary>
    /// <param name="trade">The trade.</param>
    /// <param name="facts">Its facts, oldest first.</param>
    internal static void Emit(TradeView trade, IReadOnlyList<IPositionEvent> facts)
    {
        if (!Source.HasListeners())
            return;
        var spans = TradeSpans.Of(facts);
        if (spans.Count == 0)
            return;
        // A trace of its own, whatever this thread is part of.
        var around = Activity.Current;
        Activity.Current = null;
        try
        {
            using var root = Source.StartActivity("trade", ActivityKind.Internal, default(ActivityContext), Tags(trade), null, spans.Min(s => s.From));
            if (root is null)
                return;
            foreach (var span in spans)
            {
                using var activity = Source.StartActivity(span.Name, span.Name == "POST" ? ActivityKind.Client : ActivityKind.Internal, root.Context, span.Tags, null, span.From);
                activity?.SetTag("microtrader.reference", span.Reference);
                activity?.SetEndTime(span.To.UtcDateTime);
            }

            root.SetEndTime(spans.Max(s => s.To).UtcDateTime);
        }
        finally
        {
            Activity.Current = around;
        }
    }

    private static IEnumerable<KeyValuePair<string, object?>> Tags(TradeView trade) =>
    [
        new("microtrader.symbol", trade.Symbol),
        new("microtrader.trade", $"{trade.Symbol}-{trade.TradeNumber}"),
        new("microtrader.reason", trade.CloseReason),
        new("microtrader.pnl", (double?)trade.Pnl),
        new("microtrader.currency", trade.Currency),
        new("microtrader.net", (double?)trade.Net),
        new("microtrader.net_currency", trade.NetCurrency),
    ];
}
