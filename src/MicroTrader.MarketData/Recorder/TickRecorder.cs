using System.IO.Compression;
using System.Text;
using System.Threading.Channels;
using MicroTrader.Domain.Calendar;
using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData;

/// <summary>
/// Writes ticks to disk with all that decisions depend on, so that <see cref="Recording"/> gives the identical sequence again: CSV in gzip, a new file a run
/// and a day (New York's), never one that is there. Flushed at intervals, so that a crash loses little. Nobody waits for the disk: a disk that fails ends the
/// recording, is said once, and what is lost is counted.
/// </summary>
public sealed class TickRecorder : IAsyncDisposable
{
    private readonly TickRecorderOptions _options;
    private readonly TimeProvider _time;
    private readonly Channel<RecordedTick> _queue;
    private readonly Lock _gate = new();
    private readonly byte[] _line = new byte[TickLine.MaxBytes];
    private readonly Task _writing;
    private DateTimeOffset _lastReceived;
    private FileStream? _file;
    private GZipStream? _gzip;
    private DateOnly _day;
    private long _flushed;
    private int _unflushed;
    private bool _lossSaid;
    private volatile bool _isBroken;
    private string? _path;
    private long _written;
    private long _lost;

    /// <summary>Makes the recorder; the first file is made with the first tick.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="time">The clock: when a tick came, and when to flush.</param>
    /// <exception cref="ArgumentException">The options are impossible; the message names the first problem.</exception>
    public TickRecorder(TickRecorderOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        if (options.Problems().FirstOrDefault() is { } problem)
            throw new ArgumentException(problem, nameof(options));
        _options = options;
        _time = time;
        _queue = Channel.CreateBounded<RecordedTick>(new BoundedChannelOptions(options.QueueTicks) { SingleReader = true });
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>Raised once when the recording is broken off, and once when ticks are lost to a slow disk; on the recorder's own thread or the feed's.</summary>
    public event Action<FeedNote>? Noted;

    /// <summary>The file that is being written, or was last; null before the first tick.</summary>
    public string? CurrentPath => Volatile.Read(ref _path);

    /// <summary>Ticks that were written; the newest of them may wait for a flush.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>Ticks that are not in the record: the disk failed, or was too slow.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Whether the recording was broken off.</summary>
    public bool IsBroken => _isBroken;

    /// <summary>Takes a tick. Never waits, never throws for the disk's sake; safe from any thread.</summary>
    public void Record(in Tick tick)
    {
        bool isTaken;
        lock (_gate)
        {
            // A wall clock may be set back; the order in which ticks came may not.
            var now = _time.GetUtcNow();
            _lastReceived = now > _lastReceived ? now : _lastReceived;
            isTaken = !_isBroken && _queue.Writer.TryWrite(new RecordedTick(_lastReceived, tick));
        }

        if (isTaken)
            return;
        Interlocked.Increment(ref _lost);
        if (_isBroken || _lossSaid)
            return;
        _lossSaid = true;
        Noted?.Invoke(new FeedNote(FeedNoteKind.Recording, true, $"{_options.Folder}: the disk is slower than the ticks: the record has gaps from here on"));
    }

    /// <summary>Writes what waits, ends the file and closes it.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _writing.ConfigureAwait(false);
    }

    private async Task WriteAsync()
    {
        Task<bool>? more = null;
        while (true)
        {
            Guard(WriteWaiting);
            var since = _time.GetElapsedTime(_flushed);
            if (_unflushed > 0 && since >= _options.FlushEvery)
            {
                Guard(Flush);
                continue;
            }

            more ??= _queue.Reader.WaitToReadAsync().AsTask();
            if (_unflushed > 0 && !more.IsCompleted)
            {
                using var enough = new CancellationTokenSource();
                var flush = Task.Delay(_options.FlushEvery - since, _time, enough.Token);
                await Task.WhenAny(more, flush).ConfigureAwait(false);
                await enough.CancelAsync().ConfigureAwait(false);
                if (!more.IsCompleted)
                    continue;
            }

            if (!await more.ConfigureAwait(false))
                break;
            more = null;
        }

        Guard(Close);
    }

    private void WriteWaiting()
    {
        while (_queue.Reader.TryRead(out var recorded))
        {
            // Counted first: the one at which the disk fails is lost too.
            Interlocked.Increment(ref _lost);
            if (_isBroken)
                continue;
            Write(recorded);
            Interlocked.Decrement(ref _lost);
        }
    }

    private void Write(in RecordedTick recorded)
    {
        var day = NewYorkTime.DayOf(recorded.KnownAt);
        if (_gzip is null || day != _day)
        {
            Close();
            Open(recorded.KnownAt);
            _day = day;
        }

        var length = TickLine.Write(_line, recorded.Tick, recorded.KnownAt);
        _gzip!.Write(_line, 0, length);
        _unflushed++;
        Interlocked.Increment(ref _written);
    }

    private void Open(DateTimeOffset first)
    {
        Directory.CreateDirectory(_options.Folder);
        for (var n = 1; ; n++)
        {
            var path = Path.Combine(_options.Folder, FormattableString.Invariant($"ticks-{first.UtcDateTime:yyyyMMdd-HHmmss}Z{(n == 1 ? "" : $"-{n}")}.csv.gz"));
            if (File.Exists(path))
                continue;
            _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
            _gzip = new GZipStream(_file, CompressionLevel.Fastest);
            _gzip.Write(Encoding.ASCII.GetBytes(CsvColumns.RecordHeader + "\n"));
            Volatile.Write(ref _path, path);
            // So that a file with a header is there, whatever happens to the rest.
            Flush();
            return;
        }
    }

    // A sync flush of the gzip: all that was written can be inflated from what is on disk.
    private void Flush()
    {
        _gzip?.Flush();
        _file?.Flush();
        _flushed = _time.GetTimestamp();
        _unflushed = 0;
    }

    private void Close()
    {
        _gzip?.Dispose();
        _file?.Dispose();
        _gzip = null;
        _file = null;
        _unflushed = 0;
    }

    // A disk that fails must not stop trading: the record ends here, once and aloud.
    private void Guard(Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            _isBroken = true;
            Interlocked.Add(ref _lost, _unflushed);
            Interlocked.Add(ref _written, -_unflushed);
            Noted?.Invoke(new FeedNote(FeedNoteKind.Recording, true, $"{CurrentPath ?? _options.Folder}: ticks are no longer recorded: {e.Message}; trading goes on"));
            Abandon();
        }
    }

    private void Abandon()
    {
        var file = _file;
        _gzip = null;
        _file = null;
        _unflushed = 0;
        try
        {
            // Not through the gzip: it would try to write its end.
            file?.Dispose();
        }
        catch (IOException)
        {
            // What was still in its buffer fails once more; that it fails was said.
        }
    }
}
