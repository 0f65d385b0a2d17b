using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData;

/// <summary>
/// Recorded ticks on disk: LEAN's zips of US equity trades and bars, and CSV files. Read as a stream, merged in time order over
/// days and symbols, with a memory that does not grow with the files: at a moment only the files of that day are open.
/// </summary>
public sealed class Recording : IDisposable
{
    private readonly IReadOnlyList<RecordedFile> _files;
    private readonly RecordingOptions _options;
    private readonly Dictionary<TickReader, RecordedFile> _open = [];
    private readonly long _bytes;
    private long _bytesClosed;
    private IReadOnlyList<TickKind>? _kinds;
    private bool _reading;
    private bool _disposed;

    private Recording(IReadOnlyList<RecordedFile> files, RecordingOptions options, RecordingStatistics statistics)
    {
        _files = files;
        _options = options;
        Statistics = statistics;
        _bytes = files.Sum(f => f.Bytes);
    }

    /// <summary>How much of the files was read in this pass, 0 to 1, by their size; an estimate. For whoever reads the ticks: not thread-safe.</summary>
    public double Fraction
    {
        get
        {
            double read = _bytesClosed;
            foreach (var (reader, file) in _open)
                read += file.BytesOf(reader.BytesRead);
            return _bytes == 0 ? 1 : Math.Min(read / _bytes, 1);
        }
    }

    /// <summary>What was read so far; each pass begins it anew.</summary>
    public RecordingStatistics Statistics { get; }

    /// <summary>The files that are read, in the order that decides between ticks of the same time.</summary>
    public IReadOnlyList<string> Files => [.. _files.Select(f => f.Path)];

    /// <summary>The kinds of tick that the files hold. A record of live ticks may hold several, and is read through once to know.</summary>
    /// <exception cref="RecordingException">A record could not be read.</exception>
    public IReadOnlyList<TickKind> Kinds => _kinds ??= [.. _files.SelectMany(f => f.FindKinds()).Where(k => _options.Kinds.Count == 0 || _options.Kinds.Contains(k)).Distinct().Order()];

    /// <summary>Whether every file is a record of live ticks (<see cref="TickRecorder"/>): only those say what each row is, so that kinds may be mixed.</summary>
    public bool IsRecord => _files.All(f => f.Kind is null);

    /// <summary>Finds the files and checks that each can be one of a recording; the rows are not read yet.</summary>
    /// <param name="paths">
    /// LEAN zips (<c>.../tick/spy/20131007_trade.zip</c>), CSV files (<c>.csv</c>, <c>.csv.gz</c>, header
    /// <c>time,symbol,price,volume</c>), the files of a <see cref="TickRecorder"/>, and folders, which are searched through.
    /// </param>
    /// <param name="options">What to read of them; null for everything.</param>
    /// <exception cref="RecordingException">A path is missing, empty or no recording, or nothing of what was asked for is there.</exception>
    /// <exception cref="ArgumentException">The options are impossible.</exception>
    public static Recording Open(IReadOnlyList<string> paths, RecordingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        options ??= new RecordingOptions();
        if (options.Problems().FirstOrDefault() is { } problem)
            throw new ArgumentException(problem, nameof(options));
        var scan = RecordingScan.Of(paths);
        var files = scan.Files.Where(f => IsWanted(f, options)).ToList();
        if (files.Count == 0)
        {
            var symbols = string.Join(", ", scan.Files.Select(f => f.OnlySymbol?.Value).OfType<string>().Distinct().Order(StringComparer.Ordinal));
            throw new RecordingException($"{string.Join(", ", paths)}: holds nothing of the symbols ({Names(options.Symbols)}) and kinds ({Names(options.Kinds)}) asked for; it has {string.Join(", ", scan.Files.Select(f => f.Kind).OfType<TickKind>().Distinct().Order())} of {(symbols.Length == 0 ? "unnamed symbols" : symbols)}");
        }

        var statistics = new RecordingStatistics(files.Count, scan.Skipped, scan.Files.Count - files.Count, options.NamedMalformedRows);
        return new Recording(files, options, statistics);
    }

    /// <summary>
    /// The symbols that a pass would meet, in alphabetical order: from the names of LEAN files; CSV files are read through once
    /// for it, which counts nothing in <see cref="Statistics"/>.
    /// </summary>
    /// <exception cref="RecordingException">A CSV could not be read.</exception>
    public IReadOnlyList<Symbol> FindSymbols()
    {
        var symbols = new HashSet<Symbol>();
        foreach (var file in _files)
            symbols.UnionWith(file.FindSymbols());
        if (_options.Symbols.Count > 0)
            symbols.IntersectWith(_options.Symbols);
        return [.. symbols.OrderBy(s => s.Value, StringComparer.Ordinal)];
    }

