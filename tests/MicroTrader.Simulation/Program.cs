using System.Globalization;
using MicroTrader.Simulation.Shared;

try
{
    var options = SimulationOptions.Parse(args);
    if (options.WantsHelp)
    {
        Console.WriteLine(SimulationOptions.Help);
        return 0;
    }

    if (options.Recorded)
        return RunRecorded(options);
    var level = Levels.Named(options.Level);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"level {level.Name}, seed {options.Spec.Seed}{(options.SeedIsFresh ? " (fresh)" : "")}, {options.Threads} threads"));
    if (options is { Trace: true, Runs: 1 })
        return RunTraced(level, options.Spec);
    var campaign = Campaign.Run(level, options.Spec, options.Runs, options.Threads);
    Report.Write(Console.Out, level, campaign, options.Shrink);
    return campaign.ViolationCount == 0 ? 0 : 1;
}
catch (FormatException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}

static int RunTraced(ISimulationLevel level, RunSpec spec)
{
    var trace = new Trace(true);
    var result = level.Run(spec, trace);
    foreach (var line in trace.Lines)
        Console.WriteLine(line);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"steps: {result.Steps}, of them stormy: {result.StormSteps}, crashes: {result.Crashes}"));
    if (result.Violation is { } violation)
        Console.WriteLine($"VIOLATION: {violation.Message}");
    Console.WriteLine($"violations: {(result.Violation is null ? 0 : 1)}");
    return result.Violation is null ? 0 : 1;
}

static int RunRecorded(SimulationOptions options)
{
    var recorded = RecordedSeeds.Read();
    var violations = 0L;
    foreach (var group in recorded.GroupBy(r => r.Level))
    {
        var level = Levels.Named(group.Key);
        Console.WriteLine($"level {level.Name}, recorded seeds");
        var campaign = Campaign.Run(level, [.. group.Select(r => r.Spec)], options.Threads);
        Report.Write(Console.Out, level, campaign, options.Shrink);
        violations += campaign.ViolationCount;
    }

    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"recorded seeds: {recorded.Count}"));
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"violations: {violations}"));
    return violations == 0 ? 0 : 1;
}
