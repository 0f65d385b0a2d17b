using Akka.Actor;
using Microsoft.Extensions.Logging;
using MicroTrader.Actors.Diagnostics;
using MicroTrader.Actors.Execution;
using MicroTrader.Actors.Messages;
using MicroTrader.Domain.Gateway;
using MicroTrader.Domain.Reconciliation;
using MicroTrader.Trading212;
using Wire = MicroTrader.Trading212;

namespace MicroTrader.Actors.Gateway;

/// <summary>
/// The reads that several need: each is made once for all who wait when it begins. A read that failed is told as such: it is never an empty answer.
/// </summary>
internal sealed class BrokerReaderActor : ReceiveActor
{
    // A history that is longer than this within the time that is asked for is another program's work: 20 pages are 1,000 orders.
    private const int MostPages = 20;

    private readonly RobotServices _services;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly SharedRead _pending = new(BrokerEndpoint.PendingOrders);
    private readonly SharedRead _holdings = new(BrokerEndpoint.Positions);
    private readonly SharedRead _history = new(BrokerEndpoint.OrderHistory);
    private readonly List<HistoricalOrder> _pages = [];
    private readonly HashSet<string> _failing = [];
    private readonly ActorTimer _due;
    private DateTimeOffset _historySince;
    private string? _cursor;
    private int _pageCount;

    public BrokerReaderActor(RobotServices services)
    {
        _services = services;
        _log = services.Logs.CreateLogger<BrokerReaderActor>();
        _due = new ActorTimer(services.Time, Self);
        services.Metrics.WatchMailbox("reader", Self);
        Receive<ReadPending>(read => Join(_pending, read.Priority, null));
        Receive<ReadHoldings>(read => Join(_holdings, read.Priority, null));
        Receive<ReadHistory>(read =>
        {
            _history.Since(read.Since);
            Join(_history, read.Priority, read.DueAt);
        });
        Receive<ActorTimer.Rung>(rung =>
        {
            if (_due.IsCurrent(rung))
                QueueIfDue(_history);
        });
        Receive<PermitGranted>(granted =>
        {
            if (granted.Tag is SharedRead read)
                Begin(read);
            else if (granted.Tag is NextPage)
                ReadPage();
        });
        Receive<PendingPage>(OnPending);
        Receive<HoldingsPage>(OnHoldings);
        Receive<HistoryPageRead>(OnHistoryPage);
    }

    protected override void PostStop()
    {
        _due.Dispose();
        _stop.Cancel();
        _stop.Dispose();
    }

    private void Join(SharedRead read, RequestPriority priority, DateTimeOffset? dueAt)
    {
        read.Waiting.Add((Sender, priority, dueAt));
        QueueIfDue(read);
    }

    // A read is made when the first of those who wait can wait no longer; the others have it with him. It is as urgent as the most urgent of them.
    private void QueueIfDue(SharedRead read)
    {
        if (read.IsRunning || read.Waiting.Count == 0)
            return;
        var now = _services.Time.GetUtcNow();
        var due = read.Waiting.Where(w => w.DueAt is not { } at || at <= now).ToList();
        if (due.Count == 0)
        {
            _due.ArmAt(read.Waiting.Min(w => w.DueAt));
            return;
        }

        var priority = due.Min(w => w.Priority);
        if (read.IsQueued && priority >= read.Priority)
            return;
        read.IsQueued = true;
        read.Priority = priority;
        Context.Parent.Tell(new RequestPermit(read.Endpoint, priority, null, read));
    }

    private void Begin(SharedRead read)
    {
        // Asked for by the incarnation before a restart: who waited for it asks again.
        if (read != _pending && read != _holdings && read != _history)
            return;
        // Asked for twice, because it became more urgent in the moment in which it was granted.
        if (!read.IsQueued || read.IsRunning)
            return;

        // Who asks from now on waits for the next read: this one may have begun before the reason to ask.
        read.Start(_services.Time.GetUtcNow());
        switch (read.Endpoint)
        {
            case BrokerEndpoint.PendingOrders:
                _services.Broker.GetPendingOrdersAsync(_stop.Token).PipeTracked(_services.Activity, Self, r => new PendingPage(r, null), e => new PendingPage(null, e));
                break;
            case BrokerEndpoint.Positions:
                _services.Broker.GetPositionsAsync(null, _stop.Token).PipeTracked(_services.Activity, Self, r => new HoldingsPage(r, null), e => new HoldingsPage(null, e));
                break;
            default:
                _historySince = read.TakeSince();
                _pages.Clear();
                _pageCount = 0;
                _cursor = null;
                ReadPage();
                break;
        }
    }

    private void ReadPage()
    {
        _pageCount++;
        _services.Broker.GetOrderHistoryAsync(new HistoryQuery { Cursor = _cursor }, _stop.Token)
            .PipeTracked(_services.Activity, Self, r => new HistoryPageRead(r, null), e => new HistoryPageRead(null, e));
    }

