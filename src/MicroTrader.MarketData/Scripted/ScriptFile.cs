using System.Globalization;
using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData;

/// <summary>Reads the file of a <see cref="ScriptedFeed"/>. Scripts are short, so this is written to be read, not to be fast.</summary>
internal static class ScriptFile
{
    private const string Allowed = "symbol,price,volume or symbol,price,volume,delay_ms is allowed";
    private const long MostDelayMs = 86_400_000;

    public static List<ScriptedTick> Read(string path)
    {
        var ticks = new List<ScriptedTick>();
        var lineNumber = 0;
        var fieldCount = 0;
        foreach (var line in Lines(path))
        {
            lineNumber++;
            if (string.IsNullOrWhiteSpace(line) || line.StartsWith('#'))
                continue;
            var fields = line.Split(',', StringSplitOptions.TrimEntries);
            if (fieldCount == 0)
            {
                fieldCount = Header(path, lineNumber, fields);
                continue;
            }

            if (fields.Length != fieldCount)
                throw Wrong(path, lineNumber, $"has {fields.Length} {(fields.Length == 1 ? "field" : "fields")}; {fieldCount} are allowed, as in the header");
            ticks.Add(Tick(path, lineNumber, fields));
        }

        return ticks.Count > 0 ? ticks : throw new RecordingException($"{path}: holds no ticks; a header and at least one line are needed: {Allowed}");
    }

    private static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RecordingException($"{path}: cannot be read: {e.Message}; a readable script is needed", e);
        }
    }

    private static int Header(string path, int lineNumber, string[] fields) => string.Join(',', fields).ToUpperInvariant() switch
    {
        "SYMBOL,PRICE,VOLUME" => 3,
        "SYMBOL,PRICE,VOLUME,DELAY_MS" => 4,
        var header => throw Wrong(path, lineNumber, $"the header is '{header}'; {Allowed}"),
    };

    private static ScriptedTick Tick(string path, int lineNumber, string[] fields)
    {
        if (!Symbol.TryParse(fields[0], out var symbol))
            throw Wrong(path, lineNumber, $"symbol '{fields[0]}' is not one; 1 to {Symbol.MaxLength} letters, digits, dots or hyphens are allowed, the first a letter");
        var price = Number(path, lineNumber, "price", fields[1]);
        decimal? volume = fields[2].Length == 0 ? null : Number(path, lineNumber, "volume", fields[2]);
        var delay = ScriptedFeed.DefaultDelay;
        if (fields.Length == 4 && fields[3].Length > 0)
        {
            if (!long.TryParse(fields[3], NumberStyles.None, CultureInfo.InvariantCulture, out var delayMs) || delayMs > MostDelayMs)
                throw Wrong(path, lineNumber, $"delay_ms '{fields[3]}' is not allowed; whole milliseconds from 0 to {MostDelayMs}");
            delay = TimeSpan.FromMilliseconds(delayMs);
        }

        var tick = new ScriptedTick(symbol, price, volume, delay);
        return ScriptedFeed.Problem(tick) is { } problem ? throw Wrong(path, lineNumber, problem) : tick;
    }

    private static decimal Number(string path, int lineNumber, string name, string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Wrong(path, lineNumber, $"{name} '{text}' is not a number; digits with an optional decimal point are allowed");

    private static RecordingException Wrong(string path, int lineNumber, string what) => new($"{path}:{lineNumber}: {what}");
}
