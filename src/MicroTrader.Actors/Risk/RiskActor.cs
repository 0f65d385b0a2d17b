using Akka.Actor;
using Akka.Persistence;
using Microsoft.Extensions.Logging;
using MicroTrader.Actors.Diagnostics;
using MicroTrader.Actors.Execution;
using MicroTrader.Actors.Journal;
using MicroTrader.Actors.Messages;
using MicroTrader.Domain.Calendar;
using MicroTrader.Domain.Gateway;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Risk;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Actors.Risk;

/// <summary>
/// Grants or denies every entry, and keeps what the robot may do, and what it has lost, across restarts. It grants nothing before it has counted every
/// trade of the positions' journals, every position has told how it stands and the broker was compared: a restart must forget neither a loss nor a
/// position under the cap.
/// </summary>
internal sealed partial class RiskActor : JournaledActor
{
    /// <summary>Its name in the journal.</summary>
    public const string Id = "risk";

    /// <summary>What it waits for until the trades of the past are counted.</summary>
    public const string Past = "past trades";

    // So many facts are one write: a first start on an old journal has many to count.
    private const int FactsPerWrite = 500;

    private readonly RobotServices _services;
    private readonly RiskLimits _limits;
    private readonly RobotSettings _settings;
    private readonly ITradeHistory _history;
    private readonly Dictionary<Symbol, TradedSymbol> _traded;
    private readonly Dictionary<string, long> _denials = [];
    private readonly Dictionary<Symbol, DenialCode> _lastDenial = [];
    private readonly List<ExposureReport> _early = [];
    private readonly ActorTimer _midnight;
    private readonly ActorTimer _readAgain;
    private RiskState _state;
    private TimeSpan _readWait;
    private long _snapshotAt;

    /// <summary>Makes risk.</summary>
    /// <param name="services">What every actor is given.</param>
    /// <param name="settings">The robot's settings: the limits, and the market's hours.</param>
    /// <param name="waitFor">What must be ready before the first grant.</param>
    public RiskActor(RobotServices services, RobotSettings settings, IEnumerable<string> waitFor)
        : base(services, services.Logs.CreateLogger<RiskActor>())
    {
        _services = services;
        _limits = settings.Risk with { TakeProfitPercent = settings.Risk.TakeProfitPercent ?? settings.Exits.TakeProfitPercent };
        _settings = settings;
        _history = services.History ?? new JournalTradeHistory(settings.JournalPath);
        _traded = settings.Symbols.ToDictionary(s => s.Symbol);
        _state = RiskState.Initial with { NotReady = [Past, .. waitFor] };
        _midnight = new ActorTimer(services.Time, Self);
        _readAgain = new ActorTimer(services.Time, Self);
        _readWait = settings.RestartBackOff;

        // Read at a scrape, from another thread: the state is a value, replaced and never changed.
        services.Metrics.WatchRisk(() => (Volatile.Read(ref _state), _limits));
        services.Metrics.WatchMailbox("risk", Self);

        Recover<IRiskEvent>(fact => _state = _state.Apply(fact));
        Recover<SnapshotOffer>(offer =>
        {
            _state = _state.Restore((RiskSnapshot)offer.Snapshot);
            _snapshotAt = offer.Metadata.SequenceNr;
        });
        Recover<RecoveryCompleted>(_ =>
        {
            Broadcast();
            Context.Parent.Tell(new RiskStarted());
            ReadPast();
        });

        Command<RequestEntry>(OnRequest);
        Command<ExposureReport>(OnExposure);
        Command<PriceSeen>(OnPrice);
        Command<CashReading>(reading => _state = _state.WithCash(reading, Now));
        Command<ReadOutlook>(reads => _state = _state with { Reads = reads });
        Command<PastRead>(OnPastRead);
        Command<ActorTimer.Rung>(OnTimer);
        Command<Readiness>(OnReadiness);
        Command<SetTradingState>(OnSetTradingState);
        Command<ForeignOrders>(OnForeign);
        Command<Drain>(_ =>
        {
            _state = _state with { Draining = true };
            Sender.Tell(new CommandResult(true, "no entries from now on"));
        });
        Command<DescribeRisk>(_ => Sender.Tell(new RiskView(
            _state.TradingState,
            _state.Reason,
            [.. _state.NotReady.Order(StringComparer.Ordinal)],
            new Dictionary<string, long>(_denials),
            _state.Summary(_limits, Now),
            _state.Shared)));
        Command<Report>(_ => Sender.Tell(Describe()));
        Command<SaveSnapshotSuccess>(saved => _snapshotAt = saved.Metadata.SequenceNr);
        Command<SaveSnapshotFailure>(failed => Logger.JournalFailed(failed.Cause, Reports.PathOf(Self), "snapshot", failed.Cause.Message));
    }

