using System.Globalization;
using MicroTrader.MarketData;
using MicroTrader.Simulation.Shared;
using MicroTrader.Simulators.Paper;

namespace MicroTrader.Simulation.Actors;

/// <summary>
/// The paper broker's own books as the truth for the invariants. Which intent of the robot caused an order no venue knows: whoever lets a request arrive
/// says it here.
/// </summary>
internal sealed class PaperBooks : IVenueBooks
{
    private readonly PaperBroker _broker;
    private readonly VirtualTimeProvider _clock;
    private readonly Trace _trace;
    private readonly Action<string> _onRobotOrder;
    private readonly List<LedgerEntry> _entries = [];
    private readonly Dictionary<long, (Owner Owner, string? Intent)> _owners = [];
    private readonly HashSet<long> _pending = [];
    private readonly Dictionary<string, decimal> _heldAtStart = [];
    private PaperLedger _ledger;
    private long _changes = -1;
    private long _lastOrder;
    private long _lastFill;
    private (Owner Owner, string? Intent) _acting = (Owner.Person, null);

    public PaperBooks(PaperBroker broker, VirtualTimeProvider clock, Trace trace, Action<string> onRobotOrder)
    {
        _broker = broker;
        _clock = clock;
        _trace = trace;
        _onRobotOrder = onRobotOrder;
        _ledger = broker.ReadLedger();
        _changes = broker.Accounts[0].Changes;
        foreach (var holding in _ledger.Holdings)
            _heldAtStart[holding.Ticker] = holding.Quantity;
        foreach (var order in _ledger.Orders)
            _lastOrder = Math.Max(_lastOrder, order.Id);
        foreach (var fill in _ledger.Fills)
            _lastFill = Math.Max(_lastFill, fill.Id);
        CashAtStart = _ledger.Cash;
    }

    /// <inheritdoc/>
    public IReadOnlyList<LedgerEntry> Ledger => _entries;

    /// <inheritdoc/>
    public decimal CashAtStart { get; }

    /// <inheritdoc/>
    public decimal Cash => _ledger.Cash;

    /// <summary>Orders that are not over, as the venue has them.</summary>
    public IEnumerable<PaperOrder> Pending => _ledger.Orders.Where(o => o.IsPending);

    /// <inheritdoc/>
    public decimal HeldAtStart(string ticker) => _heldAtStart.GetValueOrDefault(ticker);

    /// <inheritdoc/>
    public decimal Held(string ticker) => _ledger.Holdings.Where(h => h.Ticker == ticker).Sum(h => h.Quantity);

    /// <summary>Who placed an order.</summary>
    public Owner OwnerOf(PaperOrder order) => _owners.TryGetValue(order.Id, out var owner) ? owner.Owner : Owner.Person;

    /// <summary>The robot handed an order to the transport.</summary>
    public void Sent(string ticker, string? intent, decimal quantity)
    {
        _entries.Add(new LedgerEntry(LedgerKind.Sent, _clock.GetUtcNow(), ticker, Owner.Robot, 0, intent ?? "an order without any intent", quantity, 0));
        _onRobotOrder(ticker);
    }

    /// <summary>Whatever the venue does while this runs is somebody's doing.</summary>
    public T As<T>(Owner owner, string? intent, Func<T> act)
    {
        Sync();
        _acting = (owner, intent);
        try
        {
            return act();
        }
        finally
        {
            Sync();
            _acting = (Owner.Person, null);
        }
    }

    /// <summary>Splits the shares of an instrument.</summary>
    public void Split(string ticker, decimal factor)
    {
        Sync();
        _broker.ApplySplit(ticker, factor);
        Take(isSplit: true);
        _entries.Add(new LedgerEntry(LedgerKind.Split, _clock.GetUtcNow(), ticker, Owner.Person, 0, null, factor, 0));
        Trace("split", $"{ticker} {factor} for 1");
    }

    /// <summary>Takes in what happened at the venue.</summary>
    public void Sync()
    {
        if (_broker.Accounts[0].Changes != _changes)
            Take(isSplit: false);
    }

    private void Take(bool isSplit)
    {
        _changes = _broker.Accounts[0].Changes;
        _ledger = _broker.ReadLedger();
        var now = _clock.GetUtcNow();
        foreach (var order in _ledger.Orders)
        {
            if (order.Id <= _lastOrder || isSplit)
                continue;
            _owners[order.Id] = _acting;
            _pending.Add(order.Id);
            _entries.Add(new LedgerEntry(LedgerKind.Accepted, now, order.Ticker, _acting.Owner, order.Id, _acting.Intent, order.Quantity, 0));
            Trace("accepts", $"order {order.Id}: {order.Quantity} {order.Ticker} of {_acting.Owner} {_acting.Intent}, {order.Fate.Kind} {order.Fate.ExtraDelay}");
        }

        foreach (var fill in _ledger.Fills)
        {
            if (fill.Id <= _lastFill || fill.Type != PaperFillType.Trade)
                continue;
            var (owner, intent) = _owners[fill.OrderId];
            _entries.Add(new LedgerEntry(LedgerKind.Filled, now, fill.Ticker, owner, fill.OrderId, intent, fill.Quantity, fill.Quantity > 0 ? -fill.NetValue : fill.NetValue));
            Trace("fills", $"order {fill.OrderId}: {fill.Quantity} {fill.Ticker} at {fill.Price}, account holds {Held(fill.Ticker)}");
        }

        foreach (var order in _ledger.Orders)
        {
            if (order.IsPending || !_pending.Remove(order.Id))
                continue;
            var (owner, intent) = _owners[order.Id];
            _entries.Add(new LedgerEntry(LedgerKind.Ended, now, order.Ticker, owner, order.Id, intent, order.FilledQuantity, 0));
            Trace("ends", $"order {order.Id} {order.Status} with {order.FilledQuantity}");
        }

        if (_ledger.Orders.Count > 0)
            _lastOrder = Math.Max(_lastOrder, _ledger.Orders[^1].Id);
        if (_ledger.Fills.Count > 0)
            _lastFill = Math.Max(_lastFill, _ledger.Fills[^1].Id);
    }

    private void Trace(string what, FormattableString text)
    {
        if (_trace.IsOn)
            _trace.Add((_clock.GetUtcNow() - SimClock.Epoch).Ticks, "venue", $"{what} {text.ToString(CultureInfo.InvariantCulture)}");
    }
}
