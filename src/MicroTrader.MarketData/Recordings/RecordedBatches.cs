using System.Runtime.CompilerServices;

namespace MicroTrader.MarketData;

/// <summary>
/// One pass over a recording, many ticks at a time: the files merged in the order in which their ticks were known, those of the same time in the order of the
/// files. At a moment only the files of that day are open. Not thread-safe.
/// </summary>
public sealed class RecordedBatches : IDisposable
{
    private readonly Recording _recording;
    private readonly RecordingStatistics _statistics;
    private readonly PriorityQueue<Source, MergeKey> _queue = new();
    private readonly long _from;
    private readonly long _to;
    private Source? _source;
    private RecordingException? _failed;
    private bool _ended;

    internal RecordedBatches(Recording recording)
    {
        _recording = recording;
        _statistics = recording.Statistics;
        _from = recording.Options.From?.UtcTicks ?? long.MinValue;
        _to = recording.Options.To?.UtcTicks ?? long.MaxValue;
        // A file waits in the queue under the start of its day and is opened when the merge comes to it.
        var earliest = recording.Earliest;
        for (var i = 0; i < earliest.Count; i++)
            _queue.Enqueue(new Source(i), new MergeKey(earliest[i], i));
    }

    /// <summary>Reads the next ticks.</summary>
    /// <param name="into">Where they go; at least one place.</param>
    /// <returns>How many; 0 at the end.</returns>
    /// <exception cref="RecordingException">A file broke off or could not be read; the ticks before it were given.</exception>
    /// <exception cref="ObjectDisposedException">The recording was disposed.</exception>
    public int Fill(Span<RecordedTick> into)
    {
        ArgumentOutOfRangeException.ThrowIfZero(into.Length);
        ObjectDisposedException.ThrowIf(_recording.IsDisposed, _recording);
        if (_failed is { } failed)
            throw failed;
        var count = 0;
        try
        {
            while (count < into.Length && !_ended && Next() is { } reader)
                Run(reader, into, ref count);
        }
        catch (RecordingException e) when (count > 0)
        {
            // What was read before it is not lost.
            _failed = e;
        }

        return count;
    }

    /// <summary>Ends the pass and closes its files.</summary>
    public void Dispose()
    {
        _ended = true;
        _recording.EndPass();
    }

    // The reader whose tick is next, read but not given yet; null at the end. The one that was given last is read on only now.
    private TickReader? Next()
    {
        if (_source is { Reader: { } last } source)
        {
            _source = null;
            if (last.MoveNext())
                _queue.Enqueue(source, Key(source, last));
            else
                _recording.Close(last);
        }

        while (_queue.TryDequeue(out var next, out _))
        {
            if (next.Reader is { } open)
            {
                _source = next;
                return open;
            }

            next.Reader = _recording.OpenReader(next.File);
            if (next.Reader.MoveNext())
                _queue.Enqueue(next, Key(next, next.Reader));
            else
                _recording.Close(next.Reader);
        }

        _ended = true;
        return null;
    }

    // Runs of one file, the common case, do not touch the queue, and their ticks are read to where they are wanted.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Run(TickReader reader, Span<RecordedTick> into, ref int count)
    {
        var source = _source!;
        var until = _queue.TryPeek(out _, out var next) ? next : new MergeKey(long.MaxValue, int.MaxValue);
        ref var place = ref into[count];
        place = reader.Head;
        while (true)
        {
            var time = reader.CurrentKnownTicks;
            // Nothing that follows, in any file, is earlier.
            if (time >= _to)
            {
                _ended = true;
                return;
            }

            if (time >= _from)
            {
                _statistics.TickGiven();
                if (++count == into.Length)
                    return;
                place = ref into[count];
            }

            _source = null;
            if (!reader.TryRead(out place))
            {
                _recording.Close(reader);
                return;
            }

            _source = source;
            if (until.CompareTo(Key(source, reader)) < 0)
            {
                reader.PutBack(place);
                _source = null;
                _queue.Enqueue(source, Key(source, reader));
                return;
            }
        }
    }

    private static MergeKey Key(Source source, TickReader reader) => new(reader.CurrentKnownTicks, source.File);

    /// <summary>Orders the heads of the files: by time, then by the place of the file.</summary>
    private readonly record struct MergeKey(long UtcTicks, int File) : IComparable<MergeKey>
    {
        public int CompareTo(MergeKey other) => UtcTicks != other.UtcTicks ? UtcTicks.CompareTo(other.UtcTicks) : File.CompareTo(other.File);
    }

    /// <summary>One file in the merge; its reader is null until its time comes.</summary>
    private sealed class Source(int file)
    {
        public int File { get; } = file;

        public TickReader? Reader { get; set; }
    }
}
