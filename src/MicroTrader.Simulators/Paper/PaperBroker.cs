using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MicroTrader.Simulators.Http;
using MicroTrader.Simulators.Paper.Admin;
using MicroTrader.Simulators.Paper.Core;
using MicroTrader.Simulators.Paper.Http;
using MicroTrader.Simulators.Paper.Store;

namespace MicroTrader.Simulators.Paper;

/// <summary>
/// A look-alike of Trading 212's public API v0 with simulated money: real HTTP on 127.0.0.1, a SQLite file as its books,
/// and the venue's odd ways (slow fills, strict refusals, rate limits, reads that lag). Source of the facts: Trading 212's
/// OpenAPI description and what users of the API have reported. It serves one account or several by key; the members of
/// this class that name no account speak of the first.
/// </summary>
public sealed class PaperBroker : IAsyncDisposable
{
    private readonly Resources _resources;
    private readonly PriceBoard _prices;
    private readonly PaperEngine[] _engines;
    private readonly RequestCounters _counters;
    private int _disposed;

    // Nobody's name (RFC 2606), so that a client that has no handler of this broker reaches nothing.
    private static readonly Uri InProcessAddress = new($"https://paper-broker.invalid{PaperRoute.Prefix}");

    private readonly PaperFront _front;

    private PaperBroker(Resources resources, PriceBoard prices, IReadOnlyList<PaperAccount> accounts, RequestCounters counters, PaperFront front)
    {
        _resources = resources;
        _prices = prices;
        _engines = [.. accounts.Select(static a => a.Engine)];
        _counters = counters;
        _front = front;
        Accounts = accounts;
    }

    /// <summary>
    /// Where the API answers, for example <c>http://127.0.0.1:5212/api/v0</c> (no slash at the end). Without a socket it is an address that no
    /// network knows: only requests over <see cref="CreateHandler"/> arrive.
    /// </summary>
    public Uri BaseAddress => _resources.Server is { } server ? Address(server.Port, PaperRoute.Prefix) : InProcessAddress;

    /// <summary>Where the admin API answers, for example <c>http://127.0.0.1:5213/admin</c> (no slash at the end); null where it is off.</summary>
    public Uri? AdminAddress => _resources.AdminServer is { } admin ? Address(admin.Port, AdminRoute.Prefix) : null;

    /// <summary>All accounts, in the order of the options.</summary>
    public IReadOnlyList<PaperAccount> Accounts { get; }

    /// <summary>What shall go wrong.</summary>
    public PaperFaults Faults => Accounts[0].Faults;

    /// <summary>POSTs to orders/market that arrived since the start, whatever became of them (lost, refused, 429, accepted).</summary>
    public long PostsReceived => RequestsReceived(PaperEndpoint.PlaceMarketOrder);

