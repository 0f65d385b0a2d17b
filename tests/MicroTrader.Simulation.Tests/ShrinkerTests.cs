using MicroTrader.Simulation.Core;
using MicroTrader.Simulation.Shared;

namespace MicroTrader.Simulation.Tests;

/// <summary>A failing run is made shorter, and still fails for the same reason when it is repeated by its command.</summary>
public sealed class ShrinkerTests
{
    private static readonly CoreLevel Core = new();

    [Fact]
    public void A_failing_run_is_shrunk_and_its_command_repeats_it()
    {
        var failing = Campaign.Run(Core, new RunSpec(1, SwitchedOff: Guard.NoRepeat), 60, 1).Violations.MaxBy(v => v.Steps)!;

        var shortest = Shrinker.Shrink(Core, failing);
        var command = shortest.Spec.Command(Core.Name);
        var options = SimulationOptions.Parse(command[(command.IndexOf(" -- ", StringComparison.Ordinal) + 4)..].Split(' '));
        var again = Core.Run(options.Spec, Trace.Off);

        Assert.Equal(shortest.Spec, options.Spec);
        Assert.Equal(failing.Violation!.Invariant, again.Violation?.Invariant);
        Assert.True(shortest.Faults.Count(c => c > 0) <= failing.Faults.Count(c => c > 0));
        Assert.True(shortest.Steps <= failing.Steps || shortest.Faults.Count(c => c > 0) < failing.Faults.Count(c => c > 0));
    }
}
