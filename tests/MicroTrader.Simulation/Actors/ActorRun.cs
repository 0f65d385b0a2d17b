using System.Globalization;
using Akka.Actor;
using Akka.Event;
using Microsoft.Extensions.Logging.Abstractions;
using MicroTrader.Actors;
using MicroTrader.Actors.Diagnostics;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Reconciliation;
using MicroTrader.Domain.Risk;
using MicroTrader.Domain.Strategy;
using MicroTrader.MarketData;
using MicroTrader.Simulation.Actors.Journal;
using MicroTrader.Simulation.Shared;
using MicroTrader.Simulators.Paper;
using MicroTrader.Trading212;

namespace MicroTrader.Simulation.Actors;

/// <summary>One run: a storm of some minutes with crashes and restarts, then a healthy stretch until the robot has come to rest.</summary>
internal sealed class ActorRun : IJournalFaults, IDisposable
{
    private static readonly string[] Names = ["AXSM", "DJT", "WULF", "HUT"];
    private static readonly RobotMetrics Metrics = new();

    // A run that goes on longer than this is stuck in a loop.
    private const long MostSteps = 200_000;

    // The product's rules, but a shorter late watch, so that a run sees its end.
    private static readonly ReconciliationRules Reconciliation = new() { LateWatch = TimeSpan.FromMinutes(2) };

    private static readonly InvariantLimits Limits = new()
    {
        SettleWindow = Reconciliation.SettleWindow,
        LateWatch = Reconciliation.LateWatch,
        // What was granted before may still be within its deadline, and its connection slow to be made.
        ExitOnlyNews = TimeSpan.FromSeconds(2 + 5 + 1),
        // The oldest that risk lets pass, the entry's deadline, and a connection that is slow to be made.
        OldestTick = TimeSpan.FromSeconds(5 + 2 + 5 + 1),
        MaxHold = new ExitParameters().MaxHold,
        SaleDelay = TimeSpan.FromSeconds(60),
        RecoveryDelay = TimeSpan.FromSeconds(180),
    };

    private readonly RunSpec _spec;
    private readonly Trace _trace;
    private readonly Adversary _adversary;
    private readonly SimRandom _order;
    private readonly JournalMedium _medium = new();
    private readonly MediumView _view;
    private readonly LifeWorld _world;
    private readonly PaperBooks _books;
    private readonly SimulatedNetwork _network;
    private readonly Invariants _invariants;
    private readonly ActorPeople _people;
    private readonly ActorPrices _prices;
    private readonly DateTimeOffset _stormUntil;
    private readonly IReadOnlyList<PaperSession> _sessions;
    private readonly TimeSpan _marketOffset;
    private Life? _life;
    private LifeTransport? _transport;
    private Exception? _fault;
    private int _stepsToCrash;
    private long _steps;
    private long _crashes;

    public ActorRun(RunSpec spec, Trace trace)
    {
        _spec = spec;
        _trace = trace;
        _adversary = new Adversary(spec);
        _order = SimRandom.For(spec.Seed, 3);
        var random = _adversary.Random;
        Clock = new VirtualTimeProvider(SimClock.Epoch);
        var count = Math.Min(2 + random.Below(3), spec.MostSymbols);
        Symbols = [.. Names.Take(count).Select(n => (Symbol.Parse(n), PaperInstrument.ForSymbol(n).Ticker))];
        Quantity = random.Below(3) switch { 0 => 1m, 1 => 0.37m, _ => 2.5m };
        _stormUntil = SimClock.Epoch.AddTicks(random.Between(30 * Span.Second, 150 * Span.Second));
        _marketOffset = _adversary.Strikes(FaultKind.BrokerClockOff) ? TimeSpan.FromMilliseconds(random.Between(-8_000, 8_000)) : TimeSpan.Zero;
        _sessions = Sessions();
        Broker = PaperBroker.OpenInProcess(new PaperBrokerOptions
        {
            DatabasePath = PaperBrokerOptions.InMemory,
            TimeProvider = _marketOffset == TimeSpan.Zero ? Clock : new OffsetClock(Clock, _marketOffset),
            Currency = random.Below(2) == 0 ? "USD" : "EUR",
            FillDelay = TimeSpan.FromTicks(random.Between(5 * Span.Millisecond, 900 * Span.Millisecond)),
            SlippagePercent = random.Below(2) == 0 ? 0m : 0.1m,
            Sessions = _sessions,
            Instruments = [.. Symbols.Select(s => PaperInstrument.ForSymbol(s.Symbol.Value))],
        });
        _prices = new ActorPrices(this, _adversary);
        _prices.Start();
        HoldSomeBefore();
        _view = new MediumView(_medium, Symbols);
        _books = new PaperBooks(Broker, Clock, trace, ticker => _people!.OnRobotOrder(ticker));
        _network = new SimulatedNetwork(Broker, _books, Clock, _adversary, _adversary.Strikes(FaultKind.OriginNotGiven), Say);
        _invariants = new Invariants(_books, _view, Limits);
        _people = new ActorPeople(this, _adversary, _books, _network, _invariants);
        _world = new LifeWorld(
            Clock,
            _medium,
            this,
            new Trading212Options { BaseAddress = Broker.BaseAddress, ApiKey = "paper", ApiSecret = "paper" },
            Settings(),
            Metrics,
            trace.IsOn ? new TraceLogs(trace, Clock) : NullLoggerFactory.Instance,
            OnError,
            _view.Fold,
            _view,
            _view.Journalled);
    }

