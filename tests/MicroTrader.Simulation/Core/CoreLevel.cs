using MicroTrader.Simulation.Shared;

namespace MicroTrader.Simulation.Core;

/// <summary>The pure parts alone, with everything around them simulated: no actors, no threads, exactly repeatable.</summary>
internal sealed class CoreLevel : ISimulationLevel
{
    public string Name => "core";

    public int ShrinkingRuns => 600;

    public RunResult Run(RunSpec spec, Trace trace) => new CoreRun(spec, trace).Run();
}
