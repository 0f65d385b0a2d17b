namespace MicroTrader.Trading212;

/// <summary>Takes the key, the secret and the token out of a text that may end in a log: a server, or a proxy, may echo a request.</summary>
internal sealed class SecretScrubber
{
    // Anything shorter is no real secret, and would tear holes into ordinary words.
    private const int ShortestSecret = 4;

    private readonly string[] _secrets;

    internal SecretScrubber(Trading212Options options) =>
        _secrets = [.. new[] { HttpClients.BasicToken(options), options.ApiSecret, options.ApiKey }.Where(secret => secret.Length >= ShortestSecret)];

    internal string Scrub(string text)
    {
        foreach (string secret in _secrets)
            text = text.Replace(secret, "***", StringComparison.Ordinal);
        return text;
    }
}
