namespace MicroTrader.Trading212;

/// <summary>The venue's two worlds. A key made in one answers 401 in the other. Source: the Trading 212 Public API v0 description, servers.</summary>
public static class Trading212Environments
{
    /// <summary>Practice money.</summary>
    public static Uri Demo { get; } = new("https://demo.trading212.com/api/v0");

    /// <summary>Real money.</summary>
    public static Uri Live { get; } = new("https://live.trading212.com/api/v0");
}
