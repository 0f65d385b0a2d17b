using Akka.Actor;
using Microsoft.Extensions.Logging;
using MicroTrader.Actors.Diagnostics;
using MicroTrader.Actors.Execution;
using MicroTrader.Actors.Messages;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Robot;
using MicroTrader.MarketData;

namespace MicroTrader.Actors.Feed;

/// <summary>
/// Owns one feed and hands each tick to its symbol's strategy. A feed that fails is read anew with growing waits, for as long as it takes, while positions go on
/// being managed; one that is refused for good is left alone. In a replay there is no feed: the driver tells the ticks, one at a time.
/// </summary>
internal sealed class PriceFeedActor : ReceiveActor
{
    /// <summary>What risk waits for once the feed is refused.</summary>
    public const string Prices = "prices";

    // The longest wait before a feed is read anew, in multiples of the first.
    private const int MostWaits = 30;

    private readonly RobotServices _services;
    private readonly IPriceFeed? _feed;
    private readonly IReadOnlyDictionary<Symbol, IActorRef> _strategies;
    private readonly TimeSpan _firstWait;
    private readonly bool _acceptsDelayed;
    private readonly ILogger _log;
    private readonly FeedNotes _notes = new();
    private readonly ActorTimer _again;
    private readonly IActorRef _me;
    private CancellationTokenSource _stop = new();
    private long _reading;
    private TimeSpan _wait;
    private DateTimeOffset _startedAt;
    private string? _failedWith;
    private long _failures;
    private long _ticks;
    private long _delayed;
    private long _unknownSymbol;
    private Tick? _last;
    private string _state = "waits for the first tick";

    public PriceFeedActor(RobotServices services, RobotSettings settings, IPriceFeed? feed, IReadOnlyDictionary<Symbol, IActorRef> strategies)
    {
        _services = services;
        _feed = feed;
        _strategies = strategies;
        _firstWait = _wait = settings.RestartBackOff;
        _acceptsDelayed = settings.Prices.AcceptDelayed;
        _log = services.Logs.CreateLogger<PriceFeedActor>();
        services.Metrics.WatchMailbox("feed", Self);
        _again = new ActorTimer(services.Time, Self);
        _me = Self;
        Receive<Tick>(OnTick);
        Receive<FeedNote>(OnNote);
        Receive<FeedEnded>(ended =>
        {
            if (ended.Reading != _reading)
                return;
            _state = "ended";
            _log.FeedEnded(feed!.Description);
        });
        Receive<FeedFailed>(failed =>
        {
            if (failed.Reading == _reading)
                OnFailed(failed.Cause);
        });
        Receive<ActorTimer.Rung>(rung =>
        {
            if (_again.IsCurrent(rung))
                Read();
        });
        Receive<Report>(_ => Sender.Tell(Describe()));
    }

    private DateTimeOffset Now => _services.Time.GetUtcNow();

    protected override void PreStart()
    {
        if (_feed is null)
            return;
        _feed.Noted += Hear;
        _services.Metrics.Feed(() => _feed.Statistics);
        Read();
    }

    protected override void PostStop()
    {
        if (_feed is not null)
            _feed.Noted -= Hear;
        _again.Dispose();
        _stop.Cancel();
        _stop.Dispose();
    }

    // On the feed's own thread.
    private void Hear(FeedNote note) => _me.Tell(note, ActorRefs.NoSender);

    private void Read()
    {
        _stop.Cancel();
        _stop.Dispose();
        _stop = new CancellationTokenSource();
        _startedAt = Now;
        _ = ReadAsync(_feed!, ++_reading, Self, _stop.Token);
    }

    private static async Task ReadAsync(IPriceFeed feed, long reading, IActorRef self, CancellationToken stop)
    {
        try
        {
            await foreach (var tick in feed.ReadAsync(stop))
                self.Tell(tick, ActorRefs.NoSender);
            self.Tell(new FeedEnded(reading), ActorRefs.NoSender);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The actor stopped, or reads anew: nobody is left to tell.
        }
        catch (Exception e)
        {
            self.Tell(new FeedFailed(reading, e), ActorRefs.NoSender);
        }
    }

