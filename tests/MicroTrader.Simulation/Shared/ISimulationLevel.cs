namespace MicroTrader.Simulation.Shared;

/// <summary>One of the levels on which the robot is tried.</summary>
internal interface ISimulationLevel
{
    /// <summary>What is typed after <c>--level</c>.</summary>
    string Name { get; }

    /// <summary>How many runs may be spent on making a failing one shorter.</summary>
    int ShrinkingRuns { get; }

    /// <summary>Runs once, from start to end or to the first violation. The same arguments give the same run.</summary>
    RunResult Run(RunSpec spec, Trace trace);
}
