using MicroTrader.Domain.Gateway;

namespace MicroTrader.Host.Configuration;

/// <summary>Which money the robot trades with.</summary>
public enum TradingMode
{
    /// <summary>LIVE where LIVE=true; PRACTICE where there is a demo key; else SIM.</summary>
    Auto,

    /// <summary>The paper broker.</summary>
    Sim,

    /// <summary>Trading 212, practice money.</summary>
    Practice,

    /// <summary>Trading 212, real money.</summary>
    Live,
}

/// <summary>Every setting, by section. The properties' names are the settings' names; their defaults are the defaults.</summary>
public sealed class TraderOptions
{
    public TradingOptions Trading { get; } = new();

    public StrategyOptions Strategy { get; } = new();

    public ExitOptions Exits { get; } = new();

    [Setting("What one symbol has otherwise: any setting of Strategy and Exits, Trading:Quantity and Trading:CashPerTrade, e.g. Symbols:AXSM:Exits:MaxHold = 20s")]
    public Dictionary<string, string> Symbols { get; } = new(StringComparer.OrdinalIgnoreCase);

    public RiskOptions Risk { get; } = new();

    public SessionOptions Session { get; } = new();

    public FeedOptions Feed { get; } = new();

    public PaperOptions Paper { get; } = new();

    public BacktestOptions Backtest { get; } = new();

    public BrokerOptions Broker { get; } = new();

    public OrderOptions Orders { get; } = new();

    public Trading212Section Trading212 { get; } = new();

    public MassiveOptions Massive { get; } = new();

    public ReconciliationOptions Reconciliation { get; } = new();

    public InstrumentOptions Instruments { get; } = new();

    public JournalOptions Journal { get; } = new();

    public ReportingOptions Reporting { get; } = new();

    public AlertOptions Alerts { get; } = new();

    public TelemetryOptions Telemetry { get; } = new();

    public LogOptions Log { get; } = new();

    public WebOptions Web { get; } = new();

    public ShutdownOptions Shutdown { get; } = new();
}

/// <summary>What is traded, with which money.</summary>
public sealed class TradingOptions
{
    [Setting("Which money: auto, sim, practice or live")]
    public TradingMode Mode { get; set; } = TradingMode.Auto;

    [Setting("Symbols, separated by commas")]
    public string Symbols { get; set; } = "AXSM, DJT, WULF, HUT";

    [Setting("Shares per trade", Min = 0.0001, Max = 1_000_000)]
    public decimal Quantity { get; set; } = 1m;

    [Setting("Money per trade in the feed's currency, instead of Quantity; empty for a number of shares", Min = 0.01, Max = 1_000_000_000)]
    public decimal? CashPerTrade { get; set; }

    [Setting("Currency that the feed's prices are in, ISO 4217")]
    public string Currency { get; set; } = "USD";

    [Setting("An entry that could not be sent for this long after its signal is dropped", Min = 0.1, Max = 60)]
    public TimeSpan EntryDeadline { get; set; } = TimeSpan.FromSeconds(2);

    [Setting("On LIVE this must read: I trade real money")]
    public string LiveConfirmation { get; set; } = "";
}

/// <summary>Whether the market's hours matter.</summary>
public enum SessionGateOption
{
    /// <summary>They do with practice and real money; the paper venue is open around the clock, and recordings keep their own hours.</summary>
    Auto,

    /// <summary>They do.</summary>
    On,

    /// <summary>They do not.</summary>
    Off,
}

/// <summary>The market's hours.</summary>
public sealed class SessionOptions
{
    [Setting("Whether the market's hours matter: auto (with practice and real money), on, off")]
    public SessionGateOption Gate { get; set; } = SessionGateOption.Auto;

    [Setting("The regular session only; false: pre-market, after hours and overnight too")]
    public bool RegularOnly { get; set; } = true;

    [Setting("No entry when the close is this near", Min = 0, Max = 7_200)]
    public TimeSpan NoEntryBeforeClose { get; set; } = TimeSpan.FromMinutes(5);

    [Setting("Positions are left this long before the close; 0 to hold over it; at most NoEntryBeforeClose", Min = 0, Max = 7_200)]
    public TimeSpan FlatBeforeClose { get; set; } = TimeSpan.FromMinutes(2);

    [Setting("No entry for this long after the open", Min = 0, Max = 7_200)]
    public TimeSpan NoEntryAfterOpen { get; set; } = TimeSpan.Zero;
}

/// <summary>The paper broker.</summary>
public sealed class PaperOptions
{
    [Setting("Its port on loopback; 0 chooses one", Min = 0, Max = 65_535)]
    public int Port { get; set; }

    [Setting("Cash of a new account, in its currency", Min = 1, Max = 1_000_000_000)]
    public decimal StartingCash { get; set; } = 100_000m;

    [Setting("Currency of a new account, ISO 4217")]
    public string Currency { get; set; } = "USD";

    [Setting("From acceptance to the fill", Min = 0, Max = 3_600)]
    public TimeSpan FillDelay { get; set; } = TimeSpan.FromMilliseconds(150);

    [Setting("Spread of its fills around the last price, percent", Min = 0, Max = 20)]
    public decimal SpreadPercent { get; set; }

    [Setting("Slippage of its fills against the order, percent", Min = 0, Max = 20)]
    public decimal SlippagePercent { get; set; }
}

/// <summary>How the broker is talked to.</summary>
public sealed class BrokerOptions
{
    [Setting("Time-out of a read", Min = 0.1, Max = 300)]
    public TimeSpan ReadTimeout { get; set; } = TimeSpan.FromSeconds(10);

    [Setting("Time-out of an order; past it the outcome is unknown", Min = 0.1, Max = 300)]
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromSeconds(10);

