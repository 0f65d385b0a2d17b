using System.Globalization;
using System.Text;
using System.Text.Json;
using MicroTrader.Host.Configuration;

namespace MicroTrader.Host.Cli;

/// <summary>A line of the compact JSON log, read (https://clef-json.org).</summary>
/// <param name="Time">When; null in a line that is none of ours.</param>
/// <param name="Level">How much it matters.</param>
/// <param name="Text">In words, its values filled in.</param>
/// <param name="Exception">What was thrown; null for nothing.</param>
/// <param name="Symbol">The instrument that it is about; null for none.</param>
/// <param name="Raw">The line as it stands.</param>
internal sealed record LogEntry(DateTimeOffset? Time, LogLevelOption Level, string Text, string? Exception, string? Symbol, string Raw)
{
    /// <summary>Reads a line; one that is no such JSON stands for itself.</summary>
    public static LogEntry Read(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("@t", out var time))
                return Foreign(line);
            return new LogEntry(
                DateTimeOffset.Parse(time.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
                Word(root, "@l") is { } level ? LevelOf(level) : LogLevelOption.Information,
                Word(root, "@m") ?? FillIn(Word(root, "@mt") ?? "", root),
                Word(root, "@x"),
                Word(root, "Symbol"),
                line);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            return Foreign(line);
        }
    }

    /// <summary>As a line for people, and below it what was thrown.</summary>
    public override string ToString() => Time is { } time
        ? $"{time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)} {Short(Level)} {Text}{(Exception is null ? "" : Environment.NewLine + Exception.TrimEnd())}"
        : Raw;

    /// <summary>A level in three letters, as the console has it.</summary>
    public static string Short(LogLevelOption level) => level switch
    {
        LogLevelOption.Verbose => "VRB",
        LogLevelOption.Debug => "DBG",
        LogLevelOption.Information => "INF",
        LogLevelOption.Warning => "WRN",
        _ => "ERR",
    };

    // Nobody wrote it with a level: better shown than hidden.
    private static LogEntry Foreign(string line) => new(null, LogLevelOption.Error, line, null, null, line);

    private static LogLevelOption LevelOf(string word) => Enum.TryParse<LogLevelOption>(word, out var level) ? level : LogLevelOption.Error;

    private static string? Word(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // Message templates (https://messagetemplates.org): {Name}, {Name:format}, and doubled braces for themselves.
    private static string FillIn(string template, JsonElement values)
    {
        var text = new StringBuilder(template.Length * 2);
        for (var i = 0; i < template.Length; i++)
        {
            var c = template[i];
            if ((c is '{' or '}') && i + 1 < template.Length && template[i + 1] == c)
            {
                text.Append(c);
                i++;
                continue;
            }

            var end = c == '{' ? template.IndexOf('}', i) : -1;
            if (end < 0)
            {
                text.Append(c);
                continue;
            }

            var name = template[(i + 1)..end].TrimStart('@', '$').Split(':', ',')[0];
            text.Append(values.TryGetProperty(name, out var value) ? Show(value) : template[i..(end + 1)]);
            i = end;
        }

        return text.ToString();
    }

    private static string Show(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "",
        _ => value.GetRawText(),
    };
}
