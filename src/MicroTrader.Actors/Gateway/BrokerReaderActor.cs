using Akka.Actor;
using Microsoft.Extensions.Logging;
using MicroTrader.Actors.Diagnostics;
using MicroTrader.Actors.Execution;
using MicroTrader.Actors.Messages;
using MicroTrader.Domain.Gateway;
using MicroTrader.Domain.Reconciliation;
using MicroTrader.Domain.Robot;
using MicroTrader.Trading212;
using Wire = MicroTrader.Trading212;

namespace MicroTrader.Actors.Gateway;

/// <summary>
/// The reads that several need: each is made once for all who wait when it begins. A read that failed is told as such: it is never an empty answer.
/// </summary>
internal sealed class BrokerReaderActor : ReceiveActor
{
    // The account's money is for the eye: the broker allows a read every 5 s, and other programs of the person may want some of them.
    private static readonly TimeSpan AccountAge = TimeSpan.FromSeconds(15);

    private readonly RobotServices _services;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly SharedRead<IActorRef> _pending = new(BrokerEndpoint.PendingOrders);
    private readonly SharedRead<IActorRef> _holdings = new(BrokerEndpoint.Positions);
    private readonly SharedRead<IActorRef> _account = new(BrokerEndpoint.AccountSummary);
    private readonly SharedRead<IActorRef> _history = new(BrokerEndpoint.OrderHistory);
    private readonly List<HistoricalOrder> _pages = [];
    private readonly HashSet<string> _failing = [];
    private readonly ActorTimer _due;
    private AccountView _money = AccountView.Unknown;
    private DateTimeOffset? _moneyAskedAt;
    private string? _cursor;

