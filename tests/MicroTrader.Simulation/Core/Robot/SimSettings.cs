using MicroTrader.Domain.Gateway;
using MicroTrader.Domain.Reconciliation;
using MicroTrader.Domain.Risk;
using MicroTrader.Domain.Strategy;

namespace MicroTrader.Simulation.Core.Robot;

/// <summary>What the simulated robot is set to: the product's defaults, but a shorter late watch, so that a run sees its end.</summary>
internal sealed record SimSettings
{
    public ExitParameters Exits { get; init; } = new();

    public RiskLimits Risk { get; init; } = new() { MaxOpenPositions = 2 };

    public ReconciliationRules Reconciliation { get; init; } = new() { LateWatch = TimeSpan.FromMinutes(2) };

    public FollowingRules Following { get; init; } = new();

    public TimeSpan EntryDeadline { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan ReconcileInterval { get; init; } = TimeSpan.FromSeconds(60);

    public TimeSpan ReconcileRetry { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>First wait before a part is started again after its journal failed.</summary>
    public TimeSpan RestartBackOff { get; init; } = TimeSpan.FromSeconds(1);

    public decimal Quantity { get; init; } = 1m;
}
