using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData;

/// <summary>How prices are streamed from Massive's WebSocket (formerly Polygon.io).</summary>
public sealed record MassiveSocketOptions
{
    /// <summary>The official real-time address. Source: the servers of Massive's description.</summary>
    public static readonly Uri DefaultUrl = new("wss://socket.massive.com/stocks");

    /// <summary>The official address of the delayed plans; it has no quotes.</summary>
    public static readonly Uri DelayedUrl = new("wss://delayed.massive.com/stocks");

    /// <summary>The account's key (POLYGON_API_KEY). It is sent as a message, never in the URL, and never shown.</summary>
    public string ApiKey { get; init; } = "";

    /// <summary>Where the stream is.</summary>
    public Uri Url { get; init; } = DefaultUrl;

    /// <summary>The symbols to subscribe to (1 to 1000, none twice).</summary>
    public IReadOnlyList<Symbol> Symbols { get; init; } = [];

    /// <summary>What to subscribe to; at least one that gives ticks.</summary>
    public MassiveChannels Channels { get; init; } = MassiveChannels.Trades | MassiveChannels.SecondBars | MassiveChannels.Quotes;

    /// <summary>How long connecting, the greeting and the answer to the key may take, each (100 ms to 5 min).</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The wait before the first reconnect; it doubles, with jitter (10 ms to 1 min).</summary>
    public TimeSpan ReconnectDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest wait before a reconnect (at least <see cref="ReconnectDelay"/>, at most 10 min).</summary>
    public TimeSpan MaxReconnectDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a ping asks whether the other side is there (1 s to 10 min).</summary>
    public TimeSpan KeepAliveInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long its answer may take before the connection counts as lost (1 s to 10 min).</summary>
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>No message for this long while the market is open: the connection is made anew (1 s to 1 day; null for never).</summary>
    public TimeSpan? Silence { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How many subscriptions go into one message (1 to 10,000).</summary>
    public int SubscriptionsPerMessage { get; init; } = 200;

    /// <summary>How many ticks wait for a slow reader before they are drawn together per symbol and kind (16 to 10,000,000).</summary>
    public int BufferTicks { get; init; } = 50_000;

    /// <summary>The longest message that is read, in bytes; a longer one ends the connection (4 KiB to 1 GiB).</summary>
    public int MaxMessageBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>A quote older than this, by its stamp and the tick's, is not given as bid and ask (1 s to 1 day).</summary>
    public TimeSpan MaxQuoteAge { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A tick whose stamp is older than this when it comes is late (1 s to 1 day).</summary>
    public TimeSpan DelayTolerance { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Whether pre-market and after hours count: their trades (Form T) make a price, and silence in them is one.</summary>
    public bool ExtendedHours { get; init; }

    /// <summary>Whether the key may go over an unencrypted stream to another machine. Never for the real service.</summary>
    public bool AllowUnencrypted { get; init; }

    /// <summary>Names what is impossible in these options; empty when they can be used. Never shows the key.</summary>
    public IEnumerable<string> Problems()
    {
        foreach (var problem in MassiveChecks.Common(ApiKey, Symbols))
            yield return problem;
        if (MassiveChecks.Address(nameof(Url), Url, AllowUnencrypted, Uri.UriSchemeWss, Uri.UriSchemeWs) is { } address)
            yield return address;
        const MassiveChannels All = MassiveChannels.Trades | MassiveChannels.SecondBars | MassiveChannels.Quotes | MassiveChannels.MinuteBars;
        if ((Channels & ~All) != 0 || (Channels & ~MassiveChannels.Quotes) == 0)
            yield return $"Channels: {Channels} is not allowed; at least one of Trades, SecondBars and MinuteBars, and Quotes";
        foreach (var problem in MassiveChecks.Between(
            (nameof(ConnectTimeout), ConnectTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(5)),
            (nameof(ReconnectDelay), ReconnectDelay, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1)),
            (nameof(MaxReconnectDelay), MaxReconnectDelay, ReconnectDelay, TimeSpan.FromMinutes(10)),
            (nameof(KeepAliveInterval), KeepAliveInterval, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)),
            (nameof(KeepAliveTimeout), KeepAliveTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)),
            (nameof(Silence), Silence ?? TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)),
            (nameof(MaxQuoteAge), MaxQuoteAge, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)),
            (nameof(DelayTolerance), DelayTolerance, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1))))
            yield return problem;
        foreach (var problem in MassiveChecks.Between(
            (nameof(SubscriptionsPerMessage), SubscriptionsPerMessage, 1, 10_000),
            (nameof(BufferTicks), BufferTicks, 16, 10_000_000),
            (nameof(MaxMessageBytes), MaxMessageBytes, 4096, 1024 * 1024 * 1024)))
            yield return problem;
    }

    /// <summary>The options without the key.</summary>
    public override string ToString() => $"MassiveSocketOptions {{ {Url}, {Channels}, {string.Join(", ", Symbols)} }}";
}
