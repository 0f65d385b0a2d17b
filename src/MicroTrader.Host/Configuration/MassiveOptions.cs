namespace MicroTrader.Host.Configuration;

/// <summary>How Massive's prices come.</summary>
public enum MassiveTransport
{
    /// <summary>Snapshots of all symbols, one request each <see cref="MassiveOptions.FetchInterval"/>.</summary>
    Rest,

    /// <summary>A WebSocket: trades, aggregates and quotes as they happen.</summary>
    Stream,
}

/// <summary>Massive (formerly Polygon): real prices.</summary>
public sealed class MassiveOptions
{
    [Setting("API key; where it is set, Feed:Kind auto means massive", Secret = true)]
    public string ApiKey { get; set; } = "";

    [Setting("How prices come: rest (a snapshot each FetchInterval) or stream")]
    public MassiveTransport Transport { get; set; } = MassiveTransport.Rest;

    [Setting("Address of the REST API; empty for https://api.massive.com")]
    public string BaseUrl { get; set; } = "";

    [Setting("Path of the snapshot below BaseUrl; empty for the one of all US stocks")]
    public string SnapshotPath { get; set; } = "";

    [Setting("Between two snapshots", Min = 1, Max = 3_600)]
    public TimeSpan FetchInterval { get; set; } = TimeSpan.FromSeconds(30);

    [Setting("Address of the stream: realtime, delayed, or a wss:// address; empty for realtime")]
    public string StreamUrl { get; set; } = "";

    [Setting("What the stream is asked for, separated by commas: trades, secondbars, quotes, minutebars")]
    public string Channels { get; set; } = "trades, secondbars, quotes";

    [Setting("Whether snapshots fill in while the stream is down")]
    public bool RestWhileDown { get; set; } = true;

    [Setting("Time-out of one request, and of connecting the stream", Min = 0.1, Max = 300)]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    [Setting("A price whose stamp is older than this when it comes is late; for snapshots FetchInterval is added", Min = 1, Max = 86_400)]
    public TimeSpan DelayTolerance { get; set; } = TimeSpan.FromMinutes(2);
}
