using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MicroTrader.Simulators.Http;
using MicroTrader.Simulators.Massive.Admin;
using MicroTrader.Simulators.Massive.Rest;
using MicroTrader.Simulators.Massive.Streams;

namespace MicroTrader.Simulators.Massive;

/// <summary>
/// A look-alike of Massive's (formerly Polygon's) market data for US stocks on 127.0.0.1: snapshots and market status over REST, trades, quotes and aggregates over the
/// stream. It shows what is published to it, and goes wrong where it is asked to. Source of the facts: Massive's own descriptions of both, and what users have seen.
/// </summary>
public sealed class FakeMassive : IAsyncDisposable
{
    // Far above any share; keeps every product inside a decimal, jumps included.
    private const decimal MaxPrice = 1_000_000_000m;
    private const long MaxSize = 1_000_000_000_000;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeMassiveOptions _options;
    private readonly StreamHub _hub;
    private readonly PlaceCounters _counters;
    private readonly CancellationTokenSource _stopping = new();
    private ITimer? _timer;
    private LoopbackServer? _server;
    private LoopbackServer? _adminServer;
    private int _disposed;

    private FakeMassive(FakeMassiveOptions options)
    {
        _options = options;
        _counters = new PlaceCounters();
        _hub = new StreamHub(options, Faults, _counters);
    }

    /// <summary>Where REST answers, for example <c>http://127.0.0.1:5214</c>, a slash at the end.</summary>
    public Uri RestAddress => Address("http", _server!.Port, "/");

    /// <summary>Where the stream is, for example <c>ws://127.0.0.1:5214/stocks</c>; on a delayed plan <c>/delayed/stocks</c>.</summary>
    public Uri SocketAddress => Address("ws", _server!.Port, _options.Delay > TimeSpan.Zero ? "/delayed/stocks" : "/stocks");

    /// <summary>Where the admin API answers, for example <c>http://127.0.0.1:5215/admin</c> (no slash at the end); null where it is off.</summary>
    public Uri? AdminAddress => _adminServer is { } admin ? Address("http", admin.Port, MassiveAdminRoute.Prefix) : null;

    /// <summary>What shall go wrong.</summary>
    public FakeMassiveFaults Faults { get; } = new();

    /// <summary>What happened since the start.</summary>
    public FakeMassiveStatistics Statistics => new(_counters.ReadAll(), Faults.Struck, _hub.Describe());

    /// <summary>A state that the market status shows instead of the hours; null for the hours.</summary>
    public FakeMarketState? MarketState
    {
        get => _hub.With(static board => board.SetState);
        set => _hub.With(board => board.SetState = value);
    }

