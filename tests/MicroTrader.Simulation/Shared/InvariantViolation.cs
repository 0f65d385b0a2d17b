namespace MicroTrader.Simulation.Shared;

/// <summary>A promise was broken.</summary>
internal sealed class InvariantViolation(string invariant, string detail) : Exception($"{invariant}: {detail}")
{
    /// <summary>Which promise: one of <see cref="InvariantNames"/>.</summary>
    public string Invariant { get; } = invariant;

    public string Detail { get; } = detail;
}
