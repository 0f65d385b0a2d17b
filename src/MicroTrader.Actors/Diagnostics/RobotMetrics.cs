using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Akka.Actor;
using MicroTrader.Domain.Gateway;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Risk;
using MicroTrader.Domain.Strategy;
using MicroTrader.MarketData;

namespace MicroTrader.Actors.Diagnostics;

/// <summary>The robot's measurements, under the meter <see cref="MeterName"/>.</summary>
public sealed class RobotMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "MicroTrader";

    /// <summary>From the strategy's decision to the moment its order's body is handed to the transport, in milliseconds.</summary>
    public const string SignalToPost = "microtrader.signal_to_post";

    /// <summary>From the journalled intent to the moment in which it is certain what became of it, in milliseconds.</summary>
    public const string TimeToConfirm = "microtrader.time_to_confirm";

    /// <summary>From a tick's arrival to what its strategy makes of it, the wait in its mailbox included, in milliseconds.</summary>
    public const string TickToDecision = "microtrader.tick_to_decision";

    /// <summary>From asking the journal to write to its answer, in milliseconds.</summary>
    public const string JournalWrite = "microtrader.journal_write";

    /// <summary>Ticks that strategies took in.</summary>
    public const string Ticks = "microtrader.ticks";

    /// <summary>Ticks that were kept out of windows, entries, TP and SL, by code.</summary>
    public const string TicksWithheld = "microtrader.ticks_withheld";

    /// <summary>The age of each symbol's newest price, in seconds.</summary>
    public const string PriceAge = "microtrader.price_age";

    /// <summary>Whether each symbol's newest price is too old by the robot's own rule: 1 or 0, from the start on.</summary>
    public const string PriceStale = "microtrader.price_stale";

    /// <summary>What the feed has counted: ticks, duplicates, reconnects and the like.</summary>
    public const string FeedEvents = "microtrader.feed_events";

    private readonly Meter _meter = new(MeterName);
    private readonly TimeProvider _clock;
    private readonly Counter<long> _ticks;
    private readonly Counter<long> _signals;
    private readonly Counter<long> _outcomes;
    private readonly Counter<long> _denials;
    private readonly Counter<long> _intents;

    // Counted once a tick: an array costs less than an instrument with a tag, which is only looked at when somebody asks.
    private readonly long[] _decisions = new long[Enum.GetValues<EntryCode>().Length];
    private readonly Histogram<double> _signalToPost;
    private readonly Histogram<double> _timeToConfirm;
    private readonly Histogram<double> _tickToDecision;
    private readonly Histogram<double> _journalWrite;
    private readonly ConcurrentDictionary<string, bool> _blocked = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (string Kind, ActorRefWithCell Actor)> _mailboxes = new(StringComparer.Ordinal);
    private Func<DateTimeOffset, IEnumerable<(BrokerEndpoint Endpoint, int Left)>>? _budget;
    private Func<(RiskState State, RiskLimits Limits)>? _risk;
    private readonly Counter<long> _withheld;
    private readonly ConcurrentDictionary<string, DateTimeOffset> _prices = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _stale = new(StringComparer.Ordinal);
    private volatile Func<FeedStatistics?>? _feed;
    private long _reconciledAtTicks;

    /// <summary>Makes the instruments.</summary>
    /// <param name="time">The clock of what is told as an age; the system's by default.</param>
    public RobotMetrics(TimeProvider? time = null)
    {
        _clock = time ?? TimeProvider.System;
        _ticks = _meter.CreateCounter<long>(Ticks, "{tick}", "Ticks that strategies took in");
        _withheld = _meter.CreateCounter<long>(TicksWithheld, "{tick}", "Ticks that were kept out of windows, entries, TP and SL, by code");
        _meter.CreateObservableGauge(PriceAge, PriceAges, "s", "Since the stamp of a symbol's newest price; nothing before the first");
        _meter.CreateObservableGauge(PriceStale, Stales, "{symbol}", "1 while a symbol's newest price is too old, or none came in time; 0 while it is not, and while the market is shut");
        _meter.CreateObservableCounter(FeedEvents, FeedCounts, "{event}", "What the feed has counted, by what");
        _signals = _meter.CreateCounter<long>("microtrader.signals", "{signal}", "Entry signals");
        _outcomes = _meter.CreateCounter<long>("microtrader.order_outcomes", "{order}", "Orders by outcome");
        _denials = _meter.CreateCounter<long>("microtrader.entry_denials", "{entry}", "Entries that risk denied, by code");
        _meter.CreateObservableCounter("microtrader.decisions", Decisions, "{tick}", "Ticks by the strategy's answer: enter, or the leading reason against it");
        _intents = _meter.CreateCounter<long>("microtrader.intents", "{order}", "Orders that were intended, by side");
        _timeToConfirm = _meter.CreateHistogram<double>(TimeToConfirm, "ms", "From the journalled intent to a certain outcome; lost: whether the first answer told nothing");
        _meter.CreateObservableGauge("microtrader.blocked_symbols", () => _blocked.Count, "{symbol}", "Symbols that need the person");
        _meter.CreateObservableGauge("microtrader.needs_you", NeedsYou, "{question}", "What needs the person: symbols, and the account where another program trades it");
        _meter.CreateObservableGauge("microtrader.reconciliation_age", Age, "s", "Since journal and broker were last compared in full; nothing before the first time");
        _tickToDecision = _meter.CreateHistogram<double>(TickToDecision, "ms", "From a tick's arrival to what its strategy makes of it");
        _journalWrite = _meter.CreateHistogram<double>(JournalWrite, "ms", "From asking the journal to write to its answer");
        _meter.CreateObservableGauge("microtrader.rate_budget_left", BudgetLeft, "{request}", "Requests that the broker's limits still allow, by endpoint");
        _meter.CreateObservableGauge("microtrader.mailbox_depth", Depths, "{message}", "Messages that wait, by kind of actor");
        _meter.CreateObservableGauge("microtrader.open_positions", OpenPositions, "{position}", "Positions that are not CLOSED");
        _meter.CreateObservableGauge("microtrader.day_pnl", DayPnl, null, "The day's gain or loss, what is open included, in the account's currency; nothing where it is not known");
        _meter.CreateObservableGauge("microtrader.trading_state", TradingStates, null, "1 for what the robot may do, 0 for the other states");
        _signalToPost = _meter.CreateHistogram<double>(SignalToPost, "ms", "From the strategy's decision to the hand-over of the order's body");
    }

    /// <summary>Counts a tick.</summary>
    public void Tick() => _ticks.Add(1);

    /// <summary>Counts the strategy's answer to a tick.</summary>
    public void Decision(EntryCode code) => Interlocked.Increment(ref _decisions[(int)code]);

    /// <summary>Counts a tick that is withheld.</summary>
    /// <param name="code">Why.</param>
    public void Withheld(string code) => _withheld.Add(1, new KeyValuePair<string, object?>("code", code));

    /// <summary>Notes the newest price of a symbol.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <param name="at">The price's stamp.</param>
    public void Priced(string symbol, DateTimeOffset at) => _prices[symbol] = at;

    /// <summary>Notes whether a symbol's prices are stale.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <param name="isStale">Whether they are.</param>
    public void Stale(string symbol, bool isStale) => _stale[symbol] = isStale;

    /// <summary>Says where the feed's own counts are.</summary>
    /// <param name="statistics">Reads them; may be called from any thread.</param>
    public void Feed(Func<FeedStatistics?> statistics) => _feed = statistics;

    /// <summary>Counts an entry signal.</summary>
    public void Signal() => _signals.Add(1);

    /// <summary>Counts an intent.</summary>
    public void Intended(OrderSide side) => _intents.Add(1, new KeyValuePair<string, object?>("side", side == OrderSide.Buy ? "buy" : "sell"));

    /// <summary>Measures how long it took to be certain of an order.</summary>
    /// <param name="elapsed">From the intent on.</param>
    /// <param name="lost">Whether its answer told nothing, so that evidence had to.</param>
    public void Confirmed(TimeSpan elapsed, bool lost) => _timeToConfirm.Record(elapsed.TotalMilliseconds, new KeyValuePair<string, object?>("lost", lost));

    /// <summary>Notes whether a symbol needs the person.</summary>
    public void Blocked(string symbol, bool isBlocked)
    {
        if (isBlocked)
            _blocked[symbol] = true;
        else
            _blocked.TryRemove(symbol, out _);
    }

    /// <summary>Notes when journal and broker were compared in full.</summary>
    public void Reconciled(DateTimeOffset at) => Interlocked.Exchange(ref _reconciledAtTicks, at.UtcTicks);

    /// <summary>When journal and broker were last compared in full; null before the first time.</summary>
    public DateTimeOffset? ReconciledAt => Interlocked.Read(ref _reconciledAtTicks) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>How long ago that was; null before the first time.</summary>
    public TimeSpan? ReconciliationAge => ReconciledAt is { } at ? _clock.GetUtcNow() - at : null;

    /// <summary>Whether an instrument is one of these: in a process with several robots their instruments have the same names.</summary>
    internal bool Owns(Instrument instrument) => ReferenceEquals(instrument.Meter, _meter);

    /// <summary>Counts an order's outcome.</summary>
    public void Outcome(string outcome) => _outcomes.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>Counts a denial.</summary>
    public void Denial(string code) => _denials.Add(1, new KeyValuePair<string, object?>("code", code));

    /// <summary>Measures a way from signal to POST.</summary>
    public void SignalPosted(TimeSpan elapsed) => _signalToPost.Record(elapsed.TotalMilliseconds);

    /// <summary>Measures a way from tick to decision.</summary>
    internal void Decided(TimeSpan elapsed) => _tickToDecision.Record(elapsed.TotalMilliseconds);

    /// <summary>Measures a write to the journal.</summary>
    internal void Journalled(TimeSpan elapsed) => _journalWrite.Record(elapsed.TotalMilliseconds);

    /// <summary>Has an actor's mailbox counted at each look; one of the same path takes the place of the one before.</summary>
    internal void WatchMailbox(string kind, IActorRef actor)
    {
        if (actor is ActorRefWithCell local)
            _mailboxes[local.Path.ToStringWithoutAddress()] = (kind, local);
    }

    /// <summary>Says who knows the rate budget; it is asked at each look, on another thread.</summary>
    internal void WatchBudget(Func<DateTimeOffset, IEnumerable<(BrokerEndpoint Endpoint, int Left)>> budget) => Volatile.Write(ref _budget, budget);

    /// <summary>Says who knows how risk stands; it is asked at each look, on another thread.</summary>
    internal void WatchRisk(Func<(RiskState State, RiskLimits Limits)> risk) => Volatile.Write(ref _risk, risk);

    private IEnumerable<Measurement<int>> BudgetLeft() =>
        Volatile.Read(ref _budget)?.Invoke(_clock.GetUtcNow()).Select(b => new Measurement<int>(b.Left, Tag("endpoint", b.Endpoint.ToString()))) ?? [];

    private IEnumerable<Measurement<int>> Depths() => _mailboxes.Values
        .Where(m => !m.Actor.IsTerminated)
        .GroupBy(m => m.Kind)
        .Select(kind => new Measurement<int>(kind.Sum(m => m.Actor.Underlying.NumberOfMessages), Tag("actor", kind.Key)));

    private int NeedsYou() => _blocked.Count + (Volatile.Read(ref _risk)?.Invoke().State.Shared is null ? 0 : 1);

    private IEnumerable<Measurement<int>> OpenPositions() =>
        Volatile.Read(ref _risk)?.Invoke() is { } risk ? [new(risk.State.Exposures.Values.Count(e => e.LeaseUntil is null))] : [];

    private IEnumerable<Measurement<double>> DayPnl() =>
        Volatile.Read(ref _risk)?.Invoke() is { } risk && risk.State.DayPnl(risk.Limits) is { } pnl ? [new((double)pnl, Tag("currency", risk.Limits.AccountCurrency ?? "-"))] : [];

    private IEnumerable<Measurement<int>> TradingStates() => Volatile.Read(ref _risk)?.Invoke() is { } risk
        ? Enum.GetValues<TradingState>().Select(s => new Measurement<int>(s == risk.State.TradingState ? 1 : 0, Tag("state", s.ToString())))
        : [];

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);

    private IEnumerable<Measurement<long>> Decisions() => Enum.GetValues<EntryCode>()
        .Select(c => new Measurement<long>(Interlocked.Read(ref _decisions[(int)c]), new KeyValuePair<string, object?>("code", c.ToString())))
        .Where(m => m.Value > 0);

    private IEnumerable<Measurement<long>> FeedCounts()
    {
        if (_feed?.Invoke() is not { } s)
            return [];
        return
        [
            Of("ticks", s.Ticks), Of("duplicates", s.Duplicates), Of("out_of_order", s.OutOfOrder), Of("malformed", s.Malformed),
            Of("conflated", s.Conflated), Of("reconnects", s.Reconnects), Of("messages", s.Messages), Of("failures", s.Failures),
        ];

        static Measurement<long> Of(string what, long count) => new(count, new KeyValuePair<string, object?>("what", what));
    }

    private IEnumerable<Measurement<double>> PriceAges()
    {
        var now = _clock.GetUtcNow();
        return _prices.Select(p => new Measurement<double>((now - p.Value).TotalSeconds, new KeyValuePair<string, object?>("symbol", p.Key)));
    }

    private IEnumerable<Measurement<int>> Stales() => _stale.Select(s => new Measurement<int>(s.Value ? 1 : 0, new KeyValuePair<string, object?>("symbol", s.Key)));

    private IEnumerable<Measurement<double>> Age() => ReconciliationAge is { } age ? [new(age.TotalSeconds)] : [];

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
