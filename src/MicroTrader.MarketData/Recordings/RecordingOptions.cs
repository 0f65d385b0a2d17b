using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData;

/// <summary>What of a recording is read, and how its bad rows are told.</summary>
public sealed record RecordingOptions
{
    /// <summary>The symbols to read; empty for all. LEAN files of other symbols are not opened again, rows of others are left out.</summary>
    public IReadOnlyCollection<Symbol> Symbols { get; init; } = [];

    /// <summary>
    /// The kinds of tick to read; empty for all. Where a folder holds one symbol's trades and its bars too, both are given: a strategy
    /// keeps them apart, but a trader will want one.
    /// </summary>
    public IReadOnlyCollection<TickKind> Kinds { get; init; } = [];

    /// <summary>No tick before this is given; null for all from the first on.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>No tick at or after this is given; null for all to the last.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>How many malformed rows are named in <see cref="RecordingStatistics.NamedMalformedRows"/> (0 or more); all are counted.</summary>
    public int NamedMalformedRows { get; init; } = 10;

    /// <summary>
    /// How far a row's time may lie before that of the row above it and still be given, at the time of the row above: trades are
    /// reported late, and nobody knew them earlier. A row beyond it is malformed: the file is not in time order.
    /// </summary>
    public TimeSpan MaxLateness { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Names what is impossible in these options; empty when they can be used.</summary>
    public IEnumerable<string> Problems()
    {
        if (NamedMalformedRows < 0)
            yield return $"NamedMalformedRows: {NamedMalformedRows} is not allowed; 0 or more";
        if (From >= To)
            yield return $"To: {To:O} is not allowed; later than From ({From:O})";
        if (MaxLateness < TimeSpan.Zero)
            yield return $"MaxLateness: {MaxLateness} is not allowed; 00:00:00 or more";
    }
}
