using System.Globalization;
using Akka.Actor;
using Microsoft.Extensions.Logging;
using MicroTrader.Actors.Diagnostics;
using MicroTrader.Actors.Execution;
using MicroTrader.Actors.Messages;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Robot;
using MicroTrader.Domain.Strategy;

namespace MicroTrader.Actors.Strategy;

/// <summary>
/// One symbol's prices: which of them are believed, when to enter, and when to leave a held position by them; all of it is decided in the domain. It holds
/// nothing that must survive: a restart warms up anew and asks the position how it stands.
/// </summary>
internal sealed partial class StrategyActor : ReceiveActor
{
    private readonly RobotServices _services;
    private readonly Symbol _symbol;
    private readonly SymbolJudge _judge;
    private readonly PriceGuard _brokerGuard;
    private readonly PriceFreshness _freshness;
    private readonly WithheldTicks _withheld;
    private readonly ExitView _exits;
    private readonly string _currency;
    private readonly ActorTimer _look;
    private readonly Ticker _ticker;
    private readonly TimeSpan _mindInterval;
    private readonly IActorRef _risk;
    private readonly IActorRef? _brokerPrices;
    private readonly ILogger _log;
    private IActorRef _position = ActorRefs.Nobody;
    private bool _wantsBrokerPrice;
    private string? _turnedDown;
    private DateTimeOffset _mindSaidAt;
    private DateTimeOffset? _staleSaidAt;

    public StrategyActor(RobotServices services, RobotSettings settings, TradedSymbol traded, IActorRef risk, IActorRef? brokerPrices)
    {
        _services = services;
        _symbol = traded.Symbol;
        _ticker = traded.Instrument.Ticker;
        _currency = traded.Instrument.Currency;
        var exits = traded.Exits ?? settings.Exits;
        _exits = ExitView.Of(exits);
        _judge = new SymbolJudge(traded.Symbol, new MomentumStrategy(traded.Momentum), exits, settings.Prices);
        // How old the broker's price is, its watch has judged.
        _brokerGuard = new PriceGuard(settings.Prices with { StaleAfter = null });
        _freshness = new PriceFreshness(settings.Prices.StaleAfter, settings.PriceHours is null ? null : traded.Calendar ?? settings.PriceHours, settings.PricesOutsideRegular, services.Time.GetUtcNow());
        _withheld = new WithheldTicks(services.Metrics);
        _look = new ActorTimer(services.Time, Self);
        _mindInterval = settings.MindInterval;
        _risk = risk;
        _brokerPrices = brokerPrices;
        _log = services.Logs.CreateLogger<StrategyActor>();
        _mindSaidAt = services.Time.GetUtcNow();
        services.Metrics.WatchMailbox("strategy", Self);
        Receive<ArrivedTick>(arrived =>
        {
            OnTick(arrived.Tick);
            services.Metrics.Decided(services.Time.GetElapsedTime(arrived.Timestamp));
        });
        Receive<BrokerPriced>(priced => OnBrokerPrice(priced.Tick));
        Receive<ActorTimer.Rung>(rung =>
        {
            if (_look.IsCurrent(rung))
                LookAtAge();
        });
        Receive<FeedLost>(_ =>
        {
            if (_freshness.Lose())
                OnStale();
        });
        Receive<AttachPosition>(attach =>
        {
            _position = attach.Position;
            _position.Tell(new DescribePosition());
        });
        Receive<PositionChanged>(OnPositionChanged);
        Receive<EntryTurnedDown>(denied =>
        {
            _turnedDown = denied.Reason;
            services.Decisions.Answered(_symbol.Value, false, denied.Reason);
        });
        Receive<DescribeSymbol>(_ => Sender.Tell(View()));
        Receive<Report>(_ => Sender.Tell(Describe()));
    }

    private JudgedPosition Held => _judge.Held;

    private DateTimeOffset Now => _services.Time.GetUtcNow();

    protected override void PreStart() => LookAtAge();

    protected override void PostStop() => _look.Dispose();