    private void OnPending(PendingPage page)
    {
        var (orders, failure) = Take(BrokerEndpoint.PendingOrders, "pending orders", page.Result, page.Failure);
        var mapped = orders?.Select(o => BrokerMapping.Order(o)).ToList();
        // An order without id or ticker could be any: the list is no evidence then.
        if (mapped is not null && mapped.Any(o => o is null))
            (mapped, failure) = (null, "an order without id or ticker");
        Finish(_pending, new PendingRead(mapped?.OfType<BrokerOrder>().ToList(), _pending.StartedAt, failure));
    }

    private void OnHoldings(HoldingsPage page)
    {
        var (positions, failure) = Take(BrokerEndpoint.Positions, "positions", page.Result, page.Failure);
        var holdings = positions is null ? null : BrokerMapping.Holdings(positions);
        var read = new HoldingsRead(holdings, _holdings.StartedAt, failure ?? (holdings is null ? "a position without ticker or quantity" : null));
        Finish(_holdings, read);
        Context.Parent.Tell(new HoldingsSeen(read));
    }

    private void OnHistoryPage(HistoryPageRead page)
    {
        var (read, failure) = Take(BrokerEndpoint.OrderHistory, "order history", page.Result, page.Failure);
        if (read is null)
        {
            Finish(_history, new HistoryRead(null, null, _history.StartedAt, failure));
            return;
        }

        _pages.AddRange(read.Items);
        // Complete once a page is wholly older: an order's fills may be spread over pages. Older in its fills, too: what queued at a market that was shut ended
        // later than what was created after it, and the page would hide that.
        var reached = read.IsLast || (read.Items.Count > 0 && read.Items.All(i => i.Order?.CreatedAt < _historySince && !(i.Fill?.FilledAt >= _historySince)));
        if (!reached && _pageCount < MostPages)
        {
            _cursor = read.NextCursor;
            Context.Parent.Tell(new RequestPermit(BrokerEndpoint.OrderHistory, _history.Priority, null, new NextPage()));
            return;
        }

        DateTimeOffset? complete = read.IsLast ? DateTimeOffset.MinValue : reached ? _historySince : null;
        Finish(_history, new HistoryRead(BrokerMapping.History(_pages), complete, _history.StartedAt, null));
        _pages.Clear();
    }

    private (T? Value, string? Failure) Take<T>(BrokerEndpoint endpoint, string what, ReadResult<T>? result, Exception? failure)
        where T : class
    {
        var (value, info, text) = result switch
        {
            ReadResult<T>.Success s => (s.Value, s.Info, (string?)null),
            ReadResult<T>.NotFound n => (null, n.Info, n.Problem.Detail),
            ReadResult<T>.Failed f => (null, f.Info, $"{f.Kind}: {f.Detail}"),
            _ => (null, null, failure?.Message ?? "no answer"),
        };
        if (info is not null)
            Context.Parent.Tell(new AnswerSeen(endpoint, info));
        Context.Parent.Tell(new ReadEnded(endpoint, text));
        // One line when a read begins to fail, one when it works again.
        if (text is not null && _failing.Add(what))
            _log.ReadFailed(what, text);
        else if (text is null && _failing.Remove(what))
            _log.ReadAgain(what);
        return (value, text);
    }

    private void Finish(SharedRead read, object answer)
    {
        foreach (var waiter in read.Running)
            waiter.Tell(answer);
        read.Running.Clear();
        read.IsRunning = false;
        QueueIfDue(read);
    }

    private sealed record NextPage;

    private sealed record PendingPage(ReadResult<IReadOnlyList<Wire.Order>>? Result, Exception? Failure);

    private sealed record HoldingsPage(ReadResult<IReadOnlyList<Wire.Position>>? Result, Exception? Failure);

    private sealed record HistoryPageRead(ReadResult<HistoryPage<HistoricalOrder>>? Result, Exception? Failure);

    private sealed class SharedRead(BrokerEndpoint endpoint)
    {
        private DateTimeOffset? _since;

        public BrokerEndpoint Endpoint { get; } = endpoint;

        public RequestPriority Priority { get; set; }

        public List<(IActorRef Who, RequestPriority Priority, DateTimeOffset? DueAt)> Waiting { get; } = [];

        public List<IActorRef> Running { get; } = [];

        public bool IsQueued { get; set; }

        public bool IsRunning { get; set; }

        public DateTimeOffset StartedAt { get; private set; }

        public void Since(DateTimeOffset since) => _since = _since is { } s && s < since ? s : since;

        public DateTimeOffset TakeSince()
        {
            var since = _since ?? DateTimeOffset.MinValue;
            _since = null;
            return since;
        }

        public void Start(DateTimeOffset now)
        {
            IsQueued = false;
            IsRunning = true;
            StartedAt = now;
            Running.AddRange(Waiting.Select(w => w.Who));
            Waiting.Clear();
        }
    }
}
