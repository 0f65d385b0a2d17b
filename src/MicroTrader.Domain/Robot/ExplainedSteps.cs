using System.Globalization;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;

namespace MicroTrader.Domain.Robot;

/// <summary>Tells facts as steps, in words.</summary>
internal static class ExplainedSteps
{
    /// <summary>Tells facts, oldest first.</summary>
    /// <param name="facts">The facts, in the order in which they were journalled.</param>
    /// <param name="currency">The instrument's currency, ISO 4217.</param>
    public static IReadOnlyList<ExplainedStep> Of(IEnumerable<TrailedFact> facts, string currency)
    {
        var all = facts.ToList();
        DateTimeOffset? intent = all.Select(f => f.Fact).OfType<IOrderEvent>().FirstOrDefault() switch
        {
            LateEntryAdopted late => late.IntendedAt,
            { } first => first.At,
            null => null,
        };
        var before = new List<ExplainedStep>();
        var after = new List<ExplainedStep>();
        foreach (var fact in all)
        {
            foreach (var (at, stage, text, durationMs, times) in Tell(fact, currency))
            {
                var step = new ExplainedStep(at, intent is { } from ? (at - from).TotalMilliseconds : 0, stage, fact.Reference, text, durationMs, times);
                (fact.Fact is EntryIntended ? before : after).Add(step);
            }
        }

        // What led to the buy stands in its order, whatever the feed's clock says; all else by the robot's clock, and at the same moment as it was journalled.
        return [.. before, .. after.OrderBy(s => s.At)];
    }

    private static IEnumerable<(DateTimeOffset At, string Stage, string Text, long? DurationMs, int Times)> Tell(TrailedFact trailed, string currency)
    {
        switch (trailed.Fact)
        {
            case EntryIntended e:
                foreach (var (at, stage, text) in Beginning(e))
                    yield return (at, stage, text, null, 1);
                break;
            case EvidenceNoted e:
                foreach (var note in e.Notes)
                    yield return (note.At, Stage(note), $"{note.What}: {note.Outcome}", note.DurationMs, note.Times);
                break;
            case OrderSettled e:
                foreach (var (stage, text) in Settlement(e, currency))
                    yield return (e.At, stage, text, null, 1);
                break;
            default:
                var (plain, words) = Plain(trailed, currency);
                yield return (trailed.Fact.At, plain, words, null, 1);
                break;
        }
    }

