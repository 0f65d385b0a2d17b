using MicroTrader.Domain.Market;
using MicroTrader.Host.Configuration;
using MicroTrader.Simulators.Paper;
using MicroTrader.Trading212;

namespace MicroTrader.Host.Running;

/// <summary>The broker that a run trades with: one outside, or the paper broker of its own, over HTTP either way.</summary>
internal sealed class Venue : IAsyncDisposable
{
    private readonly PaperBroker? _paper;
    private readonly Dictionary<Symbol, string> _tickers = [];

    private Venue(BrokerAccess access, PaperBroker? paper)
    {
        Access = access;
        _paper = paper;
    }

    /// <summary>Its address and keys.</summary>
    public BrokerAccess Access { get; }

    /// <summary>
    /// Makes a client of it. A replay talks to its paper broker without a socket: on the network, which of two requests of the same moment arrives first is
    /// chance, and two replays would differ.
    /// </summary>
    /// <param name="plan">The plan.</param>
    public Trading212Client CreateClient(RunPlan plan) => _paper is not null && plan.Mode == RunMode.Replay
        ? Trading212Client.Over(_paper.CreateHandler(), plan.Client(Access))
        : new Trading212Client(plan.Client(Access));

    /// <summary>What the banner calls it.</summary>
    public string Description => _paper is null ? $"Trading 212 at {Access.Address}" : $"paper broker at {Access.Address}";

    /// <summary>Opens it: starts the paper broker where the run has one of its own.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="paperPath">The file of the paper broker's account.</param>
    /// <param name="symbols">Symbols that the paper broker must know.</param>
    /// <param name="time">The paper broker's clock.</param>
    /// <param name="logs">Where the paper broker's log goes.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="StartException">The paper broker cannot be started.</exception>
    public static async Task<Venue> OpenAsync(
        RunPlan plan, string paperPath, IReadOnlyCollection<Symbol> symbols, TimeProvider time, ILoggerFactory logs, CancellationToken cancellation)
    {
        if (plan.Broker is { } access)
            return new Venue(access, null);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(paperPath))!);
        var paper = plan.Options.Paper;
        var options = new PaperBrokerOptions
        {
            DatabasePath = paperPath,
            Port = paper.Port,
            StartingCash = paper.StartingCash,
            Currency = paper.Currency,
            FillDelay = paper.FillDelay,
            SpreadPercent = paper.SpreadPercent,
            SlippagePercent = paper.SlippagePercent,
            Instruments = Instruments(symbols),
            TimeScale = (double)plan.Options.Broker.TimeScale,
            TimeProvider = time,
        };
        try
        {
            var broker = await PaperBroker.StartAsync(options, logs, cancellation);
            return new Venue(new BrokerAccess(broker.BaseAddress, options.ApiKey, options.ApiSecret), broker);
        }
        catch (PaperBrokerException e)
        {
            throw new StartException($"paper broker: {e.Message}");
        }
    }

    /// <summary>Says which tickers the feed's symbols have, so that the paper broker can be shown their prices.</summary>
    public void Quote(IEnumerable<(Symbol Symbol, Ticker Ticker)> tickers)
    {
        foreach (var (symbol, ticker) in tickers)
            _tickers[symbol] = ticker.Value;
    }

    /// <summary>Shows a tick to the paper broker: it fills at these prices. A broker outside has prices of its own.</summary>
    public void Show(Tick tick)
    {
        if (_paper is not null && _tickers.TryGetValue(tick.Symbol, out var ticker))
            _paper.PutPrice(ticker, tick.Price);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_paper is not null)
            await _paper.DisposeAsync();
    }

    // The bundled list has the real venue's tickers for the usual symbols; whatever else a person names can be traded on paper as well.
    private static List<PaperInstrument> Instruments(IReadOnlyCollection<Symbol> symbols)
    {
        var known = PaperInstruments.Bundled.Select(i => i.ShortName).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. PaperInstruments.Bundled, .. symbols.Where(s => !known.Contains(s.Value)).Select(s => PaperInstrument.ForSymbol(s.Value))];
    }
}
