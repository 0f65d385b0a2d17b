using MicroTrader.Actors.Execution;
using MicroTrader.Actors.Journal;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Positions;
using MicroTrader.Host.Configuration;
using MicroTrader.MarketData;
using MicroTrader.Trading212;

namespace MicroTrader.Host.Running;

/// <summary>
/// Everything that a robot needs before its first actor: the lock, the journal, the venue, the account, the feed. It is made in the order in which a
/// failure costs least, and let go of in the reverse.
/// </summary>
internal sealed class RunSetup : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _held = [];
    private IReadOnlyDictionary<Symbol, PositionState> _positions = new Dictionary<Symbol, PositionState>();

    private RunSetup(RunPlan plan, string folder, TimeProvider time)
    {
        Plan = plan;
        Folder = folder;
        Time = time;
    }

    /// <summary>The plan.</summary>
    public RunPlan Plan { get; }

    /// <summary>The run's folder.</summary>
    public string Folder { get; private set; }

    /// <summary>The journal's file.</summary>
    public string JournalPath => Path.Combine(Folder, RunFolders.JournalFile);

    /// <summary>The trading clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>The lock on the journal.</summary>
    public HostLock Lock { get; private set; } = null!;

    /// <summary>The venue.</summary>
    public Venue Venue { get; private set; } = null!;

    /// <summary>The broker's client.</summary>
    public Trading212Client Client { get; private set; } = null!;

    /// <summary>The account.</summary>
    public Account Account { get; private set; } = null!;

    /// <summary>Where prices come from; null in a replay.</summary>
    public TappedFeed? Feed { get; private set; }

    /// <summary>The newest prices, for the page.</summary>
    public MarketBoard Board { get; } = new();

    /// <summary>Writes the run's ticks down; null where they are not recorded.</summary>
    public TickRecorder? Recorder { get; private set; }

    /// <summary>The recording; null but in a replay.</summary>
    public Recording? Recording { get; private set; }

    /// <summary>Runs the actors of a replay; null otherwise.</summary>
    public ActorPump? Pump { get; private set; }

    /// <summary>Symbols that have a position in the journal.</summary>
    public IReadOnlyCollection<Symbol> Journalled => [.. _positions.Keys];

    /// <summary>What the banner calls the feed.</summary>
    public string FeedDescription { get; private set; } = "";

    /// <summary>Makes everything.</summary>
    /// <exception cref="StartException">Something cannot be had.</exception>
    /// <exception cref="JournalException">The journal is another's, or held by another host.</exception>
    /// <exception cref="RecordingException">The recording cannot be read.</exception>
    public static async Task<RunSetup> MakeAsync(RunPlan plan, string contentRoot, ILoggerFactory logs, CancellationToken cancellation)
    {
        var root = RunFolders.Root(contentRoot, plan.Options);
        var setup = plan.Mode == RunMode.Replay ? Replay(plan, contentRoot, root) : new RunSetup(plan, RunFolders.For(root, plan.Mode, RunFolders.PaperAccount), TimeProvider.System);
        try
        {
            if (plan.Broker is null)
            {
                // The paper account is known beforehand: who holds its journal is found out before its venue is touched.
                setup.TakeJournal(RunFolders.PaperAccount);
                await setup.OpenVenueAsync(Path.Combine(plan.Mode == RunMode.Replay ? setup.Folder : Path.Combine(root, "paper"), "paper.db"), logs, cancellation);
                await setup.AskAccountAsync(root, cancellation);
            }
            else
            {
                await setup.OpenVenueAsync("", logs, cancellation);
                await setup.AskAccountAsync(root, cancellation);
                setup.Folder = RunFolders.For(root, plan.Mode, setup.Account.AccountId);
                setup.TakeJournal(setup.Account.AccountId);
            }

            setup.MakeFeed(contentRoot);
            return setup;
        }
        catch
        {
            await setup.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        for (var i = _held.Count - 1; i >= 0; i--)
            await _held[i].DisposeAsync();
        _held.Clear();
    }

    /// <summary>Shows a tick to who fills at its price, and to who looks at it.</summary>
    public void Show(Tick tick)
    {
        Venue.Show(tick);
        Board.Take(tick);
    }

    private static RunSetup Replay(RunPlan plan, string contentRoot, string root)
    {
        var paths = plan.Data.Select(p => Path.GetFullPath(p, contentRoot)).ToList();
        var options = new RecordingOptions { Symbols = plan.Symbols };
        DateTimeOffset start;
        using (var peek = Recording.Open(paths, options))
        {
            // A record of a live run holds what its stream gave; files of different makers are not one market.
            if (peek.Kinds.Count > 1 && !peek.IsRecord)
                throw new StartException($"{string.Join(", ", plan.Data)}: holds {string.Join(" and ", peek.Kinds)} data; replay one kind at a time, by naming its folder");
            start = peek.Read().Select(t => (DateTimeOffset?)t.KnownAt).FirstOrDefault()
                ?? throw new StartException($"{string.Join(", ", plan.Data)}: holds no usable tick ({peek.Statistics.MalformedRows} malformed, {peek.Statistics.SuspiciousRows} suspicious rows)");
        }

        // A second before the first tick: by then everything is ready.
        var setup = new RunSetup(plan, RunFolders.NewReplay(root, TimeProvider.System.GetUtcNow()), new VirtualTimeProvider(start - TimeSpan.FromSeconds(1)))
        {
            Recording = Recording.Open(paths, options),
            Pump = new ActorPump(),
        };
        setup.Hold(setup.Recording);
        setup.Hold(setup.Pump);
        return setup;
    }

    private void TakeJournal(string account)
    {
        Lock = HostLock.Take(Folder, new HostHolder(Environment.MachineName, Environment.ProcessId, TimeProvider.System.GetUtcNow(), null));
        Hold(Lock);
        JournalFile.Prepare(JournalPath, new JournalIdentity(Plan.Venue, Plan.ModeName, account));
        _positions = JournalReader.Fold(JournalPath).Positions;
    }

    private async Task OpenVenueAsync(string paperPath, ILoggerFactory logs, CancellationToken cancellation)
    {
        Venue = await Venue.OpenAsync(Plan, paperPath, [.. Symbols().Union(Journalled)], Time, logs, cancellation);
        Hold(Venue);
        // I/O time-outs are real time, whatever the trading clock is.
        Client = Venue.CreateClient(Plan);
        Hold(Client);
    }

    private async Task AskAccountAsync(string root, CancellationToken cancellation)
    {
        var remembered = Plan.Mode == RunMode.Replay ? Path.Combine(Folder, "account.json") : RunFolders.Remembered(root, Plan.Mode, Plan.Broker ?? PaperKey());
        Account = await AccountContact.AskAsync(Client, Plan, Symbols(), remembered, cancellation);
        Venue.Quote(Account.Symbols.Select(s => (s.Symbol, s.Instrument.Ticker)));
        ShowForgotten();
    }

    // A position whose symbol is traded no longer has no feed: without a price the paper broker would never fill its exit.
    private void ShowForgotten()
    {
        var traded = Account.Symbols.Select(s => s.Symbol).ToHashSet();
        foreach (var (symbol, state) in _positions)
        {
            if (state is not { Status: not PositionStatus.Closed, Trade: { } trade } || traded.Contains(symbol))
                continue;
            Venue.Quote([(symbol, trade.Ticker)]);
            Venue.Show(new Tick(symbol, TickKind.Trade, Time.GetUtcNow(), trade.EntryPrice, null));
        }
    }

    // The paper broker's port changes from start to start: its account does not.
    private BrokerAccess PaperKey() => Venue.Access with { Address = new Uri("http://127.0.0.1/api/v0") };

    private IReadOnlyList<Symbol> Symbols() => Recording is null ? Plan.Symbols : Recording.FindSymbols();

    private void MakeFeed(string contentRoot)
    {
        if (Recording is { } recording)
        {
            FeedDescription = $"replay of {recording.Files.Count} file(s), {(Plan.Speed is { } speed ? $"{speed}x" : "as fast as possible")}";
            return;
        }

        var feed = FeedMaker.Make(Plan, contentRoot, Time);
        if (feed is IAsyncDisposable held)
            Hold(held);
        if (Plan.Options.Feed.Record is { Length: > 0 } folder)
        {
            Recorder = new TickRecorder(new TickRecorderOptions { Folder = Path.GetFullPath(folder, contentRoot) }, Time);
            Hold(Recorder);
            feed = new RecordedFeed(feed, Recorder);
        }

        FeedDescription = feed.Description;
        Feed = new TappedFeed(feed, Show);
    }

    private void Hold(IAsyncDisposable held) => _held.Add(held);

    private void Hold(IDisposable held) => _held.Add(new Sync(held));

    private sealed class Sync(IDisposable held) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            held.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
