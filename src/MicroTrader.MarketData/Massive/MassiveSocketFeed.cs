using System.Runtime.CompilerServices;
using MicroTrader.Domain.Calendar;
using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData;

/// <summary>
/// Massive's stream (formerly Polygon.io): trades, aggregates and quotes over a WebSocket. The connection is made anew whenever it is lost, with back-off and
/// jitter, and everything is subscribed to again; the first tick of each symbol and kind after that carries <see cref="TickTraits.AfterGap"/>. The socket is
/// always read: for a slow reader ticks are drawn together (<see cref="MassiveSocketOptions.BufferTicks"/>), so that the server has no reason to hang up.
/// </summary>
public sealed class MassiveSocketFeed : IPriceFeed, IAsyncDisposable
{
    // A connection that held this long was a good one: the next wait is a short one again.
    private static readonly TimeSpan GoodConnection = TimeSpan.FromSeconds(5);

    private readonly MassiveSocketOptions _options;
    private readonly TimeProvider _time;
    private readonly ITradingCalendar _calendar;
    private readonly MassiveSymbols _symbols;
    private readonly FeedCounters _counters = new();
    private readonly KeyRedactor _redactor;
    private readonly CancellationTokenSource _disposed = new();
    private int _isRead;
    private bool _wasRead;
    private bool _isUp;

    /// <summary>Makes the feed; nothing is connected before it is read.</summary>
    /// <param name="options">What to ask for.</param>
    /// <param name="time">The clock, for waits and for the age of ticks.</param>
    /// <param name="calendar">When the market is open: silence is one only then.</param>
    /// <exception cref="ArgumentException">The options are impossible; the message names the first problem.</exception>
    public MassiveSocketFeed(MassiveSocketOptions options, TimeProvider time, ITradingCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(calendar);
        if (options.Problems().FirstOrDefault() is { } problem)
            throw new ArgumentException(problem, nameof(options));
        _options = options;
        _time = time;
        _calendar = calendar;
        _symbols = new MassiveSymbols(options.Symbols);
        _redactor = new KeyRedactor(options.ApiKey);
        Description = $"Massive stream ({options.Url.Host}, {options.Channels}): {string.Join(", ", options.Symbols)}";
    }

    /// <inheritdoc/>
    public event Action<FeedNote>? Noted;

    /// <summary>Raised with true when everything is subscribed to, and with false when the connection is lost.</summary>
    internal event Action<bool>? UpChanged;

    /// <inheritdoc/>
    public string Description { get; }

    /// <inheritdoc/>
    public FeedStatistics Statistics => _counters.Read();

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">It is being read already; raised from the enumeration.</exception>
    public async IAsyncEnumerable<Tick> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isRead, 1) != 0)
            throw new InvalidOperationException("this feed is being read already; one reader at a time is allowed");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token);
        var buffer = new TickBuffer(_options.BufferTicks, _counters, () =>
            Note(FeedNoteKind.Conflated, true, $"ticks come faster than they are taken: beyond {_options.BufferTicks} they are drawn together per symbol"));
        var running = RunAsync(buffer, stop.Token);
        try
        {
            await foreach (var tick in buffer.ReadAsync(stop.Token).ConfigureAwait(false))
                yield return tick;
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await running.ConfigureAwait(false);
            _wasRead = true;
            Volatile.Write(ref _isRead, 0);
        }
    }

    /// <summary>Ends what is being read.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_disposed.IsCancellationRequested)
            await _disposed.CancelAsync().ConfigureAwait(false);
    }

    // Never throws: what ends it is raised from the buffer, behind the ticks that came before.
    private async Task RunAsync(TickBuffer buffer, CancellationToken stop)
    {
        Exception? end = null;
        try
        {
            await ConnectForeverAsync(buffer, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            end = new OperationCanceledException(stop);
        }
        catch (Exception e)
        {
            end = e;
        }
        finally
        {
            Up(false);
        }

        buffer.Complete(end);
    }

    private async Task ConnectForeverAsync(TickBuffer buffer, CancellationToken stop)
    {
        var book = new StreamBook(_symbols, _options);
        if (_wasRead)
            book.Gap();
        var session = new StreamSession(_options, _time, _symbols, book, buffer, _counters, _redactor, Note);
        var failures = 0;
        var isLost = false;
        var wasUp = false;
        while (true)
        {
            using var connection = new StreamConnection(_options, _time, _calendar, session, _redactor);
            var isUp = false;
            var upSince = 0L;
            var lost = await connection.RunAsync(
                () =>
                {
                    isUp = true;
                    upSince = _time.GetTimestamp();
                    if (wasUp)
                    {
                        _counters.Reconnect();
                        Note(FeedNoteKind.Gap, true, $"{_options.Url.Host}: ticks of all symbols may be missing since the stream was lost");
                    }

                    wasUp = true;
                    isLost = false;
                    Note(FeedNoteKind.Connected, false, $"{_options.Url.Host}: connected, {_options.Channels} of {_symbols.Count} symbols");
                    Up(true);
                },
                stop).ConfigureAwait(false);
            Up(false);
            _counters.Failure();
            book.Gap();
            failures = isUp && _time.GetElapsedTime(upSince) >= GoodConnection ? 0 : failures + 1;
            var wait = Wait(failures, lost.IsBusy);
            // Once until it is back: each try of a long outage would be a line otherwise.
            if (!isLost)
                Note(lost.IsBusy ? FeedNoteKind.RateLimited : FeedNoteKind.Disconnected, true, $"{_options.Url.Host}: {(isUp ? "the stream was lost" : "no stream")}: {lost.Reason}; it is tried again");
            isLost = true;
            await Task.Delay(wait, _time, stop).ConfigureAwait(false);
        }
    }

    // Doubling from the first wait to the longest, and anywhere in the upper half of it, so that many clients do not come at once.
    private TimeSpan Wait(int failures, bool isBusy)
    {
        var longest = _options.ReconnectDelay * Math.Pow(2, Math.Clamp(failures - 1, 0, 30));
        if (isBusy || longest > _options.MaxReconnectDelay)
            longest = _options.MaxReconnectDelay;
        return longest * (0.5 + (Random.Shared.NextDouble() / 2));
    }

    private void Up(bool isUp)
    {
        if (_isUp == isUp)
            return;
        _isUp = isUp;
        UpChanged?.Invoke(isUp);
    }

    private void Note(FeedNoteKind kind, bool isWarning, string text) => Noted?.Invoke(new FeedNote(kind, isWarning, _redactor.Clean(text)));
}
