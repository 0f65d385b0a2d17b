using MicroTrader.Domain.Gateway;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Reconciliation;

namespace MicroTrader.Backtest.Model;

/// <summary>Who asked the gateway for leave, and how it is told.</summary>
internal interface IPermitAsker
{
    Mailbox Box { get; }

    /// <summary>Leave was granted, or was not in time.</summary>
    /// <param name="tag">The request's.</param>
    /// <param name="late">Why it was too late, in words; null where it was granted.</param>
    void OnPermit(object tag, string? late);
}

/// <summary>
/// The way to the venue, with the broker's limits on it: when a fill is known, and so when shares can be sold, is decided by them. It follows the robot's
/// gateway and reader message by message; budget, queue, shared reads and the following of orders are the domain's own.
/// </summary>
internal sealed class ModelGateway
{
    private readonly MessagePump _pump;
    private readonly EventClock _clock;
    private readonly ModelVenue _venue;
    private readonly RateBudget _budget;
    private readonly PermitQueue<IPermitAsker> _queue;
    private readonly ModelTimer _release;
    private readonly ModelTimer _due;
    private readonly Mailbox _readerBox = new();
    private readonly SharedRead<Action<object>> _holdings = new(BrokerEndpoint.Positions);
    private readonly SharedRead<Action<object>> _pending = new(BrokerEndpoint.PendingOrders);
    private readonly SharedRead<Action<object>> _history = new(BrokerEndpoint.OrderHistory);
    private readonly SharedRead<Action<object>> _cash = new(BrokerEndpoint.AccountSummary);
    private readonly Reader _reader;
    private readonly List<BrokerOrder> _pages = [];
    private readonly Func<IEnumerable<ModelInstrument>> _instruments;
    private long? _cursor;
    private int _underWay;

    public ModelGateway(MessagePump pump, EventClock clock, ModelVenue venue, double timeScale, Func<IEnumerable<ModelInstrument>> instruments)
    {
        _budget = new RateBudget(RateBudget.Trading212Limits, timeScale);
        _queue = new PermitQueue<IPermitAsker>(_budget);
        _pump = pump;
        _clock = clock;
        _venue = venue;
        _instruments = instruments;
        _release = new ModelTimer(clock, () => _pump.Post(Box, Release));
        _due = new ModelTimer(clock, () => _pump.Post(_readerBox, () => QueueIfDue(_history)));
        _reader = new Reader(this);
    }

    public Mailbox Box { get; } = new();

    public EventClock Clock => _clock;

    public ModelVenue Venue => _venue;

    public MessagePump Pump => _pump;

    /// <summary>From when on how many reads of the history can be made: what risk is told.</summary>
    public ReadOutlook? Reads => _budget.Outlook(_clock.Now);

    /// <summary>Sends an order and follows it to its end.</summary>
    public OrderFollower Place(FollowedTicket ticket)
    {
        var follower = new OrderFollower(this, ticket);
        _pump.Post(Box, () =>
        {
            _underWay++;
            _pump.Post(follower.Box, follower.Send);
        });
        return follower;
    }

    /// <summary>Asks for leave to send one request.</summary>
    public void Ask(IPermitAsker asker, RequestPermit request) => _pump.Post(Box, () =>
    {
        _queue.Add(request, asker);
        Release();
    });

    /// <summary>Forgets what was asked for: who asked is no longer there, and no read is kept for it any more.</summary>
    public void Drop(OrderFollower follower)
    {
        _underWay--;
        _queue.Drop(follower);
        if (_budget.Settle(follower.Reference))
            Release();
    }

    public void ReadHoldings(RequestPriority priority, Action<HoldingsSeen> told) => Read(_holdings, priority, m => told((HoldingsSeen)m));

    /// <summary>Asks for the holdings for their prices alone: not while an order is under way, for that is no reason to keep a read waiting which tells of one.</summary>
    /// <param name="from">Who asks.</param>
    /// <param name="told">Is told the holdings; null where they are not read.</param>
    public void ReadPrices(Mailbox from, Action<HoldingsSeen?> told) => _pump.Post(Box, () =>
    {
        if (_underWay > 0)
            _pump.Post(from, () => told(null));
        else
            ReadHoldings(RequestPriority.Price, seen => _pump.Post(from, () => told(seen)));
    });

    /// <summary>Is told of every read of the holdings, whoever asked for it; null for nobody.</summary>
    public Action<HoldingsSeen>? OnHoldings { get; set; }

    public void ReadPending(RequestPriority priority, Action<ReadBegan> told) => Read(_pending, priority, m => told((ReadBegan)m));

