using System.Globalization;
using MicroTrader.Actors.Messages;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;

namespace MicroTrader.Actors.Gateway;

/// <summary>What was seen of an order since it was last told: journalled with what follows from it, for <c>explain</c>.</summary>
internal sealed class EvidenceNotes(TimeProvider time)
{
    // An order that is followed for hours must not fill the memory, nor the journal: what came first and what came last is kept.
    private const int Most = 40;

    private readonly List<EvidenceNote> _notes = [];

    /// <summary>Notes a request and what came of it; the same in a row is counted.</summary>
    public void Add(DateTimeOffset askedAt, string what, string outcome)
    {
        if (_notes.Count > 0 && _notes[^1] is var last && last.What == what && last.Outcome == outcome)
        {
            _notes[^1] = last with { Times = last.Times + 1 };
            return;
        }

        if (_notes.Count >= Most)
            _notes.RemoveAt(Most / 2);
        _notes.Add(new EvidenceNote(askedAt, what, outcome, (long)(time.GetUtcNow() - askedAt).TotalMilliseconds));
    }

    /// <summary>What was seen, once.</summary>
    public IReadOnlyList<EvidenceNote> Take()
    {
        EvidenceNote[] taken = [.. _notes];
        _notes.Clear();
        return taken;
    }

    /// <summary>An outcome in words.</summary>
    public static string Describe(OrderOutcome outcome, int? statusCode)
    {
        var status = statusCode is { } code ? string.Create(CultureInfo.InvariantCulture, $"{code} ") : "";
        return outcome switch
        {
            OrderOutcome.Accepted a => string.Create(CultureInfo.InvariantCulture, $"{status}Accepted: order {a.OrderId}"),
            OrderOutcome.Rejected r => $"{status}Rejected: {r.Code}: {r.Detail}",
            OrderOutcome.NotExecuted n => $"{status}NotExecuted: {n.Detail}",
            OrderOutcome.Unknown u => $"{status}Unknown: {u.Detail}",
            _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome.GetType().Name, "no such outcome"),
        };
    }

    /// <summary>What a history showed of an order.</summary>
    public static string Describe(HistoryRead read, long? orderId)
    {
        if (read.Orders is null)
            return $"failed: {read.Failure}";
        var order = read.Orders.FirstOrDefault(o => o.OrderId == orderId);
        return order is null
            ? "the order is not there yet"
            : string.Create(CultureInfo.InvariantCulture, $"{order.Status}, {order.Fills.Sum(f => f.Quantity)} shares in {order.Fills.Count} fills");
    }

    /// <summary>What the holdings showed of a ticker.</summary>
    public static string Describe(HoldingsRead read, Ticker ticker) => read.Holdings is null
        ? $"failed: {read.Failure}"
        : string.Create(CultureInfo.InvariantCulture, $"the account holds {read.Holdings.GetValueOrDefault(ticker)?.Quantity ?? 0m} shares");
}
