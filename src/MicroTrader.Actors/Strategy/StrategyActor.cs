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
/// One symbol's prices: keeps the indicators, decides to enter, and judges every price of a held position against TP and SL. What the guard withholds reaches neither
/// window nor judgement. It holds nothing that must survive: a restart warms up anew and asks the position how it stands.
/// </summary>
internal sealed partial class StrategyActor : ReceiveActor
{
    private readonly RobotServices _services;
    private readonly Symbol _symbol;
    private readonly ExitParameters _exits;
    private readonly MomentumStrategy _strategy;
    private readonly PriceGuard _guard;
    private readonly PriceGuard _brokerGuard;
    private readonly PriceFreshness _freshness;
    private readonly WithheldTicks _withheld;
    private readonly ActorTimer _look;
    private readonly Ticker _ticker;
    private readonly TimeSpan _mindInterval;
    private readonly IActorRef _risk;
    private readonly IActorRef? _brokerPrices;
    private readonly ILogger _log;
    private IActorRef _position = ActorRefs.Nobody;
    private PositionChanged _held = new(PositionStatus.Closed, 0, null);
    private long _exitSignalledFor;
    private long _ticks;
    private long _signals;
    private Tick? _last;
    private bool _lastMayExit;
    private bool _isLate;
    private bool _wantsBrokerPrice;
    private string? _turnedDown;
    private DateTimeOffset _mindSaidAt;
    private DateTimeOffset? _staleSaidAt;

    public StrategyActor(RobotServices services, RobotSettings settings, TradedSymbol traded, IActorRef risk, IActorRef? brokerPrices)
    {
        _services = services;
        _symbol = traded.Symbol;
        _ticker = traded.Instrument.Ticker;
        _exits = settings.Exits;
        _strategy = new MomentumStrategy(traded.Momentum);
        _guard = new PriceGuard(settings.Prices);
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
        _ticks++;
        _services.Metrics.Tick();
        var now = Now;
        var verdict = _guard.Judge(tick, now);
        Count(tick, verdict);
        if (verdict.IsWithheld)
        {
            SayMind();
            return;
        }

        // What it confirms was a real price: the window holds it, but its moment to act is over.
        if (verdict.Confirms)
            TakeIn(_guard.Confirmed);
        var accepted = _guard.Accepted;
        if (TakeIn(accepted) is not { } decision)
            return;
        OnPriced(accepted, verdict, now);
        if (_held.EntryPrice is { } entryPrice)
        {
            if (verdict.MayExit)
                JudgeExit(accepted, entryPrice);
        }
        else if (_held.Status == PositionStatus.Closed)
        {
            if (verdict.MayEnter)
                JudgeEntry(accepted, decision);
            else
                SayMind();
        }
    }

    // Into the window; null where the strategy left it out.
    private EntryDecision? TakeIn(in Tick tick)
    {
        var wasWarm = _strategy.Last.Code != EntryCode.WarmingUp;
        var decision = _strategy.OnTick(tick);
        if (wasWarm != (decision.Code != EntryCode.WarmingUp))
            LogState(wasWarm ? "watching" : "warming up", wasWarm ? "warming up" : "watching", nameof(Tick));
        return decision.Code is EntryCode.OutOfOrder or EntryCode.NotUsable ? null : decision;
    }

    private void JudgeEntry(in Tick tick, in EntryDecision decision)
    {
        if (decision.Code != EntryCode.Enter)
        {
            SayMind();
            return;
        }

        _signals++;
        _turnedDown = null;
        _services.Metrics.Signal();
        var seen = decision.Indicators;
        var now = Now;
        var signal = new EntrySignal(
            _symbol, tick.Price, tick.Time, now, Math.Round(seen.ChangePercent, 6), seen.RisingMoves, seen.VolumeRatio is { } ratio ? Math.Round(ratio, 6) : null);
        _services.Decisions.Signalled(signal);
        _position.Tell(new EntrySignalled(signal, _services.Time.GetTimestamp(), SpreadPercent(tick), _isLate ? now : null));
    }

    private static decimal? SpreadPercent(in Tick tick) =>
        tick is { Bid: > 0 and var bid, Ask: > 0 and var ask } ? (ask - bid) * 200m / (ask + bid) : null;