    /// <summary>The time of everything.</summary>
    public VirtualTimeProvider Clock { get; }

    public PaperBroker Broker { get; }

    public IReadOnlyList<(Symbol Symbol, string Ticker)> Symbols { get; }

    /// <summary>Shares per trade of the robot.</summary>
    public decimal Quantity { get; }

    public bool IsMarketOpen => _sessions.Any(s => s.OpensAt <= MarketNow && MarketNow < s.ClosesAt);

    private DateTimeOffset MarketNow => Clock.GetUtcNow() + _marketOffset;

    private bool IsUp => _life is { Pump.IsDead: false };

    public RunResult Run()
    {
        var stormSteps = 0;
        InvariantViolation? violation = null;
        try
        {
            Start();
            _people.Start();
            CutPowerNowAndThen();
            var mostStorm = _spec.StormSteps ?? int.MaxValue;
            while (_steps < mostStorm && Step(_stormUntil))
            {
            }

            stormSteps = (int)_steps;
            Heal();
        }
        catch (InvariantViolation v)
        {
            violation = v;
            if (stormSteps == 0)
                stormSteps = (int)_steps;
            Report();
        }

        return new RunResult(_spec, _steps, stormSteps, _crashes, _adversary.Counts, _invariants.Facts, violation);
    }

