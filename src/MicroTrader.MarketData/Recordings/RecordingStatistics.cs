using System.Collections.Immutable;

namespace MicroTrader.MarketData;

/// <summary>
/// What a recording held, counted while it is read. Any thread may look at it. Of the rows read so far, each is one of: given,
/// left out as suspicious, left out by the symbol filter, malformed.
/// </summary>
public sealed class RecordingStatistics
{
    private readonly Lock _gate = new();
    private readonly int _namesKept;
    private long _filesOpened;
    private long _rowsRead;
    private long _ticksGiven;
    private long _suspiciousRows;
    private long _filteredRows;
    private long _malformedRows;
    private long _outOfOrderRows;
    private long _cutOffFiles;
    private ImmutableArray<string> _named = [];

    internal RecordingStatistics(int files, int skippedFiles, int filteredFiles, int namesKept)
    {
        Files = files;
        SkippedFiles = skippedFiles;
        FilteredFiles = filteredFiles;
        _namesKept = namesKept;
    }

    /// <summary>Files that belong to the recording.</summary>
    public int Files { get; }

    /// <summary>Files of a folder that are no recording of trades (quotes, open interest, read-me files) and were passed over.</summary>
    public int SkippedFiles { get; }

    /// <summary>Files that hold nothing of what the options ask for, and are not read.</summary>
    public int FilteredFiles { get; }

    /// <summary>Files opened so far in this pass.</summary>
    public long FilesOpened => Volatile.Read(ref _filesOpened);

    /// <summary>Rows read so far, without headers and empty lines. One row a file may be read ahead of the ticks given.</summary>
    public long RowsRead => Volatile.Read(ref _rowsRead);

    /// <summary>Ticks given so far.</summary>
    public long TicksGiven => Volatile.Read(ref _ticksGiven);

    /// <summary>Rows that the recording itself marks as suspicious (LEAN's last column); left out.</summary>
    public long SuspiciousRows => Volatile.Read(ref _suspiciousRows);

    /// <summary>Rows of symbols that were not asked for (CSV only); left out.</summary>
    public long FilteredRows => Volatile.Read(ref _filteredRows);

    /// <summary>Rows that could not be understood; left out.</summary>
    public long MalformedRows => Volatile.Read(ref _malformedRows);

    /// <summary>Rows given although their time lies before that of the row above: at the time of the row above (<see cref="RecordingOptions.MaxLateness"/>).</summary>
    public long OutOfOrderRows => Volatile.Read(ref _outOfOrderRows);

    /// <summary>Records that end without their end, as a run leaves them that was killed: read up to their last whole row.</summary>
    public long CutOffFiles => Volatile.Read(ref _cutOffFiles);

    /// <summary>The first malformed rows, each as <c>file:line: what was wrong and what is allowed</c>.</summary>
    public IReadOnlyList<string> NamedMalformedRows
    {
        get
        {
            lock (_gate)
                return _named;
        }
    }

    internal bool WantsNames => _named.Length < _namesKept;

    internal void Reset()
    {
        _filesOpened = _rowsRead = _ticksGiven = _suspiciousRows = _filteredRows = _malformedRows = _outOfOrderRows = _cutOffFiles = 0;
        lock (_gate)
            _named = [];
    }

    internal void FileOpened() => _filesOpened++;

    internal void RowRead() => _rowsRead++;

    internal void TickGiven() => _ticksGiven++;

    internal void Suspicious() => _suspiciousRows++;

    internal void Filtered() => _filteredRows++;

    internal void OutOfOrder() => _outOfOrderRows++;

    internal void CutOff() => _cutOffFiles++;

    internal void Malformed(string? name)
    {
        _malformedRows++;
        if (name is null)
            return;
        lock (_gate)
            _named = _named.Add(name);
    }
}
