using MicroTrader.Domain.Gateway;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Reconciliation;

namespace MicroTrader.Simulation.Core.Robot;

/// <summary>
/// The reads that several need; who is told when is the domain's. The robot's BrokerReaderActor is its pattern, and so is BrokerMapping.
/// </summary>
internal sealed class SimReader(SimRobot robot, SimGateway gateway)
{
    private const int MostPages = 20;

    private readonly Shared _pending = new(BrokerEndpoint.PendingOrders);
    private readonly Shared _holdings = new(BrokerEndpoint.Positions);
    private readonly Shared _history = new(BrokerEndpoint.OrderHistory);
    private readonly SimAlarm _due = new(robot, gateway);
    private readonly List<SimHistoryItem> _items = [];
    private int? _cursor;
    private int _pages;

    /// <summary>What was read last; null before the first.</summary>
    public IReadOnlyDictionary<Ticker, BrokerHolding>? LastHoldings { get; private set; }

    public void Join(ReadWished wish, Action<object> then)
    {
        var shared = wish.Endpoint switch
        {
            BrokerEndpoint.PendingOrders => _pending,
            BrokerEndpoint.Positions => _holdings,
            BrokerEndpoint.OrderHistory => _history,
            _ => throw new ArgumentOutOfRangeException(nameof(wish), wish.Endpoint, "no shared read"),
        };
        shared.Read.Join(then, wish.Priority, wish.DueAt, wish.HistorySince ?? default, wish.Order);
        QueueIfDue(shared);
    }

    /// <summary>Whether it was the reader's alarm that rang.</summary>
    public bool Takes(Rung rung)
    {
        if (rung.Alarm != _due)
            return false;
        if (_due.Takes(rung))
            QueueIfDue(_history);
        return true;
    }

    private void QueueIfDue(Shared shared)
    {
        var (ask, lookAt) = shared.Read.Next(robot.Clock.Now);
        if (lookAt is { } at)
            _due.Set(at);
        if (ask is { } priority)
            gateway.AskLeave(shared.Read.Endpoint, priority, Granting(shared));
    }

    // One for each read, so that asking more urgently is asking for the same.
    private Action<bool> Granting(Shared shared) => shared.Granted ??= _ =>
    {
        switch (shared.Read.Granted(robot.Clock.Now))
        {
            case ReadMove.Begin:
                Begin(shared);
                break;
            case ReadMove.NextPage:
                Page();
                break;
        }
    };

    private void Begin(Shared shared)
    {
        var startedAt = shared.Read.StartedAt;
        switch (shared.Read.Endpoint)
        {
            case BrokerEndpoint.PendingOrders:
                gateway.Send(BrokerEndpoint.PendingOrders, robot.Reads.Pending, answer => Finish(shared, new PendingTold(answer.Value as IReadOnlyList<BrokerOrder>, startedAt)));
                break;
            case BrokerEndpoint.Positions:
                gateway.Send(BrokerEndpoint.Positions, robot.Reads.Positions, answer =>
                {
                    var holdings = answer.Value as IReadOnlyDictionary<Ticker, BrokerHolding>;
                    LastHoldings = holdings ?? LastHoldings;
                    Finish(shared, new HoldingsTold(holdings, startedAt));
                });
                break;
            default:
                _items.Clear();
                _cursor = null;
                _pages = 0;
                Page();
                break;
        }
    }

    private void Page()
    {
        _pages++;
        var cursor = _cursor;
        gateway.Send(BrokerEndpoint.OrderHistory, () => robot.Reads.History(cursor), OnPage);
    }

    private void OnPage(SimAnswer answer)
    {
        var read = _history.Read;
        if (answer.Value is not SimHistoryPage page)
        {
            Finish(_history, new HistoryTold(null, null, read.StartedAt));
            return;
        }

        _items.AddRange(page.Items);
        var since = read.Since;
        var isLast = page.Next is null || !robot.Parts.ReadsOn;
        // Complete once a page is wholly older, in its fills too: an order's fills may be spread over pages, and what queued at a market that was shut
        // ended later than what was created after it.
        var reached = isLast || (page.Items.Count > 0 && page.Items.All(i => (i.Order?.CreatedAt ?? i.At) < since && !(i.Fill?.At >= since)));
        if (!reached && _pages < MostPages)
        {
            var early = new HistoryTold(Map(_items), null, read.StartedAt);
            foreach (var told in read.TellEarly(early.Orders!))
                told(early);
            if (!read.IsAnswered)
            {
                _cursor = page.Next;
                gateway.AskLeave(BrokerEndpoint.OrderHistory, read.AskPage(robot.Clock.Now), Granting(_history));
                return;
            }
        }

        DateTimeOffset? complete = isLast ? DateTimeOffset.MinValue : reached ? since : null;
        Finish(_history, new HistoryTold(Map(_items), complete, read.StartedAt));
    }

    private static List<BrokerOrder> Map(List<SimHistoryItem> items)
    {
        var orders = new List<BrokerOrder>();
        var fills = new Dictionary<long, List<Fill>>();
        foreach (var item in items)
        {
            if (item.Order is not { } order)
            {
                orders.Add(new BrokerOrder(item.CorporateId, item.Instrument.Ticker, null, null, 0, "FILLED", true, item.At, OrderOrigin.Other, [])
                {
                    CorporateQuantity = item.CorporateQuantity,
                });
                continue;
            }

            if (!fills.TryGetValue(order.Id, out var known))
            {
                fills[order.Id] = known = [];
                orders.Add(SimVenueReads.Show(order, known));
            }

            if (item.Fill is { } fill && known.All(f => f.FillId != fill.Id))
                known.Add(SimVenueReads.Show(fill));
        }

        return orders;
    }

    private void Finish(Shared shared, object told)
    {
        foreach (var then in shared.Read.Finish())
            then(told);
        QueueIfDue(shared);
    }

    private sealed class Shared(BrokerEndpoint endpoint)
    {
        public SharedRead<Action<object>> Read { get; } = new(endpoint);

        public Action<bool>? Granted { get; set; }
    }
}