    [Setting("Time-out of connecting", Min = 0.1, Max = 300)]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    [Setting("From acceptance to the first question for the fill", Min = 0.05, Max = 60)]
    public TimeSpan FirstFillPoll { get; set; } = TimeSpan.FromMilliseconds(300);

    [Setting("Between questions for the fill", Min = 0.5, Max = 60)]
    public TimeSpan FillPoll { get; set; } = TimeSpan.FromSeconds(1);

    [Setting("Shortens the broker's limits, and every wait for it, for tests against a paper broker on this machine that is shortened alike; refused anywhere else", Min = 0.01, Max = 1)]
    public decimal TimeScale { get; set; } = 1m;
}

/// <summary>What becomes of entries that do not end at once.</summary>
public sealed class OrderOptions
{
    [Setting("The rest of an entry that was filled in part: cancel or wait; nothing of it is sold before it has ended")]
    public RemainderPolicy Remainder { get; set; } = RemainderPolicy.Cancel;

    [Setting("An entry that has not ended this long after its intent is cancelled, e.g. one that is queued at a market that is shut", Min = 1, Max = 3_600)]
    public TimeSpan CancelEntryAfter { get; set; } = TimeSpan.FromSeconds(15);
}

/// <summary>A key pair and where it is used.</summary>
public sealed class KeyPairOptions
{
    [Setting("API key", Secret = true)]
    public string ApiKey { get; set; } = "";

    [Setting("API secret", Secret = true)]
    public string ApiSecret { get; set; } = "";

    [Setting("Environment: demo, live, or the API's address; empty for the usual one")]
    public string Environment { get; set; } = "";
}

/// <summary>Trading 212.</summary>
public sealed class Trading212Section
{
    [Setting("Whether real money is traded")]
    public bool Live { get; set; }

    public KeyPairOptions Demo { get; } = new();

    public KeyPairOptions Real { get; } = new();
}

/// <summary>How intents without a certain outcome are resolved.</summary>
public sealed class ReconciliationOptions
{
    [Setting("How long an order may take to show in the broker's reads", Min = 1, Max = 3_600)]
    public TimeSpan SettleWindow { get; set; } = TimeSpan.FromSeconds(30);

    [Setting("How far the broker's stamps may be off", Min = 0, Max = 60)]
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(5);

    [Setting("How long an order that was not found is still watched for; no entry of its symbol meanwhile", Min = 0, Max = 86_400)]
    public TimeSpan LateWatch { get; set; } = TimeSpan.FromMinutes(15);

    [Setting("Between two comparisons with the broker while nothing is in doubt", Min = 5, Max = 3_600)]
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(1);

    [Setting("Between two comparisons while something is in doubt", Min = 1, Max = 600)]
    public TimeSpan Retry { get; set; } = TimeSpan.FromSeconds(5);
}

/// <summary>Which instrument a symbol means.</summary>
public sealed class InstrumentOptions
{
    [Setting("Symbols pinned to the broker's tickers, e.g. Instruments:Pins:DJT = DWAC_US_EQ")]
    public Dictionary<string, string> Pins { get; } = new(StringComparer.OrdinalIgnoreCase);
}

/// <summary>The journal.</summary>
public sealed class JournalOptions
{
    [Setting("Folder of the journals, one within it for each mode and account", Path = SettingPath.One)]
    public string Folder { get; set; } = "data";

    [Setting("Facts of a position, or of risk, between two snapshots", Min = 10, Max = 100_000)]
    public int SnapshotEvery { get; set; } = 200;
}

/// <summary>What the robot says of itself.</summary>
public sealed class ReportingOptions
{
    [Setting("Between two reports of every actor to the log files; 0 for only on inspect", Min = 0, Max = 86_400)]
    public TimeSpan StateInterval { get; set; } = TimeSpan.FromMinutes(1);

    [Setting("Between two lines that say why no entry was made; 0 for none", Min = 0, Max = 86_400)]
    public TimeSpan ReasonInterval { get; set; } = TimeSpan.FromMinutes(1);
}

/// <summary>Levels of the log.</summary>
public enum LogLevelOption
{
    Verbose,
    Debug,
    Information,
    Warning,
    Error,
}

/// <summary>The log.</summary>
public sealed class LogOptions
{
    [Setting("Folder of the log files", Path = SettingPath.One)]
    public string Folder { get; set; } = "logs";

    [Setting("Least level on the console")]
    public LogLevelOption Console { get; set; } = LogLevelOption.Information;

    [Setting("Least level in the files")]
    public LogLevelOption File { get; set; } = LogLevelOption.Debug;

    [Setting("Largest log file, megabytes", Min = 1, Max = 2_000)]
    public int FileSizeMegabytes { get; set; } = 50;

    [Setting("Log files that are kept, of each kind", Min = 1, Max = 1_000)]
    public int KeepFiles { get; set; } = 14;
}

/// <summary>The page and the control API.</summary>
public sealed class WebOptions
{
    [Setting("Address to listen on beside loopback: one of this machine's, or 0.0.0.0 for all; any but 127.0.0.1 needs Token")]
    public string Address { get; set; } = "127.0.0.1";

    [Setting("Port; 0 chooses one", Min = 0, Max = 65_535)]
    public int Port { get; set; } = 5210;

    [Setting("What whoever opens the page or calls the API must show, at least 24 characters; empty for nobody asked, on loopback only", Secret = true)]
    public string Token { get; set; } = "";

    [Setting("Further names that the host is called by, separated by commas, e.g. that of a reverse proxy")]
    public string Hosts { get; set; } = "";
}

/// <summary>How the host stops.</summary>
public sealed class ShutdownOptions
{
    [Setting("How long exits may still go on after a wish to stop", Min = 0, Max = 3_600)]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
