namespace MicroTrader.Host.Configuration;

/// <summary>The names that users of the robot before this one have in their <c>.env</c>.</summary>
internal static class LegacyNames
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["SYMBOLS"] = "Trading:Symbols",
        ["LIVE"] = "Trading212:Live",
        ["TRADING212_DEMO_API_KEY"] = "Trading212:Demo:ApiKey",
        ["TRADING212_DEMO_API_SECRET"] = "Trading212:Demo:ApiSecret",
        ["TRADING212_DEMO_ENVIRONMENT"] = "Trading212:Demo:Environment",
        ["TRADING212_API_KEY"] = "Trading212:Real:ApiKey",
        ["TRADING212_API_SECRET"] = "Trading212:Real:ApiSecret",
        ["TRADING212_LIVE_ENVIRONMENT"] = "Trading212:Real:Environment",
        ["POLYGON_API_KEY"] = "Massive:ApiKey",
        ["POLYGON_BASE_URL"] = "Massive:BaseUrl",
        ["POLYGON_SNAPSHOT_PATH"] = "Massive:SnapshotPath",
        ["FETCH_INTERVAL"] = "Massive:FetchInterval",
        ["FAKE_TICKS"] = "Feed:Kind",
    };

    /// <summary>Every such name.</summary>
    public static IEnumerable<string> All => Names.Keys;

    /// <summary>The setting that a name stands for, with its value; null where the name is none of these.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">Its value, not empty.</param>
    /// <param name="source">What messages call the place where it stands.</param>
    /// <exception cref="SettingsException">The value is none.</exception>
    public static (string Key, string Value)? Translate(string name, string value, string source)
    {
        if (!Names.TryGetValue(name, out var key))
            return null;
        if (!name.Equals("FAKE_TICKS", StringComparison.OrdinalIgnoreCase))
            return (key, value);
        return value.Trim().ToUpperInvariant() switch
        {
            "TRUE" or "1" or "YES" or "ON" => (key, "synthetic"),
            "FALSE" or "0" or "NO" or "OFF" => (key, "auto"),
            _ => throw new SettingsException($"FAKE_TICKS: '{value}' is not allowed ({source}); allowed is true or false"),
        };
    }
}
