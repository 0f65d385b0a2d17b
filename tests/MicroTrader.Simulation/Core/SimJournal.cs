using MicroTrader.Domain.Market;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Risk;
using MicroTrader.Simulation.Shared;

namespace MicroTrader.Simulation.Core;

/// <summary>
/// What survives a crash. A write is one batch, whole or not at all; it may fail before or after it is durable, and a crash while it is under way leaves it
/// to chance.
/// </summary>
internal sealed class SimJournal(SimClock clock, Adversary adversary, Trace trace, IReadOnlyList<(Symbol Symbol, string Ticker)> symbols) : IJournalView
{
    private readonly List<IRiskEvent> _risk = [];
    private readonly Dictionary<Symbol, List<IPositionEvent>> _positions = symbols.ToDictionary(s => s.Symbol, _ => new List<IPositionEvent>());
    private readonly List<PendingWrite> _underWay = [];

    public IReadOnlyList<(Symbol Symbol, string Ticker)> Symbols => symbols;

    public IReadOnlyList<IRiskEvent> RiskFacts => _risk;

    public IReadOnlyList<IPositionEvent> Facts(Symbol symbol) => _positions[symbol];

    /// <summary>Writes a position's facts.</summary>
    /// <exception cref="RobotCrashed">The adversary ended the robot here.</exception>
    public void Write(Symbol symbol, IReadOnlyList<IPositionEvent> facts, Action durable, Action failed) =>
        Write(new PendingWrite(symbol.Value, string.Join(' ', trace.IsOn ? facts.Select(f => f.GetType().Name) : []), () => _positions[symbol].AddRange(facts)), durable, failed);

    /// <summary>Writes risk's facts.</summary>
    /// <exception cref="RobotCrashed">The adversary ended the robot here.</exception>
    public void Write(IReadOnlyList<IRiskEvent> facts, Action durable, Action failed) =>
        Write(new PendingWrite("risk", trace.IsOn ? string.Join(' ', facts) : "", () => _risk.AddRange(facts)), durable, failed);

    /// <summary>The robot is gone: of each write that is under way nobody knows.</summary>
    public void OnCrash()
    {
        foreach (var write in _underWay.ToList())
        {
            if (adversary.Random.Below(2) == 0)
                Keep(write);
        }

        _underWay.Clear();
    }

    private void Write(PendingWrite write, Action durable, Action failed)
    {
        if (adversary.Strikes(FaultKind.CrashBeforeJournal))
        {
            trace.Add(clock.Ticks, "adversary", nameof(FaultKind.CrashBeforeJournal));
            throw new RobotCrashed();
        }

        _underWay.Add(write);
        clock.In(adversary.Random.Between(Span.Millisecond / 2, 8 * Span.Millisecond), () =>
        {
            if (!_underWay.Remove(write))
                return;
            if (adversary.Strikes(FaultKind.JournalFailsBefore))
            {
                trace.Add(clock.Ticks, "journal", $"{write.Id}: the write failed, nothing is kept");
                failed();
                return;
            }

            Keep(write);
            if (adversary.Strikes(FaultKind.JournalFailsAfter))
            {
                trace.Add(clock.Ticks, "journal", $"{write.Id}: the write failed, yet it is kept");
                failed();
                return;
            }

            if (adversary.Strikes(FaultKind.CrashAfterJournal))
            {
                trace.Add(clock.Ticks, "adversary", nameof(FaultKind.CrashAfterJournal));
                throw new RobotCrashed();
            }

            durable();
        });
    }

    private void Keep(PendingWrite write)
    {
        write.Keep();
        if (trace.IsOn)
            trace.Add(clock.Ticks, "journal", $"{write.Id}: {write.What}");
    }

    private sealed record PendingWrite(string Id, string What, Action Keep);
}
