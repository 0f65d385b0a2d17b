using MicroTrader.Domain.Market;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Risk;

namespace MicroTrader.Simulation.Shared;

/// <summary>What is durable at the robot, as the invariants see it. The invariants replay it themselves.</summary>
internal interface IJournalView
{
    /// <summary>Every symbol that may have facts, with the ticker it is traded as.</summary>
    IReadOnlyList<(Symbol Symbol, string Ticker)> Symbols { get; }

    /// <summary>Risk's facts, in order; only ever added to.</summary>
    IReadOnlyList<IRiskEvent> RiskFacts { get; }

    /// <summary>A position's facts, in order; only ever added to.</summary>
    IReadOnlyList<IPositionEvent> Facts(Symbol symbol);
}
