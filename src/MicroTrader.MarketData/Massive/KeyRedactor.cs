namespace MicroTrader.MarketData;

/// <summary>Takes the key out of a text that may be shown: a server, or something between, may echo a request.</summary>
internal sealed class KeyRedactor(string key)
{
    private const int LongestText = 300;

    // Anything shorter is no real key, and would tear holes into ordinary words.
    private const int ShortestKey = 4;

    private readonly string _escaped = Uri.EscapeDataString(key);

    /// <summary>The text on one line, without the key, and not endless.</summary>
    public string Clean(string text)
    {
        if (key.Length >= ShortestKey)
            text = text.Replace(key, "***", StringComparison.OrdinalIgnoreCase).Replace(_escaped, "***", StringComparison.OrdinalIgnoreCase);
        var line = string.Create(Math.Min(text.Length, LongestText), text, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = char.IsControl(source[i]) ? ' ' : source[i];
        });
        return text.Length > LongestText ? line + "..." : line;
    }
}
