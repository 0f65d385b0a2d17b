using System.Diagnostics;

namespace MicroTrader.Simulation.Shared;

/// <summary>Many runs on several threads, and what came of them.</summary>
internal sealed class Campaign
{
    private const int MostViolations = 20;

    private readonly Lock _gate = new();
    private readonly long[] _faults = new long[FaultKinds.All.Count];
    private readonly SortedDictionary<string, long> _facts = new(StringComparer.Ordinal);
    private readonly List<RunResult> _violations = [];

    public long Runs { get; private set; }

    public long Steps { get; private set; }

    public long Crashes { get; private set; }

    public long ViolationCount { get; private set; }

    public TimeSpan Elapsed { get; private set; }

    public IReadOnlyList<long> Faults => _faults;

    public IReadOnlyDictionary<string, long> Facts => _facts;

    /// <summary>The first that were seen, by seed.</summary>
    public IReadOnlyList<RunResult> Violations => [.. _violations.OrderBy(v => v.Spec.Seed)];

    /// <summary>Runs them all; each thread takes the next that nobody has taken.</summary>
    public static Campaign Run(ISimulationLevel level, IReadOnlyList<RunSpec> specs, int threads) => Run(level, specs.Count, i => specs[i], threads);

    /// <summary>Runs seeds in a row.</summary>
    public static Campaign Run(ISimulationLevel level, RunSpec first, int runs, int threads) =>
        Run(level, runs, i => first with { Seed = unchecked(first.Seed + (ulong)i) }, threads);

    private static Campaign Run(ISimulationLevel level, int runs, Func<int, RunSpec> specOf, int threads)
    {
        var campaign = new Campaign();
        var next = -1;
        var started = Stopwatch.GetTimestamp();
        var workers = Enumerable.Range(0, Math.Min(threads, runs)).Select(_ => new Thread(Work)).ToList();
        workers.ForEach(w => w.Start());
        workers.ForEach(w => w.Join());
        campaign.Elapsed = Stopwatch.GetElapsedTime(started);
        return campaign;

        void Work()
        {
            while (Interlocked.Increment(ref next) is var i && i < runs)
                campaign.Add(level.Run(specOf(i), Trace.Off));
        }
    }

    private void Add(RunResult result)
    {
        lock (_gate)
        {
            Runs++;
            Steps += result.Steps;
            Crashes += result.Crashes;
            for (var i = 0; i < _faults.Length; i++)
                _faults[i] += result.Faults[i];
            foreach (var (name, count) in result.Facts)
                _facts[name] = _facts.GetValueOrDefault(name) + count;
            if (result.Violation is null)
                return;
            ViolationCount++;
            if (_violations.Count < MostViolations)
                _violations.Add(result);
        }
    }
}
