using Akka.Actor;
using Microsoft.Extensions.Logging;
using MicroTrader.Actors.Diagnostics;
using MicroTrader.Actors.Messages;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Robot;
using MicroTrader.MarketData;

namespace MicroTrader.Actors.Feed;

/// <summary>
/// Owns one feed and hands each tick to its symbol's strategy. A feed that fails throws here, so that the supervisor starts it again with back-off while
/// positions go on being managed. In a replay there is no feed: the driver tells the ticks, one at a time.
/// </summary>
internal sealed class PriceFeedActor : ReceiveActor
{
    private readonly RobotServices _services;
    private readonly IPriceFeed? _feed;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private long _ticks;
    private long _unknownSymbol;
    private Tick? _last;
    private bool _ended;

    public PriceFeedActor(RobotServices services, IPriceFeed? feed, IReadOnlyDictionary<Symbol, IActorRef> strategies)
    {
        _services = services;
        _feed = feed;
        _log = services.Logs.CreateLogger<PriceFeedActor>();
        services.Metrics.WatchMailbox("feed", Self);
        Receive<Tick>(tick =>
        {
            _ticks++;
            _last = tick;
            if (strategies.TryGetValue(tick.Symbol, out var strategy))
                strategy.Tell(new ArrivedTick(tick, services.Time.GetTimestamp()));
            else
                _unknownSymbol++;
        });
        Receive<FeedEnded>(_ =>
        {
            _ended = true;
            _log.FeedEnded(feed!.Description);
        });
        Receive<FeedFailed>(failed =>
        {
            _log.FeedFailed(failed.Cause, failed.Cause.Message);
            throw new FeedException(failed.Cause);
        });
        Receive<Report>(_ => Sender.Tell(Describe()));
    }

    protected override void PreStart()
    {
        if (_feed is not null)
            _ = ReadAsync(_feed, Self, _stop.Token);
    }

    protected override void PostStop()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private static async Task ReadAsync(IPriceFeed feed, IActorRef self, CancellationToken stop)
    {
        try
        {
            await foreach (var tick in feed.ReadAsync(stop))
                self.Tell(tick, ActorRefs.NoSender);
            self.Tell(new FeedEnded(), ActorRefs.NoSender);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The actor stopped: nobody is left to tell.
        }
        catch (Exception e)
        {
            self.Tell(new FeedFailed(e), ActorRefs.NoSender);
        }
    }

    private ActorReport Describe() => Reports.Log(
        _log,
        Self,
        ("feed", _feed?.Description ?? "replay"),
        ("ticks", _ticks),
        ("last tick", _last is { } t ? $"{t.Symbol} {t.Price}" : "-"),
        ("last tick at", Reports.Time(_last?.Time)),
        ("age s", _last is { } l ? Math.Round((_services.Time.GetUtcNow() - l.Time).TotalSeconds, 1) : "-"),
        ("unknown symbols", _unknownSymbol),
        ("ended", _ended));

    private sealed record FeedEnded;

    private sealed record FeedFailed(Exception Cause);
}

/// <summary>A price feed failed; its actor is started again.</summary>
internal sealed class FeedException(Exception cause) : Exception($"the feed failed: {cause.Message}", cause);
