using MicroTrader.Simulation.Shared;

namespace MicroTrader.Simulation.Actors;

/// <summary>
/// The real actors, serializers and broker client and the paper broker's real books, in one process and in virtual time. All of a run happens on one
/// thread, so that a seed repeats it.
/// </summary>
internal sealed class ActorLevel : ISimulationLevel
{
    public string Name => "actors";

    public int ShrinkingRuns => 60;

    public RunResult Run(RunSpec spec, Trace trace)
    {
        if (spec.SwitchedOff != Guard.None)
            throw new FormatException("--switch-off: the real actors have no such switch; it goes with --level core");
        // A test's thread may have a context that would carry what is awaited elsewhere.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            using var run = new ActorRun(spec, trace);
            return run.Run();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }
}
