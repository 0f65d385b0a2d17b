using Akka.Actor;
using Akka.Pattern;
using Microsoft.Extensions.Logging;
using MicroTrader.Actors.Diagnostics;
using MicroTrader.Actors.Execution;
using MicroTrader.Actors.Feed;
using MicroTrader.Actors.Gateway;
using MicroTrader.Actors.Journal;
using MicroTrader.Actors.Ledger;
using MicroTrader.Actors.Messages;
using MicroTrader.Actors.Positions;
using MicroTrader.Actors.Reconciliation;
using MicroTrader.Actors.Risk;
using MicroTrader.Actors.Strategy;
using MicroTrader.Domain.Gateway;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Robot;
using MicroTrader.MarketData;

namespace MicroTrader.Actors;

/// <summary>
/// The robot: makes every actor, tells each what all must know, and hands people's wishes on. Supervision: a child that fails is restarted alone, as often
/// as it takes, because positions must be managed whatever else breaks; the feed, the ledger and everything that journals sit behind back-off supervisors of their
/// own, since a journal or a source that is away comes back no sooner for being asked at once.
/// </summary>
public sealed class MicroTraderSupervisor : ReceiveActor
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    private readonly RobotServices _services;
    private readonly ILogger _log;
    private readonly RobotSettings _settings;
    private readonly Dictionary<Symbol, IActorRef> _positions = [];
    private readonly Dictionary<Symbol, IActorRef> _strategies = [];
    private readonly IActorRef _risk;
    private readonly IActorRef _gateway;
    private readonly IActorRef _reconciliation;
    private readonly IActorRef _ledger;
    private readonly IActorRef _feed;
    private readonly IActorRef? _brokerPrices;
    private readonly ActorTimer _report;
    private readonly ActorTimer _look;
    private DateTimeOffset _lookedAt;
    private long _lookedTimestamp;
    private TradingStateReport? _trading;
    private bool _draining;
    private bool _feedLost;

    /// <summary>Makes the robot.</summary>
    /// <param name="services">What every actor is given.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="feed">Where prices come from; null in a replay, whose driver tells the ticks.</param>
    /// <param name="journalled">Symbols that have a position in the journal: each is recovered, whether it is still traded or not.</param>
    public MicroTraderSupervisor(RobotServices services, RobotSettings settings, IPriceFeed? feed, IReadOnlyCollection<Symbol> journalled)
    {
        _services = services;
        _settings = settings;
        _log = services.Logs.CreateLogger<MicroTraderSupervisor>();
        var traded = settings.Symbols.ToDictionary(s => s.Symbol);
        var symbols = traded.Keys.Union(journalled).OrderBy(s => s.Value, StringComparer.Ordinal).ToList();

        _risk = Journaled("risk", new CommandResult(false, "risk is away: its journal failed, and it is started again; try again in a moment"), Props.Create(() => new RiskActor(services, settings, symbols.Select(s => JournalReader.PositionPrefix + s).Append(ReconciliationActor.Ready).Append(OrderGatewayActor.OrderLimits).ToList())));
        // Told once: to a risk that is started again it would hide what was bought since.
        if (settings.CashAtStart is { } cash)
            _risk.Tell(cash);
        _gateway = Context.ActorOf(Props.Create(() => new OrderGatewayActor(services, settings, null)), "gateway");
        _ledger = BackedOff("ledger", Props.Create(() => new TradeLedgerActor(services, settings)));
        _reconciliation = Context.ActorOf(Props.Create(() => new ReconciliationActor(services, settings, symbols, _gateway, _risk)), "reconciliation");
        if (settings.BrokerPrices)
            _brokerPrices = Context.ActorOf(Props.Create(() => new BrokerPriceActor(services, settings.TimeScale, _gateway)), "broker-prices");
        foreach (var symbol in symbols)
            MakeSymbol(symbol, traded.GetValueOrDefault(symbol));
        _feed = BackedOff("feed", Props.Create(() => new PriceFeedActor(services, settings, feed, _strategies)));

        _report = new ActorTimer(services.Time, Self);
        ArmReport();
        _look = new ActorTimer(services.Time, Self);
        ArmLook();
        Receive<Tick>(tick => _feed.Forward(tick));
        Receive<TradingStateReport>(report =>
        {
            _trading = report;
            _gateway.Tell(report);
            ToPositions(report);
        });
        Receive<BrokerClock>(clock =>
        {
            ToPositions(clock);
            _reconciliation.Tell(clock);
        });
        Receive<HoldingsRead>(ToPositions);
        Receive<HoldingsSeen>(seen => _brokerPrices?.Tell(seen));
        Receive<FeedLost>(_ =>
        {
            _feedLost = true;
            TellFeedLost();
        });
        Receive<GatewayRestarted>(restarted =>
        {
            if (_trading is { } trading)
                _gateway.Tell(trading);
            if (_draining)
                _gateway.Tell(new Drain());
            ToPositions(restarted);
            _reconciliation.Tell(restarted);
        });
        Receive<ReconciliationRestarted>(ToPositions);
        Receive<RiskStarted>(OnRiskStarted);
        Receive<Readiness>(_risk.Forward);
        Receive<ReadOutlook>(_risk.Forward);
        Receive<SetTradingState>(_risk.Forward);
        Receive<Drain>(drain =>
        {
            _draining = true;
            _gateway.Tell(drain);
            _risk.Forward(drain);
        });
        Receive<DescribeRisk>(_risk.Forward);
        Receive<DescribeLedger>(_ledger.Forward);
        Receive<DescribeTrades>(_ledger.Forward);
        Receive<DescribeOrders>(_ledger.Forward);
        Receive<DescribeBroker>(_gateway.Forward);
        Receive<DescribeAccount>(_gateway.Forward);
        Receive<ClosePosition>(close => ToPosition(close.Symbol, close));
        Receive<ResolvePosition>(resolve => ToPosition(resolve.Symbol, resolve));
        Receive<ReconcileNow>(_reconciliation.Forward);
        Receive<CloseAll>(OnCloseAll);
        Receive<ListSymbols>(_ => Sender.Tell(new SymbolList([.. _strategies.Values])));
        Receive<ListActors>(_ => Sender.Tell(new ActorList([.. Reporting()])));
        Receive<ActorTimer.Rung>(rung =>
        {
            if (_look.IsCurrent(rung))
                LookAtClock();
            if (!_report.IsCurrent(rung))
                return;
            foreach (var actor in Reporting())
                actor.Tell(new Report());
            ArmReport();
        });
        // Answers to what is asked of all: the log has them.
        Receive<ActorReport>(_ => { });
        Receive<CommandResult>(_ => { });
    }

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Restart);

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _report.Dispose();
        _look.Dispose();
    }

    private void MakeSymbol(Symbol symbol, TradedSymbol? traded)
    {
        var strategy = ActorRefs.Nobody as IActorRef;
        if (traded is not null)
        {
            strategy = Context.ActorOf(Props.Create(() => new StrategyActor(_services, _settings, traded, _risk, _brokerPrices)), $"strategy-{symbol}");
            _strategies[symbol] = strategy;
        }

        var peers = new PositionPeers(strategy, _risk, _gateway, _reconciliation, _ledger);
        var position = Journaled($"position-{symbol}", null, Props.Create(() => new PositionActor(_services, _settings, symbol, traded, peers)));
        _positions[symbol] = position;
        strategy.Tell(new AttachPosition(position));
    }

    // A journal that fails stops its actor, whatever the supervisor would say: it is started again with growing waits, for as long as it takes. Who asks
    // meanwhile is told so where there is a reply, else nobody answers.
    private IActorRef Journaled(string name, CommandResult? whileAway, Props props)
    {
        var options = Backoff
            .OnStop(props, "journaled", _settings.RestartBackOff, _settings.RestartBackOff * 30, _services.RestartJitter, -1)
            .WithAutoReset(_settings.RestartBackOff * 10);
        return Context.ActorOf(BackoffSupervisor.Props(whileAway is null ? options : options.WithReplyWhileStopped(whileAway)), name);
    }

    // A source or a file that cannot be read is not there the sooner for being asked at once.
    private IActorRef BackedOff(string name, Props props) => Context.ActorOf(
        BackoffSupervisor.Props(Backoff.OnFailure(props, name, _settings.RestartBackOff, _settings.RestartBackOff * 30, _services.RestartJitter, -1)),
        name);

    // What risk holds of others it holds in memory: after each of its starts they tell it anew, else it would wait for them for ever.
    private void OnRiskStarted(RiskStarted started)
    {
        if (_draining)
            _risk.Tell(new Drain());
        if (_feedLost)
            TellFeedLost();
        ToPositions(started);
        _reconciliation.Tell(started);
        _gateway.Tell(started);
    }

    // Without ticks there is no entry; that there is none is said where people look for it.
    private void TellFeedLost() => _risk.Tell(new Readiness(PriceFeedActor.Prices, false));

    private void ToPositions(object message)
    {
        foreach (var position in _positions.Values)
            position.Tell(message);
    }

    private void ToPosition(Symbol symbol, object message)
    {
        if (_positions.TryGetValue(symbol, out var position))
            position.Forward(message);
        else
            Sender.Tell(new CommandResult(false, $"{symbol}: no such symbol; there are {string.Join(", ", _positions.Keys.Select(s => s.Value).Order(StringComparer.Ordinal))}"));
    }

    private void ArmLook()
    {
        _lookedAt = _services.Time.GetUtcNow();
        _lookedTimestamp = _services.Time.GetTimestamp();
        _look.ArmAt(_lookedAt + LookInterval);
    }

    // A machine that slept, or a clock that was set: what was read before says nothing about now, so it counts as a start.
    private void LookAtClock()
    {
        var jump = ClockWatch.Jump(_services.Time.GetUtcNow() - _lookedAt, _services.Time.GetElapsedTime(_lookedTimestamp), LookInterval);
        if (jump is { } by)
        {
            _log.ClockJumped(by);
            var jumped = new ClockJumped(by);
            _reconciliation.Tell(jumped);
            ToPositions(jumped);
        }

        ArmLook();
    }

    private void OnCloseAll(CloseAll close)
    {
        foreach (var (symbol, position) in _positions)
            position.Tell(new ClosePosition(symbol, close.Reason));
        Sender.Tell(new CommandResult(true, "every position is being closed"));
    }

    private void ArmReport()
    {
        if (_settings.ReportInterval > TimeSpan.Zero)
            _report.ArmAt(_services.Time.GetUtcNow() + _settings.ReportInterval);
    }

    private IEnumerable<IActorRef> Reporting() => [_feed, .. _strategies.Values, .. _positions.Values, _risk, _gateway, _reconciliation, _ledger, .. _brokerPrices is { } prices ? [prices] : Array.Empty<IActorRef>()];
}
