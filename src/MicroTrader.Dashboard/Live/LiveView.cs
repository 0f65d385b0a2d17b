using Microsoft.Extensions.Logging;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Dashboard.Live;

/// <summary>
/// Asks the robot while somebody looks, and shares one answer among all who do: a hundred open pages cost the robot what one does. At most four times a
/// second, whatever the rate of the prices; less often where many look.
/// </summary>
public sealed class LiveView : IAsyncDisposable
{
    /// <summary>How many trades a snapshot holds.</summary>
    public const int NewestTrades = TradeQuery.MostSize;

    private const int NewestDecisions = 200;
    private const int NewestLines = 500;

    // Each symbol is an actor of its own that is asked: many are asked less often.
    private const int ManySymbols = 60;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan FirstPatience = TimeSpan.FromSeconds(2);

    private readonly IRobotQueries _robot;
    private readonly IDecisionFeed _decisions;
    private readonly ILogTail _log;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly LivePart<RobotStatus> _status;
    private readonly LivePart<IReadOnlyList<PositionView>> _positions;
    private readonly LivePart<IReadOnlyList<SymbolView>> _symbols;
    private readonly LivePart<TradePage> _trades;
    private readonly LivePart<AccountView> _account;
    private readonly LivePart<BrokerView> _broker;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _asking = new(1, 1);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Action<LiveSnapshot>> _watchers = [];
    private Task _loop = Task.CompletedTask;
    private LiveSnapshot? _current;
    private long _askedAt;
    private long _number;
    private (long Version, IReadOnlyList<DecisionView> List) _newestDecisions = (-1, []);
    private (long Version, IReadOnlyList<LogLine> List) _newestLines = (-1, []);

    /// <summary>Makes it; nothing is asked before somebody looks.</summary>
    /// <param name="robot">Who is asked.</param>
    /// <param name="decisions">The newest wishes to enter.</param>
    /// <param name="log">The newest lines of the log.</param>
    /// <param name="time">The clock of the pace: the wall's, whatever the robot's is.</param>
    /// <param name="loggers">Where failures go.</param>
    public LiveView(IRobotQueries robot, IDecisionFeed decisions, ILogTail log, TimeProvider time, ILoggerFactory loggers)
    {
        _robot = robot;
        _decisions = decisions;
        _log = log;
        _time = time;
        _logger = loggers.CreateLogger("MicroTrader.Dashboard");
        _status = new("status", robot.StatusAsync, static (_, _) => false, _logger);
        _positions = new("positions", robot.PositionsAsync, Enumerable.SequenceEqual, _logger);
        _symbols = new("symbols", robot.SymbolsAsync, static (a, b) => a.Count == b.Count && a.Zip(b).All(p => IsSame(p.First, p.Second)), _logger);
        _trades = new("trades", stop => robot.TradePageAsync(new TradeQuery(1, NewestTrades), stop), static (a, b) => a.Total == b.Total && a.Trades.SequenceEqual(b.Trades), _logger);
        _account = new("account", robot.AccountAsync, static (a, b) => a == b, _logger);
        _broker = new("broker", robot.BrokerAsync, static (_, _) => false, _logger);
    }

    /// <summary>The newest snapshot; null before somebody looked.</summary>
    public LiveSnapshot? Current => Volatile.Read(ref _current);

    /// <summary>How many look.</summary>
    public int Watchers
    {
        get
        {
            lock (_gate)
                return _watchers.Count;
        }
    }

    /// <summary>Whether it asks the robot from time to time: while somebody looks, and until what was under way then has ended.</summary>
    internal bool IsAsking
    {
        get
        {
            lock (_gate)
                return !_loop.IsCompleted;
        }
    }

    /// <summary>Looks from now on: each snapshot is told, on a thread that must not be held up.</summary>
    /// <param name="watcher">Who is told.</param>
    /// <returns>Looks no longer once disposed of.</returns>
    public IDisposable Watch(Action<LiveSnapshot> watcher)
    {
        ArgumentNullException.ThrowIfNull(watcher);
        lock (_gate)
        {
            _watchers.Add(watcher);
            if (_loop.IsCompleted)
                _loop = Task.Run(LoopAsync);
        }

        return new Watching(this, watcher);
    }

