using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using MicroTrader.Simulators.Paper.Core;
using MicroTrader.Simulators.Paper.Http;
using MicroTrader.Simulators.Paper.Store;

namespace MicroTrader.Simulators.Paper;

/// <summary>
/// A look-alike of Trading 212's public API v0 with simulated money: real HTTP on 127.0.0.1, a SQLite file as its books,
/// and the venue's odd ways (slow fills, strict refusals, rate limits, reads that lag). Source of the facts: Trading 212's
/// OpenAPI description and what users of the API have reported.
/// </summary>
public sealed class PaperBroker : IAsyncDisposable
{
    // Requests in flight at the stop get this long; a delayed answer is let go at once.
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(2);

    private readonly PaperEngine _engine;
    private readonly PaperStore _store;
    private readonly KestrelServer _server;
    private readonly ServiceProvider _services;
    private readonly RequestCounters _counters;
    private readonly CancellationTokenSource _stopping;
    private int _disposed;

    private PaperBroker(PaperEngine engine, PaperStore store, KestrelServer server, ServiceProvider services, RequestCounters counters, CancellationTokenSource stopping)
    {
        _engine = engine;
        _store = store;
        _server = server;
        _services = services;
        _counters = counters;
        _stopping = stopping;
        var address = server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();
        BaseAddress = new Uri($"http://127.0.0.1:{new Uri(address).Port.ToString(CultureInfo.InvariantCulture)}{PaperRoute.Prefix}");
    }

    /// <summary>Where the API answers, for example <c>http://127.0.0.1:5212/api/v0</c> (no slash at the end).</summary>
    public Uri BaseAddress { get; }

    /// <summary>What shall go wrong.</summary>
    public PaperFaults Faults => _engine.Faults;

    /// <summary>POSTs to orders/market that arrived since the start, whatever became of them (lost, refused, 429, accepted).</summary>
    public long PostsReceived => RequestsReceived(PaperEndpoint.PlaceMarketOrder);

    /// <summary>Opens the books and starts to listen.</summary>
    /// <param name="options">Settings.</param>
    /// <param name="loggerFactory">Where the broker logs (orders and fills at Debug); null for nowhere.</param>
    /// <param name="cancellationToken">Gives the start up.</param>
    /// <returns>The running broker.</returns>
    /// <exception cref="PaperBrokerException">
    /// A setting is impossible, the port is taken, or the file cannot be written, is not a paper broker's, is of a newer
    /// version, is in use, or belongs to another account or currency.
    /// </exception>
    public static async Task<PaperBroker> StartAsync(PaperBrokerOptions options, ILoggerFactory? loggerFactory = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        PaperOptionsCheck.Throw(options);
        var logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<PaperBroker>();
        var rules = new VenueRules(options);
        var store = PaperStore.Open(options.DatabasePath);
        PaperEngine? engine = null;
        KestrelServer? server = null;
        ServiceProvider? services = null;
        var stopping = new CancellationTokenSource();
        try
        {
            engine = new PaperEngine(options, rules, store, OpenAccount(options, store), logger);
            var counters = new RequestCounters();
            var application = new PaperHttpApplication(
                new PaperApi(options, rules, engine),
                engine.Faults,
                new RateLimiter(options.EnforceRateLimits, options.TimeProvider),
                counters,
                options.TimeProvider,
                logger,
                stopping.Token);
            (server, services) = MakeServer(options.Port);
            await Listen(server, application, options.Port, cancellationToken);
            engine.Start();
            var broker = new PaperBroker(engine, store, server, services, counters, stopping);
            logger.LogDebug("Paper broker listens on {Address}, books in {Path}", broker.BaseAddress, options.DatabasePath);
            return broker;
        }
        catch
        {
            server?.Dispose();
            services?.Dispose();
            engine?.Dispose();
            store.Dispose();
            stopping.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Takes the last price of an instrument. Cheap (a lookup, a lock, no I/O, no allocation), safe from any thread. Only the
    /// first price of a ticker does more: it fills the orders that were waiting for one, before it returns.
    /// </summary>
    /// <param name="ticker">The venue's instrument identifier.</param>
    /// <param name="price">Price of one share in the instrument's currency, above 0, at most 1,000,000,000.</param>
    /// <exception cref="ArgumentException">The ticker is not an instrument of this broker, or the price is out of its range.</exception>
    public void PutPrice(string ticker, decimal price) => _engine.PutPrice(ticker, price);

    /// <summary>Everything that the account holds at this instant.</summary>
    /// <returns>A copy that does not change.</returns>
    public PaperLedger ReadLedger() => _engine.Ledger();

    /// <summary>Requests that arrived at an endpoint since the start.</summary>
    /// <param name="endpoint">Which.</param>
    /// <returns>The count.</returns>
    public long RequestsReceived(PaperEndpoint endpoint) => _counters.Read(endpoint);

    /// <summary>Places an order as the person does in the app: the same rules, no rate limit, another origin.</summary>
    /// <param name="ticker">The venue's instrument identifier.</param>
    /// <param name="quantity">Shares; negative sells.</param>
    /// <param name="initiatedFrom">Origin as on the wire: IOS, ANDROID, WEB, ...</param>
    /// <returns>The accepted order.</returns>
    /// <exception cref="PaperBrokerException">The venue refuses the order; the message says why.</exception>
    public PaperOrder PlaceByPerson(string ticker, decimal quantity, string initiatedFrom = "IOS")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(ticker);
        ArgumentException.ThrowIfNullOrWhiteSpace(initiatedFrom);
        var (order, refusal) = _engine.Place(new OrderRequest(ticker, quantity, null, initiatedFrom));
        return order ?? throw new PaperBrokerException(string.Create(CultureInfo.InvariantCulture, $"Order of {quantity} x {ticker} refused: {refusal!.Type}, {refusal.Detail}."));
    }

    /// <summary>Cancels a pending order as the person does in the app.</summary>
    /// <param name="orderId">Order number.</param>
    /// <returns>False when no such order is pending.</returns>
    public bool CancelByPerson(long orderId) => _engine.Cancel(orderId);

    /// <summary>Moves free shares into a pie, where no order can sell them; a negative quantity takes them out.</summary>
    /// <param name="ticker">The venue's instrument identifier.</param>
    /// <param name="quantity">Shares.</param>
    /// <exception cref="PaperBrokerException">Not that many are free, or in pies.</exception>
    public void MoveToPie(string ticker, decimal quantity) => _engine.MoveToPie(ticker, quantity);

    /// <summary>Stops to listen and closes the books. Pending orders stay in the file and go on at the next start.</summary>
    /// <returns>When all is closed.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _stopping.CancelAsync();
        using (var patience = new CancellationTokenSource(StopPatience))
        {
            await _server.StopAsync(patience.Token);
        }

        _server.Dispose();
        await _services.DisposeAsync();
        _engine.Dispose();
        _store.Dispose();
        _stopping.Dispose();
    }

