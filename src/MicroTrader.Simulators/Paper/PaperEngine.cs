using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using MicroTrader.Simulators.Paper.Core;
using MicroTrader.Simulators.Paper.Http;
using MicroTrader.Simulators.Paper.Store;

namespace MicroTrader.Simulators.Paper;

/// <summary>
/// The venue at work: decides under one lock, stores, applies, and keeps the one timer for what is due. All of it is
/// synchronous, the timer's callback too, so that whoever moves a virtual clock finds the fills done when the move returns.
/// </summary>
internal sealed class PaperEngine : IDisposable
{
    // After a failed write (a full disk), look again: the order is still pending, on the disk and in memory.
    private static readonly TimeSpan RetryAfterFailure = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);
    private static readonly TimeSpan ShortestTimer = TimeSpan.FromMilliseconds(1);

    private readonly Lock _gate = new();
    private readonly PaperBrokerOptions _options;
    private readonly VenueRules _rules;
    private readonly PaperStore _store;
    private readonly VenueState _state;
    private readonly PriceBoard _prices;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly WireMapper _wire;
    private readonly Func<string, decimal?> _lastPrice;
    private readonly ITimer _timer;
    private bool _disposed;

    public PaperEngine(PaperBrokerOptions options, VenueRules rules, PaperStore store, VenueState state, ILogger logger)
    {
        _options = options;
        _rules = rules;
        _store = store;
        _state = state;
        _logger = logger;
        _time = options.TimeProvider;
        _prices = new PriceBoard(options.Instruments);
        _lastPrice = _prices.Last;
        _wire = new WireMapper(rules, _lastPrice);
        Faults = new PaperFaults(options.FaultSeed, options.TimeProvider, ReadPositions);
        _timer = _time.CreateTimer(static self => ((PaperEngine)self!).RunDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public PaperFaults Faults { get; }

    /// <summary>Acts on what came due while the broker was not running, and arms the timer.</summary>
    public void Start() => RunDue();

    public void PutPrice(string ticker, decimal price)
    {
        if (_prices.Put(ticker, price))
        {
            RunDue();
        }
    }

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

    public bool Cancel(long id)
    {
        lock (_gate)
        {
            if (OrderDesk.Cancel(_state, id, _time.GetUtcNow()) is not { } change)
            {
                return false;
            }

            Commit(change);
            Rearm();
            return true;
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

    public PaperLedger Ledger()
    {
        lock (_gate)
        {
            return new PaperLedger
            {
                AccountId = _state.Account.AccountId,
                Currency = _state.Account.Currency,
                StartingCash = _state.Account.StartingCash,
                Cash = _state.Account.Cash,
                ReservedForOrders = _state.ReservedCash,
                RealisedProfitLoss = _state.Account.RealisedProfitLoss,
                Holdings = [.. _state.Holdings],
                Orders = [.. _state.Orders],
                Fills = [.. _state.Fills],
            };
        }
    }

    public WireAccountSummary ReadSummary()
    {
        lock (_gate)
        {
            return _wire.Summary(_state);
        }
    }

    public IReadOnlyList<WireOrder> ReadPendingOrders()
    {
        lock (_gate)
        {
            return [.. _state.Pending.Select(_wire.Order)];
        }
    }

    public WireOrder? ReadPendingOrder(long id)
    {
        lock (_gate)
        {
            return _state.PendingOrder(id) is { } order ? _wire.Order(order) : null;
        }
    }

    public WireOrder Describe(PaperOrder order) => _wire.Order(order);

    /// <summary>Positions as they are answered: a frozen snapshot where a fault holds one.</summary>
    public IReadOnlyList<WirePosition> AnswerPositions(string? ticker)
    {
        var positions = Faults.FrozenPositions(_time.GetUtcNow()) ?? ReadPositions();
        return ticker is null ? positions : [.. positions.Where(p => p.Instrument.Ticker == ticker)];
    }

    /// <summary>One page of the history, newest first; the cursor is the sequence of the last line of the page before.</summary>
    public WireHistoryPage ReadHistory(int limit, long? cursor, string? ticker)
    {
        lock (_gate)
        {
            var visibleUntil = _time.GetUtcNow() - _options.HistoryLag - Faults.HistoryLag;
            var lines = new List<HistoryEntry>(limit + 1);
            for (var i = _state.History.Count - 1; i >= 0 && lines.Count <= limit; i--)
            {
                var entry = _state.History[i];
                if (entry.At <= visibleUntil && (cursor is null || entry.Sequence < cursor) && (ticker is null || _state.Order(entry.OrderId).Ticker == ticker))
                {
                    lines.Add(entry);
                }
            }

            string? next = null;
            if (lines.Count > limit)
            {
                lines.RemoveAt(limit);
                var prefix = _options.NextPagePathHasPrefix ? "/api/v0" : string.Empty;
                var filter = ticker is null ? string.Empty : $"&ticker={Uri.EscapeDataString(ticker)}";
                next = string.Create(CultureInfo.InvariantCulture, $"{prefix}/equity/history/orders?limit={limit}&cursor={lines[^1].Sequence}{filter}");
            }

            return new WireHistoryPage { Items = [.. lines.Select(l => _wire.HistoryItem(_state, l))], NextPagePath = next };
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

    private IReadOnlyList<WirePosition> ReadPositions()
    {
        lock (_gate)
        {
            return [.. _state.Holdings.Select(h => _wire.Position(_state, h))];
        }
    }

    private void RunDue()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            try
            {
                while (FillDesk.Next(_state, _rules, _lastPrice, _time.GetUtcNow()) is { } change)
                {
                    Commit(change);
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

    private void Commit(VenueChange change)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _store.Commit(change);
        _state.Apply(change);
        if (change.Fill is { } fill)
        {
            _logger.LogDebug("Paper broker filled order {OrderId}: {Quantity} x {Ticker} at {Price}", fill.OrderId, fill.Quantity, fill.Ticker, fill.Price);
        }
        else if (change.Order is { } order)
        {
            _logger.LogDebug("Paper broker order {OrderId}: {Quantity} x {Ticker} {Status}", order.Id, order.Quantity, order.Ticker, order.Status);
        }
    }

    private void Rearm()
    {
        var now = _time.GetUtcNow();
        if (FillDesk.NextDue(_state, _lastPrice, now) is not { } due)
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
