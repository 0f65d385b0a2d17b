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
    private readonly Shared _pending = new(BrokerEndpoint.PendingOrders);
    private readonly Shared _holdings = new(BrokerEndpoint.Positions);
    private readonly Shared _history = new(BrokerEndpoint.OrderHistory);
    private readonly SimAlarm _due = new(robot, gateway);
    private readonly List<SimHistoryItem> _items = [];
    private int? _cursor;

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
                Page();
                break;
        }
    }

    private void Page()
    {
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
        var orders = Map(_items);
        var lines = page.Items.Select(i => new HistoryLine(i.Order?.CreatedAt ?? i.At, i.Fill?.At)).ToList();
        var step = read.PageRead(lines, page.Next is null || !robot.Parts.ReadsOn, orders, robot.Clock.Now);
        var told = new HistoryTold(orders, step.CompleteSince, read.StartedAt);
        foreach (var then in step.Told)
            then(told);
        if (step.NextPage is { } priority)
        {
            _cursor = page.Next;
            gateway.AskLeave(BrokerEndpoint.OrderHistory, priority, Granting(_history));
            return;
        }

        QueueIfDue(_history);
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
