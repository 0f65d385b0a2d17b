using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Reconciliation;
using MicroTrader.Simulation.Shared;

namespace MicroTrader.Simulation.Core;

/// <summary>What the venue's reads show: true, but late, and positions at times from long ago.</summary>
internal sealed class SimVenueReads
{
    private const int MostPerPage = 50;

    private readonly SimVenue _venue;
    private readonly SimClock _clock;
    private readonly Adversary _adversary;
    private readonly int _pageSize;
    private Dictionary<Ticker, BrokerHolding>? _frozen;
    private long _frozenUntil;

    public SimVenueReads(SimVenue venue, SimClock clock, Adversary adversary)
    {
        _venue = venue;
        _clock = clock;
        _adversary = adversary;
        // The venue gives 50 at most; runs are short, so that some are given less, for more than one page to be needed.
        _pageSize = adversary.Random.Below(4) == 0 ? 4 : MostPerPage;
    }

    /// <summary>Whether its pages are so small that the history's limit of requests is soon spent.</summary>
    public bool HasSmallPages => _pageSize < MostPerPage;

    public IReadOnlyList<BrokerOrder> Pending()
    {
        var orders = new List<BrokerOrder>();
        foreach (var order in _venue.Pending)
        {
            if (order.ShownFrom <= _clock.Ticks)
                orders.Add(Show(order, []));
        }

        return orders;
    }

    /// <summary>Only pending orders are known here.</summary>
    public BrokerOrder? Order(long id)
    {
        foreach (var order in _venue.Pending)
        {
            if (order.Id == id)
                return Show(order, []);
        }

        return null;
    }

    public IReadOnlyDictionary<Ticker, BrokerHolding> Positions()
    {
        if (_frozen is not null && _clock.Ticks < _frozenUntil && !_adversary.IsHealthy)
            return _frozen;
        _frozen = null;
        var holdings = new Dictionary<Ticker, BrokerHolding>();
        foreach (var instrument in _venue.Instruments)
        {
            if (instrument.Held > 0)
                holdings[instrument.Ticker] = new BrokerHolding(instrument.Ticker, instrument.Held, instrument.AveragePrice, instrument.Price, instrument.OpenedAt);
        }

        if (_adversary.Strikes(FaultKind.StalePositions))
        {
            // From now on it is this snapshot that is served.
            _frozen = holdings;
            _frozenUntil = _clock.Ticks + _adversary.Random.Between(Span.Second, _adversary.Random.Below(4) == 0 ? 4 * Span.Minute : 15 * Span.Second);
        }

        return holdings;
    }

    /// <summary>A page of the history, newest first; the cursor is how many lines from the beginning the next page ends.</summary>
    public SimHistoryPage History(int? cursor)
    {
        var items = new List<SimHistoryItem>();
        var at = cursor ?? _venue.History.Count;
        while (at > 0 && items.Count < _pageSize)
        {
            var item = _venue.History[--at];
            if (item.ShownFrom <= _clock.Ticks)
                items.Add(item);
        }

        while (at > 0 && _venue.History[at - 1].ShownFrom > _clock.Ticks)
            at--;
        return new SimHistoryPage(items, at > 0 ? at : null);
    }

    /// <summary>An order as reads show it.</summary>
    public static BrokerOrder Show(SimOrder order, IReadOnlyList<Fill> fills) => new(
        order.Id,
        order.Instrument.Ticker,
        order.Quantity < 0 ? OrderSide.Sell : OrderSide.Buy,
        Math.Abs(order.Quantity),
        order.Filled,
        order.Status,
        order.IsOver,
        order.CreatedAt,
        !order.ShowsOrigin ? OrderOrigin.NotGiven : order.Owner == Owner.Person ? OrderOrigin.Other : OrderOrigin.Api,
        fills);

    /// <summary>A fill as the history shows it.</summary>
    public static Fill Show(SimFill fill) => new(
        fill.Id, fill.Quantity, fill.Price, fill.At, fill.AccountValue, "EUR", fill.FxRate, [new Fee("CURRENCY_CONVERSION_FEE", fill.Fee, "EUR")]);
}
