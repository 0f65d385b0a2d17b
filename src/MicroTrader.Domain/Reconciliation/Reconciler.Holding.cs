using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;

namespace MicroTrader.Domain.Reconciliation;

/// <content>What is held: whether ours is still there, and whether a sell that came to nothing may be sent anew.</content>
public static partial class Reconciler
{
    // What was held before a buy is known from a read that may have been made well before it, and may have been old even then.
    private static readonly TimeSpan BeforeMayBeOld = TimeSpan.FromMinutes(10);

    // A read of holdings that is made so long after a sale shows it.
    private static readonly TimeSpan ReadsMayBeOld = TimeSpan.FromMinutes(3);

    private static IEnumerable<Finding> ReviewHolding(PositionState position, TradeState trade, Evidence evidence, ReconciliationRules rules, DateTimeOffset now)
    {
        // Without every read there is no telling: a failed one is never evidence of "flat".
        if (evidence.Holdings is null || evidence.Pending is null || evidence.History is null || !(evidence.HistoryCompleteSince < HeldSince(trade, rules)))
            yield break;
        var account = evidence.Holdings.GetValueOrDefault(trade.Ticker)?.Quantity ?? 0m;
        var counted = trade.Adjustments?.SelectMany(a => a.OrderIds).ToHashSet() ?? [];
        var since = HeldSince(trade, rules);
        var all = evidence.History.Where(o => o.Ticker == trade.Ticker && o.CreatedAt >= since && !position.RecentOrderIds.Contains(o.OrderId)).ToList();
        var others = all.Where(o => !counted.Contains(o.OrderId)).ToList();

        // What came before our shares did not change them. Both stamps are the broker's.
        var came = trade.Entry.Fills.Count > 0 ? trade.Entry.Fills.Min(f => f.FilledAt) : (DateTimeOffset?)null;
        var actions = others.Where(o => o.CorporateQuantity is not null and not 0 && !(o.CreatedAt < came)).ToList();
        if (actions.Count > 0)
        {
            yield return CorporateAction(position, trade, actions, others, account);
            yield break;
        }

        if (!IsTheSameOldRead(position, trade, evidence, all, since, account) && ClosedByYou(position, trade, all, counted, came, account) is { } closed)
        {
            yield return closed;
            yield break;
        }

        if (trade.ExitHold is { } hold)
        {
            if (ReviewHold(position, trade, hold, evidence, account, rules, now) is { } finding)
                yield return finding;
        }
        else if (UnexplainedSale(position, trade, evidence, all, counted, came, account) is { } asked)
        {
            yield return asked;
        }
    }

    // Others moved the holding shortly before our buy: the read that told what was held may have missed that, and where one now shows the very same it may be as old
    // as that one. Then a sale of as many as ours seems to have sold ours, while the shares of others are there.
    private static bool IsTheSameOldRead(PositionState position, TradeState trade, Evidence evidence, List<BrokerOrder> all, DateTimeOffset since, decimal account) =>
        account == trade.HeldBefore
        && evidence.History!.Any(o => o.Ticker == trade.Ticker && o.CreatedAt < since && !position.RecentOrderIds.Contains(o.OrderId)
            && o.Fills.Any(f => f.FilledAt >= since - BeforeMayBeOld))
        && all.SelectMany(o => o.Fills).Any(f => f.FilledAt + ReadsMayBeOld > evidence.HoldingsReadAt);

    // The history names the person's sale, and the holding is short of ours: both, because either alone may be stale. They must also agree to the share
    // with what was held before: that, too, is from a read that may have been old, and a wrong answer here forgets shares. What does not agree waits.
    private static Finding.HoldingChanged? ClosedByYou(PositionState position, TradeState trade, List<BrokerOrder> all, HashSet<long> counted, DateTimeOffset? came, decimal account)
    {
        if (account >= trade.Held || trade.HeldBefore is not { } before)
            return null;
        var sales = SalesOfPerson(all, counted, came);
        // Of what the person's orders took beyond the person's own, some may be counted already.
        var known = trade.Adjustments?.Where(a => a.Reason == AdjustmentReason.ClosedByYou).Sum(a => -a.Quantity) ?? 0m;
        var moved = all.Sum(o => (o.Side == OrderSide.Sell ? -1 : 1) * o.Fills.Sum(f => f.Quantity));
        var gone = Math.Min(-(before + moved) - known, trade.Held);
        if (sales.Count == 0 || gone <= 0 || account != before + trade.Held + known + moved)
            return null;
        var fills = sales.SelectMany(o => o.Fills).ToList();
        var price = fills.Sum(f => f.Quantity * f.Price) / fills.Sum(f => f.Quantity);
        return new Finding.HoldingChanged(
            position.Symbol,
            trade.Number,
            AdjustmentReason.ClosedByYou,
            -gone,
            price,
            [.. sales.Select(o => o.OrderId)],
            $"you sold {gone} shares of the robot's (order {string.Join(", ", sales.Select(o => o.OrderId))})");
    }

