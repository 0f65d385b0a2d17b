using System.Buffers.Binary;
using System.IO.Compression;
using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData;

/// <summary>A CSV, plain or gzip: of trades, with the header <c>time,symbol,price,volume</c>, or a record of ticks of any kind, with the recorder's.</summary>
internal sealed class CsvFile : RecordedFile
{
    private CsvFile(string path, long earliestUtcTicks, TickKind? kind)
        : base(path)
    {
        EarliestUtcTicks = earliestUtcTicks;
        Kind = kind;
    }

    public override TickKind? Kind { get; }

    public override long EarliestUtcTicks { get; }

    public override Symbol? OnlySymbol => null;

    /// <summary>Reads the header and the rows up to the first good one: no tick is given at an earlier time.</summary>
    /// <exception cref="RecordingException">The file is no CSV of trades.</exception>
    public static CsvFile Describe(string path)
    {
        // Counted apart: the rows are read again when their time comes.
        using var reader = OpenReader(path, new RecordingOptions(), new RecordingStatistics(1, 0, 0, 0));
        return new CsvFile(path, reader.MoveNext() ? reader.CurrentKnownTicks : 0, reader.IsRecord ? null : TickKind.Trade);
    }

    public override IReadOnlyCollection<Symbol> FindSymbols()
    {
        var symbols = new HashSet<Symbol>();
        using var reader = OpenReader(Path, new RecordingOptions(), new RecordingStatistics(1, 0, 0, 0));
        while (reader.MoveNext())
            symbols.Add(reader.Head.Tick.Symbol);
        return symbols;
    }

    public override IReadOnlyCollection<TickKind> FindKinds()
    {
        if (Kind is { } only)
            return [only];
        var kinds = new HashSet<TickKind>();
        using var reader = OpenReader(Path, new RecordingOptions(), new RecordingStatistics(1, 0, 0, 0));
        while (reader.MoveNext())
            kinds.Add(reader.Head.Tick.Kind);
        return kinds;
    }

    public override TickReader Open(RecordingOptions options, RecordingStatistics statistics) => OpenReader(Path, options, statistics);

    private static CsvReader OpenReader(string path, RecordingOptions options, RecordingStatistics statistics)
    {
        LineReader? lines = null;
        try
        {
            lines = OpenLines(path);
            return new CsvReader(path, lines, CsvColumns.Read(path, lines), options, statistics);
        }
        catch
        {
            lines?.Dispose();
            throw;
        }
    }

    private static LineReader OpenLines(string path)
    {
        FileStream? file = null;
        try
        {
            // No buffer of its own: the line reader has one.
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
            return path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
                ? new LineReader(path, new GZipStream(file, CompressionMode.Decompress), GzipLength(file))
                : new LineReader(path, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            throw new RecordingException($"{path}: cannot be opened: {e.Message}; a readable file is needed", e);
        }
    }

    // The last four bytes of a gzip file are the low 32 bits of its inflated length (RFC 1952, section 2.3.1, ISIZE).
    private static uint? GzipLength(FileStream file)
    {
        const int LeastGzipBytes = 18;
        if (file.Length < LeastGzipBytes)
            return null;
        Span<byte> last = stackalloc byte[sizeof(uint)];
        file.Position = file.Length - last.Length;
        file.ReadExactly(last);
        file.Position = 0;
        return BinaryPrimitives.ReadUInt32LittleEndian(last);
    }
}
