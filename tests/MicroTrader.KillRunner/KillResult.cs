using System.Globalization;

namespace MicroTrader.KillRunner;

/// <summary>What a sitting came to.</summary>
internal sealed record KillResult
{
    /// <summary>What it was.</summary>
    public required KillOptions Options { get; init; }

    /// <summary>How often the host was started.</summary>
    public required int Starts { get; init; }

    /// <summary>Kills by where the host was.</summary>
    public required IReadOnlyDictionary<KillPhase, int> Kills { get; init; }

    /// <summary>Positions that a kill met, by state.</summary>
    public required IReadOnlyDictionary<string, int> Positions { get; init; }

    /// <summary>Trades that are over, those included that came to nothing.</summary>
    public required int Trades { get; init; }

    /// <summary>Trades with a result.</summary>
    public required int Filled { get; init; }

    /// <summary>Orders in the venue's books.</summary>
    public required int Orders { get; init; }

    /// <summary>Orders that arrived at the venue.</summary>
    public required long Posts { get; init; }

    /// <summary>Facts in the journal.</summary>
    public required int Facts { get; init; }

    /// <summary>Faults that struck, by kind.</summary>
    public required IReadOnlyDictionary<string, long> Faults { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Took { get; init; }

    /// <summary>Every difference; none where all agree.</summary>
    public required IReadOnlyList<string> Differences { get; init; }

    /// <summary>For a person to read; the last line says how many differences there are.</summary>
    public override string ToString()
    {
        var c = CultureInfo.InvariantCulture;
        var lines = new List<string>
        {
            string.Create(c, $"seed        {Options.Seed}, scale {Options.Scale}"),
            $"folder      {Options.Folder}",
            string.Create(c, $"kills       {Kills.Values.Sum()} in {Starts} starts: {Counts(Kills.Select(k => (k.Key.ToString(), (long)k.Value)))}"),
            $"met         {Counts(Positions.Select(p => (p.Key, (long)p.Value)))} positions",
            string.Create(c, $"trades      {Trades}, {Filled} of them with a result; {Facts} facts"),
            string.Create(c, $"orders      {Orders} accepted of {Posts} that arrived"),
            string.Create(c, $"faults      {Faults.Values.Sum()}: {Counts(Faults.Select(f => (f.Key, f.Value)))}"),
            string.Create(c, $"took        {Took:mm\\:ss}"),
        };
        lines.AddRange(Differences.Select(d => $"DIFFERENCE  {d}"));
        lines.Add(string.Create(c, $"differences: {Differences.Count}"));
        return string.Join(Environment.NewLine, lines);
    }

    private static string Counts(IEnumerable<(string Name, long Count)> counts) =>
        string.Join(", ", counts.OrderBy(x => x.Name, StringComparer.Ordinal).Select(x => string.Create(CultureInfo.InvariantCulture, $"{x.Name} {x.Count}")));
}
