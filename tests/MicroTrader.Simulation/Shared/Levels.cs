using MicroTrader.Simulation.Actors;
using MicroTrader.Simulation.Core;

namespace MicroTrader.Simulation.Shared;

/// <summary>The levels that can be typed.</summary>
internal static class Levels
{
    public static IReadOnlyList<ISimulationLevel> All { get; } = [new CoreLevel(), new ActorLevel()];

    /// <summary>Finds a level.</summary>
    /// <exception cref="FormatException">There is none of that name.</exception>
    public static ISimulationLevel Named(string name) =>
        All.FirstOrDefault(l => l.Name == name) ?? throw new FormatException($"--level: '{name}' is no level; there are {string.Join(", ", All.Select(l => l.Name))}");
}
