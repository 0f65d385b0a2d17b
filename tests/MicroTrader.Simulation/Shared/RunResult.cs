namespace MicroTrader.Simulation.Shared;

/// <summary>What came of one run.</summary>
/// <param name="Spec">What it depended on.</param>
/// <param name="Steps">Steps until its end, or until the violation.</param>
/// <param name="StormSteps">Of them those before the healthy stretch.</param>
/// <param name="Crashes">How often the robot was ended.</param>
/// <param name="Faults">How often each kind struck, by <see cref="FaultKind"/>.</param>
/// <param name="Facts">How often each kind of fact was journalled, by name.</param>
/// <param name="Violation">The first promise that was broken; null where none was.</param>
internal sealed record RunResult(
    RunSpec Spec,
    long Steps,
    int StormSteps,
    long Crashes,
    IReadOnlyList<long> Faults,
    IReadOnlyDictionary<string, long> Facts,
    InvariantViolation? Violation);