    private void JudgeExit(in Tick tick, decimal entryPrice)
    {
        // One signal a trade: the position keeps it until it can be sent.
        if (_exitSignalledFor == _held.TradeNumber || _exits.Judge(entryPrice, tick.Price) is not { } reason)
            return;
        _exitSignalledFor = _held.TradeNumber;
        PriceBasis? basis = tick.Basis == PriceBasis.Broker ? PriceBasis.Broker : null;
        if (basis is not null)
            _log.ExitByBrokerPrice(_symbol.Value, reason.Code(), tick.Price, Prices());
        _position.Tell(new ExitSignalled(reason, tick.Price, _held.TradeNumber, _services.Time.GetTimestamp(), basis));
    }

    private void OnPositionChanged(PositionChanged changed)
    {
        // A price that came while the fill was being looked up may already be past a limit: judge the newest one.
        var opened = changed.EntryPrice is not null && _held.EntryPrice != changed.EntryPrice;
        if (changed != _held)
            LogState(Stand(_held), Stand(changed), nameof(PositionChanged));
        if (changed.Status == PositionStatus.Pending && _held.Status == PositionStatus.Closed)
            _services.Decisions.Answered(_symbol.Value, true, $"{_symbol}-{changed.TradeNumber}");
        _held = changed;
        // What was paid today is a price of today: the first tick after a restart can be measured by it.
        if (changed is { EntryPrice: { } paid, OpenedAt: { } openedAt })
        {
            _guard.Know(paid, openedAt);
            _brokerGuard.Know(paid, openedAt);
        }

        AskBroker();
        // A position that still has prices judged has not heard of an exit: one that was told got lost with its restart.
        if (changed.EntryPrice is not null)
            _exitSignalledFor = 0;
        if (opened && _lastMayExit && _freshness.State != PriceState.Stale && _last is { } tick)
            JudgeExit(tick, changed.EntryPrice!.Value);
    }

    private void LogState(string old, string @new, string fact) =>
        _log.StateChanged(Reports.PathOf(Self), _symbol.Value, old, @new, _held.TradeNumber > 0 ? $"{_symbol}-{_held.TradeNumber}" : "-", fact);

    private static string Stand(PositionChanged held) => held.EntryPrice is { } price
        ? string.Create(CultureInfo.InvariantCulture, $"{held.Status.Word()} judged from {price}")
        : held.Status.Word();

    private void SayMind()
    {
        if (_mindInterval <= TimeSpan.Zero)
            return;
        var now = _services.Time.GetUtcNow();
        if (now - _mindSaidAt < _mindInterval)
            return;
        _mindSaidAt = now;
        _log.Mind(_symbol.Value, Mind());
    }

    private string Mind()
    {
        if (_held.Status != PositionStatus.Closed)
            return $"position {_held.Status.Word()}";
        if (_freshness.State == PriceState.Stale)
            return $"prices are stale: {Age()}";
        if (_isLate && !_guard.Rules.AcceptDelayed)
            return "the feed's prices are late: nothing is entered on them (Feed:AcceptDelayedPrices)";
        var (code, seen) = (_strategy.Last.Code, _strategy.Last.Indicators);
        var p = _strategy.Parameters;
        return code switch
        {
            EntryCode.WarmingUp => string.Create(CultureInfo.InvariantCulture, $"warming up {seen.WindowFilled}/{p.WindowTicks}"),
            EntryCode.NotRising => string.Create(CultureInfo.InvariantCulture, $"{seen.RisingMoves} moves up in a row, {p.RisingMoves} are asked for"),
            EntryCode.ChangeTooSmall => string.Create(CultureInfo.InvariantCulture, $"change {seen.ChangePercent:0.000} % over the window, {p.MinChangePercent} % is asked for"),
            EntryCode.NoVolume => "the volume is not known",
            EntryCode.VolumeTooLow => string.Create(CultureInfo.InvariantCulture, $"volume {seen.VolumeRatio:0.00} x the window's mean, {p.MinVolumeRatio} x is asked for"),
            EntryCode.Enter => _turnedDown ?? "entry signal",
            _ => code.ToString(),
        };
    }
}
