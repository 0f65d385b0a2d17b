using System.Runtime.CompilerServices;
using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData;

/// <summary>Reads the ticks of one file, row by row, counting what it leaves out.</summary>
internal abstract class TickReader : IDisposable
{
    private readonly string _path;
    private readonly LineReader _lines;
    private readonly RecordingStatistics _statistics;
    private readonly long _maxLatenessTicks;
    private long _lastUtcTicks;
    private bool _any;
    private RecordedTick _head;

    protected TickReader(string path, LineReader lines, RecordingStatistics statistics, TimeSpan maxLateness)
    {
        _path = path;
        _lines = lines;
        _statistics = statistics;
        _maxLatenessTicks = maxLateness.Ticks;
    }

    /// <summary>What became of one row.</summary>
    protected enum Row
    {
        /// <summary>A tick.</summary>
        Given,

        /// <summary>Marked by the recording itself.</summary>
        Suspicious,

        /// <summary>Of a symbol that was not asked for.</summary>
        Filtered,

        /// <summary>Not understood.</summary>
        Malformed,
    }

    /// <summary>One row as it was read: the parts of a tick that a row can say. Its time is the one at which it was known.</summary>
    protected ref struct Parsed
    {
        public Symbol Symbol;
        public long UtcTicks;
        public Utf8Number Price;
        public Utf8Number Volume;
    }

    /// <summary>The tick that is held because its turn has not come: read by <see cref="MoveNext"/>, or put back.</summary>
    public ref readonly RecordedTick Head => ref _head;

    /// <summary>Bytes that were read so far, unpacked.</summary>
    public long BytesRead => _lines.BytesRead;

    /// <summary>When the tick read last was known (UTC ticks); never goes back.</summary>
    public long CurrentKnownTicks => _lastUtcTicks;

    /// <summary>Reads the next tick and holds it.</summary>
    /// <exception cref="RecordingException">The file could not be read.</exception>
    public bool MoveNext() => TryRead(out _head);

    /// <summary>Holds a tick that was read too early.</summary>
    public void PutBack(in RecordedTick tick) => _head = tick;

    /// <summary>Reads the next tick to where it is wanted, so that it is not copied.</summary>
    /// <exception cref="RecordingException">The file could not be read.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryRead(out RecordedTick tick)
    {
        while (_lines.TryRead(out var line))
        {
            if (line.IsEmpty)
                continue;
            _statistics.RowRead();
            if (_lines.IsTooLong)
            {
                Malformed($"longer than {LineReader.MaxLineBytes} bytes; a row of prices is allowed");
                continue;
            }

            switch (Parse(line, out var row))
            {
                case Row.Given when Accept(ref row):
                    Make(row, out tick);
                    return true;
                case Row.Suspicious:
                    _statistics.Suspicious();
                    break;
                case Row.Filtered:
                    _statistics.Filtered();
                    break;
                case Row.Malformed:
                    Malformed(_statistics.WantsNames ? Explain(line) : null);
                    break;
            }
        }

        if (_lines.WasCutOff)
            _statistics.CutOff();
        tick = default;
        return false;
    }

    public void Dispose() => _lines.Dispose();

    /// <summary>Writes the tick of a row that is given to where it is wanted.</summary>
    protected abstract void Make(in Parsed row, out RecordedTick tick);

    /// <summary>Reads one row, fast and without allocation.</summary>
    protected abstract Row Parse(ReadOnlySpan<byte> line, out Parsed row);

    /// <summary>Says why a row is malformed; slow, for the few that are named.</summary>
    protected abstract string Explain(ReadOnlySpan<byte> line);

    // Time never goes back within a file: a late row was not known before the row above it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Accept(ref Parsed row)
    {
        if (_any && row.UtcTicks < _lastUtcTicks)
        {
            if (_lastUtcTicks - row.UtcTicks > _maxLatenessTicks)
            {
                Malformed(_statistics.WantsNames
                    ? $"time {new DateTime(row.UtcTicks):yyyy-MM-ddTHH:mm:ss.FFFFFFF}Z is {TimeSpan.FromTicks(_lastUtcTicks - row.UtcTicks):c} before the row above; rows in time order are allowed, late by at most {TimeSpan.FromTicks(_maxLatenessTicks):c}"
                    : null);
                return false;
            }

            _statistics.OutOfOrder();
            row.UtcTicks = _lastUtcTicks;
        }

        _any = true;
        _lastUtcTicks = row.UtcTicks;
        return true;
    }

    private void Malformed(string? reason) =>
        _statistics.Malformed(reason is null || !_statistics.WantsNames ? null : $"{_path}:{_lines.LineNumber}: {reason}");
}
