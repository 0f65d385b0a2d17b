using System.Globalization;

namespace MicroTrader.Simulation.Shared;

/// <summary>Says what came of a campaign; the last line is the number of violations.</summary>
internal static class Report
{
    // Traces are long; the first violations are enough to work on.
    private const int MostShown = 3;

    public static void Write(TextWriter to, ISimulationLevel level, Campaign campaign, bool shrink)
    {
        Line(to, $"runs: {campaign.Runs:N0}");
        Line(to, $"steps: {campaign.Steps:N0}");
        Line(to, $"crashes: {campaign.Crashes:N0}");
        Line(to, $"faults by kind:");
        foreach (var kind in FaultKinds.All)
            Line(to, $"  {kind,-24} {campaign.Faults[(int)kind],12:N0}");
        Line(to, $"facts by kind:");
        foreach (var (name, count) in campaign.Facts)
            Line(to, $"  {name,-24} {count,12:N0}");
        Line(to, $"{campaign.Runs / campaign.Elapsed.TotalSeconds:N0} runs/s ({campaign.Elapsed.TotalSeconds:0.0} s)");
        foreach (var violation in campaign.Violations.Take(MostShown))
            WriteViolation(to, level, shrink ? Shrinker.Shrink(level, violation) : violation, violation);
        foreach (var violation in campaign.Violations.Skip(MostShown))
            Line(to, $"seed {violation.Spec.Seed}: {violation.Violation!.Message}");
        Line(to, $"violations: {campaign.ViolationCount:N0}");
    }

    public static void WriteViolation(TextWriter to, ISimulationLevel level, RunResult shortest, RunResult first)
    {
        var trace = new Trace(true);
        var again = level.Run(shortest.Spec, trace);
        to.WriteLine();
        foreach (var line in trace.Lines)
            to.WriteLine(line);
        Line(to, $"VIOLATION with seed {first.Spec.Seed}, step {again.Steps}: {again.Violation?.Message ?? "gone when repeated: the level is not repeatable"}");
        Line(to, $"repeat it: {shortest.Spec.Command(level.Name)}");
        to.WriteLine();
    }

    private static void Line(TextWriter to, FormattableString text) => to.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
