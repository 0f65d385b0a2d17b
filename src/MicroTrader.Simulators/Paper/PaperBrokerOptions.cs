using System.Text;

namespace MicroTrader.Simulators.Paper;

/// <summary>What a paper broker needs to start. Checked by <see cref="PaperBroker.StartAsync"/>.</summary>
public sealed record PaperBrokerOptions
{
    /// <summary>A <see cref="DatabasePath"/> that keeps the books in memory: they end with the broker.</summary>
    public const string InMemory = ":memory:";

    /// <summary>The SQLite file of all accounts; made, with its folder, where it does not exist. <see cref="InMemory"/> has none.</summary>
    public required string DatabasePath { get; init; }

    /// <summary>TCP port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>User name of HTTP Basic; no colon.</summary>
    public string ApiKey { get; init; } = "paper";

    /// <summary>Password of HTTP Basic. Never logged.</summary>
    public string ApiSecret { get; init; } = "paper";

    /// <summary>Account number; a file of another account is refused.</summary>
    public long AccountId { get; init; } = 10_000_001;

    /// <summary>Account currency (ISO 4217); a file of another currency is refused.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>Cash of a new account, in account currency. An existing file keeps its own cash.</summary>
    public decimal StartingCash { get; init; } = 100_000m;

    /// <summary>What the key may do; an endpoint outside answers 403.</summary>
    public PaperScopes Scopes { get; init; } = PaperScopes.All;

    /// <summary>
    /// The accounts, where there are several, all in one file. Not empty, it takes the place of <see cref="ApiKey"/>,
    /// <see cref="ApiSecret"/>, <see cref="AccountId"/>, <see cref="Currency"/>, <see cref="StartingCash"/> and
    /// <see cref="Scopes"/>; the first one is the account that the broker's own members speak of.
    /// </summary>
    public IReadOnlyList<PaperAccountOptions> Accounts { get; init; } = [];

    /// <summary>
    /// True: a bare key in <c>Authorization</c> (the description's <c>legacyApiKeyHeader</c>) opens its account too. False: it
    /// is answered 401, as the real venue answers a key that was made with a secret.
    /// </summary>
    public bool AcceptLegacyKey { get; init; }

    /// <summary>
    /// True: every configured account is emptied at the start: no holdings, orders or history, its starting cash as the only
    /// deposit. Order numbers go on, so that no number ever means two orders.
    /// </summary>
    public bool Reset { get; init; }

    /// <summary>
    /// TCP port of the admin API on 127.0.0.1 (prices, faults, ledger, the person's orders, reset); 0 takes a free one, null
    /// has none. It asks for no key: whoever can reach loopback steers the broker.
    /// </summary>
    public int? AdminPort { get; init; }

    /// <summary>Time from acceptance to fill, and from a reached stop price to the fill.</summary>
    public TimeSpan FillDelay { get; init; } = TimeSpan.FromMilliseconds(150);

    /// <summary>
    /// Time from an accepted cancellation until the order is cancelled; it is CANCELLING meanwhile and can still be filled.
    /// Zero cancels at once.
    /// </summary>
    public TimeSpan CancelDelay { get; init; } = TimeSpan.Zero;

    /// <summary>Bid-ask spread in percent of the price; each side pays half.</summary>
    public decimal SpreadPercent { get; init; }

    /// <summary>Slippage against the order in percent of the price, on top of half the spread; limit orders have none.</summary>
    public decimal SlippagePercent { get; init; }

    /// <summary>How long a finished order stays out of the history.</summary>
    public TimeSpan HistoryLag { get; init; } = TimeSpan.Zero;

    /// <summary>Percent of a buy's value that must be free on top of it, as the real venue holds back.</summary>
    public decimal CashHoldBackPercent { get; init; } = 2m;

    /// <summary>
    /// Smallest value in account currency of the holding that a buy may leave, judged where a price is known; 0 for none. The
    /// default is the refusal that has been seen: "must have opened position at least 1.00".
    /// </summary>
    public decimal MinPositionValue { get; init; } = 1m;

    /// <summary>What can be traded; <see cref="PaperInstruments.FromFile"/> reads a list of the real venue.</summary>
    public IReadOnlyList<PaperInstrument> Instruments { get; init; } = PaperInstruments.Bundled;

    /// <summary>
    /// Exchange rates as units of the instrument's currency per one unit of the account's (the meaning of <c>fxRate</c> in
    /// the notes), by instrument currency. A currency that is not named takes a fixed rate of ours. Of several accounts it is
    /// the first one's currency; the others' rates follow from it.
    /// </summary>
    public IReadOnlyDictionary<string, decimal> FxRates { get; init; } = new Dictionary<string, decimal>();

    /// <summary>Sessions of the market in order of time; null is open around the clock.</summary>
    public IReadOnlyList<PaperSession>? Sessions { get; init; }

    /// <summary>True answers 429 past the limits of the real venue; false only sends the headers.</summary>
    public bool EnforceRateLimits { get; init; } = true;

    /// <summary>The least <see cref="TimeScale"/>.</summary>
    public const double LeastTimeScale = 0.01;

    /// <summary>
    /// Shortens the periods of the rate limits, <see cref="FillDelay"/>, <see cref="CancelDelay"/> and <see cref="HistoryLag"/>, 0.01 to 1: a sitting of
    /// hours passes in minutes. The headers still tell whole seconds, rounded up. Delays of faults are taken as they are given.
    /// </summary>
    public double TimeScale { get; init; } = 1;

    /// <summary>False sends <c>nextPagePath</c> without <c>/api/v0</c>; both have been seen.</summary>
    public bool NextPagePathHasPrefix { get; init; } = true;

    /// <summary>Seed of the faults that come by rate.</summary>
    public int FaultSeed { get; init; } = 1;

    /// <summary>The clock of everything that the venue does: timers, stamps, rate windows, the <c>Date</c> header.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    internal IReadOnlyList<PaperAccountOptions> EffectiveAccounts => Accounts.Count > 0
        ? Accounts
        :
        [
            new PaperAccountOptions
            {
                ApiKey = ApiKey,
                ApiSecret = ApiSecret,
                AccountId = AccountId,
                Currency = Currency,
                StartingCash = StartingCash,
                Scopes = Scopes,
            },
        ];

    // Records print every member; the secret must not get into a log that way.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("DatabasePath = ").Append(DatabasePath)
            .Append(", Port = ").Append(Port)
            .Append(", AdminPort = ").Append(AdminPort)
            .Append(", Accounts = ").AppendJoin(' ', EffectiveAccounts.Select(static a => a.AccountId))
            .Append(", Instruments = ").Append(Instruments.Count);
        return true;
    }
}
