namespace MicroTrader.Domain.Robot;

/// <summary>Finds the names that are most like one that does not exist.</summary>
public static class NearestNames
{
    /// <summary>The nearest names, the most alike first: by the fewest letters to change, then by the alphabet.</summary>
    public static IReadOnlyList<string> To(string text, IEnumerable<string> names, int most = 3)
    {
        var wanted = text.Trim().ToUpperInvariant();
        return [.. names
            .Select(n => (Name: n, Distance: Distance(wanted, n.ToUpperInvariant())))
            .OrderBy(n => n.Distance)
            .ThenBy(n => n.Name, StringComparer.Ordinal)
            .Take(most)
            .Select(n => n.Name)];
    }

    // Levenshtein: letters to insert, to drop or to change.
    private static int Distance(string a, string b)
    {
        var previous = new int[b.Length + 1];
        var current = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
            previous[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
            (previous, current) = (current, previous);
        }

        return previous[b.Length];
    }
}
