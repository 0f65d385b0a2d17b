using Akka.Actor;
using Akka.Persistence;
using Microsoft.Extensions.Logging;
using MicroTrader.Actors.Diagnostics;
using MicroTrader.Actors.Journal;
using MicroTrader.Actors.Messages;
using MicroTrader.Domain.Calendar;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Risk;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Actors.Risk;

/// <summary>
/// Grants or denies every entry, and keeps what the robot may do across restarts. It grants nothing before every position has told how it stands and the
/// broker was compared: a restart must not forget a position under the cap.
/// </summary>
internal sealed class RiskActor : JournaledActor
{
    /// <summary>Its name in the journal.</summary>
    public const string Id = "risk";

    private readonly RobotServices _services;
    private readonly RiskLimits _limits;
    private readonly RobotSettings _settings;
    private readonly Dictionary<Symbol, TradedSymbol> _traded;
    private readonly Dictionary<string, long> _denials = [];
    private readonly Dictionary<Symbol, DenialCode> _lastDenial = [];
    private RiskState _state;

    /// <summary>Makes risk.</summary>
    /// <param name="services">What every actor is given.</param>
    /// <param name="settings">The robot's settings: the limits, and the market's hours.</param>
    /// <param name="waitFor">What must be ready before the first grant.</param>
    public RiskActor(RobotServices services, RobotSettings settings, IEnumerable<string> waitFor)
        : base(services, services.Logs.CreateLogger<RiskActor>())
    {
        _services = services;
        _limits = settings.Risk;
        _settings = settings;
        _traded = settings.Symbols.ToDictionary(s => s.Symbol);
        _state = RiskState.Initial with { NotReady = [.. waitFor] };

        Recover<IRiskEvent>(fact => _state = _state.Apply(fact));
        Recover<RecoveryCompleted>(_ =>
        {
            Broadcast();
            Context.Parent.Tell(new RiskStarted());
        });

        Command<RequestEntry>(OnRequest);
        Command<ExposureReport>(report => _state = _state.WithPosition(report.Symbol, report.Exists, report.Answered));
        Command<Readiness>(OnReadiness);
        Command<SetTradingState>(OnSetTradingState);
        Command<Drain>(_ =>
        {
            _state = _state with { Draining = true };
            Sender.Tell(new CommandResult(true, "no entries from now on"));
        });
        Command<DescribeRisk>(_ => Sender.Tell(new RiskView(
            _state.TradingState,
            _state.Reason,
            [.. _state.NotReady.Order(StringComparer.Ordinal)],
            new Dictionary<string, long>(_denials))));
        Command<Report>(_ => Sender.Tell(Describe()));
    }

    public override string PersistenceId => Id;

    private void OnRequest(RequestEntry asked)
    {
        var now = _services.Time.GetUtcNow();
        var verdict = _state.Judge(asked.Request, _limits, now, Session(asked.Request.Symbol, now));
        if (verdict.LeaseUntil is { } until)
        {
            _state = _state.Grant(asked.Request.Symbol, until, asked.Number);
            _lastDenial.Remove(asked.Request.Symbol);
        }
        else
        {
            Count(asked.Request.Symbol, verdict);
        }

        Sender.Tell(new EntryAnswer(asked.Number, verdict));
    }

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
        var wasReady = _state.NotReady.Count == 0;
        _state = _state with
        {
            NotReady = readiness.IsReady ? _state.NotReady.Remove(readiness.What) : _state.NotReady.Add(readiness.What),
        };
        if (!wasReady && _state.NotReady.Count == 0)
            Logger.Ready();
        Sender.Tell(new TradingStateReport(_state.TradingState, _state.Reason));
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
            [new TradingStateChanged(set.State, set.Reason, _services.Time.GetUtcNow())],
            fact => _state = _state.Apply(fact),
            () =>
            {
                Logger.TradingStateSet(set.State.ToString(), set.Reason);
                Logger.StateChanged(Reports.PathOf(Self), "*", old.ToString(), set.State.ToString(), set.Reason, nameof(TradingStateChanged));
                Broadcast();
                sender.Tell(new CommandResult(true, $"trading state is {set.State}"));
            });
    }

    // Through the back-off supervisor to the robot's supervisor, which hands it to every position.
    private void Broadcast() => Context.Parent.Tell(new TradingStateReport(_state.TradingState, _state.Reason));

    private ActorReport Describe() => Reports.Log(
        Logger,
        Self,
        ("trading state", _state.TradingState),
        ("because", _state.Reason),
        ("since", Reports.Time(_state.Since)),
        ("positions and leases", $"{_state.Exposures.Count}/{_limits.MaxOpenPositions}"),
        ("waiting for", _state.NotReady.Count == 0 ? "-" : string.Join(" ", _state.NotReady.Order(StringComparer.Ordinal))),
        ("draining", _state.Draining),
        ("denials", _denials.Count == 0 ? "-" : string.Join(" ", _denials.Select(d => $"{d.Key}:{d.Value}"))));
}
