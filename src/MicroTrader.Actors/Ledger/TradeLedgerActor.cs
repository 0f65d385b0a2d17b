using Akka.Actor;
using Microsoft.Extensions.Logging;
using MicroTrader.Actors.Diagnostics;
using MicroTrader.Actors.Execution;
using MicroTrader.Actors.Journal;
using MicroTrader.Actors.Messages;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Actors.Ledger;

/// <summary>
/// The read side for pages, API and command line: open positions and the trades that are over. It reads the journal once at its start and is told of
/// everything after that; what it is told while it reads is newer, and wins. It holds nothing that the journal does not.
/// </summary>
internal sealed class TradeLedgerActor : ReceiveActor
{
    // As many orders as one question may ask for: those of so many trades, for each has one at least.
    private const int TradesWithOrders = 1_000;

    private readonly RobotServices _services;
    private readonly string _journalPath;
    private readonly ExitView _exits;
    private readonly Dictionary<string, ExitView> _exitsOf;
    private readonly ILogger _log;
    private readonly Dictionary<(string Symbol, long Number), TradeView> _trades = [];
    private readonly HashSet<(string Symbol, long Number)> _reopened = [];
    private readonly Dictionary<string, IReadOnlyList<OrderView>> _orders = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, PositionView> _positions = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, BlockedView> _blocked = new(StringComparer.Ordinal);
    private readonly HashSet<string> _shown = new(StringComparer.Ordinal);
    private IReadOnlyList<TradeView>? _sorted;
    private bool _loaded;

    public TradeLedgerActor(RobotServices services, RobotSettings settings)
    {
        _services = services;
        _journalPath = settings.JournalPath;
        _exits = ExitView.Of(settings.Exits);
        _exitsOf = settings.Symbols.ToDictionary(s => s.Symbol.Value, s => s.Exits is { } own ? ExitView.Of(own) : _exits, StringComparer.Ordinal);
        _log = services.Logs.CreateLogger<TradeLedgerActor>();
        services.Metrics.WatchMailbox("ledger", Self);
        Receive<Loaded>(OnLoaded);
        Receive<TradeEnded>(ended =>
        {
            var key = (ended.Trade.Symbol, ended.Trade.TradeNumber);
            _reopened.Remove(key);
            _trades[key] = ended.Trade;
            Keep(TradeReference.Of(ended.Trade), ended.Orders);
            _sorted = null;
        });
        Receive<TradeReopened>(reopened =>
        {
            var key = (reopened.Symbol.Value, reopened.TradeNumber);
            _reopened.Add(key);
            _trades.Remove(key);
            _sorted = null;
        });
        Receive<PositionShown>(shown =>
        {
            _shown.Add(shown.Symbol.Value);
            if (shown.View is { } view)
                _positions[shown.Symbol.Value] = Limited(view);
            else
                _positions.Remove(shown.Symbol.Value);
            Show(shown.Symbol.Value, shown.Blocked);
            if (shown.Orders is [var order, ..])
                Keep(order.Trade, shown.Orders);
        });
        Receive<DescribeLedger>(ask => Sender.Tell(View(ask.MostTrades)));
        Receive<DescribeTrades>(ask => Sender.Tell(ask.Query.Of(Sorted())));
        Receive<DescribeOrders>(ask => Sender.Tell(new OrderList(
            [.. _orders.Values.SelectMany(o => o).OrderByDescending(o => o.IntendedAt).ThenByDescending(o => o.Reference, StringComparer.Ordinal).Take(ask.Most)])));
        Receive<Report>(_ => Sender.Tell(Reports.Log(
            _log, Self, ("loaded", _loaded), ("positions", _positions.Count), ("trades", _trades.Count), ("trades with orders", _orders.Count))));
    }

    protected override void PreStart() => _services
        .ReadTrades(_journalPath)
        .PipeTracked(_services.Activity, Self, fold => new Loaded(fold, null), failure => new Loaded(new TradeFold(), failure));

    private void OnLoaded(Loaded loaded)
    {
        if (loaded.Failure is { } failure)
        {
            _log.LedgerFailed(failure, failure.Message);
            throw new JournalException("the trades of the journal could not be read", failure);
        }

        foreach (var (symbol, state) in loaded.Fold.Positions)
        {
            if (_shown.Contains(symbol.Value))
                continue;
            if (PositionView.From(state) is { } view)
                _positions[symbol.Value] = Limited(view);
            Show(symbol.Value, BlockedView.From(state));
            if (OrderView.Of(state) is [var order, ..] orders)
                _orders.TryAdd(order.Trade, orders);
        }

        foreach (var trade in loaded.Fold.Trades)
        {
            var key = (trade.Symbol, trade.TradeNumber);
            if (_reopened.Contains(key))
                continue;
            _trades.TryAdd(key, trade);
            if (loaded.Fold.OrdersOf(trade) is { } orders)
                _orders.TryAdd(TradeReference.Of(trade), orders);
        }

        _sorted = null;
        Forget();
        _loaded = true;
    }

    private LedgerView View(int most) => new(
        [.. _positions.Values],
        [.. Sorted().Take(most)],
        _trades.Count,
        [.. _blocked.Values]);

    // The journal holds no limits: they are the settings'. A symbol that is traded no longer is left by the general ones, and has no feed.
    private PositionView Limited(PositionView view) => view with { Exits = _exitsOf.GetValueOrDefault(view.Symbol, _exits), WatchesPrices = _exitsOf.ContainsKey(view.Symbol) };

    // Sorted once a change, not once a question: pages ask several times a second.
    private IReadOnlyList<TradeView> Sorted() =>
        _sorted ??= [.. _trades.Values.OrderByDescending(t => t.CloseTime).ThenByDescending(t => t.Symbol, StringComparer.Ordinal)];

    private void Keep(string trade, IReadOnlyList<OrderView> orders)
    {
        _orders[trade] = orders;
        // Not with every trade: what is over the number is looked for by sorting.
        if (_orders.Count >= 2 * TradesWithOrders)
            Forget();
    }

    // The newest orders are asked for, a thousand at the most; those of older trades are the journal's.
    private void Forget()
    {
        foreach (var old in _orders.OrderByDescending(o => o.Value.Select(v => v.IntendedAt).DefaultIfEmpty().Max()).Skip(TradesWithOrders).Select(o => o.Key).ToList())
            _orders.Remove(old);
    }

    private void Show(string symbol, BlockedView? blocked)
    {
        if (blocked is not null)
            _blocked[symbol] = blocked;
        else
            _blocked.Remove(symbol);
    }

    private sealed record Loaded(TradeFold Fold, Exception? Failure);
}
