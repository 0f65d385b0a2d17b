using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;

namespace MicroTrader.Domain.Reconciliation;

/// <summary>An intent of which nobody knows whether it became an order.</summary>
/// <param name="Symbol">The instrument, by our name.</param>
/// <param name="Reference">Our reference.</param>
/// <param name="Ticker">The instrument, by the broker's name.</param>
/// <param name="Side">Buy or sell.</param>
/// <param name="Quantity">Shares asked for, without a sign.</param>
/// <param name="IntendedAt">When the intent was journalled, by our clock.</param>
/// <param name="BrokerClockOffsetMs">The broker's clock minus ours at the intent, in milliseconds.</param>
/// <param name="SettleFrom">From when on the request can no longer have left, by our clock: the settle window starts here.</param>
/// <param name="KnownOrderIds">Ids of orders of ours that it cannot be.</param>
public sealed record UnresolvedIntent(
    Symbol Symbol,
    OrderReference Reference,
    Ticker Ticker,
    OrderSide Side,
    decimal Quantity,
    DateTimeOffset IntendedAt,
    long BrokerClockOffsetMs,
    DateTimeOffset SettleFrom,
    IReadOnlyList<long> KnownOrderIds)
{
    /// <summary>No order of this intent can have been created before this, by the broker's clock.</summary>
    public DateTimeOffset EarliestCreation(TimeSpan clockSkew) => IntendedAt + TimeSpan.FromMilliseconds(BrokerClockOffsetMs) - clockSkew;
}

/// <summary>What reconciliation is set to.</summary>
public sealed record ReconciliationRules
{
    /// <summary>How long an order may take to show in the broker's reads (1 s to 1 h).</summary>
    public TimeSpan SettleWindow { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How far the broker's stamps may be off what we computed (0 s to 1 min).</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an order that was not found is still watched for (0 s to 1 day).</summary>
    public TimeSpan LateWatch { get; init; } = TimeSpan.FromMinutes(15);
}

/// <summary>What the evidence says of an intent.</summary>
public abstract record Verdict
{
    private Verdict()
    {
    }

    /// <summary>This order is the intent's.</summary>
    /// <param name="Order">The order.</param>
    /// <param name="Source">Where it was seen: <c>pending</c> or <c>history</c>.</param>
    public sealed record Found(BrokerOrder Order, string Source) : Verdict;

    /// <summary>Not enough is known yet.</summary>
    /// <param name="Why">What is missing.</param>
    public sealed record Wait(string Why) : Verdict;

    /// <summary>Complete reads, taken after the whole settle window, show no such order.</summary>
    public sealed record NotPlaced : Verdict;

    /// <summary>More than one order could be the intent's: only a person can tell.</summary>
    /// <param name="OrderIds">The candidates.</param>
    public sealed record Ambiguous(IReadOnlyList<long> OrderIds) : Verdict;
}

/// <summary>Compares the journal with evidence. Pure.</summary>
public static partial class Reconciler
{
    /// <summary>Judges one intent.</summary>
    public static Verdict Judge(UnresolvedIntent intent, Evidence evidence, ReconciliationRules rules)
    {
        var since = intent.EarliestCreation(rules.ClockSkew);
        var pending = Candidates(evidence.Pending, intent, since);
        var history = Candidates(evidence.History, intent, since);
        var ids = pending.Concat(history).Select(o => o.OrderId).Distinct().ToList();
        if (ids.Count > 1)
            return new Verdict.Ambiguous(ids);
        // The history knows more than the list of pending orders: its fills.
        if (history.Count > 0)
            return new Verdict.Found(history[0], "history");
        if (pending.Count > 0)
            return new Verdict.Found(pending[0], "pending");

        if (evidence.Pending is null)
            return new Verdict.Wait("the pending orders could not be read");
        if (evidence.History is null || evidence.HistoryCompleteSince is not { } complete)
            return new Verdict.Wait("the history could not be read");
        if (complete >= since)
            return new Verdict.Wait($"the history was read back to {complete:u}, {since:u} is needed");
        var settled = intent.SettleFrom + rules.SettleWindow;
        // The pending orders must be read first: an order that fills between two reads the other way round shows in neither.
        if (evidence.PendingReadAt < settled || evidence.HistoryReadAt < evidence.PendingReadAt)
            return new Verdict.Wait($"the settle window ends at {settled:u}");
        return new Verdict.NotPlaced();
    }

    private static List<BrokerOrder> Candidates(IReadOnlyList<BrokerOrder>? orders, UnresolvedIntent intent, DateTimeOffset since) => orders is null
        ? []
        : [.. orders.Where(o => CouldBe(o, intent, since))];

    private static bool CouldBe(BrokerOrder order, UnresolvedIntent intent, DateTimeOffset since) =>
        order.Ticker == intent.Ticker
        && order.Origin != OrderOrigin.Other
        && order.CorporateQuantity is null
        && (order.Side is null || order.Side == intent.Side)
        && (order.Quantity is null || order.Quantity == intent.Quantity)
        && (order.CreatedAt is null || order.CreatedAt >= since)
        && !intent.KnownOrderIds.Contains(order.OrderId);
}