    /// <summary>Starts to listen.</summary>
    /// <param name="options">Settings.</param>
    /// <param name="loggerFactory">Where the look-alike logs; null for nowhere.</param>
    /// <param name="cancellationToken">Gives the start up.</param>
    /// <returns>The running look-alike.</returns>
    /// <exception cref="FakeMassiveException">A setting is impossible, or a port is taken.</exception>
    public static async Task<FakeMassive> StartAsync(FakeMassiveOptions options, ILoggerFactory? loggerFactory = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        var logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<FakeMassive>();
        var massive = new FakeMassive(options);
        try
        {
            var application = new MassiveApplication(options, massive._hub, massive.Faults, massive._counters, logger, massive._stopping.Token);
            massive._server = await LoopbackServer.StartAsync(options.Port, application, Complain(nameof(options.Port)), cancellationToken);
            if (options.AdminPort is { } adminPort)
            {
                massive._adminServer = await LoopbackServer.StartAsync(
                    adminPort, new MassiveAdminApplication(massive, logger), Complain(nameof(options.AdminPort)), cancellationToken);
            }

            massive._timer = options.TimeProvider.CreateTimer(static state => ((FakeMassive)state!).Pass(), massive, massive.UntilNextSecond(), Timeout.InfiniteTimeSpan);
            logger.LogDebug("Massive look-alike listens on {Address}", massive.RestAddress);
            return massive;
        }
        catch
        {
            await massive.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes a trade: the next snapshot shows it and the stream's subscribers hear of it. Safe from any thread.</summary>
    /// <param name="trade">The trade.</param>
    /// <exception cref="ArgumentException">The symbol is empty, or the price or the size is not above 0.</exception>
    public void Publish(FakeTrade trade)
    {
        ArgumentNullException.ThrowIfNull(trade);
        RequireSymbol(trade.Symbol, nameof(trade));
        if (trade.Price is <= 0 or > MaxPrice || trade.Size is <= 0 or > MaxSize)
        {
            throw new ArgumentException(FormattableString.Invariant($"price {trade.Price} and size {trade.Size}: both must be above 0, at most {MaxPrice} and {MaxSize}"), nameof(trade));
        }

        _hub.Publish(trade);
    }

    /// <summary>Takes a quote: the next snapshot shows it and the stream's subscribers hear of it. Safe from any thread.</summary>
    /// <param name="quote">The quote.</param>
    /// <exception cref="ArgumentException">The symbol is empty, or a price or size is negative.</exception>
    public void Publish(FakeQuote quote)
    {
        ArgumentNullException.ThrowIfNull(quote);
        RequireSymbol(quote.Symbol, nameof(quote));
        if (quote.BidPrice is < 0 or > MaxPrice || quote.AskPrice is < 0 or > MaxPrice || quote.BidLots is < 0 or > MaxSize || quote.AskLots is < 0 or > MaxSize)
        {
            throw new ArgumentException(FormattableString.Invariant($"a price or size of {quote} is not allowed; 0 or more, at most {MaxPrice} and {MaxSize}"), nameof(quote));
        }

        _hub.Publish(quote);
    }

    /// <summary>Says what a symbol's day before was; without it the day before is all zeros until a day has passed.</summary>
    /// <param name="symbol">Ticker as on the wire.</param>
    /// <param name="bar">The day's bar.</param>
    /// <exception cref="ArgumentException">The symbol is empty.</exception>
    public void SetPreviousDay(string symbol, FakeDayBar bar)
    {
        ArgumentNullException.ThrowIfNull(bar);
        RequireSymbol(symbol, nameof(symbol));
        _ = _hub.With(board =>
        {
            board.SetPreviousDay(symbol, bar);
            return 0;
        });
    }

    /// <summary>Begins a new day now, as happens at 03:30 in New York: the day becomes the one before, and no symbol has traded yet.</summary>
    public void BeginDay() => _ = _hub.With(static board =>
    {
        board.BeginDay();
        return 0;
    });

    /// <summary>Stops to listen and lets the connections go.</summary>
    /// <returns>When all is closed.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        if (_timer is { } timer)
        {
            await timer.DisposeAsync();
        }

        await _stopping.CancelAsync();
        if (_adminServer is { } admin)
        {
            await admin.DisposeAsync();
        }

        if (_server is { } server)
        {
            await server.DisposeAsync();
        }

        _stopping.Dispose();
    }

    private static void RequireSymbol(string symbol, string parameter)
    {
        if (string.IsNullOrWhiteSpace(symbol) || symbol.Contains(',', StringComparison.Ordinal))
        {
            throw new ArgumentException($"symbol '{symbol}' is not one; it is empty or holds a comma", parameter);
        }
    }

    private static Func<string, Exception, Exception> Complain(string setting) =>
        (reason, exception) => new FakeMassiveException($"Massive look-alike setting {setting}: {reason}", exception);

    private static Uri Address(string scheme, int port, string path) => new($"{scheme}://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}{path}");

    // One-shot and set anew, so that it keeps to the clock's whole seconds.
    private void Pass()
    {
        _hub.Pass();
        _timer?.Change(UntilNextSecond(), Timeout.InfiniteTimeSpan);
    }

    private TimeSpan UntilNextSecond() => Second - TimeSpan.FromTicks(_options.TimeProvider.GetUtcNow().Ticks % Second.Ticks);
}
