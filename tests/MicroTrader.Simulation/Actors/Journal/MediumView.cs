using MicroTrader.Actors.Journal;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Risk;
using MicroTrader.Domain.Robot;
using MicroTrader.Simulation.Shared;

namespace MicroTrader.Simulation.Actors.Journal;

/// <summary>The durable bytes as the invariants see them: read back through the journal's own manifests.</summary>
internal sealed class MediumView(JournalMedium medium, IReadOnlyList<(Symbol Symbol, string Ticker)> symbols) : IJournalView, ITradeHistory
{
    private const string RiskId = "risk";

    private readonly Dictionary<string, List<IPositionEvent>> _facts = [];
    private readonly List<IRiskEvent> _risk = [];

    /// <inheritdoc/>
    public IReadOnlyList<(Symbol Symbol, string Ticker)> Symbols => symbols;

    /// <inheritdoc/>
    public IReadOnlyList<IRiskEvent> RiskFacts => Follow(_risk, RiskId);

    /// <inheritdoc/>
    public IReadOnlyList<IPositionEvent> Facts(Symbol symbol)
    {
        if (!_facts.TryGetValue(symbol.Value, out var facts))
            _facts[symbol.Value] = facts = [];
        return Follow(facts, JournalReader.PositionPrefix + symbol);
    }

    /// <summary>What the ledger reads at its start.</summary>
    public TradeFold Fold()
    {
        var fold = new TradeFold();
        foreach (var (symbol, _) in symbols)
        {
            foreach (var fact in Facts(symbol))
                fold.Apply(symbol, fact);
        }

        return fold;
    }

    /// <summary>Which symbols have facts.</summary>
    public IReadOnlyCollection<Symbol> Journalled() => [.. symbols.Select(s => s.Symbol).Where(s => Facts(s).Count > 0)];

    /// <inheritdoc/>
    public Task<TradeHistory> ReadAsync(DateTimeOffset ordersSince) => Task.FromResult(JournalTradeHistory.Of(
        medium.All
            .Where(l => l.PersistenceId.StartsWith(JournalReader.PositionPrefix, StringComparison.Ordinal))
            .Select(l => (Symbol.Parse(l.PersistenceId[JournalReader.PositionPrefix.Length..]), (IPositionEvent)MicroTraderSerializer.Read(l.Bytes, l.Manifest))),
        ordersSince));

    private List<T> Follow<T>(List<T> facts, string persistenceId)
    {
        var lines = medium.Lines(persistenceId);
        for (var i = facts.Count; i < lines.Count; i++)
            facts.Add((T)MicroTraderSerializer.Read(lines[i].Bytes, lines[i].Manifest));
        return facts;
    }
}
