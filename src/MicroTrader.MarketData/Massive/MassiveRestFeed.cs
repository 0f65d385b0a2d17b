using System.Globalization;
using System.Runtime.CompilerServices;
using MicroTrader.Domain.Calendar;
using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData;

/// <summary>
/// Polls Massive's snapshot (formerly Polygon.io) at a fixed cadence, all symbols in one request, never two at a time. The price is the last trade's, else the
/// last minute's close, else the middle of the quote (<see cref="Tick.Basis"/> says which), at the stamp that it has there. While the market is closed it
/// rests, but for one first poll whatever the hour: a key that is refused is known at once.
/// </summary>
public sealed class MassiveRestFeed : IPriceFeed, IAsyncDisposable
{
    private readonly MassiveRestOptions _options;
    private readonly TimeProvider _time;
    private readonly MassiveSymbols _symbols;
    private readonly MassiveHttp _http;
    private readonly MarketRest _rest;
    private readonly FeedCounters _counters = new();
    private readonly KeyRedactor _redactor;
    private readonly CancellationTokenSource _disposed = new();
    private readonly string _query;
    private readonly SnapshotRow[] _rows;
    private readonly SnapshotBook _book;
    private readonly List<Tick> _ticks = [];
    private int _isRead;
    private int _failures;
    private bool _isFailing;
    private bool _isBusy;
    private bool _wasHeard;
    private DateTimeOffset _notBefore;

    /// <summary>Makes the feed; nothing is asked for before it is read.</summary>
    /// <param name="options">What to ask for.</param>
    /// <param name="time">The clock, for polls and waits.</param>
    /// <param name="calendar">When the market is open; corrected by what the source says of days to come.</param>
    /// <exception cref="ArgumentException">The options are impossible; the message names the first problem.</exception>
    public MassiveRestFeed(MassiveRestOptions options, TimeProvider time, ITradingCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(calendar);
        if (options.Problems().FirstOrDefault() is { } problem)
            throw new ArgumentException(problem, nameof(options));
        _options = options;
        _time = time;
        _symbols = new MassiveSymbols(options.Symbols);
        _rows = new SnapshotRow[_symbols.Count];
        _redactor = new KeyRedactor(options.ApiKey);
        _http = new MassiveHttp(options, time);
        _rest = new MarketRest(options, time, calendar, new MassiveMarket(options, time), Note);
        _query = $"{options.SnapshotPath}?tickers={string.Join(',', options.Symbols.Select(s => Uri.EscapeDataString(s.Value)))}";
        _book = new SnapshotBook(_symbols, options, _counters, note => Noted?.Invoke(note));
        Description = string.Create(CultureInfo.InvariantCulture, $"Massive snapshot ({options.BaseUrl.Host}, every {options.Interval.TotalSeconds} s): {string.Join(", ", options.Symbols)}");
    }

    /// <inheritdoc/>
    public event Action<FeedNote>? Noted;

    /// <inheritdoc/>
    public string Description { get; }

    /// <summary>Whether somebody reads it: only then does it poll.</summary>
    public bool IsBeingRead => Volatile.Read(ref _isRead) != 0;

