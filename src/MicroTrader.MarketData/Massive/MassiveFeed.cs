using System.Runtime.CompilerServices;
using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData;

/// <summary>
/// The stream, with polls filling in while it is down. Polled ticks are of the kind <see cref="TickKind.Snapshot"/>, so that they get windows of their own.
/// The polls begin once the stream has been down for a moment, and end when it is back. Disposes of both.
/// </summary>
public sealed class MassiveFeed : IPriceFeed, IAsyncDisposable
{
    /// <summary>How long the stream must be down before polls begin: most losses are over sooner.</summary>
    public static readonly TimeSpan FillAfter = TimeSpan.FromSeconds(2);

    // What two feeds hand over is read at once; this only bounds it.
    private const int BufferTicks = 50_000;

    private readonly MassiveSocketFeed _stream;
    private readonly MassiveRestFeed _polls;
    private readonly TimeProvider _time;
    private readonly FeedCounters _counters = new();
    private int _isRead;

    /// <summary>Makes the feed; nothing is asked for before it is read.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="polls">What fills in.</param>
    /// <param name="time">The clock, for the moment before polls begin.</param>
    public MassiveFeed(MassiveSocketFeed stream, MassiveRestFeed polls, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(polls);
        ArgumentNullException.ThrowIfNull(time);
        _stream = stream;
        _polls = polls;
        _time = time;
        Description = $"{stream.Description}; while it is down: {polls.Description}";
        _stream.Noted += note => Noted?.Invoke(note);
        _polls.Noted += note => Noted?.Invoke(note);
    }

    /// <inheritdoc/>
    public event Action<FeedNote>? Noted;

    /// <inheritdoc/>
    public string Description { get; }

    /// <inheritdoc/>
    public FeedStatistics Statistics
    {
        get
        {
            var (a, b) = (_stream.Statistics, _polls.Statistics);
            return new FeedStatistics
            {
                Ticks = a.Ticks + b.Ticks,
                Duplicates = a.Duplicates + b.Duplicates,
                OutOfOrder = a.OutOfOrder + b.OutOfOrder,
                Malformed = a.Malformed + b.Malformed,
                LeftOut = a.LeftOut + b.LeftOut,
                Conflated = a.Conflated + b.Conflated + _counters.Read().Conflated,
                Reconnects = a.Reconnects + b.Reconnects,
                Messages = a.Messages + b.Messages,
                Failures = a.Failures + b.Failures,
            };
        }
    }

    /// <inheritdoc/>
    /// <remarks>The stream's refusal ends the feed; that of the polls only ends the filling in, and is noted.</remarks>
    /// <exception cref="InvalidOperationException">It is being read already; raised from the enumeration.</exception>
    public async IAsyncEnumerable<Tick> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isRead, 1) != 0)
            throw new InvalidOperationException("this feed is being read already; one reader at a time is allowed");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var buffer = new TickBuffer(BufferTicks, _counters, () => Noted?.Invoke(new FeedNote(
            FeedNoteKind.Conflated, true, $"ticks come faster than they are taken: beyond {BufferTicks} they are drawn together per symbol")));
        using var down = new DownSwitch();
        _stream.UpChanged += down.Set;
        var running = Task.WhenAll(StreamAsync(buffer, stop.Token), FillAsync(buffer, down, stop.Token));
        try
        {
            await foreach (var tick in buffer.ReadAsync(cancellationToken).ConfigureAwait(false))
                yield return tick;
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await running.ConfigureAwait(false);
            _stream.UpChanged -= down.Set;
            Volatile.Write(ref _isRead, 0);
        }
    }

    /// <summary>Ends what is being read, and both feeds.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync().ConfigureAwait(false);
        await _polls.DisposeAsync().ConfigureAwait(false);
    }

    // Never throws: what ends it is raised from the buffer, behind the ticks that came before.
    private async Task StreamAsync(TickBuffer buffer, CancellationToken stop)
    {
        try
        {
            await foreach (var tick in _stream.ReadAsync(stop).ConfigureAwait(false))
                buffer.Add(tick);
            buffer.Complete(null);
        }
        catch (Exception e)
        {
            buffer.Complete(e);
        }
    }

    private async Task FillAsync(TickBuffer buffer, DownSwitch down, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await down.WaitDownAsync(stop).ConfigureAwait(false);
                using var until = CancellationTokenSource.CreateLinkedTokenSource(stop, down.Back);
                try
                {
                    await Task.Delay(FillAfter, _time, until.Token).ConfigureAwait(false);
                    await foreach (var tick in _polls.ReadAsync(until.Token).ConfigureAwait(false))
                        buffer.Add(tick);
                }
                catch (OperationCanceledException) when (!stop.IsCancellationRequested)
                {
                    // The stream is back.
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The reader went away, or the stream ended the feed.
        }
        catch (FeedRefusedException e)
        {
            Noted?.Invoke(new FeedNote(FeedNoteKind.NotInPlan, true, $"nothing fills in while the stream is down: {e.Message}"));
        }
        catch (Exception e)
        {
            buffer.Complete(e);
        }
    }

    /// <summary>Whether the stream is down, to be waited for both ways. It begins down.</summary>
    private sealed class DownSwitch : IDisposable
    {
        private readonly Lock _gate = new();
        private TaskCompletionSource _isDown = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private CancellationTokenSource _back = new();

        public DownSwitch() => _isDown.SetResult();

        /// <summary>Cancelled when the stream is back.</summary>
        public CancellationToken Back
        {
            get
            {
                lock (_gate)
                    return _back.Token;
            }
        }

        public void Set(bool isUp)
        {
            lock (_gate)
            {
                if (isUp)
                {
                    if (!_isDown.Task.IsCompleted)
                        return;
                    _isDown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    // Not here: who is woken must not run under the lock, or on the stream's thread.
                    _ = _back.CancelAsync();
                }
                else if (_isDown.TrySetResult())
                {
                    _back = new CancellationTokenSource();
                }
            }
        }

        public Task WaitDownAsync(CancellationToken stop)
        {
            lock (_gate)
                return _isDown.Task.WaitAsync(stop);
        }

        public void Dispose()
        {
            lock (_gate)
                _back.Dispose();
        }
    }
}
