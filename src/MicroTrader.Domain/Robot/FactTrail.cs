using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;

namespace MicroTrader.Domain.Robot;

/// <summary>A fact, and what it is about.</summary>
/// <param name="Fact">The fact.</param>
/// <param name="Trades">The trades that it is about: more than one where an order of one trade became another.</param>
/// <param name="Reference">Our reference of the order that it is about; null where it is about the trade.</param>
/// <param name="Held">Shares of ours that were held after it.</param>
internal sealed record TrailedFact(IPositionEvent Fact, IReadOnlyList<long> Trades, string? Reference, decimal Held);

/// <summary>A symbol's facts, told apart by trade and order.</summary>
internal sealed class FactTrail
{
    private readonly List<TrailedFact> _facts = [];
    private readonly Dictionary<string, List<long>> _trades = new(StringComparer.Ordinal);
    private readonly Dictionary<long, PositionState> _states = [];

    private FactTrail(Symbol symbol) => Last = PositionState.Empty(symbol);

    /// <summary>The facts, in their order.</summary>
    public IReadOnlyList<TrailedFact> Facts => _facts;

    /// <summary>The trades that an order is of, by its reference, oldest first.</summary>
    public IReadOnlyDictionary<string, List<long>> Trades => _trades;

    /// <summary>The position at the end of each trade, or now.</summary>
    public IReadOnlyDictionary<long, PositionState> States => _states;

    /// <summary>The position now.</summary>
    public PositionState Last { get; private set; }

    /// <summary>Every name that can be asked for: trades and orders.</summary>
    public IEnumerable<string> Names => _states.Keys.Select(n => TradeReference.Of(Last.Symbol, n)).Concat(_trades.Keys);

    /// <exception cref="IllegalTransitionException">A fact cannot follow on those before it.</exception>
    public static FactTrail Of(Symbol symbol, IEnumerable<IPositionEvent> facts)
    {
        var trail = new FactTrail(symbol);
        foreach (var fact in facts)
            trail.Add(fact);
        return trail;
    }

    private void Add(IPositionEvent fact)
    {
        var asked = Last.Blocked?.Reference;
        Last = Last.Apply(fact);
        if (Last.Trade is { } trade)
        {
            foreach (var order in trade.Orders.Select(o => o.Reference.Value))
            {
                var numbers = _trades.TryGetValue(order, out var known) ? known : _trades[order] = [];
                if (!numbers.Contains(trade.Number))
                    numbers.Add(trade.Number);
            }

            _states[trade.Number] = Last;
        }

        var reference = About(fact, asked)?.Value;
        IReadOnlyList<long> trades = reference is not null && _trades.TryGetValue(reference, out var its) ? [.. its] : [Last.TradeNumber];
        _facts.Add(new TrailedFact(fact, trades, reference, Last.Trade?.Held ?? 0m));
    }

    // A person's word is about what was asked.
    private static OrderReference? About(IPositionEvent fact, OrderReference? asked) => fact switch
    {
        PositionBlocked blocked => blocked.Reference,
        PositionResolved => asked,
        IOrderEvent order => order.Reference,
        EvidenceNoted evidence => evidence.Reference,
        _ => null,
    };
}
