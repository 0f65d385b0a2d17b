using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData;

/// <summary>One file of a recording: what is known of it without reading it through.</summary>
internal abstract class RecordedFile(string path)
{
    /// <summary>The path as the person will recognise it.</summary>
    public string Path { get; } = path;

    /// <summary>No tick of the file is earlier than this (UTC ticks), so it need not be opened before.</summary>
    public abstract long EarliestUtcTicks { get; }

    /// <summary>No tick of the file is later than this (UTC ticks); the last there is where its name does not say.</summary>
    public virtual long LatestUtcTicks => long.MaxValue;

    /// <summary>Its size on the disk, in bytes: what it weighs in telling how far a pass is.</summary>
    public long Bytes { get; } = new FileInfo(path).Length;

    /// <summary>What bytes of the rows weigh on the disk: less where the file is packed, by a usual measure where its size unpacked is not known.</summary>
    public virtual double BytesOf(long unpacked) => Math.Min(Path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? unpacked / 5.0 : unpacked, Bytes);

    /// <summary>What its rows are; null where the rows say it.</summary>
    public abstract TickKind? Kind { get; }

    /// <summary>The kinds of its rows, by reading it through where they differ.</summary>
    public abstract IReadOnlyCollection<TickKind> FindKinds();

    /// <summary>The symbol of all its rows; null where the rows say it.</summary>
    public abstract Symbol? OnlySymbol { get; }

    /// <summary>The symbols in the file, by reading it through where they are not in its name.</summary>
    public abstract IReadOnlyCollection<Symbol> FindSymbols();

    /// <summary>Opens the file for one pass.</summary>
    public abstract TickReader Open(RecordingOptions options, RecordingStatistics statistics);
}
