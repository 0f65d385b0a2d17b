using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData;

/// <summary>What a feed has to say beside its ticks.</summary>
public enum FeedNoteKind
{
    /// <summary>The source is connected, or answers again.</summary>
    Connected,

    /// <summary>The source was lost or did not answer; it is tried again.</summary>
    Disconnected,

    /// <summary>The source asked for patience (429): nothing is asked before.</summary>
    RateLimited,

    /// <summary>Ticks may be missing: of one symbol, or of all.</summary>
    Gap,

    /// <summary>The source's prices are late.</summary>
    Delayed,

    /// <summary>A symbol is not in the source's answers, or is there again.</summary>
    Missing,

    /// <summary>Something that came made no sense and was left out.</summary>
    Malformed,

    /// <summary>The reader was too slow: ticks were drawn together.</summary>
    Conflated,

    /// <summary>A part of what was asked for is not in the plan, e.g. quotes; the rest goes on.</summary>
    NotInPlan,

    /// <summary>The market is closed and the source rests, or it is open again.</summary>
    Market,

    /// <summary>The record of the ticks is broken off: the ticks go on.</summary>
    Recording,
}

/// <summary>One thing that a feed says of itself. It never holds a secret.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="IsWarning">Whether a person should see it.</param>
/// <param name="Text">The line, whole.</param>
/// <param name="Symbol">The symbol it is about; null for all.</param>
public sealed record FeedNote(FeedNoteKind Kind, bool IsWarning, string Text, Symbol? Symbol = null);

/// <summary>What a feed has counted since its start.</summary>
public sealed record FeedStatistics
{
    /// <summary>Ticks that were given.</summary>
    public long Ticks { get; init; }

    /// <summary>Observations that were known already and left out.</summary>
    public long Duplicates { get; init; }

    /// <summary>Observations older than the last of their symbol, left out.</summary>
    public long OutOfOrder { get; init; }

    /// <summary>Observations that made no sense (a price that is none, a field that is missing), left out.</summary>
    public long Malformed { get; init; }

    /// <summary>Trades that by their conditions make no price of now (odd lots, out of sequence), left out.</summary>
    public long LeftOut { get; init; }

    /// <summary>Ticks that were drawn together with others because the reader was too slow.</summary>
    public long Conflated { get; init; }

    /// <summary>Times that the connection was made anew.</summary>
    public long Reconnects { get; init; }

    /// <summary>Requests, or messages of a stream, that were answered or received.</summary>
    public long Messages { get; init; }

    /// <summary>Requests that failed.</summary>
    public long Failures { get; init; }
}