    // An exit that is wanted while no order may be sent: no refusal will ever tell that the shares are gone, and a sell much later could sell what the person bought
    // since. Where a sale of the person's left less than ours and no read can be old any more, what was held before was known wrongly: the person knows.
    private static Finding.NeedsPerson? UnexplainedSale(
        PositionState position,
        TradeState trade,
        Evidence evidence,
        List<BrokerOrder> all,
        HashSet<long> counted,
        DateTimeOffset? came,
        decimal account)
    {
        if (trade.Exit is not { } exit || account >= trade.Held)
            return null;
        var sales = SalesOfPerson(all, counted, came);
        var last = all.SelectMany(o => o.Fills).Concat(trade.Entry.Fills).Select(f => f.FilledAt).Append(exit.At).Max();
        if (sales.Count == 0 || last + ReadsMayBeOld > evidence.HoldingsReadAt)
            return null;
        var ids = sales.Select(o => o.OrderId).ToList();
        return new Finding.NeedsPerson(
            position.Symbol,
            BlockCode.SharesMissing,
            $"the account shows {account} shares, the robot bought {trade.Held}; others sold (order {string.Join(", ", ids)}), and how many of those were the robot's is not certain",
            null,
            ids);
    }

    // A sale from before our shares came cannot have sold them.
    private static List<BrokerOrder> SalesOfPerson(List<BrokerOrder> all, HashSet<long> counted, DateTimeOffset? came) =>
        [.. all.Where(o => o.Origin == OrderOrigin.Other && o.Side == OrderSide.Sell && !counted.Contains(o.OrderId) && o.Fills.Any(f => f.FilledAt >= came))];

    // The action moved the whole holding; ours is the same part of it as before. Where anything else moved too, that part is not known.
    private static Finding CorporateAction(PositionState position, TradeState trade, List<BrokerOrder> actions, List<BrokerOrder> others, decimal account)
    {
        var ids = actions.Select(o => o.OrderId).ToList();
        var moved = actions.Sum(o => o.CorporateQuantity!.Value);
        var before = account - moved;
        if (actions.Count == 1 && others.Count == 1 && before >= trade.Held && before > 0 && account > 0)
        {
            var ours = trade.Held * account / before;
            if (decimal.Round(ours, 4) == ours && ours != trade.Held)
            {
                return new Finding.HoldingChanged(
                    position.Symbol,
                    trade.Number,
                    AdjustmentReason.CorporateAction,
                    ours - trade.Held,
                    null,
                    ids,
                    $"a corporate action made {ours} shares of {trade.Held}");
            }
        }

        return new Finding.NeedsPerson(
            position.Symbol,
            BlockCode.CorporateAction,
            $"a corporate action moved the holding by {moved} to {account}; how many of them are the robot's is not certain",
            null,
            ids);
    }

    private static Finding? ReviewHold(
        PositionState position,
        TradeState trade,
        ExitHold hold,
        Evidence evidence,
        decimal account,
        ReconciliationRules rules,
        DateTimeOffset now)
    {
        var reference = trade.Orders[^1].Reference;
        if (evidence.HoldingsReadAt < hold.Since || evidence.PendingReadAt < hold.Since || evidence.HistoryReadAt < hold.Since)
            return new Finding.Wait(position.Symbol, reference, "the broker was not read since the sell came to nothing");
        var reserving = evidence.Pending!.Where(o => o.Ticker == trade.Ticker && o.Side != OrderSide.Buy).ToList();
        if (reserving.Count > 0)
            return new Finding.Wait(position.Symbol, reference, $"order {reserving[0].OrderId} reserves shares");
        if (account < trade.Held)
        {
            var until = hold.Since + rules.SettleWindow;
            return evidence.HoldingsReadAt < until
                ? new Finding.Wait(position.Symbol, reference, $"the account shows {account} of {trade.Held} shares; the settle window ends at {until:u}")
                : new Finding.NeedsPerson(
                    position.Symbol,
                    BlockCode.SharesMissing,
                    $"the account shows {account} shares, the robot bought {trade.Held}, and no sale explains it",
                    null,
                    []);
        }

        // One that nobody found may still take the shares: with shares of the person's beside them, a second sell could sell those.
        if (hold.Kind == ExitHoldKind.NotPlaced && account > trade.Held)
        {
            return new Finding.NeedsPerson(
                position.Symbol,
                BlockCode.ExitUncertain,
                $"the sell {reference} left no trace, and the account holds {account} shares of which {trade.Held} are the robot's",
                null,
                []);
        }

        return new Finding.ExitFree(position.Symbol, trade.Number, hold.Since, $"the account holds {account} shares, none is reserved, and complete reads show no sale");
    }
}
