using MicroTrader.Domain.Gateway;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Reconciliation;

namespace MicroTrader.Simulation.Core.Robot;

/// <summary>
/// The reads that several need: each is made once for all who wait when it begins. The robot's BrokerReaderActor is its pattern, and so is BrokerMapping.
/// </summary>
internal sealed class SimReader(SimRobot robot, SimGateway gateway)
{
    private const int MostPages = 20;

    private readonly Shared _pending = new(BrokerEndpoint.PendingOrders);
    private readonly Shared _holdings = new(BrokerEndpoint.Positions);
    private readonly Shared _history = new(BrokerEndpoint.OrderHistory);

    /// <summary>What was read last; null before the first.</summary>
    public IReadOnlyDictionary<Ticker, BrokerHolding>? LastHoldings { get; private set; }

    public void Join(ReadWished wish, Action<object> then)
    {
        var read = wish.Endpoint switch
        {
            BrokerEndpoint.PendingOrders => _pending,
            BrokerEndpoint.Positions => _holdings,
            BrokerEndpoint.OrderHistory => _history,
            _ => throw new ArgumentOutOfRangeException(nameof(wish), wish.Endpoint, "no shared read"),
        };
        read.Waiting.Add((then, wish.Priority));
        if (wish.HistorySince is { } since && (read.Since is not { } known || since < known))
            read.Since = since;
        Begin(read);
    }

    private void Begin(Shared read)
    {
        if (read.IsQueued || read.IsRunning || read.Waiting.Count == 0)
            return;
        read.IsQueued = true;
        read.Priority = read.Waiting.Min(w => w.Priority);
        switch (read.Endpoint)
        {
            case BrokerEndpoint.PendingOrders:
                gateway.Ask(read.Endpoint, read.Priority, () => Leave(read), robot.Reads.Pending, answer =>
                    Finish(read, new PendingTold(answer.Value as IReadOnlyList<BrokerOrder>, read.StartedAt)));
                break;
            case BrokerEndpoint.Positions:
                gateway.Ask(read.Endpoint, read.Priority, () => Leave(read), robot.Reads.Positions, answer =>
                {
                    var holdings = answer.Value as IReadOnlyDictionary<Ticker, BrokerHolding>;
                    LastHoldings = holdings ?? LastHoldings;
                    Finish(read, new HoldingsTold(holdings, read.StartedAt));
                });
                break;
            default:
                Page(read, null, []);
                break;
        }
    }

    // Who asks from now on waits for the next read: this one may have begun before the reason to ask.
    private void Leave(Shared read)
    {
        read.IsQueued = false;
        read.IsRunning = true;
        read.StartedAt = robot.Clock.Now;
        read.Pages = 0;
        read.RunningSince = read.Since ?? DateTimeOffset.MinValue;
        read.Since = null;
        read.Running.AddRange(read.Waiting.Select(w => w.Then));
        read.Waiting.Clear();
    }

    private void Page(Shared read, int? cursor, List<SimHistoryItem> pages)
    {
        gateway.Ask(read.Endpoint, read.Priority, cursor is null ? () => Leave(read) : null, () => robot.Reads.History(cursor), answer =>
        {
            if (answer.Value is not SimHistoryPage page)
            {
                Finish(read, new HistoryTold(null, null, read.StartedAt));
                return;
            }

            read.Pages++;
            pages.AddRange(page.Items);
            var since = read.RunningSince;
            var isLast = page.Next is null || !robot.Parts.ReadsOn;
            // Complete once a page is wholly older, in its fills too: an order's fills may be spread over pages, and what queued at a market that was shut
            // ended later than what was created after it.
            var reached = isLast || (page.Items.Count > 0 && page.Items.All(i => (i.Order?.CreatedAt ?? i.At) < since && !(i.Fill?.At >= since)));
            if (!reached && read.Pages < MostPages)
            {
                Page(read, page.Next, pages);
                return;
            }

            DateTimeOffset? complete = isLast ? DateTimeOffset.MinValue : reached ? since : null;
            Finish(read, new HistoryTold(Map(pages), complete, read.StartedAt));
        });
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

    private void Finish(Shared read, object told)
    {
        read.IsRunning = false;
        var waited = read.Running.ToList();
        read.Running.Clear();
        foreach (var then in waited)
            then(told);
        Begin(read);
    }

    private sealed class Shared(BrokerEndpoint endpoint)
    {
        public BrokerEndpoint Endpoint { get; } = endpoint;

        public List<(Action<object> Then, RequestPriority Priority)> Waiting { get; } = [];

        public List<Action<object>> Running { get; } = [];

        public RequestPriority Priority { get; set; }

        public DateTimeOffset? Since { get; set; }

        public DateTimeOffset RunningSince { get; set; }

        public DateTimeOffset StartedAt { get; set; }

        public bool IsQueued { get; set; }

        public bool IsRunning { get; set; }

        public int Pages { get; set; }
    }
}