    /// <inheritdoc/>
    public FeedStatistics Statistics => _counters.Read();

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">It is being read already; raised from the enumeration.</exception>
    public async IAsyncEnumerable<Tick> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isRead, 1) != 0)
            throw new InvalidOperationException("this feed is being read already; one reader at a time is allowed");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token);
        try
        {
            // What was read before the reader went away is a while ago: the first tick of each symbol says so.
            _book.Missed();
            var due = _time.GetUtcNow();
            while (true)
            {
                _ticks.Clear();
                await PollAsync(stop.Token).ConfigureAwait(false);
                foreach (var tick in _ticks)
                {
                    stop.Token.ThrowIfCancellationRequested();
                    yield return tick;
                }

                due = await NextAsync(due, stop.Token).ConfigureAwait(false);
            }
        }
        finally
        {
            Volatile.Write(ref _isRead, 0);
        }
    }

    /// <summary>Ends what is being read and closes its connections.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed.IsCancellationRequested)
            return;
        await _disposed.CancelAsync().ConfigureAwait(false);
        _http.Dispose();
        _rest.Dispose();
    }

    // The cadence is fixed from the first poll: a late one shifts nothing, and places that have passed are left out, not made up for.
    private async Task<DateTimeOffset> NextAsync(DateTimeOffset due, CancellationToken stop)
    {
        var now = _time.GetUtcNow();
        if (now < due)
        {
            // The clock was set back: the cadence begins anew from here.
            due = now;
        }

        var earliest = _notBefore > now ? _notBefore : now;
        var places = Math.Max(1, (long)Math.Ceiling((earliest - due) / _options.Interval));
        if (places > 1)
            _book.Missed();
        due += places * _options.Interval;
        await Task.Delay(due - now, _time, stop).ConfigureAwait(false);
        if (await _rest.WaitForOpenAsync(stop).ConfigureAwait(false))
        {
            _book.Missed();
            due = _time.GetUtcNow();
        }

        return due;
    }

    private async Task PollAsync(CancellationToken stop)
    {
        var answer = await _http.GetAsync(_query, stop).ConfigureAwait(false);
        _counters.Message();
        switch (answer.Outcome)
        {
            case MassiveOutcome.Ok:
                Take(answer.Body.Span);
                break;
            case MassiveOutcome.Refused:
                throw Refusal(answer.Status);
            case MassiveOutcome.Busy:
                // Without a wait of its own it gets one interval more.
                var wait = answer.RetryAfter ?? _options.Interval;
                _notBefore = _time.GetUtcNow() + wait;
                _counters.Failure();
                _book.Missed();
                if (!_isBusy)
                    Note(FeedNoteKind.RateLimited, true, $"{_options.BaseUrl.Host}: {answer.Text}; nothing is asked for {wait:c}");
                _isBusy = true;
                break;
            default:
                Failed(answer.Status == 404 ? "it answers 404: is POLYGON_SNAPSHOT_PATH right?" : answer.Text);
                break;
        }
    }

    private void Take(ReadOnlySpan<byte> body)
    {
        if (!SnapshotParser.TryRead(body, _symbols, _rows, out var status, out var problem))
        {
            _counters.Malformed();
            Failed(problem);
            return;
        }

        if (status == "NOT_AUTHORIZED")
            throw Refusal(403);
        if (status is not ("OK" or "DELAYED" or ""))
        {
            Failed($"it says '{status}'");
            return;
        }

        if (_isFailing || _isBusy || !_wasHeard)
            Note(FeedNoteKind.Connected, false, $"{_options.BaseUrl.Host}: the snapshot {(_wasHeard ? "is answered again" : "is answered")}");
        _failures = 0;
        _isFailing = false;
        _isBusy = false;
        _wasHeard = true;
        var now = _time.GetUtcNow();
        _book.Take(_rows, status == "DELAYED", _rest.IsOpen(now), now, _ticks);
    }

    private void Failed(string why)
    {
        _counters.Failure();
        _book.Missed();
        if (++_failures < _options.FailuresBeforeNote || _isFailing)
            return;
        _isFailing = true;
        Note(FeedNoteKind.Disconnected, true, $"{_options.BaseUrl.Host}: {_failures} polls in a row failed, the last one: {why}; it is tried again every {_options.Interval:c}");
    }

    private FeedRefusedException Refusal(int status) => new(status == 401
        ? $"POLYGON_API_KEY: {_options.BaseUrl.Host} does not accept the key (401); the key of an active account is needed"
        : $"POLYGON_API_KEY: the plan of this key has no snapshot of stocks on {_options.BaseUrl.Host} ({status}); a plan that has it is needed");

    private void Note(FeedNoteKind kind, bool isWarning, string text) => Noted?.Invoke(new FeedNote(kind, isWarning, _redactor.Clean(text)));
}
