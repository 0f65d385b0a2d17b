using System.Globalization;
using Akka.Actor;
using Microsoft.Extensions.Logging;
using MicroTrader.Actors.Diagnostics;
using MicroTrader.Actors.Messages;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Robot;
using MicroTrader.Domain.Strategy;

namespace MicroTrader.Actors.Strategy;

/// <summary>
/// One symbol's prices: keeps the indicators, decides to enter, and judges every price of a held position against TP and SL. It holds nothing that must
/// survive: a restart warms up anew and asks the position how it stands.
/// </summary>
internal sealed class StrategyActor : ReceiveActor
{
    private readonly RobotServices _services;
    private readonly Symbol _symbol;
    private readonly ExitParameters _exits;
    private readonly MomentumStrategy _strategy;
    private readonly TimeSpan _mindInterval;
    private readonly IActorRef _risk;
    private readonly ILogger _log;
    private readonly TickArrivals _arrivals;
    private IActorRef _position = ActorRefs.Nobody;
    private PositionChanged _held = new(PositionStatus.Closed, 0, null);
    private long _exitSignalledFor;
    private long _ticks;
    private long _signals;
    private Tick? _last;
    private string? _turnedDown;
    private DateTimeOffset _mindSaidAt;

    public StrategyActor(RobotServices services, TradedSymbol traded, ExitParameters exits, TimeSpan mindInterval, IActorRef risk)
    {
        _services = services;
        _symbol = traded.Symbol;
        _exits = exits;
        _strategy = new MomentumStrategy(traded.Momentum);
        _mindInterval = mindInterval;
        _risk = risk;
        _log = services.Logs.CreateLogger<StrategyActor>();
        _mindSaidAt = services.Time.GetUtcNow();
        _arrivals = services.Metrics.Arrivals(traded.Symbol.Value);
        services.Metrics.WatchMailbox("strategy", Self);
        Receive<ArrivedTick>(arrived =>
        {
            OnTick(arrived.Tick);
            services.Metrics.Decided(services.Time.GetElapsedTime(arrived.Timestamp));
        });
        Receive<AttachPosition>(attach =>
        {
            _position = attach.Position;
            _position.Tell(new DescribePosition());
        });
        Receive<PositionChanged>(OnPositionChanged);
        Receive<EntryTurnedDown>(denied => _turnedDown = denied.Reason);
        Receive<DescribeSymbol>(_ => Sender.Tell(View()));
        Receive<Report>(_ => Sender.Tell(Describe()));
    }

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
        _arrivals.Seen(tick.Time);
        var wasWarm = _strategy.Last.Code != EntryCode.WarmingUp;
        var decision = _strategy.OnTick(tick);
        if (wasWarm != (decision.Code != EntryCode.WarmingUp))
            LogState(wasWarm ? "watching" : "warming up", wasWarm ? "warming up" : "watching", nameof(Tick));
        if (decision.Code is EntryCode.OutOfOrder or EntryCode.NotUsable)
            return;
        // What is open is lost or won with each new price.
        if (_held.Status != PositionStatus.Closed && _last?.Price != tick.Price)
            _risk.Tell(new PriceSeen(_symbol, tick.Price));
        _last = tick;
        if (_held.EntryPrice is { } entryPrice)
            JudgeExit(tick, entryPrice);
        else if (_held.Status == PositionStatus.Closed)
            JudgeEntry(tick, decision);
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
        var signal = new EntrySignal(
            _symbol, tick.Price, tick.Time, _services.Time.GetUtcNow(), Math.Round(seen.ChangePercent, 6), seen.RisingMoves, seen.VolumeRatio is { } ratio ? Math.Round(ratio, 6) : null);
        _position.Tell(new EntrySignalled(signal, _services.Time.GetTimestamp(), SpreadPercent(tick)));
    }

    private static decimal? SpreadPercent(in Tick tick) =>
        tick is { Bid: > 0 and var bid, Ask: > 0 and var ask } ? (ask - bid) * 200m / (ask + bid) : null;

    private void JudgeExit(in Tick tick, decimal entryPrice)
    {
        // One signal a trade: the position keeps it until it can be sent.
        if (_exitSignalledFor == _held.TradeNumber || _exits.Judge(entryPrice, tick.Price) is not { } reason)
            return;
        _exitSignalledFor = _held.TradeNumber;
        _position.Tell(new ExitSignalled(reason, tick.Price, _held.TradeNumber, _services.Time.GetTimestamp()));
    }

    private void OnPositionChanged(PositionChanged changed)
    {
        // A price that came while the fill was being looked up may already be past a limit: judge the newest one.
        var opened = changed.EntryPrice is not null && _held.EntryPrice != changed.EntryPrice;
        if (changed != _held)
            LogState(Stand(_held), Stand(changed), nameof(PositionChanged));
        _held = changed;
        // A position that still has prices judged has not heard of an exit: one that was told got lost with its restart.
        if (changed.EntryPrice is not null)
            _exitSignalledFor = 0;
        if (opened && _last is { } tick)
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

    private SymbolView View() => new(_symbol.Value, _last?.Price, _last?.Time, _ticks, _signals, Mind());

    private ActorReport Describe()
    {
        var seen = _strategy.Last.Indicators;
        return Reports.Log(
            _log,
            Self,
            ("symbol", _symbol),
            ("last price", _last?.Price),
            ("last tick at", Reports.Time(_last?.Time)),
            ("ticks", _ticks),
            ("window", $"{seen.WindowFilled}/{_strategy.Parameters.WindowTicks}"),
            ("rising moves", seen.RisingMoves),
            ("change %", Math.Round(seen.ChangePercent, 4)),
            ("volume ratio", seen.VolumeRatio is { } ratio ? Math.Round(ratio, 3) : "-"),
            ("signals", _signals),
            ("position", _held.Status.Word()),
            ("no entry because", Mind()));
    }
}
