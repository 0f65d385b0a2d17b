using Akka.Actor;
using Microsoft.Extensions.Logging;
using MicroTrader.Actors.Diagnostics;
using MicroTrader.Actors.Execution;
using MicroTrader.Actors.Messages;
using MicroTrader.Domain.Gateway;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Actors.Feed;

/// <summary>
/// The broker's own prices of what is held, for strategies whose feed is silent or late. One read serves all; it is asked for behind everything else, and while an
/// order is under way not at all: then only what others read is used. It holds nothing: after a restart strategies ask anew with their next need.
/// </summary>
internal sealed class BrokerPriceActor : ReceiveActor
{
    private readonly RobotServices _services;
    private readonly IActorRef _gateway;
    private readonly TimeSpan _pace;
    private readonly ILogger _log;
    private readonly Dictionary<Symbol, Need> _needs = [];
    private readonly ActorTimer _next;
    private long _reads;
    private long _given;
    private DateTimeOffset? _readAt;

    public BrokerPriceActor(RobotServices services, double timeScale, IActorRef gateway)
    {
        _services = services;
        _gateway = gateway;
        _pace = BrokerPriceWatch.Pace * timeScale;
        _log = services.Logs.CreateLogger<BrokerPriceActor>();
        _next = new ActorTimer(services.Time, Self);
        Receive<WantBrokerPrice>(OnWant);
        Receive<HoldingsRead>(OnRead);
        Receive<HoldingsSeen>(seen => OnRead(seen.Read));
        Receive<ActorTimer.Rung>(rung =>
        {
            if (_next.IsCurrent(rung))
                Ask();
        });
        Receive<Report>(_ => Sender.Tell(Describe()));
    }

    private DateTimeOffset Now => _services.Time.GetUtcNow();

    protected override void PostStop() => _next.Dispose();

    private void OnWant(WantBrokerPrice want)
    {
        if (!want.IsWanted)
        {
            _needs.Remove(want.Symbol);
            if (_needs.Count == 0)
                _next.Cancel();
            return;
        }

        _needs.TryAdd(want.Symbol, new Need(Sender, want.Ticker, new BrokerPriceWatch()));
        if (_next.Due is null)
            Ask();
    }

    private void Ask()
    {
        if (_needs.Count == 0)
            return;
        _next.ArmAt(Now + BrokerPriceWatch.Patience);
        _gateway.Tell(new ReadHoldings(RequestPriority.Price));
    }

    // Ours, or one that others made: what it says is the same.
    private void OnRead(HoldingsRead read)
    {
        if (_needs.Count == 0)
            return;
        _next.ArmAt(Now + _pace);
        if (read.Holdings is not { } holdings)
            return;
        _reads++;
        _readAt = read.ReadAt;
        foreach (var (symbol, need) in _needs)
        {
            if (need.Watch.Take(symbol, holdings.GetValueOrDefault(need.Ticker)?.CurrentPrice, read.ReadAt, Now) is not { } tick)
                continue;
            _given++;
            need.Strategy.Tell(new BrokerPriced(tick));
        }
    }

    private ActorReport Describe() => Reports.Log(
        _log,
        Self,
        ("wanted for", _needs.Count == 0 ? "-" : string.Join(", ", _needs.Keys)),
        ("reads", _reads),
        ("last read at", Reports.Time(_readAt)),
        ("prices given", _given),
        ("next read", Reports.Time(_next.Due)));

    private sealed record Need(IActorRef Strategy, Ticker Ticker, BrokerPriceWatch Watch);
}
