namespace MicroTrader.Host.Alerts;

/// <summary>Takes secrets out of texts: a token is part of Telegram's addresses, and messages of what fails may repeat these.</summary>
/// <param name="secrets">The secrets; null and short ones are none.</param>
internal sealed class SecretRedactor(IEnumerable<string?> secrets)
{
    // Longest first: a part of an address must not leave the rest of it standing. A path of "/" is no secret.
    private readonly string[] _secrets = [.. secrets.OfType<string>().Where(s => s.Length > 4).Distinct().OrderByDescending(s => s.Length)];

    /// <summary>The text in one line, without them.</summary>
    public string Clean(string text)
    {
        foreach (var secret in _secrets)
            text = text.Replace(secret, "***", StringComparison.OrdinalIgnoreCase);
        return text.ReplaceLineEndings(" ");
    }
}
