namespace MicroTrader.Host.Configuration;

/// <summary>
/// Reads a <c>.env</c> file: a <c>NAME=value</c> on each line, quoted or not, <c>export</c> before it or not, and comments after <c>#</c>. A value is taken as it
/// stands: a <c>$</c> in a secret is a <c>$</c>. No message holds a value, for it may be a secret.
/// </summary>
internal static class DotEnvFile
{
    /// <summary>Reads a file; empty where there is none.</summary>
    /// <exception cref="SettingsException">It cannot be read, or a line of it is wrong; the message names the line.</exception>
    public static IReadOnlyList<(string Name, string Value)> Read(string path)
    {
        if (!File.Exists(path))
            return [];
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($".env: cannot be read: {e.Message}");
        }

        var values = new List<(string Name, string Value)>();
        var seen = new Dictionary<string, (int Line, string Value)>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < lines.Length; i++)
        {
            if (Parse(lines[i], i + 1) is not var (name, value))
                continue;
            // Which of the two is meant cannot be known, and it may be LIVE.
            if (!seen.TryAdd(name, (i + 1, value)) && seen[name].Value != value)
                throw Wrong(i + 1, $"{name} stands on line {seen[name].Line} already, with another value");
            values.Add((name, value));
        }

        return values;
    }

    private static (string Name, string Value)? Parse(string line, int number)
    {
        var text = line.Trim();
        if (text.Length == 0 || text[0] == '#')
            return null;
        if (text.StartsWith("export ", StringComparison.Ordinal))
            text = text[7..].TrimStart();
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? "" : text[..equals].TrimEnd();
        if (name.Length == 0 || char.IsAsciiDigit(name[0]) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            throw Wrong(number, "is no NAME=value; a name has letters, digits and underscores");
        return (name, Value(text[(equals + 1)..], number));
    }

    private static string Value(string text, int number)
    {
        var trimmed = text.Trim();
        if (trimmed.Length > 0 && trimmed[0] is '"' or '\'')
        {
            var end = trimmed.IndexOf(trimmed[0], 1);
            if (end < 0)
                throw Wrong(number, "begins a quotation that does not end on the line");
            if (trimmed[(end + 1)..].TrimStart() is { Length: > 0 } rest && rest[0] != '#')
                throw Wrong(number, "has more after the quotation's end");
            return Literal(trimmed[1..end], trimmed[0] == '\'', number);
        }

        for (var i = 0; i < text.Length; i++)
        {
            // A # within a value belongs to it; after a blank it begins a comment.
            if (text[i] == '#' && i > 0 && char.IsWhiteSpace(text[i - 1]))
                return Literal(text[..i].Trim(), false, number);
        }

        return Literal(trimmed, false, number);
    }

    // Other readers of such files fill in ${NAME}. Here it would become part of a value unseen, so it has to be said that it is meant.
    private static string Literal(string value, bool asItStands, int number) => asItStands || !value.Contains("${", StringComparison.Ordinal)
        ? value
        : throw Wrong(number, "holds ${...}, which is not filled in here; write the value itself, or put it between single quotes");

    private static SettingsException Wrong(int line, string what) => new($".env line {line}: {what}; each line is NAME=value, or starts with #");
}