    private static IEnumerable<(DateTimeOffset, string, string)> Beginning(EntryIntended e)
    {
        var volume = e.Signal.VolumeRatio is { } ratio ? $", volume {Number(ratio, "0.##")} x the mean" : "";
        yield return (e.Signal.TickTime, "tick", $"{e.Signal.Symbol} at {Price(e.Signal.Price)} {e.Currency}, by the feed's clock");
        yield return (e.Signal.At, "signal", $"{Number(e.Signal.ChangePercent, "+0.###;-0.###;0")} % over the window, {e.Signal.RisingMoves} moves up in a row{volume}");
        // Risk's grant is a lease in memory; the intent holds what was looked at for it, but for those of older versions.
        yield return (e.At, "risk", e.Risk is { } look ? $"granted: {look.Describe(e.Currency)}" : "granted");
        var before = e.HeldBefore is { } held ? $"the account held {Number(held)} before" : "what the account held before is not known";
        yield return (e.At, "intent", $"BUY {Number(e.Quantity)} {e.Ticker}; {before}; the broker's clock is {Offset(e.BrokerClockOffsetMs)}");
    }

    private static IEnumerable<(string, string)> Settlement(OrderSettled e, string currency)
    {
        foreach (var fill in e.Fills)
        {
            var account = fill is { AccountValue: { } value, AccountCurrency: { } money } ? $"; {Number(value, "0.00####")} {money} on the account" : "";
            var fx = fill.FxRate is { } rate and not 1m ? $", FX {Number(rate)} {currency} per {fill.AccountCurrency}" : "";
            var fees = fill.Fees.Count == 0 ? "" : $", fees {string.Join(", ", fill.Fees.Select(f => $"{Number(f.Amount, "0.00####")} {f.Currency} ({f.Name})"))}";
            yield return ("fill", $"{Number(fill.Quantity)} at {Price(fill.Price)} {currency}, {fill.FilledAt.UtcDateTime:HH:mm:ss.fff}Z by the broker's clock{account}{fx}{fees}");
        }

        yield return ("outcome", e.Fills.Count == 0 ? $"the order ended: {e.VenueStatus}, nothing was filled" : $"the order ended: {e.VenueStatus}");
    }

    private static (string Stage, string Text) Plain(TrailedFact trailed, string currency) => trailed.Fact switch
    {
        ExitRequested e => ("exit", $"{e.Reason.Code()} wants out{At(e.Price, currency)}{By(e.Basis)}; the sell waits until one can be sent"),
        ExitIntended e => ("intent", $"SELL {Number(e.Quantity)}, {e.Reason.Code()}{At(e.Price, currency)}{By(e.Basis)}; the broker's clock is {Offset(e.BrokerClockOffsetMs)}"),
        OrderAccepted e => ("outcome", $"Accepted: order {Id(e.OrderId)}"),
        OrderRejected e => ("outcome", $"Rejected: {e.Code}: {e.Detail}"),
        OrderNotExecuted e => ("outcome", $"NotExecuted: {e.Detail}"),
        OrderOutcomeUnknown e => ("outcome", $"Unknown: {e.Detail}; nothing more is sent for the symbol until evidence tells"),
        OrderFound e => ("evidence", $"order {Id(e.OrderId)} is this one (source: {e.Source})"),
        OrderNotPlaced e => ("evidence", $"no such order exists, as far as complete reads over the settle window tell; watched for until {e.WatchUntil.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z"),
        OrderFillEstimated e => ("fill", $"the holding moved by {Number(e.Quantity)}: about {Price(e.Price)} {currency}; the history is to confirm it"),
        LateEntryAdopted e => ("evidence", $"order {Id(e.OrderId)}, given up before, is the robot's: it becomes trade {Id(e.TradeNumber)}"),
        PositionBlocked e => ("blocked", $"needs you: {e.Code.Word()}: {e.Detail}"),
        PositionResolved e => ("resolved", $"you said {e.Choice.Word()}{(e.OrderId is { } id ? $" (order {Id(id)})" : "")}: {e.Detail}"),
        HoldingAdjusted e => ("holding", $"{Number(e.Quantity, "+0.########;-0.########;0")} shares{At(e.Price, currency)}: {e.Detail}; the robot holds {Number(trailed.Held)}"),
        ExitCleared e => ("evidence", $"a sell may be sent again: {e.Detail}"),
        TradeClosed e => ("result", Result(e)),
        var fact => ("evidence", fact.GetType().Name),
    };

    private static string Result(TradeClosed e)
    {
        var detail = e.Detail is { Length: > 0 } words ? $" ({words})" : "";
        if (e.Result is not { } result)
            return $"CLOSED without a trade, reason {e.Reason.Code()}{detail}";
        var net = result.Net is { } amount ? $", net {Number(amount, "+0.00;-0.00;0.00")} {result.NetCurrency}, fees {Number(result.Fees ?? 0m, "0.00")} {result.NetCurrency}" : "";
        return $"CLOSED, reason {e.Reason.Code()}{detail}; bought at {Price(result.EntryPrice)}, sold at {Price(result.ExitPrice)}; P&L {result.Describe()}{net}";
    }

    private static string Stage(EvidenceNote note) => note.What.Split(' ')[0] switch
    {
        "GET" or "POST" or "DELETE" => "request",
        "verdict" => "verdict",
        _ => "evidence",
    };

    private static string At(decimal? price, string currency) => price is { } value ? $" at {Price(value)} {currency}" : "";

    private static string By(PriceBasis? basis) => basis == PriceBasis.Broker ? " by the broker's own price" : "";

    private static string Offset(long ms) => ms == 0 ? "ours" : string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(ms)} ms {(ms > 0 ? "ahead" : "behind")}");

    private static string Price(decimal value) => Number(value, "0.00######");

    private static string Number(decimal value, string format = "0.########") => value.ToString(format, CultureInfo.InvariantCulture);

    private static string Id(long id) => id.ToString(CultureInfo.InvariantCulture);
}