    public void ReadCash(RequestPriority priority, Action<CashSeen> told) => Read(_cash, priority, m => told((CashSeen)m));

    public void ReadHistory(DateTimeOffset since, RequestPriority priority, DateTimeOffset? dueAt, FollowedOrder? order, Action<HistorySeen> told) =>
        _pump.Post(_readerBox, () =>
        {
            _history.Join(m => told((HistorySeen)m), priority, dueAt, since, order);
            QueueIfDue(_history);
        });

    private void Read(SharedRead<Action<object>> read, RequestPriority priority, Action<object> told) => _pump.Post(_readerBox, () =>
    {
        read.Join(told, priority, null);
        QueueIfDue(read);
    });

    private void QueueIfDue(SharedRead<Action<object>> read)
    {
        var (ask, lookAt) = read.Next(_clock.Now);
        if (lookAt is { } at)
            _due.ArmAt(at);
        if (ask is { } priority)
            Ask(_reader, new RequestPermit(read.Endpoint, priority, null, read));
    }

    private void Release()
    {
        var now = _clock.Now;
        foreach (var (request, asker, granted) in _queue.Release(now))
        {
            var late = granted ? null : _queue.WhyLate(request, now);
            _pump.Post(asker.Box, () => asker.OnPermit(request.Tag, late));
        }

        _release.ArmAt(_queue.NextRelease(now));
    }

    private void Begin(SharedRead<Action<object>> read)
    {
        switch (read.Endpoint)
        {
            case BrokerEndpoint.OrderHistory:
                _pages.Clear();
                _cursor = null;
                ReadPage();
                break;
            case BrokerEndpoint.Positions:
                var held = _instruments().Select(ModelVenue.Holding).OfType<BrokerHolding>().ToDictionary(h => h.Ticker);
                _pump.Post(_readerBox, () =>
                {
                    var seen = new HoldingsSeen(held, read.StartedAt);
                    Finish(read, seen);
                    if (OnHoldings is { } told)
                        _pump.Post(Box, () => told(seen));
                });
                break;
            case BrokerEndpoint.AccountSummary:
                var free = _venue.AvailableCash;
                _pump.Post(_readerBox, () => Finish(read, new CashSeen(free, read.StartedAt)));
                break;
            default:
                _pump.Post(_readerBox, () => Finish(read, new ReadBegan(read.StartedAt)));
                break;
        }
    }

    private void ReadPage()
    {
        var (lines, next) = _venue.History(_cursor);
        _pump.Post(_readerBox, () => OnPage(lines, next));
    }

    private void OnPage(IReadOnlyList<BrokerOrder> lines, long? next)
    {
        _pages.AddRange(lines);
        var seen = lines.Select(l => new HistoryLine(l.CreatedAt, l.Fills.Select(f => (DateTimeOffset?)f.FilledAt).Max())).ToList();
        var step = _history.PageRead(seen, next is null, _pages, _clock.Now);
        var read = new HistorySeen([.. _pages], step.CompleteSince is not null);
        foreach (var told in step.Told)
            told(read);
        if (step.NextPage is { } priority)
        {
            _cursor = next;
            Ask(_reader, new RequestPermit(BrokerEndpoint.OrderHistory, priority, null, _history));
            return;
        }

        _pages.Clear();
        QueueIfDue(_history);
    }

    private void Finish(SharedRead<Action<object>> read, object answer)
    {
        foreach (var told in read.Finish())
            told(answer);
        QueueIfDue(read);
    }

    private sealed class Reader(ModelGateway gateway) : IPermitAsker
    {
        public Mailbox Box => gateway._readerBox;

        public void OnPermit(object tag, string? late)
        {
            var read = (SharedRead<Action<object>>)tag;
            switch (read.Granted(gateway._clock.Now))
            {
                case ReadMove.Begin:
                    gateway.Begin(read);
                    break;
                case ReadMove.NextPage:
                    gateway.ReadPage();
                    break;
            }
        }
    }
}

/// <summary>A read that showed nothing that matters here but that it was made.</summary>
internal sealed record ReadBegan(DateTimeOffset ReadAt);

/// <summary>The holdings.</summary>
internal sealed record HoldingsSeen(IReadOnlyDictionary<Ticker, BrokerHolding> Holdings, DateTimeOffset ReadAt);

/// <summary>The account's free cash.</summary>
internal sealed record CashSeen(decimal Free, DateTimeOffset ReadAt);

/// <summary>The history.</summary>
internal sealed record HistorySeen(IReadOnlyList<BrokerOrder> Orders, bool IsComplete);
