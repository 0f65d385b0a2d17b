using System.Runtime.CompilerServices;
using MicroTrader.Backtest.Model;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Risk;
using MicroTrader.MarketData;

namespace MicroTrader.Backtest;

/// <summary>
/// One backtest: it is shown the ticks of a recording, in their order, and trades on them as the robot would. Its memory does not grow with the ticks, only with
/// the trades. Not thread-safe.
/// </summary>
public sealed class BacktestRun
{
    // As a replay, which stands a second before its first tick while the robot starts.
    private static readonly TimeSpan BeforeFirst = TimeSpan.FromSeconds(1);

    private readonly BacktestSettings _settings;
    private readonly List<BacktestTrade> _trades = [];
    private Robot? _robot;
    private decimal _realised;
    private readonly List<RecordedDay> _days = [];
    private RecordedDay? _day;
    private long _dayEnd = long.MinValue;
    private DateTimeOffset? _first;
    private long _lastTicks;
    private bool _finished;

    /// <summary>Makes a backtest that has seen no tick.</summary>
    /// <param name="settings">What it is set to.</param>
    public BacktestRun(BacktestSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _settings = settings;
    }

    /// <summary>Is told of each trade when it is over; null for nobody.</summary>
    public Action<BacktestTrade>? OnTrade { get; init; }

    /// <summary>Ticks that were shown.</summary>
    public long Ticks { get; private set; }

    /// <summary>Trades that are over, entries that came to nothing included.</summary>
    public int Trades => _trades.Count;

    /// <summary>When the newest tick was known; null before the first.</summary>
    public DateTimeOffset? At => _first is null ? null : Last;

    private DateTimeOffset Last => new(_lastTicks, TimeSpan.Zero);

    /// <summary>Takes the next tick in.</summary>
    /// <param name="recorded">The tick and when it was known.</param>
    /// <exception cref="InvalidOperationException">The backtest was finished.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnTick(in RecordedTick recorded)
    {
        var robot = _robot ?? Start(recorded.KnownAt);
        var time = recorded.KnownUtcTicks;
        if (time >= _dayEnd)
            BeginDay(recorded.KnownAt);
        Ticks++;
        _lastTicks = time;
        robot.OnTick(recorded.TickInPlace, recorded.KnownAt);
    }

    /// <summary>Ends it: alarms go on until what is held can have been left.</summary>
    /// <param name="completed">Whether the recording was shown to its end.</param>
    public BacktestResult Finish(bool completed)
    {
        if (_robot is { } robot && !_finished)
            robot.RingUntil((Last + _settings.Tail).UtcTicks);
        _finished = true;
        var books = _robot?.Books ?? [];
        return new BacktestResult
        {
            Settings = _settings,
            Completed = completed,
            Ticks = Ticks,
            FirstTick = _first,
            LastTick = At,
            Trades = _trades,
            Open = [.. books.Where(b => b.State.Status != PositionStatus.Closed).Select(b => b.State.Symbol.Value).Order(StringComparer.Ordinal)],
            Denials = (_robot?.Risk.Denials ?? new SortedDictionary<DenialCode, long>()).ToDictionary(d => d.Key.ToString(), d => d.Value),
            Unsized = _robot?.Unsized ?? [],
            Decisions = books.SelectMany(b => b.Judge.Counts).GroupBy(c => c.Key).OrderBy(g => g.Key).ToDictionary(g => g.Key.ToString(), g => g.Sum(c => c.Value)),
            Withheld = books.SelectMany(b => b.Withheld.Counts).GroupBy(c => c.Key).OrderBy(g => g.Key).ToDictionary(g => g.Key.ToString(), g => g.Sum(c => c.Value)),
            Signals = books.Sum(b => b.Judge.Signals),
            Symbols = [.. books.Select(b => b.Symbol.Value).Order(StringComparer.Ordinal)],
            Days = [.. _days, .. _day is { } day ? [day with { Last = Last }] : Array.Empty<RecordedDay>()],
            Prices = books.ToDictionary(b => b.Symbol.Value, b => b.Prices.Points),
        };
    }

    private Robot Start(DateTimeOffset first)
    {
        if (_finished)
            throw new InvalidOperationException("this backtest is finished; a new one begins anew");
        _first = first;
        _robot = new Robot(_settings, first - BeforeFirst) { OnTradeEnded = Ended };
        return _robot;
    }

    private void BeginDay(DateTimeOffset first)
    {
        if (_day is { } day)
            _days.Add(day with { Last = Last });
        _day = new RecordedDay(RiskDay.Of(first), first, first);
        _dayEnd = RiskDay.NextAfter(first).UtcTicks;
    }

    private void Ended(PositionBook book)
    {
        var counted = _robot!.Risk.Realised - _realised;
        _realised = _robot.Risk.Realised;
        var trade = BacktestTrade.From(book.State, counted);
        _trades.Add(trade);
        OnTrade?.Invoke(trade);
    }
}
