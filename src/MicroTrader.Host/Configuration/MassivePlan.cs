using MicroTrader.Domain.Market;
using MicroTrader.MarketData;

namespace MicroTrader.Host.Configuration;

/// <summary>The settings of Massive, as its feeds take them.</summary>
internal static class MassivePlan
{
    /// <summary>What the feeds call their options, and what the settings call them.</summary>
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["ApiKey"] = "Massive:ApiKey (POLYGON_API_KEY)",
        ["BaseUrl"] = "Massive:BaseUrl (POLYGON_BASE_URL)",
        ["SnapshotPath"] = "Massive:SnapshotPath (POLYGON_SNAPSHOT_PATH)",
        ["Interval"] = "Massive:FetchInterval (FETCH_INTERVAL)",
        ["Url"] = "Massive:StreamUrl",
        ["Channels"] = "Massive:Channels",
        ["Symbols"] = "Trading:Symbols",
    };

    /// <summary>Whether the settings themselves say that prices come late.</summary>
    public static bool IsDelayed(TraderOptions options) =>
        options.Massive.Transport == MassiveTransport.Stream && StreamUrl(options).Host.Equals(MassiveSocketOptions.DelayedUrl.Host, StringComparison.OrdinalIgnoreCase);

    /// <summary>How snapshots are polled.</summary>
    /// <exception cref="SettingsException">A setting is impossible; the message never holds the key.</exception>
    public static MassiveRestOptions Rest(TraderOptions options, IReadOnlyList<Symbol> symbols)
    {
        var m = options.Massive;
        var rest = new MassiveRestOptions
        {
            ApiKey = m.ApiKey,
            BaseUrl = m.BaseUrl.Length == 0 ? MassiveRestOptions.DefaultBaseUrl : Address("Massive:BaseUrl (POLYGON_BASE_URL)", m.BaseUrl),
            SnapshotPath = m.SnapshotPath.Length == 0 ? MassiveRestOptions.DefaultSnapshotPath : m.SnapshotPath,
            Symbols = symbols,
            Interval = m.FetchInterval,
            Timeout = m.Timeout,
            DelayTolerance = m.DelayTolerance,
            ExtendedHours = !options.Session.RegularOnly,
        };
        return Check(rest, rest.Problems());
    }

    /// <summary>How the stream is read.</summary>
    /// <exception cref="SettingsException">A setting is impossible; the message never holds the key.</exception>
    public static MassiveSocketOptions Stream(TraderOptions options, IReadOnlyList<Symbol> symbols)
    {
        var stream = new MassiveSocketOptions
        {
            ApiKey = options.Massive.ApiKey,
            Url = StreamUrl(options),
            Symbols = symbols,
            Channels = Channels(options.Massive.Channels),
            ConnectTimeout = options.Massive.Timeout,
            DelayTolerance = options.Massive.DelayTolerance,
            ExtendedHours = !options.Session.RegularOnly,
        };
        return Check(stream, stream.Problems());
    }

    private static T Check<T>(T options, IEnumerable<string> problems)
    {
        if (problems.FirstOrDefault() is not { } problem)
            return options;
        var colon = problem.IndexOf(':', StringComparison.Ordinal);
        throw new SettingsException(colon > 0 && Names.TryGetValue(problem[..colon], out var name) ? name + problem[colon..] : $"Massive: {problem}");
    }

    private static Uri StreamUrl(TraderOptions options) => options.Massive.StreamUrl.Trim().ToUpperInvariant() switch
    {
        "" or "REALTIME" => MassiveSocketOptions.DefaultUrl,
        "DELAYED" => MassiveSocketOptions.DelayedUrl,
        _ => Address("Massive:StreamUrl", options.Massive.StreamUrl),
    };

    // Not repeated: what stands there may hold a key.
    private static Uri Address(string setting, string text) =>
        Uri.TryCreate(text.Trim(), UriKind.Absolute, out var address) ? address : throw new SettingsException($"{setting}: is no address; allowed is one such as {MassiveRestOptions.DefaultBaseUrl}");

    private static MassiveChannels Channels(string text)
    {
        var channels = MassiveChannels.None;
        foreach (var word in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            channels |= word.ToUpperInvariant() switch
            {
                "TRADES" or "T" => MassiveChannels.Trades,
                "SECONDBARS" or "A" => MassiveChannels.SecondBars,
                "QUOTES" or "Q" => MassiveChannels.Quotes,
                "MINUTEBARS" or "AM" => MassiveChannels.MinuteBars,
                _ => throw new SettingsException($"Massive:Channels: '{word}' is not allowed; allowed are trades, secondbars, quotes and minutebars"),
            };
        }

        return channels;
    }
}
