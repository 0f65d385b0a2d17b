using MicroTrader.Domain.Market;
using MicroTrader.Domain.Positions;

namespace MicroTrader.Domain.Robot;

/// <summary>Folds positions' facts into what people ask for: where each position stands, and the trades that are over, oldest first.</summary>
public sealed class TradeFold
{
    private readonly Dictionary<Symbol, PositionState> _positions = [];
    private readonly Dictionary<(Symbol, long), TradeView> _trades = [];
    private readonly Dictionary<(string, long), IReadOnlyList<OrderView>> _orders = [];

    /// <summary>The positions, CLOSED ones included.</summary>
    public IReadOnlyDictionary<Symbol, PositionState> Positions => _positions;

    /// <summary>The trades that are over, in the order of their end.</summary>
    public IReadOnlyList<TradeView> Trades => [.. _trades.Values.OrderBy(t => t.CloseTime).ThenBy(t => t.Symbol, StringComparer.Ordinal)];

    /// <summary>The orders of a trade that is over, the buy first; null for one that is not known.</summary>
    public IReadOnlyList<OrderView>? OrdersOf(TradeView trade) => _orders.GetValueOrDefault((trade.Symbol, trade.TradeNumber));

    /// <summary>Takes in the next fact of a symbol.</summary>
    /// <exception cref="IllegalTransitionException">The fact cannot follow on those before it.</exception>
    public void Apply(Symbol symbol, IPositionEvent @event)
    {
        var before = _positions.GetValueOrDefault(symbol) ?? PositionState.Empty(symbol);
        var after = before.Apply(@event);
        _positions[symbol] = after;
        if (TradeView.From(after) is { } view)
        {
            _trades[(symbol, view.TradeNumber)] = view;
            _orders[(view.Symbol, view.TradeNumber)] = OrderView.Of(after);
        }
        else if (before.Status == PositionStatus.Closed && after.Trade is { } reopened)
        {
            _trades.Remove((symbol, reopened.Number));
            _orders.Remove((symbol.Value, reopened.Number));
        }
    }
}
