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
    private readonly SymbolJudge _judge;
    private readonly TimeSpan _mindInterval;
    private readonly IActorRef _risk;
    private readonly ILogger _log;
    private IActorRef _position = ActorRefs.Nobody;
    private string? _turnedDown;
    private DateTimeOffset _mindSaidAt;

    public StrategyActor(RobotServices services, TradedSymbol traded, ExitParameters exits, TimeSpan mindInterval, IActorRef risk)
    {
        _services = services;
        _symbol = traded.Symbol;
        _judge = new SymbolJudge(traded.Symbol, new MomentumStrategy(traded.Momentum), exits);
        _mindInterval = mindInterval;
        _risk = risk;
        _log = services.Logs.CreateLogger<StrategyActor>();
        _mindSaidAt = services.Time.GetUtcNow();
        Receive<Tick>(OnTick);
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

    private JudgedPosition Held => _judge.Held;

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
        var wasWarm = _judge.Strategy.Last.Code != EntryCode.WarmingUp;
        var verdict = _judge.OnTick(tick);
        _services.Metrics.Decision(verdict.Entry);
        var isWarm = _judge.Strategy.Last.Code != EntryCode.WarmingUp;
        if (wasWarm != isWarm)
            LogState(wasWarm ? "watching" : "warming up", wasWarm ? "warming up" : "watching", nameof(Tick));
        // What is open is lost or won with each new price.
        if (verdict.IsNews)
            _risk.Tell(new PriceSeen(_symbol, tick.Price));
        if (verdict.Exit is { } reason)
            Leave(reason, tick.Price);
        else if (verdict.Enter)
            Enter(tick);
        else if (Held.Status == PositionStatus.Closed)
            SayMind();
    }

    private void Enter(in Tick tick)
    {
        _turnedDown = null;
        _services.Metrics.Signal();
        _position.Tell(new EntrySignalled(_judge.Signal(tick, _services.Time.GetUtcNow()), _services.Time.GetTimestamp(), SymbolJudge.SpreadPercent(tick)));
    }

    private void Leave(ExitReason reason, decimal price) =>
        _position.Tell(new ExitSignalled(reason, price, Held.TradeNumber, _services.Time.GetTimestamp()));

    private void OnPositionChanged(PositionChanged changed)
    {
        var old = Held;
        var exit = _judge.OnPosition(changed.Position);
        if (changed.Position != old)
            LogState(Stand(old), Stand(changed.Position), nameof(PositionChanged));
        if (exit is { } reason)
            Leave(reason, _judge.LastPrice!.Value);
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
        var now = _services.Time.GetUtcNow();
        if (now - _mindSaidAt < _mindInterval)
            return;
        _mindSaidAt = now;
        _log.Mind(_symbol.Value, Mind());
    }

    private string Mind()
    {
        if (Held.Status != PositionStatus.Closed)
            return $"position {Held.Status.Word()}";
        var last = _judge.Strategy.Last;
        return last.Code == EntryCode.Enter && _turnedDown is { } why ? why : _judge.Strategy.Explain(last);
    }

    private SymbolView View() => new(_symbol.Value, _judge.LastPrice, _judge.LastTickAt, _judge.Ticks, _judge.Signals, Mind())
    {
        Decisions = _judge.Counts.ToDictionary(c => c.Key.ToString(), c => c.Value),
    };

    private ActorReport Describe()
    {
        var seen = _judge.Strategy.Last.Indicators;
        return Reports.Log(
            _log,
            Self,
            ("symbol", _symbol),
            ("strategy", _judge.Strategy.Description),
            ("last price", _judge.LastPrice),
            ("last tick at", Reports.Time(_judge.LastTickAt)),
            ("ticks", _judge.Ticks),
            ("window", seen.WindowFilled),
            ("rising moves", seen.RisingMoves),
            ("change %", Math.Round(seen.ChangePercent, 4)),
            ("volume ratio", seen.VolumeRatio is { } ratio ? Math.Round(ratio, 3) : "-"),
            ("signals", _judge.Signals),
            ("decisions", _judge.Ticks == 0 ? "-" : string.Join(" ", _judge.Counts.Select(c => $"{c.Key}:{c.Value}"))),
            ("position", Held.Status.Word()),
            ("no entry because", Mind()));
    }
}
