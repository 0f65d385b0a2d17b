using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using MicroTrader.Simulators.Paper.Core;
using MicroTrader.Simulators.Paper.Http;
using MicroTrader.Simulators.Paper.Store;

namespace MicroTrader.Simulators.Paper;

/// <summary>
/// One account of the venue at work: decides under one lock, stores, applies, and keeps the one timer for what is due. All
/// of it is synchronous, the timer's callback too, so that whoever moves a virtual clock finds the fills done when the move
/// returns.
/// </summary>
internal sealed partial class PaperEngine : IDisposable
{
    // After a failed write (a full disk), look again: the order is still pending, on the disk and in memory.
    private static readonly TimeSpan RetryAfterFailure = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);
    private static readonly TimeSpan ShortestTimer = TimeSpan.FromMilliseconds(1);

    private readonly Lock _gate = new();
    private readonly PaperBrokerOptions _options;
    private readonly PaperAccountOptions _account;
    private readonly VenueRules _rules;
    private readonly PaperStore _store;
    private readonly VenueState _state;
    private readonly PriceBoard _prices;
    private readonly int _slot;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly WireMapper _wire;
    private readonly Func<string, decimal?> _lastPrice;
    private readonly ITimer _timer;
    private Dictionary<string, PriceBand> _watched = [];
    private long _changes;
    private bool _disposed;

    public PaperEngine(
        PaperBrokerOptions options, PaperAccountOptions account, VenueRules rules, PaperStore store, VenueState state, PriceBoard prices, int slot, ILogger logger)
    {
        _options = options;
        _account = account;
        _rules = rules;
        _store = store;
        _state = state;
        _prices = prices;
        _slot = slot;
        _logger = logger;
        _time = options.TimeProvider;
        _lastPrice = _prices.Last;
        _wire = new WireMapper(rules, _lastPrice);
        Faults = new PaperFaults(options.FaultSeed, options.TimeProvider, ReadPositions, ReadPendingOrders);
        _timer = _time.CreateTimer(static self => ((PaperEngine)self!).RunDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public PaperFaults Faults { get; }

    public long Changes => Interlocked.Read(ref _changes);

    public long AccountId => _account.AccountId;

    public (PaperOrder? Order, Refusal? Refusal) Place(OrderRequest request)
    {
        lock (_gate)
        {
            var (change, refusal) = OrderDesk.Place(_state, _rules, request, _lastPrice(request.Ticker), _time.GetUtcNow());
            if (change is null)
            {
                _logger.LogDebug("Paper broker refused {Quantity} x {Ticker}: {Type}", request.Quantity, request.Ticker, refusal!.Type);
                return (null, refusal);
            }

            change = OrderDesk.WithFate(change, _rules, Faults.TakeFate());
            Commit(change);
            Rearm();
            return (change.Order, null);
        }
    }

    /// <summary>Takes a cancellation; false when no such order is pending. Under the same lock as every fill, so exactly one of the two wins.</summary>
    public bool Cancel(long id)
    {
        lock (_gate)
        {
            var (found, change) = OrderDesk.Cancel(_state, id, _rules.CancelDelay, _time.GetUtcNow());
            if (change is not null)
            {
                Commit(change);
                Rearm();
            }

            return found;
        }
    }

    public void MoveToPie(string ticker, decimal quantity)
    {
        lock (_gate)
        {
            var holding = _state.Holding(ticker);
            if (holding is null || quantity > _state.AvailableShares(ticker) || holding.QuantityInPies + quantity < 0)
            {
                throw new PaperBrokerException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Moving {quantity} x {ticker} to a pie: free are {_state.AvailableShares(ticker)}, in pies are {holding?.QuantityInPies ?? 0}."));
            }

            Commit(new VenueChange { Account = _state.Account, Holding = holding with { QuantityInPies = holding.QuantityInPies + quantity } });
        }
    }

    /// <summary>Empties the account: its starting cash as the only deposit. Order numbers go on.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            Commit(CorporateDesk.Open(_account, _slot, _state.Account, _time.GetUtcNow()));
            Rearm();
            _logger.LogInformation("Paper broker account {AccountId} was reset", AccountId);
        }
    }

    /// <summary>Splits the shares of one instrument in all accounts and in its last price, as one step that nobody sees half done.</summary>
    public static void Split(IReadOnlyList<PaperEngine> engines, PriceBoard prices, string ticker, decimal factor) => UnderAllLocks(engines, 0, () =>
    {
        // A pending order was meant for the old shares: the venue cancels it, as brokers do at a corporate action.
        foreach (var engine in engines)
        {
            var now = engine._time.GetUtcNow();
            foreach (var order in engine._state.Pending.Where(o => o.Ticker == ticker).ToList())
            {
                engine.Commit(OrderDesk.Close(engine._state, order, PaperOrderStatus.Cancelled, now));
            }
        }

        CommitAll(engines, engine => CorporateDesk.Split(engine._state, engine._rules, ticker, factor, engine._time.GetUtcNow()));
        prices.Split(ticker, factor);
        foreach (var engine in engines)
        {
            engine.Rearm();
        }
    });

    /// <summary>Pays a dividend to all accounts that hold the instrument.</summary>
    public static void PayDividend(IReadOnlyList<PaperEngine> engines, string ticker, decimal grossPerShare) => UnderAllLocks(
        engines,
        0,
        () => CommitAll(engines, engine => CorporateDesk.Dividend(engine._state, engine._rules, ticker, grossPerShare, engine._time.GetUtcNow())));

    /// <summary>Acts on what is due, and arms the timer for what comes next.</summary>
    public void RunDue() => RunDue(_lastPrice);

    /// <summary>Acts on a price that an order may wait for: on this one, even when another thread has brought the next already.</summary>
    public void RunDue(string ticker, decimal price) => RunDue(asked => asked == ticker ? price : _lastPrice(asked));

    private void RunDue(Func<string, decimal?> price)
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            try
            {
                // The bands go up before the prices are judged: a price that comes in between finds its band and calls here again.
                Watch();
                while (FillDesk.Next(_state, _rules, price, _time.GetUtcNow()) is { } change)
                {
                    Commit(change);
                    Watch();
                }

                Rearm();
            }
            catch (SqliteException exception)
            {
                _logger.LogError(exception, "Paper broker cannot write {Path}; the due orders stay pending and are tried again", _options.DatabasePath);
                _timer.Change(RetryAfterFailure, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _timer.Dispose();
        }
    }

    // Always in the order of the accounts, so that two callers cannot wait for each other.
    private static void UnderAllLocks(IReadOnlyList<PaperEngine> engines, int index, Action action)
    {
        if (index == engines.Count)
        {
            action();
            return;
        }

        lock (engines[index]._gate)
        {
            UnderAllLocks(engines, index + 1, action);
        }
    }

    private static void CommitAll(IReadOnlyList<PaperEngine> engines, Func<PaperEngine, VenueChange?> decide)
    {
        var changes = engines.Select(engine => (Engine: engine, Change: decide(engine))).Where(static c => c.Change is not null).ToList();
        if (changes.Count == 0)
        {
            return;
        }

        ObjectDisposedException.ThrowIf(engines[0]._disposed, engines[0]);
        engines[0]._store.Commit([.. changes.Select(static c => c.Change!)]);
        foreach (var (engine, change) in changes)
        {
            engine.Apply(change!);
        }
    }

    private void Commit(VenueChange change)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _store.Commit(change);
        Apply(change);
        if (change.Fill is { } fill)
        {
            _logger.LogDebug("Paper broker filled order {OrderId}: {Quantity} x {Ticker} at {Price}", fill.OrderId, fill.Quantity, fill.Ticker, fill.Price);
        }
        else if (change.Order is { } order)
        {
            _logger.LogDebug("Paper broker order {OrderId}: {Quantity} x {Ticker} {Status}", order.Id, order.Quantity, order.Ticker, order.Status);
        }
    }

    private void Apply(VenueChange change)
    {
        _state.Apply(change);
        Interlocked.Increment(ref _changes);
    }

    private void Watch()
    {
        var bands = Triggers.Bands(_state, _rules, _time.GetUtcNow());
        foreach (var (ticker, band) in bands)
        {
            if (!_watched.TryGetValue(ticker, out var before) || before != band)
            {
                _prices.Watch(_slot, ticker, band);
            }
        }

        foreach (var ticker in _watched.Keys)
        {
            if (!bands.ContainsKey(ticker))
            {
                _prices.Watch(_slot, ticker, PriceBand.None);
            }
        }

        _watched = bands;
    }

    private void Rearm()
    {
        Watch();
        var now = _time.GetUtcNow();
        if (FillDesk.NextDue(_state, _rules, _lastPrice, now) is not { } due)
        {
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        // Rounded up to the timer's millisecond, else it would fire just before the order is due. Never at once: a virtual
        // clock may run a timer of zero inside this very call.
        var wait = TimeSpan.FromMilliseconds(Math.Ceiling(Math.Min((due - now).TotalMilliseconds, LongestTimer.TotalMilliseconds)));
        _timer.Change(wait < ShortestTimer ? ShortestTimer : wait, Timeout.InfiniteTimeSpan);
    }
}