    public override string PersistenceId => Id;

    private DateTimeOffset Now => _services.Time.GetUtcNow();

    // Until then the past is not counted: neither a day begins nor a trade is taken in.
    private bool HasCounted => !_state.NotReady.Contains(Past);

    protected override void PostStop()
    {
        _midnight.Dispose();
        _readAgain.Dispose();
        base.PostStop();
    }

    // A crash may have come between a position's journal and ours: what it has journalled and we have not counted is counted now.
    private void ReadPast() => _history
        .ReadAsync(Now - RiskState.Memory)
        .PipeTracked(_services.Activity, Self, past => new PastRead(past, null), failure => new PastRead(null, failure));

    private void OnPastRead(PastRead read)
    {
        if (read.Past is not { } past)
        {
            _readAgain.ArmAt(Now + _readWait);
            Logger.HistoryFailed(read.Failure!, Reports.Time(_readAgain.Due), read.Failure!.Message);
            _readWait = _readWait * 2 < _settings.RestartBackOff * 30 ? _readWait * 2 : _settings.RestartBackOff * 30;
            return;
        }

        _state = _state.WithOrders(past.Orders, Now);
        // What positions told while the past was read is newer than it; what is in both is counted once.
        var ended = _early.Select(e => e.Standing.Ended).OfType<EndedTrade>();
        _early.Clear();
        Keep(_state.CatchUp([.. past.Trades, .. ended], _limits, Now), () =>
        {
            SetReady(Past, true);
            _midnight.ArmAt(RiskDay.NextAfter(Now));
        });
    }

    private void OnTimer(ActorTimer.Rung rung)
    {
        if (_readAgain.IsCurrent(rung))
            ReadPast();
        else if (_midnight.IsCurrent(rung))
            Keep(_state.Due(_limits, Now), () => _midnight.ArmAt(RiskDay.NextAfter(Now)));
    }

    private void OnRequest(RequestEntry asked)
    {
        var sender = Sender;
        Keep(Due(), () => Answer(asked, sender));
    }

    private void Answer(RequestEntry asked, IActorRef sender)
    {
        var now = Now;
        var limits = _settings.RiskOf(_traded.GetValueOrDefault(asked.Request.Symbol));
        var verdict = _state.Judge(asked.Request, limits, now, Session(asked.Request.Symbol, now));
        RiskLook? look = null;
        if (verdict.LeaseUntil is { } until)
        {
            look = RiskLook.Of(_state, asked.Request, limits, now);
            _state = _state.Grant(asked.Request, until, asked.Number).Commit(asked.Request, limits, now);
            _lastDenial.Remove(asked.Request.Symbol);
        }
        else
        {
            Count(asked.Request.Symbol, verdict);
        }

        sender.Tell(new EntryAnswer(asked.Number, verdict, look));
    }

    private void OnExposure(ExposureReport report)
    {
        if (!HasCounted)
        {
            _early.Add(report);
            Take();
            return;
        }

        Keep(report.Standing.Ended is { } ended ? _state.Count(ended, _limits, Now) : [], Take);

        void Take() => _state = _state.WithPosition(report.Standing, report.Answered, Now);
    }

    private void OnPrice(PriceSeen seen)
    {
        _state = _state.WithPrice(seen.Symbol, seen.Price);
        Keep(Due(), () => { });
    }