    /// <summary>Does something later.</summary>
    public void In(long ticks, Action what)
    {
        ITimer? timer = null;
        timer = Clock.CreateTimer(
            _ =>
            {
                timer?.Dispose();
                what();
            },
            null,
            TimeSpan.FromTicks(ticks),
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>Tells the robot, if there is one.</summary>
    public void Tell(object message)
    {
        if (IsUp)
            _life!.Supervisor.Tell(message, ActorRefs.NoSender);
    }

    public void Say(string who, string what)
    {
        if (_trace.IsOn)
            _trace.Add((Clock.GetUtcNow() - SimClock.Epoch).Ticks, who, what);
    }

    /// <summary>The reference of a ticker's newest intent in the journal; null without one.</summary>
    public string? LastIntent(string ticker)
    {
        foreach (var (symbol, of) in Symbols)
        {
            if (of != ticker)
                continue;
            var facts = _view.Facts(symbol);
            for (var i = facts.Count - 1; i >= 0; i--)
            {
                if (facts[i] is EntryIntended entry)
                    return entry.Reference.Value;
                if (facts[i] is ExitIntended exit)
                    return exit.Reference.Value;
            }
        }

        return null;
    }

    public void OnSent(string ticker, string? intent, decimal quantity)
    {
        Say("network", string.Create(CultureInfo.InvariantCulture, $"POST {intent} {quantity} {ticker}"));
        // What is in the journal by now the invariants must know before they see what it led to.
        _invariants.AfterStep();
        _books.Sent(ticker, intent, quantity);
    }

    /// <summary>Ends the robot's process here if the adversary says so.</summary>
    public bool CrashIf(FaultKind kind)
    {
        if (!IsUp || !_adversary.Strikes(kind))
            return false;
        Crash(kind.ToString());
        return true;
    }

    /// <summary>Ends it a few messages later.</summary>
    public void CrashSoonIf(FaultKind kind)
    {
        if (_stepsToCrash == 0 && IsUp && _adversary.Strikes(kind))
            _stepsToCrash = 1 + _adversary.Random.Below(8);
    }

    /// <inheritdoc/>
    public void Crash(string where)
    {
        if (!IsUp)
            return;
        _crashes++;
        _stepsToCrash = 0;
        Say("adversary", $"the robot's process ends: {where}");
        _transport!.IsDead = true;
        _life!.Kill();
        In(_adversary.Random.Between(100 * Span.Millisecond, _adversary.Random.Below(4) == 0 ? 40 * Span.Second : 5 * Span.Second), Start);
    }

    /// <inheritdoc/>
    public JournalFate OnWrite(string persistenceId)
    {
        if (!IsUp)
            return JournalFate.CrashBefore;
        if (_adversary.Strikes(FaultKind.JournalFailsBefore))
            return JournalFate.FailsBefore;
        if (_adversary.Strikes(FaultKind.JournalFailsAfter))
            return JournalFate.FailsAfter;
        if (_adversary.Strikes(FaultKind.CrashBeforeJournal))
            return JournalFate.CrashBefore;
        return _adversary.Strikes(FaultKind.CrashAfterJournal) ? JournalFate.CrashAfter : JournalFate.Done;
    }

    /// <inheritdoc/>
    public bool OnRead(string persistenceId) => !_adversary.Strikes(FaultKind.JournalFailsBefore);

    /// <inheritdoc/>
    public void Dispose()
    {
        _life?.Dispose();
        _network.Dispose();
        Broker.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private RobotSettings Settings() => new()
    {
        Symbols =
        [
            .. Symbols.Select(s => new TradedSymbol(
                s.Symbol,
                new Domain.Market.Instrument(new Ticker(s.Ticker), s.Symbol.Value, "USD", "STOCK", s.Symbol.Value),
                new MomentumParameters { WindowTicks = 5, RisingMoves = 2, MinChangePercent = 0.08m })),
        ],
        JournalPath = "none",
        Quantity = Quantity,
        // Snapshots so often that recovery meets some.
        Risk = new RiskLimits { MaxOpenPositions = 2 },
        Reconciliation = Reconciliation,
        // Either way is the product's: the budget counts as spent at the start where the venue may be older than the robot.
        AssumeBudgetSpent = _adversary.Random.Below(2) == 0,
        ReportInterval = TimeSpan.Zero,
        MindInterval = TimeSpan.Zero,
        SnapshotEvery = 12,
    };

    // The market may be shut for a while, once or twice in the storm.
    private List<PaperSession> Sessions()
    {
        var sessions = new List<PaperSession>();
        var opens = SimClock.Epoch.AddDays(-1);
        var random = _adversary.Random;
        var closes = SimClock.Epoch.AddTicks(random.Between(10 * Span.Second, Span.Minute));
        while (closes < _stormUntil && _adversary.Strikes(FaultKind.MarketCloses))
        {
            sessions.Add(new PaperSession(opens, closes));
            opens = closes.AddTicks(random.Between(5 * Span.Second, 90 * Span.Second));
            closes = opens.AddTicks(random.Between(10 * Span.Second, Span.Minute));
        }

        sessions.Add(new PaperSession(opens, SimClock.Epoch.AddDays(2)));
        return sessions;
    }

    // Often the person holds some of what the robot trades.
    private void HoldSomeBefore()
    {
        foreach (var (_, ticker) in Symbols)
        {
            if (_adversary.MayStrike(FaultKind.PersonTrades) && _adversary.Random.Below(2) == 0)
                Broker.PlaceByPerson(ticker, 1 + _adversary.Random.Below(3));
        }

        Clock.AdvanceTo(SimClock.Epoch.AddSeconds(1));
    }

    private void Start()
    {
        Say("robot", "starts");
        _transport = new LifeTransport(this, _network, _adversary);
        _life = new Life(_world, _order, _transport) { Pump = { Hold = Hold } };
    }

    // Whatever the weather, every storm has some ends of the process at no moment in particular.
    private void CutPowerNowAndThen()
    {
        if (_spec.Only != 0 || _spec.Without.Holds(FaultKind.CrashBeforeHandOver))
            return;
        In(_order.Between(2 * Span.Second, 60 * Span.Second), () =>
        {
            if (_adversary.IsHealthy)
                return;
            _adversary.Counts[(int)FaultKind.CrashBeforeHandOver]++;
            Crash("the power is cut");
            CutPowerNowAndThen();
        });
    }

    // A mailbox that waits for its turn longer than the others, as on a machine that is busy with something else.
    private bool Hold(Action post)
    {
        if (!_adversary.Strikes(FaultKind.SlowMessage))
            return false;
        In(_adversary.Random.Between(Span.Millisecond, 400 * Span.Millisecond), post);
        return true;
    }

    // For who reads the trace: every part says how it stands.
    private void Report()
    {
        if (!_trace.IsOn || !IsUp)
            return;
        _adversary.Rest();
        foreach (var path in (string[])["gateway", "reconciliation", "risk/journaled", .. Symbols.Select(s => $"position-{s.Symbol}/journaled")])
            _life!.System.ActorSelection($"/user/robot/{path}").Tell(new MicroTrader.Actors.Messages.Report(), ActorRefs.NoSender);
        while (RunOne())
        {
        }
    }

    // Nothing goes wrong any more, and some trades still begin: what is promised for a healthy robot is then demanded.
    private void Heal()
    {
        _adversary.Rest();
        Say("adversary", "rests: from here on all is healthy");
        _network.Recover();
        Broker.Faults.Clear();
        _prices.BurstsUntil = Clock.GetUtcNow().AddSeconds(40);
        Care();
        // What the venue was asked before may still be on its way, and the market may still be shut.
        while (!IsUp || !IsMarketOpen || _books.Pending.Any())
        {
            if (!Step(DateTimeOffset.MaxValue))
                break;
        }

        var healthySince = Clock.GetUtcNow().AddSeconds(2);
        // At least until the last entry had time to end, then until all is at rest; what takes longer than this is stuck.
        while (Step(healthySince.AddSeconds(45)))
        {
        }

        while (!_invariants.IsAtRest && Step(healthySince.AddMinutes(12)))
        {
        }

        _invariants.AtEnd(healthySince, Clock.GetUtcNow());
    }

    // The person looks after the robot.
    private void Care()
    {
        _people.Resume();
        _people.ResolveWhatIsBlocked();
        In(10 * Span.Second, Care);
    }

    private bool Step(DateTimeOffset until)
    {
        bool isMore;
        try
        {
            isMore = RunOne() || Clock.FireNext(until);
        }
        catch (Exception e) when (e is not InvariantViolation)
        {
            // Whatever it is: the product would have failed there.
            throw new InvariantViolation(InvariantNames.NoFault, e.ToString());
        }

        if ((_fault ?? _life?.Pump.Strayed) is { } fault)
            throw new InvariantViolation(InvariantNames.NoFault, fault.ToString());
        _books.Sync();
        _invariants.AfterStep();
        if (++_steps > MostSteps)
            throw new InvariantViolation(InvariantNames.NoFault, $"no end after {MostSteps} steps");
        return isMore;
    }

    private bool RunOne()
    {
        if (!IsUp || _life!.Pump.IsAtRest)
            return false;
        // Of the many messages of a run some are looked at: each would be a storm of restarts.
        var isOccasion = _life.Pump.Runs % 8 == 0;
        if (isOccasion && CrashIf(FaultKind.CrashBeforeHandOver))
            return true;
        if (isOccasion && _adversary.Strikes(FaultKind.ActorRestarts))
            RestartActor();
        _life.Pump.RunOne();
        if (_stepsToCrash > 0 && --_stepsToCrash == 0)
            Crash(nameof(FaultKind.CrashAfterAnswer));
        else if (isOccasion)
            CrashIf(FaultKind.CrashAfterHandOver);
        return true;
    }

    // As by an exception in it: it loses its memory, and what it was doing.
    private void RestartActor()
    {
        var symbol = _adversary.Random.Pick(Symbols).Symbol;
        var path = _adversary.Random.Below(8) switch
        {
            0 => "gateway",
            1 => "gateway/*",
            2 => "gateway/reader",
            3 => "reconciliation",
            4 => $"strategy-{symbol}",
            5 => "risk/journaled",
            _ => $"position-{symbol}/journaled",
        };
        Say("adversary", $"restarts {path}");
        _life!.System.ActorSelection($"/user/robot/{path}").Tell(Kill.Instance, ActorRefs.NoSender);
    }

    private void OnError(Error error)
    {
        Say("akka", $"ERROR {error.LogSource}: {error.Message} {error.Cause}");
        for (var cause = error.Cause; cause is not null; cause = cause.InnerException)
        {
            // What the adversary does on purpose.
            if (cause is ActorKilledException or IOException)
                return;
        }

        if (IsUp)
            _fault ??= new InvalidOperationException($"{error.LogSource}: {error.Message}", error.Cause);
    }
}