    /// <summary>A snapshot of now, for a page that opens.</summary>
    public async Task<LiveSnapshot> LookAsync(CancellationToken cancellation)
    {
        if (Current is { } fresh && _time.GetElapsedTime(Interlocked.Read(ref _askedAt)) < Pace * 4)
            return fresh;
        return await AskAsync(FirstPatience, cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Task loop;
        lock (_gate)
            loop = _loop;
        await loop;
        _stop.Dispose();
    }

    private async Task LoopAsync()
    {
        try
        {
            while (true)
            {
                var begun = _time.GetTimestamp();
                var snapshot = await AskAsync(Pace, _stop.Token);
                Action<LiveSnapshot>[] watchers;
                lock (_gate)
                {
                    // Nobody looks any more; who comes now finds the loop ended and starts another.
                    if (_watchers.Count == 0)
                    {
                        _loop = Task.CompletedTask;
                        return;
                    }

                    watchers = [.. _watchers];
                }

                foreach (var watcher in watchers)
                    watcher(snapshot);
                var rest = PaceFor(watchers.Length) - _time.GetElapsedTime(begun);
                if (rest > TimeSpan.Zero)
                    await Task.Delay(rest, _time, _stop.Token);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    // Every page is drawn on this machine, which also trades.
    private static TimeSpan PaceFor(int watchers) => watchers switch
    {
        <= 4 => Pace,
        <= 12 => Pace * 2,
        _ => Pace * 4,
    };

    private async Task<LiveSnapshot> AskAsync(TimeSpan patience, CancellationToken cancellation)
    {
        await _asking.WaitAsync(cancellation);
        try
        {
            Task[] asked =
            [
                _status.Ask(_stop.Token), _positions.Ask(_stop.Token), _trades.Ask(_stop.Token), _account.Ask(_stop.Token), _broker.Ask(_stop.Token),
                IsTurnOfSymbols() ? _symbols.Ask(_stop.Token) : Task.CompletedTask,
            ];
            await Task.WhenAny(Task.WhenAll(asked), Task.Delay(patience, _time, cancellation));
            _status.Take();
            _positions.Take();
            _trades.Take();
            _account.Take();
            _broker.Take();
            _symbols.Take();
            var snapshot = Make();
            Volatile.Write(ref _current, snapshot);
            Interlocked.Exchange(ref _askedAt, _time.GetTimestamp());
            return snapshot;
        }
        finally
        {
            _asking.Release();
        }
    }

    // A record compares its counts by reference, and each answer brings counts of its own.
    private static bool IsSame(SymbolView a, SymbolView b) =>
        a with { Decisions = b.Decisions, Withheld = b.Withheld } == b && IsSame(a.Decisions, b.Decisions) && IsSame(a.Withheld, b.Withheld);

    private static bool IsSame(IReadOnlyDictionary<string, long>? a, IReadOnlyDictionary<string, long>? b) =>
        a is null || b is null ? a == b : a.Count == b.Count && a.All(p => b.TryGetValue(p.Key, out var count) && count == p.Value);

    private bool IsTurnOfSymbols() => _symbols.Value is not { Count: > ManySymbols } || _number % 4 == 0;

    private LiveSnapshot Make()
    {
        var now = _robot.Now;
        if (_decisions.Version is var decided && decided != _newestDecisions.Version)
            _newestDecisions = (decided, _decisions.Newest(NewestDecisions));
        if (_log.Version is var logged && logged != _newestLines.Version)
            _newestLines = (logged, _log.Newest(NewestLines));
        var health = HealthJudge.Judge(new HealthFacts(now, _status.Value, _positions.Value, _broker.Value, _symbols.Value));
        return new LiveSnapshot(
            ++_number, now, _status.Value, _positions.Value, _symbols.Value, _trades.Value, _account.Value, _broker.Value, health, _newestDecisions.List, _newestLines.List);
    }

    private sealed class Watching(LiveView view, Action<LiveSnapshot> watcher) : IDisposable
    {
        private Action<LiveSnapshot>? _watcher = watcher;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _watcher, null) is not { } gone)
                return;
            lock (view._gate)
                view._watchers.Remove(gone);
        }
    }
}
