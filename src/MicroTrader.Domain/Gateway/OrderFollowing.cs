using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Reconciliation;

namespace MicroTrader.Domain.Gateway;

/// <summary>What becomes of the rest of an entry that was filled in part.</summary>
public enum RemainderPolicy
{
    /// <summary>It is cancelled: what was bought can then be sold by the rules.</summary>
    Cancel,

    /// <summary>It stays: nothing is sold before the order has ended.</summary>
    Wait,
}

/// <summary>What the following of orders is set to.</summary>
public sealed record FollowingRules
{
    /// <summary>How long after the broker's acceptance it is first asked for the fill.</summary>
    public TimeSpan FirstPoll { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>How often it is asked after that.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a read may stay without an answer before it is asked for anew: longer than the client's own time-outs and retries.</summary>
    public TimeSpan ReadPatience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long the figures of shares that the holding has shown may wait for a read that is made for another: less than positions are usually held, for
    /// nothing is sold before they are known.
    /// </summary>
    public TimeSpan FiguresPatience { get; init; } = TimeSpan.FromSeconds(7);

    /// <summary>The <see cref="FiguresPatience"/> that suits positions which are held for so long at the most.</summary>
    /// <param name="maxHold">TIME.</param>
    public static TimeSpan PatienceFor(TimeSpan maxHold) => maxHold * 0.7;

    /// <summary>How far the broker's stamps may be off.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What becomes of the rest of an entry that was filled in part.</summary>
    public RemainderPolicy Remainder { get; init; } = RemainderPolicy.Cancel;

    /// <summary>
    /// How long an entry may stay at the venue without having ended: past it the order is cancelled, for its signal is long stale (a queued one, at a market
    /// that is shut, would buy at the next open).
    /// </summary>
    public TimeSpan CancelEntryAfter { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long between two wishes to cancel, where the first changed nothing.</summary>
    public TimeSpan CancelAgainAfter { get; init; } = TimeSpan.FromSeconds(5);
}

/// <summary>An order that the broker has, on its way to known fills. A value.</summary>
/// <param name="OrderId">The broker's id.</param>
/// <param name="Ticker">The instrument.</param>
/// <param name="Side">Buy or sell.</param>
/// <param name="Quantity">Shares asked for.</param>
/// <param name="IntendedAt">When its intent was journalled.</param>
/// <param name="BrokerClockOffsetMs">The broker's clock minus ours at the intent, in milliseconds.</param>
/// <param name="HeldBefore">Shares that the account held before; null where no read said so.</param>
/// <param name="LastPendingAt">When it was last seen pending, by our clock.</param>
/// <param name="HasEnded">Whether it is no longer pending.</param>
/// <param name="IsEstimated">Whether its fill was told from the holding.</param>
/// <param name="IsPartlyFilled">Whether it was seen filled in part.</param>
/// <param name="HistoryReads">How often the history was read for it in vain.</param>
/// <param name="CancelledAt">When its cancellation was last asked for; null before.</param>
/// <param name="IsUrgent">Whether an exit waits for its figures.</param>
public sealed record FollowedOrder(
    long OrderId,
    Ticker Ticker,
    OrderSide Side,
    decimal Quantity,
    DateTimeOffset IntendedAt,
    long BrokerClockOffsetMs,
    decimal? HeldBefore,
    DateTimeOffset LastPendingAt,
    bool HasEnded = false,
    bool IsEstimated = false,
    bool IsPartlyFilled = false,
    int HistoryReads = 0,
    DateTimeOffset? CancelledAt = null,
    bool IsUrgent = false);

/// <summary>What is to be done next for an order that is followed.</summary>
public abstract record FollowingStep
{
    private FollowingStep()
    {
    }

    /// <summary>Ask for the order itself.</summary>
    /// <param name="Priority">How urgent it is.</param>
    public sealed record AskOrder(RequestPriority Priority) : FollowingStep;

    /// <summary>Cancel what is not filled.</summary>
    public sealed record Cancel : FollowingStep;

    /// <summary>Read the holdings.</summary>
    public sealed record AskHoldings : FollowingStep;

    /// <summary>Read the history.</summary>
    /// <param name="Since">How far back, by the broker's clock.</param>
    /// <param name="Priority">How urgent it is.</param>
    /// <param name="DueAt">Until then a read that is made for another will do; null for at once.</param>
    public sealed record AskHistory(DateTimeOffset Since, RequestPriority Priority, DateTimeOffset? DueAt) : FollowingStep;

    /// <summary>Wait until a time, then look again.</summary>
    /// <param name="Until">When.</param>
    public sealed record WaitUntil(DateTimeOffset Until) : FollowingStep;

    /// <summary>Tell that the holding moved by the order's quantity.</summary>
    /// <param name="Quantity">Shares.</param>
    /// <param name="Price">An estimate of a share's price, in the instrument's currency.</param>
    /// <param name="FilledAt">An estimate of when, by our clock.</param>
    public sealed record TellEstimate(decimal Quantity, decimal Price, DateTimeOffset FilledAt) : FollowingStep;

    /// <summary>Tell that the order has ended, with its fills: nothing is left to do.</summary>
    /// <param name="VenueStatus">The broker's final status.</param>
    /// <param name="Fills">Its fills.</param>
    public sealed record TellEnd(string VenueStatus, IReadOnlyList<Fill> Fills) : FollowingStep;
}

/// <summary>What a read of one order showed.</summary>
public enum OrderSight
{
    /// <summary>It could not be read.</summary>
    Failed,

    /// <summary>It is pending.</summary>
    Pending,

    /// <summary>It is pending, and filled in part.</summary>
    PartlyFilled,

    /// <summary>It is no longer pending.</summary>
    Ended,
}

/// <summary>
/// How an order is followed until its fills are known: first the order itself, for as long as it is pending; then, for a buy, the holding, which tells that
/// shares are there; then the history, for its figures. Pure: <c>(order, what was seen, now) -> (order, steps)</c>. Whoever carries out the steps sets its
/// alarm to the last <see cref="FollowingStep.WaitUntil"/>; should an answer never come, that asks again.
/// </summary>
public static class OrderFollowing
{
    /// <summary>Begins to follow.</summary>
    public static (FollowedOrder Order, IReadOnlyList<FollowingStep> Steps) Begin(FollowedOrder order, FollowingRules rules, DateTimeOffset now) =>
        (order, [new FollowingStep.WaitUntil(now + rules.FirstPoll)]);

    /// <summary>The alarm rang.</summary>
    public static (FollowedOrder Order, IReadOnlyList<FollowingStep> Steps) Look(FollowedOrder order, FollowingRules rules, DateTimeOffset now)
    {
        var again = new FollowingStep.WaitUntil(now + rules.ReadPatience);
        if (!order.HasEnded)
            return (order, [again, new FollowingStep.AskOrder(Urgency(order))]);
        // Bought shares are shown, and their prices judged, as soon as the holding tells of them; what is sold needs the history.
        return order is { IsEstimated: false, Side: OrderSide.Buy, HeldBefore: not null }
            ? (order, [again, new FollowingStep.AskHoldings()])
            : (order, [again, History(order, rules, now)]);
    }

    /// <summary>An exit waits for the order's figures.</summary>
    public static (FollowedOrder Order, IReadOnlyList<FollowingStep> Steps) Hurry(FollowedOrder order, FollowingRules rules, DateTimeOffset now)
    {
        var urgent = order with { IsUrgent = true };
        return !order.IsUrgent && order is { HasEnded: true, IsEstimated: true }
            ? (urgent, [new FollowingStep.WaitUntil(now + rules.ReadPatience), History(urgent, rules, now)])
            : (urgent, []);
    }

    /// <summary>The order was asked for.</summary>
    /// <param name="order">The order.</param>
    /// <param name="sight">What was seen.</param>
    /// <param name="askedAt">When it was asked for.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="now">The robot's clock.</param>
    public static (FollowedOrder Order, IReadOnlyList<FollowingStep> Steps) Seen(
        FollowedOrder order,
        OrderSight sight,
        DateTimeOffset askedAt,
        FollowingRules rules,
        DateTimeOffset now)
    {
        if (sight == OrderSight.Failed)
            return (order, [new FollowingStep.WaitUntil(now + rules.Poll)]);
        if (sight == OrderSight.Ended)
            return Look(order with { HasEnded = true }, rules, now);
        var pending = order with { LastPendingAt = askedAt, IsPartlyFilled = order.IsPartlyFilled || sight == OrderSight.PartlyFilled };
        var next = new FollowingStep.WaitUntil(now + rules.Poll);
        return IsToBeCancelled(pending, rules, now)
            ? (pending with { CancelledAt = now }, [next, new FollowingStep.Cancel()])
            : (pending, [next]);
    }

    /// <summary>The holdings were read.</summary>
    /// <param name="order">The order.</param>
    /// <param name="holdings">The holdings; null if they could not be read.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="now">The robot's clock.</param>
    public static (FollowedOrder Order, IReadOnlyList<FollowingStep> Steps) Seen(
        FollowedOrder order,
        IReadOnlyDictionary<Ticker, BrokerHolding>? holdings,
        FollowingRules rules,
        DateTimeOffset now)
    {
        var again = new FollowingStep.WaitUntil(now + rules.ReadPatience);
        if (Estimate(order, holdings) is not { } estimate)
            return (order, [again, History(order, rules, now)]);
        var estimated = order with { IsEstimated = true };
        return (estimated, [again, estimate, History(estimated, rules, now)]);
    }

    /// <summary>The history was read.</summary>
    /// <param name="order">The order.</param>
    /// <param name="history">The history's orders; null if it could not be read.</param>
    /// <param name="now">The robot's clock.</param>
    public static (FollowedOrder Order, IReadOnlyList<FollowingStep> Steps) Seen(FollowedOrder order, IReadOnlyList<BrokerOrder>? history, DateTimeOffset now)
    {
        if (history?.FirstOrDefault(o => o.OrderId == order.OrderId) is { IsFinal: true } ended && IsComplete(order, ended))
            return (order, [new FollowingStep.TellEnd(ended.Status, ended.Fills)]);
        // The history lags, or could not be read.
        var reads = order.HistoryReads + 1;
        return (order with { HistoryReads = reads }, [new FollowingStep.WaitUntil(now + TimeSpan.FromSeconds(Math.Min(10, 1 << Math.Min(reads, 4))))]);
    }

    /// <summary>
    /// Whether a history that is not read to its end yet shows all of an order. That it is not there is told by the end alone: the broker gives what ended last first, and
    /// an old order that was cancelled just now stands before what was filled before that.
    /// </summary>
    /// <param name="order">The order.</param>
    /// <param name="read">What was read so far.</param>
    public static bool IsAnswered(FollowedOrder order, IReadOnlyList<BrokerOrder> read) =>
        read.Any(o => o.OrderId == order.OrderId && o.IsFinal && IsComplete(order, o));

    // Exits are never cancelled: one that is queued leaves at the next open, and a second would sell twice.
    private static bool IsToBeCancelled(FollowedOrder order, FollowingRules rules, DateTimeOffset now)
    {
        if (order.Side == OrderSide.Sell || (order.IsPartlyFilled && rules.Remainder == RemainderPolicy.Wait))
            return false;
        return order.CancelledAt is { } at ? now - at >= rules.CancelAgainAfter : now - order.IntendedAt >= rules.CancelEntryAfter;
    }

    // What a buy has brought is always urgent, for until then its shares cannot be sold; where it can wait, it waits for a read that is made for another. A
    // sell's figures only end the trade.
    private static RequestPriority Urgency(FollowedOrder order) => order.Side == OrderSide.Buy ? RequestPriority.Exit : RequestPriority.Reconciliation;

    private static FollowingStep.AskHistory History(FollowedOrder order, FollowingRules rules, DateTimeOffset now) => new(
        order.IntendedAt + TimeSpan.FromMilliseconds(order.BrokerClockOffsetMs) - rules.ClockSkew - TimeSpan.FromSeconds(1),
        Urgency(order),
        order is { IsEstimated: true, IsUrgent: false } ? now + rules.FiguresPatience : null);

    // FILLED with fewer fills than it says is a history that still lags. With more it will not get better: whoever is told decides.
    private static bool IsComplete(FollowedOrder order, BrokerOrder ended)
    {
        var filled = ended.Fills.Sum(f => f.Quantity);
        return ended.Status == "FILLED" ? filled >= order.Quantity : filled >= ended.FilledQuantity;
    }

    private static FollowingStep.TellEstimate? Estimate(FollowedOrder order, IReadOnlyDictionary<Ticker, BrokerHolding>? holdings)
    {
        if (order.IsEstimated || order.HeldBefore is not { } before)
            return null;
        if (holdings is null || !holdings.TryGetValue(order.Ticker, out var holding) || holding.Quantity - before != order.Quantity)
            return null;
        // The average is of our shares alone only where the account held none before.
        if ((before == 0 ? holding.AveragePrice : holding.CurrentPrice) is not { } price || price <= 0)
            return null;
        // So is the time of the holding. Else: not before the order was last seen pending.
        var opened = before == 0 ? holding.OpenedAt - TimeSpan.FromMilliseconds(order.BrokerClockOffsetMs) : null;
        return new FollowingStep.TellEstimate(order.Quantity, price, opened >= order.LastPendingAt ? opened.Value : order.LastPendingAt);
    }
}