    private void OnTick(Tick tick)
    {
        _ticks++;
        _last = tick;
        if (_failedWith is not null)
        {
            _failedWith = null;
            _log.FeedWorks();
        }

        _state = "gives ticks";
        // One symbol's last trade may be old without the source being late: the source's own word is what is said aloud.
        if (tick.Traits.HasFlag(TickTraits.Delayed))
            _delayed++;
        if (_strategies.TryGetValue(tick.Symbol, out var strategy))
            strategy.Tell(new ArrivedTick(tick, _services.Time.GetTimestamp()));
        else
            _unknownSymbol++;
    }

    private void OnNote(FeedNote note)
    {
        if (_notes.Take(note, Now) is not { } line)
            _log.FeedRepeats(note.Text, note.Kind.ToString());
        else if (note is { Kind: FeedNoteKind.Delayed, IsWarning: true })
            _log.PricesLate(line, _acceptsDelayed ? "entries are made on them all the same (Feed:AcceptDelayedPrices)" : "nothing is entered (Feed:AcceptDelayedPrices would)");
        else if (note.IsWarning)
            _log.FeedWarned(line, note.Kind.ToString());
        else
            _log.FeedSaid(line, note.Kind.ToString());
    }

    private void OnFailed(Exception cause)
    {
        _failures++;
        if (cause is FeedRefusedException refused)
        {
            _state = $"refused: {refused.Message}";
            _log.FeedRefused(refused.Message);
            _services.Notify(new RobotNotice(NoticeKind.FeedStale, null, null, $"The feed is refused, and is not asked again: {refused.Message}. No entries from now on; what is held is still left, then the robot stops", Now));
            var lost = new FeedLost(refused.Message);
            Context.Parent.Tell(lost);
            foreach (var strategy in _strategies.Values)
                strategy.Tell(lost);
            return;
        }

        // What ran for longer than the longest wait has earned a quick second try.
        if (Now - _startedAt > _firstWait * MostWaits)
            _wait = _firstWait;
        var jitter = 1 + (_services.RestartJitter * Random.Shared.NextDouble());
        _again.ArmAt(Now + (_wait * jitter));
        _wait = _wait * 2 < _firstWait * MostWaits ? _wait * 2 : _firstWait * MostWaits;
        _state = $"failed, tried again at {Reports.Time(_again.Due)}: {cause.Message}";
        if (_failedWith == cause.Message)
            _log.FeedFailedAgain(Reports.Time(_again.Due), cause.Message);
        else
            _log.FeedFailed(cause, cause.Message, Reports.Time(_again.Due));
        _failedWith = cause.Message;
    }

    private ActorReport Describe()
    {
        var counts = _feed?.Statistics;
        return Reports.Log(
            _log,
            Self,
            [
                ("feed", _feed?.Description ?? "replay"),
                ("state", _state),
                ("ticks", _ticks),
                ("last tick", _last is { } t ? $"{t.Symbol} {t.Price}" : "-"),
                ("last tick at", Reports.Time(_last?.Time)),
                ("age s", _last is { } l ? Math.Round((Now - l.Time).TotalSeconds, 1) : "-"),
                ("late ticks", _delayed),
                ("unknown symbols", _unknownSymbol),
                ("failures", _failures),
                .. counts is null ? [] : Counts(counts),
                .. _notes.Counts.OrderBy(c => c.Key).Select(c => ($"notes {c.Key}", (object?)c.Value)),
            ]);
    }

    private static (string, object?)[] Counts(FeedStatistics s) =>
    [
        ("given by the source", s.Ticks),
        ("duplicates", s.Duplicates),
        ("out of order", s.OutOfOrder),
        ("malformed", s.Malformed),
        ("drawn together", s.Conflated),
        ("reconnects", s.Reconnects),
        ("messages", s.Messages),
        ("failed requests", s.Failures),
    ];

    private sealed record FeedEnded(long Reading);

    private sealed record FeedFailed(long Reading, Exception Cause);
}