    public BrokerReaderActor(RobotServices services)
    {
        _services = services;
        _log = services.Logs.CreateLogger<BrokerReaderActor>();
        _due = new ActorTimer(services.Time, Self);
        services.Metrics.WatchMailbox("reader", Self);
        Receive<ReadPending>(read => Join(_pending, read.Priority));
        Receive<ReadHoldings>(read => Join(_holdings, read.Priority));
        Receive<ReadCash>(read => Join(_account, read.Priority));
        Receive<ReadHistory>(read =>
        {
            _history.Join(Sender, read.Priority, read.DueAt, read.Since, read.Order);
            QueueIfDue(_history);
        });
        Receive<ActorTimer.Rung>(rung =>
        {
            if (_due.IsCurrent(rung))
                QueueIfDue(_history);
        });
        Receive<PermitGranted>(granted =>
        {
            if (granted.Tag is SharedRead<IActorRef> read)
                OnGranted(read);
        });
        Receive<DescribeAccount>(OnDescribeAccount);
        Receive<AccountPage>(OnAccount);
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

    private void Join(SharedRead<IActorRef> read, RequestPriority priority)
    {
        read.Join(Sender, priority, null);
        QueueIfDue(read);
    }

    private void QueueIfDue(SharedRead<IActorRef> read)
    {
        var (ask, lookAt) = read.Next(_services.Time.GetUtcNow());
        if (lookAt is { } at)
            _due.ArmAt(at);
        if (ask is { } priority)
            Context.Parent.Tell(new RequestPermit(read.Endpoint, priority, null, read));
    }

    private void OnGranted(SharedRead<IActorRef> read)
    {
        // Asked for by the incarnation before a restart: who waited for it asks again.
        if (read != _pending && read != _holdings && read != _account && read != _history)
            return;
        switch (read.Granted(_services.Time.GetUtcNow()))
        {
            case ReadMove.Begin:
                Begin(read);
                break;
            case ReadMove.NextPage:
                ReadPage();
                break;
        }
    }

    private void Begin(SharedRead<IActorRef> read)
    {
        switch (read.Endpoint)
        {
            case BrokerEndpoint.PendingOrders:
                _services.Broker.GetPendingOrdersAsync(_stop.Token).PipeTracked(_services.Activity, Self, r => new PendingPage(r, null), e => new PendingPage(null, e));
                break;
            case BrokerEndpoint.Positions:
                _services.Broker.GetPositionsAsync(null, _stop.Token).PipeTracked(_services.Activity, Self, r => new HoldingsPage(r, null), e => new HoldingsPage(null, e));
                break;
            case BrokerEndpoint.AccountSummary:
                _services.Broker.GetAccountSummaryAsync(_stop.Token).PipeTracked(_services.Activity, Self, r => new AccountPage(r, null), e => new AccountPage(null, e));
                break;
            default:
                _pages.Clear();
                _cursor = null;
                ReadPage();
                break;
        }
    }

    // Who looks is not kept waiting for a broker that may be away: the answer is what is known, and it is read anew, the last of all, where that is old.
    private void OnDescribeAccount(DescribeAccount ask)
    {
        Sender.Tell(_money);
        var now = _services.Time.GetUtcNow();
        if (now - _moneyAskedAt < AccountAge)
            return;
        _moneyAskedAt = now;
        // For the eye alone: what comes of it is in the view, and nobody is told.
        Self.Tell(new ReadCash(RequestPriority.Price), ActorRefs.Nobody);
    }

    private void OnAccount(AccountPage page)
    {
        var (account, failure) = Take(BrokerEndpoint.AccountSummary, "account", page.Answer, page.Failure);
        var free = account?.Cash?.AvailableToTrade;
        _money = account is null
            ? _money with { Failure = failure }
            : new AccountView(account.Currency, account.TotalValue, free, _account.StartedAt, null);
        // A summary without free cash says nothing of it.
        Finish(_account, new CashRead(free, _account.StartedAt, failure ?? (free is null ? "a summary without free cash" : null)));
    }

    private void ReadPage()
    {
        _services.Broker.GetOrderHistoryAsync(new HistoryQuery { Cursor = _cursor }, _stop.Token)
            .PipeTracked(_services.Activity, Self, r => new HistoryPageRead(r, null), e => new HistoryPageRead(null, e));
    }

    private void OnPending(PendingPage page)
    {
        var (orders, failure) = Take(BrokerEndpoint.PendingOrders, "pending orders", page.Answer, page.Failure);
        var mapped = orders?.Select(o => BrokerMapping.Order(o)).ToList();
        // An order without id or ticker could be any: the list is no evidence then.
        if (mapped is not null && mapped.Any(o => o is null))
            (mapped, failure) = (null, "an order without id or ticker");
        Finish(_pending, new PendingRead(mapped?.OfType<BrokerOrder>().ToList(), _pending.StartedAt, failure));
    }

    private void OnHoldings(HoldingsPage page)
    {
        var (positions, failure) = Take(BrokerEndpoint.Positions, "positions", page.Answer, page.Failure);
        var holdings = positions is null ? null : BrokerMapping.Holdings(positions);
        var read = new HoldingsRead(holdings, _holdings.StartedAt, failure ?? (holdings is null ? "a position without ticker or quantity" : null));
        Finish(_holdings, read);
        Context.Parent.Tell(new HoldingsSeen(read));
    }

    private void OnHistoryPage(HistoryPageRead page)
    {
        var (read, failure) = Take(BrokerEndpoint.OrderHistory, "order history", page.Answer, page.Failure);
        if (read is null)
        {
            Finish(_history, new HistoryRead(null, null, _history.StartedAt, failure));
            return;
        }

        _pages.AddRange(read.Items);
        var orders = BrokerMapping.History(_pages);
        var lines = read.Items.Select(i => new HistoryLine(i.Order?.CreatedAt, i.Fill?.FilledAt)).ToList();
        var step = _history.PageRead(lines, read.IsLast, orders, _services.Time.GetUtcNow());
        var told = new HistoryRead(orders, step.CompleteSince, _history.StartedAt, null);
        foreach (var waiter in step.Told)
            waiter.Tell(told);
        if (step.NextPage is { } priority)
        {
            _cursor = read.NextCursor;
            Context.Parent.Tell(new RequestPermit(BrokerEndpoint.OrderHistory, priority, null, _history));
            return;
        }

        _pages.Clear();
        QueueIfDue(_history);
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

    private void Finish(SharedRead<IActorRef> read, object answer)
    {
        foreach (var waiter in read.Finish())
            waiter.Tell(answer);
        QueueIfDue(read);
    }

    private sealed record AccountPage(ReadResult<AccountSummary>? Answer, Exception? Failure);

    private sealed record PendingPage(ReadResult<IReadOnlyList<Wire.Order>>? Answer, Exception? Failure);

    private sealed record HoldingsPage(ReadResult<IReadOnlyList<Wire.Position>>? Answer, Exception? Failure);

    private sealed record HistoryPageRead(ReadResult<HistoryPage<HistoricalOrder>>? Answer, Exception? Failure);
}