    protected override void PreRestart(Exception reason, object message)
    {
        // The position outlives a restart; the next incarnation must find it again.
        if (!_position.IsNobody())
            Self.Tell(new AttachPosition(_position));
        base.PreRestart(reason, message);
    }

    private void OnTick(Tick tick)
    {
        _services.Metrics.Tick();
        var now = Now;
        var wasWarm = _judge.Strategy.Last.Code != EntryCode.WarmingUp;
        var wasLate = _judge.IsLate;
        var verdict = _judge.OnTick(tick, now);
        Count(tick, verdict.Price);
        if (verdict.Entry is { } code)
            _services.Metrics.Decision(code);
        if (verdict.IsTakenIn)
        {
            var isWarm = _judge.Strategy.Last.Code != EntryCode.WarmingUp;
            if (wasWarm != isWarm)
                LogState(wasWarm ? "watching" : "warming up", wasWarm ? "warming up" : "watching", nameof(Tick));
            // What is open is lost or won with each new price.
            if (verdict.IsNews)
                _risk.Tell(new PriceSeen(_symbol, tick.Price));
            OnPriced(wasLate, now);
        }

        if (verdict.Exit is { } reason)
            Leave(reason, tick.Price, null);
        else if (verdict.Enter)
            Enter(tick, now);
        else if (verdict.Price.IsWithheld || (verdict.IsTakenIn && Held.Status == PositionStatus.Closed))
            SayMind();
    }

    private void Enter(in Tick tick, DateTimeOffset now)
    {
        _turnedDown = null;
        _services.Metrics.Signal();
        var signal = _judge.Signal(now);
        _services.Decisions.Signalled(signal);
        _position.Tell(new EntrySignalled(signal, _services.Time.GetTimestamp(), SymbolJudge.SpreadPercent(tick), _judge.IsLate ? now : null));
    }

    private void Leave(ExitReason reason, decimal price, PriceBasis? basis) =>
        _position.Tell(new ExitSignalled(reason, price, Held.TradeNumber, _services.Time.GetTimestamp(), basis));

    private void OnPositionChanged(PositionChanged changed)
    {
        var old = Held;
        var exit = _judge.OnPosition(changed.Position, _freshness.State != PriceState.Stale);
        if (changed.Position != old)
            LogState(Stand(old), Stand(changed.Position), nameof(PositionChanged));
        if (changed.Position.Status == PositionStatus.Pending && old.Status == PositionStatus.Closed)
            _services.Decisions.Answered(_symbol.Value, true, $"{_symbol}-{changed.Position.TradeNumber}");
        if (changed.Position is { EntryPrice: { } paid, OpenedAt: { } openedAt })
            _brokerGuard.Know(paid, openedAt);
        AskBroker();
        if (exit is { } reason)
            Leave(reason, _judge.LastPrice!.Value, null);
    }

    private void LogState(string old, string @new, string fact) =>
        _log.StateChanged(Reports.PathOf(Self), _symbol.Value, old, @new, Held.TradeNumber > 0 ? $"{_symbol}-{Held.TradeNumber}" : "-", fact);

    private static string Stand(JudgedPosition held) => held.EntryPrice is { } price
        ? string.Create(CultureInfo.InvariantCulture, $"{held.Status.Word()} judged from {price}")
        : held.Status.Word();

    private void SayMind()
    {
        if (_mindInterval <= TimeSpan.Zero)
            return;
        var now = Now;
        if (now - _mindSaidAt < _mindInterval)
            return;
        _mindSaidAt = now;
        _log.Mind(_symbol.Value, Mind());
    }

    private string Mind()
    {
        if (Held.Status != PositionStatus.Closed)
            return $"position {Held.Status.Word()}";
        if (_freshness.State == PriceState.Stale)
            return $"prices are stale: {Age()}";
        if (_judge.IsLate && !_judge.Guard.Rules.AcceptDelayed)
            return "the feed's prices are late: nothing is entered on them (Feed:AcceptDelayedPrices)";
        var last = _judge.Strategy.Last;
        return last.Code == EntryCode.Enter && _turnedDown is { } why ? why : _judge.Strategy.Explain(last);
    }
}