    private IReadOnlyList<IRiskEvent> Due() => HasCounted ? _state.Due(_limits, Now) : [];

    private SessionVerdict Session(Symbol symbol, DateTimeOffset now)
    {
        var traded = _traded.GetValueOrDefault(symbol);
        return _settings.SessionOf(traded)?.JudgeEntry(traded?.Calendar ?? _settings.Calendar, now) ?? default;
    }

    private void Count(Symbol symbol, RiskVerdict verdict)
    {
        var code = verdict.Denial!.Value;
        _denials[code.ToString()] = _denials.GetValueOrDefault(code.ToString()) + 1;
        _services.Metrics.Denial(code.ToString());
        // The log says a code when it changes, not on every signal.
        if (_lastDenial.TryGetValue(symbol, out var last) && last == code)
            return;
        _lastDenial[symbol] = code;
        Logger.EntryDenied(symbol.Value, code.ToString(), verdict.Detail!);
    }

    private void OnReadiness(Readiness readiness)
    {
        SetReady(readiness.What, readiness.IsReady);
        Sender.Tell(new TradingStateReport(_state.TradingState, _state.Reason));
    }

    private void SetReady(string what, bool isReady)
    {
        var wasReady = _state.NotReady.Count == 0;
        _state = _state with { NotReady = isReady ? _state.NotReady.Remove(what) : _state.NotReady.Add(what) };
        if (!wasReady && _state.NotReady.Count == 0)
            Logger.Ready();
    }

    private void OnSetTradingState(SetTradingState set)
    {
        var sender = Sender;
        if (set.State == _state.TradingState)
        {
            sender.Tell(new CommandResult(true, $"trading state is {set.State} already"));
            return;
        }

        var old = _state.TradingState;
        Write<IRiskEvent>(
            [new TradingStateChanged(set.State, set.Reason, Now)],
            fact => _state = _state.Apply(fact),
            () =>
            {
                Logger.TradingStateSet(set.State.ToString(), set.Reason);
                Notify(NoticeKind.TradingState, $"Trading state: {set.State} ({set.Reason})", Now);
                Logger.StateChanged(Reports.PathOf(Self), "*", old.ToString(), set.State.ToString(), set.Reason, nameof(TradingStateChanged));
                Broadcast();
                SnapshotIfDue();
                sender.Tell(new CommandResult(true, $"trading state is {set.State}"));
            },
            cause => sender.Tell(new CommandResult(
                false, $"trading state is not {set.State}: the journal could not be written ({cause.Message}); it is still {old} unless `status` says otherwise")));
    }

    private void OnForeign(ForeignOrders foreign)
    {
        var facts = _state.SeeForeign(foreign.OrderIds, foreign.Detail, Now);
        if (facts.Count == 0)
            return;
        Keep(facts, () =>
        {
            Logger.ForeignOrders(foreign.Detail);
            Notify(NoticeKind.NeedsYou, $"The account needs you: {foreign.Detail}. {SharedAccount.Asks}", Now);
            Broadcast();
        });
    }

    // Through the back-off supervisor to the robot's supervisor, which hands it to every position.
    private void Broadcast() => Context.Parent.Tell(new TradingStateReport(_state.TradingState, _state.Reason));

    // Journals facts, some at a time, then acts; acts at once where there are none.
    private void Keep(IReadOnlyList<IRiskEvent> facts, Action act)
    {
        if (facts.Count == 0)
        {
            act();
            return;
        }

        var now = facts.Take(FactsPerWrite).ToList();
        Write(
            now,
            fact => _state = _state.Apply(fact),
            () =>
            {
                foreach (var fact in now)
                    Say(fact);
                SnapshotIfDue();
                Keep([.. facts.Skip(FactsPerWrite)], act);
            });
    }

    private void SnapshotIfDue()
    {
        if (LastSequenceNr - _snapshotAt < _settings.SnapshotEvery)
            return;
        _snapshotAt = LastSequenceNr;
        SaveSnapshot(_state.Snapshot);
    }

    private sealed record PastRead(TradeHistory? Past, Exception? Failure);
}