    /// <summary>
    /// Reads the ticks in time order over all files; ticks of the same time come in the order of <see cref="Files"/>, then of their
    /// rows. May be read again once a pass has ended.
    /// </summary>
    /// <returns>A stream: each tick is read when it is asked for.</returns>
    /// <exception cref="RecordingException">A file broke off or could not be read; raised from the enumeration.</exception>
    /// <exception cref="InvalidOperationException">Another pass has not ended; raised from the enumeration.</exception>
    /// <exception cref="ObjectDisposedException">The recording was disposed; raised from the enumeration.</exception>
    public IEnumerable<Tick> ReadTicks()
    {
        foreach (var recorded in Read())
            yield return recorded.Tick;
    }

    /// <summary>Reads the ticks as <see cref="ReadTicks"/> does, each with the time at which it was known: that is the order they come in.</summary>
    /// <returns>A stream: each tick is read when it is asked for.</returns>
    /// <exception cref="RecordingException">A file broke off or could not be read; raised from the enumeration.</exception>
    /// <exception cref="InvalidOperationException">Another pass has not ended; raised from the enumeration.</exception>
    /// <exception cref="ObjectDisposedException">The recording was disposed; raised from the enumeration.</exception>
    public IEnumerable<RecordedTick> Read()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_reading)
            throw new InvalidOperationException("this recording is being read already; one pass at a time is allowed");
        _reading = true;
        Statistics.Reset();
        _bytesClosed = 0;
        var (from, to) = (_options.From?.UtcTicks ?? long.MinValue, _options.To?.UtcTicks ?? long.MaxValue);
        try
        {
            // A file waits in the queue under the start of its day and is opened when the merge comes to it.
            var queue = new PriorityQueue<Source, MergeKey>();
            for (var i = 0; i < _files.Count; i++)
                queue.Enqueue(new Source(i), new MergeKey(_files[i].EarliestUtcTicks, i));
            while (queue.TryDequeue(out var source, out _))
            {
                if (source.Reader is not { } reader)
                {
                    source.Reader = OpenReader(source.File);
                    Advance(queue, source, source.Reader);
                    continue;
                }

                // Runs of one file, the common case, do not touch the queue.
                bool more;
                do
                {
                    var time = reader.CurrentKnownTicks;
                    // Ticks come in the order in which they were known, over all files: nothing that follows is earlier.
                    if (time >= to)
                        yield break;
                    if (time >= from)
                    {
                        Statistics.TickGiven();
                        yield return new RecordedTick(new DateTimeOffset(time, TimeSpan.Zero), reader.Current);
                        ObjectDisposedException.ThrowIf(_disposed, this);
                    }

                    more = reader.MoveNext();
                }
                while (more && !(queue.TryPeek(out _, out var next) && next.CompareTo(Key(source, reader)) < 0));
                if (more)
                    queue.Enqueue(source, Key(source, reader));
                else
                    Close(reader);
            }
        }
        finally
        {
            CloseAll();
            _reading = false;
        }
    }

    /// <summary>Closes every file; a pass that is under way ends with an <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose()
    {
        _disposed = true;
        CloseAll();
    }

    private static string Names<T>(IReadOnlyCollection<T> items) => items.Count == 0 ? "all" : string.Join(", ", items);

    private static bool IsWanted(RecordedFile file, RecordingOptions options) =>
        (options.Kinds.Count == 0 || file.Kind is not { } kind || options.Kinds.Contains(kind))
        && !(file.LatestUtcTicks < options.From?.UtcTicks) && !(file.EarliestUtcTicks >= options.To?.UtcTicks)
        && (options.Symbols.Count == 0 || file.OnlySymbol is not { } symbol || options.Symbols.Contains(symbol));

    private static MergeKey Key(Source source, TickReader reader) => new(reader.CurrentKnownTicks, source.File);

    private void Advance(PriorityQueue<Source, MergeKey> queue, Source source, TickReader reader)
    {
        if (reader.MoveNext())
            queue.Enqueue(source, Key(source, reader));
        else
            Close(reader);
    }

    private TickReader OpenReader(int file)
    {
        var reader = _files[file].Open(_options, Statistics);
        _open.Add(reader, _files[file]);
        Statistics.FileOpened();
        return reader;
    }

    private void Close(TickReader reader)
    {
        if (_open.Remove(reader, out var file))
            _bytesClosed += file.Bytes;
        reader.Dispose();
    }

    private void CloseAll()
    {
        foreach (var reader in _open.Keys)
            reader.Dispose();
        _open.Clear();
    }

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