    private static VenueState OpenAccount(PaperBrokerOptions options, PaperStore store)
    {
        if (store.Load() is { } state)
        {
            var account = state.Account;
            if (account.AccountId != options.AccountId || account.Currency != options.Currency)
            {
                throw new PaperBrokerException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Paper broker file {options.DatabasePath} belongs to account {account.AccountId} in {account.Currency}, not to {options.AccountId} in {options.Currency}; give that account or another file."));
            }

            return state;
        }

        var change = new VenueChange
        {
            Account = new VenueAccount
            {
                AccountId = options.AccountId,
                Currency = options.Currency,
                StartingCash = options.StartingCash,
                Cash = options.StartingCash,
                RealisedProfitLoss = 0m,
                NextOrderId = VenueRules.FirstOrderId,
                NextFillId = VenueRules.FirstFillId,
                NextHistorySequence = 1,
            },
        };
        try
        {
            store.Commit(change);
        }
        catch (SqliteException exception)
        {
            throw new PaperBrokerException($"Paper broker file {options.DatabasePath} cannot be written: {exception.Message}", exception);
        }

        return new VenueState(change.Account);
    }

    // Kestrel alone, without a host: a host would take Ctrl+C for itself and read settings that are not ours.
    private static (KestrelServer Server, ServiceProvider Services) MakeServer(int port)
    {
        var services = new ServiceCollection().AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).BuildServiceProvider();
        var kestrel = new KestrelServerOptions { ApplicationServices = services, AddServerHeader = false };
        kestrel.Listen(IPAddress.Loopback, port, static listen => listen.Protocols = HttpProtocols.Http1);
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        return (new KestrelServer(Options.Create(kestrel), transport, NullLoggerFactory.Instance), services);
    }

    private static async Task Listen(KestrelServer server, PaperHttpApplication application, int port, CancellationToken cancellationToken)
    {
        try
        {
            await server.StartAsync(application, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            throw new PaperBrokerException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Paper broker setting Port: 127.0.0.1:{port} cannot be listened on ({exception.Message.TrimEnd('.')}); give another port, or 0 for a free one."),
                exception);
        }
    }
}
