namespace MicroTrader.Simulation.Shared;

/// <summary>
/// Makes a failing run shorter: takes kinds of fault, symbols and steps away, one at a time, for as long as the same promise is still broken.
/// </summary>
internal static class Shrinker
{
    public static RunResult Shrink(ISimulationLevel level, RunResult failing)
    {
        var best = failing;
        var left = level.ShrinkingRuns;
        while (left > 0)
        {
            var before = best;
            foreach (var candidate in Candidates(best))
            {
                if (left-- <= 0)
                    break;
                var result = level.Run(candidate, Trace.Off);
                if (result.Violation?.Invariant == failing.Violation!.Invariant && IsSmaller(result, best))
                    best = result;
            }

            if (ReferenceEquals(before, best))
                break;
        }

        return best;
    }

    private static bool IsSmaller(RunResult result, RunResult best) => (Kinds(result), result.Steps).CompareTo((Kinds(best), best.Steps)) < 0;

    private static int Kinds(RunResult result) => result.Faults.Count(c => c > 0);

    private static IEnumerable<RunSpec> Candidates(RunResult result)
    {
        var spec = result.Spec;
        if (spec.MostSymbols > 1)
            yield return spec with { MostSymbols = 1 };
        // What did not strike changes nothing; saying so makes the command say what matters.
        foreach (var kind in FaultKinds.All)
        {
            if (result.Faults[(int)kind] > 0)
                yield return spec with { Without = spec.Without | kind.Bit() };
        }

        for (var steps = result.StormSteps / 2; steps > 10; steps /= 2)
            yield return spec with { StormSteps = steps };
        foreach (var less in (int[])[40, 10, 3])
        {
            if (result.StormSteps > less)
                yield return spec with { StormSteps = result.StormSteps - less };
        }
    }
}
