namespace MicroTrader.Host.Configuration;

/// <summary>Where prices come from.</summary>
public enum FeedKind
{
    /// <summary>Massive where its key is set, else synthetic; a recording where there is data.</summary>
    Auto,

    /// <summary>Massive (formerly Polygon): real prices.</summary>
    Massive,

    /// <summary>Made up, seeded.</summary>
    Synthetic,

    /// <summary>A recording (<c>--data</c>).</summary>
    Replay,

    /// <summary>A script of prices (<c>--data</c>).</summary>
    Script,
}

/// <summary>Whether the broker's own prices serve.</summary>
public enum BrokerPricesOption
{
    /// <summary>With practice and real money.</summary>
    Auto,

    /// <summary>They do.</summary>
    On,

    /// <summary>They do not.</summary>
    Off,
}

/// <summary>Where prices come from, and which are believed.</summary>
public sealed class FeedOptions
{
    [Setting("auto (massive where its key is set, else synthetic), massive, synthetic, replay or script")]
    public FeedKind Kind { get; set; } = FeedKind.Auto;

    [Setting("Age at which a symbol's price is stale, and oldest stamp that a tick may carry; empty: three polls but 15s at least, 15s for streams and synthetic prices, never for replay and script", Min = 0.1, Max = 86_400)]
    public TimeSpan? StaleAfter { get; set; }

    [Setting("Furthest move from the last good price of the day that is believed without a second tick, percent", Min = 0.01, Max = 1_000)]
    public decimal MaxJumpPercent { get; set; } = 5m;

    [Setting("How far outside of bid and ask a price may be before a second tick must confirm it, percent", Min = 0.01, Max = 1_000)]
    public decimal MaxOutsideQuotePercent { get; set; } = 2m;

    [Setting("Whether the broker's own price of a holding serves for TP and SL while the feed's is stale or late: auto (with practice and real money), on, off")]
    public BrokerPricesOption BrokerPrices { get; set; } = BrokerPricesOption.Auto;

    [Setting("Accepts entries on prices that the source gives late, e.g. of a delayed plan; LIVE does not start with such a stream unless this is true")]
    public bool AcceptDelayedPrices { get; set; }

    [Setting("Accepts real money with polls further apart than half of Exits:MaxHold")]
    public bool AcceptSlowPolls { get; set; }

    [Setting("Folder that every tick of the run is recorded to, for a replay; empty for none", Path = SettingPath.One)]
    public string Record { get; set; } = "";

    [Setting("Synthetic: the seed; the same gives the same prices", Min = 0, Max = 1_000_000_000_000)]
    public long Seed { get; set; } = 1;

    [Setting("Synthetic: time between two ticks of a symbol", Min = 0.01, Max = 2)]
    public TimeSpan Interval { get; set; } = TimeSpan.FromMilliseconds(250);

    [Setting("Whether synthetic or scripted prices may meet practice money; they never meet real money")]
    public bool AllowSyntheticOnPractice { get; set; }

    [Setting("Replay and script: files or folders, separated by commas", Path = SettingPath.Several)]
    public string Data { get; set; } = "";

    [Setting("Replay: only these symbols, separated by commas; empty for all of the recording")]
    public string OnlySymbols { get; set; } = "";

    [Setting("Replay: max, or how many times real time, e.g. 60x")]
    public string Speed { get; set; } = "max";
}
