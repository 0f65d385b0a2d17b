using MicroTrader.Domain.Positions;

namespace MicroTrader.Domain.Reconciliation;

/// <content>The whole comparison: every position, every order that the broker shows.</content>
public static partial class Reconciler
{
    // An order by API that is created this long after a given-up intent is another program's, not the intent's.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(1);

    /// <summary>Compares the journal with what was read.</summary>
    /// <param name="view">The journal's view.</param>
    /// <param name="evidence">What was read.</param>
    /// <param name="rules">What reconciliation is set to.</param>
    /// <param name="now">The robot's clock.</param>
    public static IReadOnlyList<Finding> Review(JournalView view, Evidence evidence, ReconciliationRules rules, DateTimeOffset now)
    {
        var findings = new List<Finding>();
        var positions = view.Comparable.ToList();
        foreach (var position in positions)
        {
            findings.AddRange(JudgeIntents(position, evidence, rules, now));
            if (position is { Status: PositionStatus.Open, Blocked: null, Trade: { } trade } && trade.Orders.All(o => o.IsFinal))
                findings.AddRange(ReviewHolding(position, trade, evidence, rules, now));
        }

        findings.AddRange(ReviewUnknownOrders(view with { Positions = positions }, evidence, rules, now));
        return findings;
    }

    /// <summary>How far back the history must be read for <see cref="Review"/> to tell everything, by the broker's clock.</summary>
    public static DateTimeOffset HistoryNeededSince(JournalView view, ReconciliationRules rules, DateTimeOffset now)
    {
        var since = view.ForeignSince;
        foreach (var position in view.Comparable)
        {
            foreach (var intent in Intents.Unresolved(position).Concat(Intents.Watched(position, now)))
                since = Earlier(since, intent.EarliestCreation(rules.ClockSkew));
            if (position is { Status: PositionStatus.Open, Trade: { } trade })
                since = Earlier(since, HeldSince(trade, rules));
        }

        return since - TimeSpan.FromSeconds(1);
    }

    /// <summary>Whether something waits for evidence: an intent without an outcome, or a sell that was refused or not placed.</summary>
    public static bool IsInDoubt(PositionState state) =>
        state.Blocked is null && (Intents.Unresolved(state).Any() || state is { Status: PositionStatus.Open, Trade.ExitHold: not null });

    private static IEnumerable<Finding> JudgeIntents(PositionState position, Evidence evidence, ReconciliationRules rules, DateTimeOffset now)
    {
        // What the person is asked is not answered by a read that shows less.
        var asked = position.Blocked?.Questions().Select(b => b.Reference).ToHashSet() ?? [];
        foreach (var intent in Intents.Unresolved(position).Where(i => !asked.Contains(i.Reference)))
        {
            yield return Judge(intent, evidence, rules) switch
            {
                Verdict.Found f => new Finding.Found(intent.Symbol, intent.Reference, f.Order.OrderId, f.Source),
                Verdict.NotPlaced => new Finding.NotPlaced(intent.Symbol, intent.Reference),
                Verdict.Wait w => new Finding.Wait(intent.Symbol, intent.Reference, w.Why),
                Verdict.Ambiguous a => Ambiguous(intent, a),
                var other => throw new ArgumentOutOfRangeException(nameof(evidence), other.GetType().Name, "no such verdict"),
            };
        }

        foreach (var intent in Intents.Watched(position, now).Where(i => !asked.Contains(i.Reference)))
        {
            // What another of ours may have become, whose outcome is still open, is left to that one.
            var claimed = Intents.Unresolved(position).Concat(Intents.OnTheirWay(position))
                .Where(o => o.Reference != intent.Reference && o.Side == intent.Side)
                .ToList();
            var free = evidence with { Pending = Unclaimed(evidence.Pending, claimed, rules), History = Unclaimed(evidence.History, claimed, rules) };
            if (Judge(intent, free, rules) is Verdict.Found found)
                yield return new Finding.Found(intent.Symbol, intent.Reference, found.Order.OrderId, found.Source);
            else if (Judge(intent, free, rules) is Verdict.Ambiguous ambiguous)
                yield return Ambiguous(intent, ambiguous);
        }
    }

    private static Finding.NeedsPerson Ambiguous(UnresolvedIntent intent, Verdict.Ambiguous verdict) => new(
        intent.Symbol,
        BlockCode.Ambiguous,
        $"orders {string.Join(", ", verdict.OrderIds)} could all be {intent.Reference}",
        intent.Reference,
        verdict.OrderIds);

    private static IReadOnlyList<BrokerOrder>? Unclaimed(IReadOnlyList<BrokerOrder>? orders, List<UnresolvedIntent> claimed, ReconciliationRules rules) =>
        claimed.Count == 0 ? orders : orders?.Where(o => !claimed.Any(i => CouldBe(o, i, i.EarliestCreation(rules.ClockSkew)))).ToList();

    // Orders by API that no position knows: late ones of ours, or another program's.
    private static IEnumerable<Finding> ReviewUnknownOrders(JournalView view, Evidence evidence, ReconciliationRules rules, DateTimeOffset now)
    {
        var known = view.Positions.SelectMany(Intents.KnownIds).ToHashSet();
        var live = view.Positions
            .SelectMany(p => Intents.Unresolved(p).Concat(Intents.Watched(p, now)).Concat(Intents.OnTheirWay(p)))
            .ToList();
        var givenUp = view.Positions.SelectMany(p => Intents.GivenUp(p, now)).ToList();
        var foreign = new List<BrokerOrder>();
        var pending = evidence.Pending ?? [];
        foreach (var order in pending.Concat(evidence.History ?? []).DistinctBy(o => o.OrderId))
        {
            if (order.Origin == OrderOrigin.Other || order.CorporateQuantity is not null || known.Contains(order.OrderId))
                continue;
            if (live.Any(i => CouldBe(order, i, i.EarliestCreation(rules.ClockSkew))))
                continue;
            if (givenUp.FirstOrDefault(i => CouldBe(order, i, i.EarliestCreation(rules.ClockSkew)) && !(order.CreatedAt > i.EarliestCreation(-LongestDelay))) is { } late)
            {
                yield return new Finding.NeedsPerson(
                    late.Symbol,
                    BlockCode.LateOrder,
                    $"order {order.OrderId} ({order.Side} {order.Quantity}, {order.Status}) turned up; it could be {late.Reference}, which was held for not placed",
                    late.Reference,
                    [order.OrderId]);
            }
            else if (order.Origin == OrderOrigin.Api && !view.KnownForeign.Contains(order.OrderId) && (order.CreatedAt >= view.ForeignSince || pending.Contains(order)))
            {
                foreign.Add(order);
            }
        }

        if (foreign.Count > 0)
        {
            yield return new Finding.Foreign(
                [.. foreign.Select(o => o.OrderId)],
                $"another program trades this account: {string.Join("; ", foreign.Take(3).Select(o => $"order {o.OrderId}, {o.Side} {o.Quantity} {o.Ticker}"))}");
        }
    }

    private static DateTimeOffset HeldSince(TradeState trade, ReconciliationRules rules) =>
        trade.Entry.IntendedAt + TimeSpan.FromMilliseconds(trade.Entry.BrokerClockOffsetMs) - rules.ClockSkew;

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