    /// <summary>Opens the books and starts to listen.</summary>
    /// <param name="options">Settings.</param>
    /// <param name="loggerFactory">Where the broker logs (orders and fills at Debug); null for nowhere.</param>
    /// <param name="cancellationToken">Gives the start up.</param>
    /// <returns>The running broker.</returns>
    /// <exception cref="PaperBrokerException">
    /// A setting is impossible, a port is taken, or the file cannot be written, is not a paper broker's, is of a newer
    /// version, is in use, or belongs to another account or currency.
    /// </exception>
    public static async Task<PaperBroker> StartAsync(PaperBrokerOptions options, ILoggerFactory? loggerFactory = null, CancellationToken cancellationToken = default)
    {
        var broker = Make(options, loggerFactory, out var logger);
        var resources = broker._resources;
        try
        {
            resources.Server = await LoopbackServer.StartAsync(
                options.Port, new PaperHttpApplication(broker._front, logger), Complain(nameof(options.Port)), cancellationToken);
            if (options.AdminPort is { } adminPort)
            {
                var admin = new AdminApplication(broker.Accounts, broker._counters, broker.PutPrice, logger);
                resources.AdminServer = await LoopbackServer.StartAsync(adminPort, admin, Complain(nameof(options.AdminPort)), cancellationToken);
            }

            broker.RunDue();
            logger.LogDebug("Paper broker listens on {Address}, books in {Path}", broker.BaseAddress, options.DatabasePath);
            return broker;
        }
        catch
        {
            await resources.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Opens the books without listening on any port: the broker is reached over <see cref="CreateHandler"/> alone. Ports of the options are not
    /// used.
    /// </summary>
    /// <param name="options">Settings.</param>
    /// <param name="loggerFactory">Where the broker logs (orders and fills at Debug); null for nowhere.</param>
    /// <returns>The running broker.</returns>
    /// <exception cref="PaperBrokerException">
    /// A setting is impossible, or the file cannot be written, is not a paper broker's, is of a newer version, is in use, or belongs to
    /// another account or currency.
    /// </exception>
    public static PaperBroker OpenInProcess(PaperBrokerOptions options, ILoggerFactory? loggerFactory = null)
    {
        var broker = Make(options, loggerFactory, out var logger);
        broker.RunDue();
        logger.LogDebug("Paper broker is open in process, books in {Path}", options.DatabasePath);
        return broker;
    }

    /// <summary>Makes a transport to this broker for an HTTP client in the same process: the same API without a socket.</summary>
    /// <returns>A handler; each client has its own.</returns>
    public PaperHandler CreateHandler() => new(_front);

    /// <summary>
    /// Takes the last price of an instrument. Cheap (a lookup, a lock, no I/O, no allocation), safe from any thread. Only a
    /// price that an order waits for does more: it sets off and fills the orders of all accounts before it returns.
    /// </summary>
    /// <param name="ticker">The venue's instrument identifier.</param>
    /// <param name="price">Price of one share in the instrument's currency, above 0, at most 1,000,000,000.</param>
    /// <exception cref="ArgumentException">The ticker is not an instrument of this broker, or the price is out of its range.</exception>
    public void PutPrice(string ticker, decimal price) => PutPrice(_prices, _engines, ticker, price);

    /// <summary>One of the accounts.</summary>
    /// <param name="accountId">Account number.</param>
    /// <returns>The account.</returns>
    /// <exception cref="ArgumentException">The broker has no account of that number.</exception>
    public PaperAccount Account(long accountId) => Accounts.FirstOrDefault(a => a.AccountId == accountId)
        ?? throw new ArgumentException($"account {accountId} is not one of this paper broker.", nameof(accountId));

    /// <summary>Everything that the account holds at this instant.</summary>
    /// <returns>A copy that does not change.</returns>
    public PaperLedger ReadLedger() => Accounts[0].ReadLedger();

    /// <summary>Requests that arrived at an endpoint since the start, whoever sent them.</summary>
    /// <param name="endpoint">Which.</param>
    /// <returns>The count.</returns>
    public long RequestsReceived(PaperEndpoint endpoint) => _counters.Read(endpoint);

    /// <summary>Places a market order as the person does in the app: the same rules, no rate limit, another origin.</summary>
    /// <param name="ticker">The venue's instrument identifier.</param>
    /// <param name="quantity">Shares; negative sells.</param>
    /// <param name="initiatedFrom">Origin as on the wire: IOS, ANDROID, WEB, ...</param>
    /// <returns>The accepted order.</returns>
    /// <exception cref="PaperBrokerException">The venue refuses the order; the message says why.</exception>
    public PaperOrder PlaceByPerson(string ticker, decimal quantity, string initiatedFrom = "IOS") =>
        Accounts[0].PlaceByPerson(ticker, quantity, PaperOrderTerms.Market, initiatedFrom);

    /// <summary>Places an order of any kind as the person does in the app.</summary>
    /// <param name="ticker">The venue's instrument identifier.</param>
    /// <param name="quantity">Shares; negative sells.</param>
    /// <param name="terms">Kind of the order with its prices.</param>
    /// <param name="initiatedFrom">Origin as on the wire: IOS, ANDROID, WEB, ...</param>
    /// <returns>The accepted order.</returns>
    /// <exception cref="PaperBrokerException">The venue refuses the order; the message says why.</exception>
    public PaperOrder PlaceByPerson(string ticker, decimal quantity, PaperOrderTerms terms, string initiatedFrom = "IOS") =>
        Accounts[0].PlaceByPerson(ticker, quantity, terms, initiatedFrom);

    /// <summary>Cancels a pending order as the person does in the app.</summary>
    /// <param name="orderId">Order number.</param>
    /// <returns>False when no such order is pending.</returns>
    public bool CancelByPerson(long orderId) => Accounts[0].CancelByPerson(orderId);

    /// <summary>Moves free shares into a pie, where no order can sell them; a negative quantity takes them out.</summary>
    /// <param name="ticker">The venue's instrument identifier.</param>
    /// <param name="quantity">Shares.</param>
    /// <exception cref="PaperBrokerException">Not that many are free, or in pies.</exception>
    public void MoveToPie(string ticker, decimal quantity) => Accounts[0].MoveToPie(ticker, quantity);

    /// <summary>Empties the first account; see <see cref="PaperAccount.Reset"/>.</summary>
    public void Reset() => Accounts[0].Reset();

    /// <summary>
    /// Splits the shares of an instrument in all accounts: its pending orders are cancelled, each holding is multiplied at the
    /// same cost (what an order could not sell is dropped, without cash in lieu), the history shows an order of the SYSTEM with
    /// a STOCK_SPLIT fill of the shares added (negative: taken) at price 0, and the last price is divided.
    /// </summary>
    /// <param name="ticker">The venue's instrument identifier.</param>
    /// <param name="factor">New shares for one old: 4 is a 4-for-1 split, 0.1 a 1-for-10 reverse split; 0.0001 to 10,000, not 1.</param>
    /// <exception cref="ArgumentException">The ticker is not an instrument of this broker, or the factor is out of its range.</exception>
    public void ApplySplit(string ticker, decimal factor)
    {
        if (factor is < 0.0001m or > 10_000m or 1m)
        {
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "A split factor is 0.0001 to 10000 and not 1.");
        }

        _prices.Require(ticker);
        PaperEngine.Split(_engines, _prices, ticker, factor);
    }

    /// <summary>Pays a dividend to every account that holds the instrument, in cash, without tax.</summary>
    /// <param name="ticker">The venue's instrument identifier.</param>
    /// <param name="grossAmountPerShare">Amount per share in the instrument's currency, above 0, at most 1,000,000,000.</param>
    /// <exception cref="ArgumentException">The ticker is not an instrument of this broker, or the amount is out of its range.</exception>
    public void PayDividend(string ticker, decimal grossAmountPerShare)
    {
        if (grossAmountPerShare is <= 0 or > PriceBoard.MaxPrice)
        {
            throw new ArgumentOutOfRangeException(nameof(grossAmountPerShare), grossAmountPerShare, $"A dividend is above 0 and at most {PriceBoard.MaxPrice}.");
        }

        _prices.Require(ticker);
        PaperEngine.PayDividend(_engines, ticker, grossAmountPerShare);
    }

    /// <summary>Stops to listen and closes the books. Pending orders stay in the file and go on at the next start.</summary>
    /// <returns>When all is closed.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await _resources.DisposeAsync();
        }
    }

    private static Func<string, Exception, Exception> Complain(string setting) =>
        (reason, exception) => new PaperBrokerException($"Paper broker setting {setting}: {reason}", exception);

    private static PaperBroker Make(PaperBrokerOptions options, ILoggerFactory? loggerFactory, out ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        PaperOptionsCheck.Throw(options);
        logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<PaperBroker>();
        var configured = options.EffectiveAccounts;
        var rules = configured.Select(a => new VenueRules(options, a.Currency)).ToList();
        var resources = new Resources(PaperStore.Open(options.DatabasePath, options.TimeProvider.GetUtcNow()));
        try
        {
            var prices = new PriceBoard(options.Instruments, configured.Count);
            var books = PaperBooks.Open(options, resources.Store);
            var fronts = new List<AccountFront>();
            for (var slot = 0; slot < configured.Count; slot++)
            {
                var engine = new PaperEngine(options, configured[slot], rules[slot], resources.Store, books[slot], prices, slot, logger);
                resources.Engines.Add(engine);
                fronts.Add(new AccountFront(
                    engine,
                    new PaperApi(options, rules[slot], engine),
                    new RateLimiter(options.EnforceRateLimits, options.TimeProvider, options.TimeScale),
                    new RequestCounters(),
                    configured[slot].Scopes));
            }

            var counters = new RequestCounters();
            var front = new PaperFront(new Doorkeeper(configured.Zip(fronts), options.AcceptLegacyKey), counters, options.TimeProvider, logger, resources.Stopping.Token);
            return new PaperBroker(resources, prices, [.. fronts.Select(static f => new PaperAccount(f))], counters, front);
        }
        catch
        {
            resources.DisposeUnstarted();
            throw;
        }
    }

    private void RunDue()
    {
        foreach (var engine in _engines)
        {
            engine.RunDue();
        }
    }

    private static Uri Address(int port, string path) => new($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}{path}");

    private static void PutPrice(PriceBoard prices, PaperEngine[] engines, string ticker, decimal price)
    {
        if (!prices.Put(ticker, price))
        {
            return;
        }

        for (var i = 0; i < engines.Length; i++)
        {
            engines[i].RunDue(ticker, price);
        }
    }

    /// <summary>What has to be let go, in that order, whether the start failed half way or the broker stops.</summary>
    private sealed class Resources(PaperStore store) : IAsyncDisposable
    {
        public PaperStore Store { get; } = store;

        public CancellationTokenSource Stopping { get; } = new();

        public List<PaperEngine> Engines { get; } = [];

        public LoopbackServer? Server { get; set; }

        public LoopbackServer? AdminServer { get; set; }

        public async ValueTask DisposeAsync()
        {
            await Stopping.CancelAsync();
            if (AdminServer is { } admin)
            {
                await admin.DisposeAsync();
            }

            if (Server is { } server)
            {
                await server.DisposeAsync();
            }

            DisposeUnstarted();
        }

        /// <summary>Lets go of what there is before anything listens.</summary>
        public void DisposeUnstarted()
        {
            foreach (var engine in Engines)
            {
                engine.Dispose();
            }

            Store.Dispose();
            Stopping.Dispose();
        }
    }
}
