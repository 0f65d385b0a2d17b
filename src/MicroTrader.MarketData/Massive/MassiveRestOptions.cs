using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData;

/// <summary>How prices are polled from Massive's snapshot (formerly Polygon.io). The defaults are those of the setting file.</summary>
public sealed record MassiveRestOptions
{
    /// <summary>The official address. Source: the servers of Massive's description; <c>https://api.polygon.io</c> answers too.</summary>
    public static readonly Uri DefaultBaseUrl = new("https://api.massive.com");

    /// <summary>The path of the snapshot of many tickers.</summary>
    public const string DefaultSnapshotPath = "/v2/snapshot/locale/us/markets/stocks/tickers";

    /// <summary>The shortest <see cref="Interval"/>.</summary>
    public static readonly TimeSpan LeastInterval = TimeSpan.FromSeconds(1);

    /// <summary>The longest <see cref="Interval"/>.</summary>
    public static readonly TimeSpan MostInterval = TimeSpan.FromHours(1);

    /// <summary>The account's key (POLYGON_API_KEY). It is sent as a header, never in a URL, and never shown.</summary>
    public string ApiKey { get; init; } = "";

    /// <summary>Where the API is (POLYGON_BASE_URL); may have a path of its own.</summary>
    public Uri BaseUrl { get; init; } = DefaultBaseUrl;

    /// <summary>The snapshot's path below <see cref="BaseUrl"/> (POLYGON_SNAPSHOT_PATH).</summary>
    public string SnapshotPath { get; init; } = DefaultSnapshotPath;

    /// <summary>The symbols to ask for, all in one request (1 to 1000, none twice).</summary>
    public IReadOnlyList<Symbol> Symbols { get; init; } = [];

    /// <summary>From one poll to the next (FETCH_INTERVAL; 1 s to 1 h).</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one try may take (100 ms to 5 min).</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a poll is tried again after a lost connection, a time-out or a 5xx (0 to 10).</summary>
    public int Retries { get; init; } = 2;

    /// <summary>The wait before the first of these tries; it doubles, with jitter (0 to 1 min).</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>A quote older than this is not given as bid and ask (1 s to 1 day).</summary>
    public TimeSpan MaxQuoteAge { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A price whose stamp is older than the interval and this is late (1 s to 1 day).</summary>
    public TimeSpan DelayTolerance { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The longest answer that is read, in bytes (1 KiB to 1 GiB).</summary>
    public int MaxBodyBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>So many polls in a row must fail before it is said (1 to 1000).</summary>
    public int FailuresBeforeNote { get; init; } = 3;

    /// <summary>Whether pre-market and after hours count as an open market.</summary>
    public bool ExtendedHours { get; init; }

    /// <summary>While the calendar says closed: how often the market's status is asked for, in case the calendar errs (10 s to 1 day).</summary>
    public TimeSpan ClosedRecheck { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether the key may go over plain HTTP to another machine. Never for the real service.</summary>
    public bool AllowUnencrypted { get; init; }

    /// <summary>Names what is impossible in these options; empty when they can be used. Never shows the key.</summary>
    public IEnumerable<string> Problems()
    {
        foreach (var problem in MassiveChecks.Common(ApiKey, Symbols))
            yield return problem;
        if (MassiveChecks.Address(nameof(BaseUrl), BaseUrl, AllowUnencrypted, Uri.UriSchemeHttps, Uri.UriSchemeHttp) is { } address)
            yield return address;
        if (!SnapshotPath.StartsWith('/') || SnapshotPath.AsSpan().ContainsAny("?# \\"))
            yield return $"SnapshotPath: '{SnapshotPath}' is not allowed; a path such as {DefaultSnapshotPath}, without a query";
        foreach (var problem in MassiveChecks.Between(
            (nameof(Interval), Interval, LeastInterval, MostInterval),
            (nameof(Timeout), Timeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(5)),
            (nameof(RetryDelay), RetryDelay, TimeSpan.Zero, TimeSpan.FromMinutes(1)),
            (nameof(MaxQuoteAge), MaxQuoteAge, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)),
            (nameof(DelayTolerance), DelayTolerance, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)),
            (nameof(ClosedRecheck), ClosedRecheck, TimeSpan.FromSeconds(10), TimeSpan.FromDays(1))))
            yield return problem;
        foreach (var problem in MassiveChecks.Between(
            (nameof(Retries), Retries, 0, 10),
            (nameof(MaxBodyBytes), MaxBodyBytes, 1024, 1024 * 1024 * 1024),
            (nameof(FailuresBeforeNote), FailuresBeforeNote, 1, 1000)))
            yield return problem;
    }

    /// <summary>The options without the key.</summary>
    public override string ToString() => $"MassiveRestOptions {{ {BaseUrl}{SnapshotPath}, every {Interval:c}, {string.Join(", ", Symbols)} }}";
}
