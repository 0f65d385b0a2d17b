using System.Globalization;

namespace MicroTrader.Simulation.Shared;

/// <summary>Every run that ever failed: <c>failing-seeds.txt</c>, one a line: level, seed, then <c>name=value</c> for what shrinking chose, then # and words.</summary>
internal static class RecordedSeeds
{
    public const string FileName = "failing-seeds.txt";

    /// <summary>Reads the file beside the program.</summary>
    /// <exception cref="FormatException">A line makes no sense.</exception>
    public static IReadOnlyList<(string Level, RunSpec Spec)> Read() => Parse(File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, FileName)));

    /// <summary>Reads lines.</summary>
    /// <exception cref="FormatException">A line makes no sense.</exception>
    public static IReadOnlyList<(string Level, RunSpec Spec)> Parse(IReadOnlyList<string> lines)
    {
        var runs = new List<(string, RunSpec)>();
        for (var i = 0; i < lines.Count; i++)
        {
            var words = lines[i].Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0)
                continue;
            if (words.Length < 2 || !ulong.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var seed))
                throw new FormatException($"{FileName}:{i + 1}: '{lines[i]}'; a level, a seed and perhaps without=, only=, symbols=, storm-steps= are allowed");
            var spec = new RunSpec(seed);
            foreach (var word in words[2..])
                spec = With(spec, word, i + 1);
            runs.Add((words[0], spec));
        }

        return runs;
    }

    private static RunSpec With(RunSpec spec, string word, int line)
    {
        var cut = word.IndexOf('=', StringComparison.Ordinal);
        var (name, value) = cut < 0 ? (word, "") : (word[..cut], word[(cut + 1)..]);
        if (name == "without")
            return spec with { Without = FaultKinds.Parse(value) };
        if (name == "only")
            return spec with { Only = FaultKinds.Parse(value) };
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            if (name == "symbols")
                return spec with { MostSymbols = number };
            if (name == "storm-steps")
                return spec with { StormSteps = number };
        }

        throw new FormatException($"{FileName}:{line}: '{word}'; without=, only=, symbols= and storm-steps= with a value are allowed");
    }
}
