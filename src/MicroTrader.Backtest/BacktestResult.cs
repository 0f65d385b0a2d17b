namespace MicroTrader.Backtest;

/// <summary>A day of a recording.</summary>
/// <param name="Day">The day in New York.</param>
/// <param name="First">Its first tick.</param>
/// <param name="Last">Its last tick.</param>
public sealed record RecordedDay(DateOnly Day, DateTimeOffset First, DateTimeOffset Last);

/// <summary>What a backtest came to.</summary>
public sealed record BacktestResult
{
    /// <summary>What it was set to.</summary>
    public required BacktestSettings Settings { get; init; }

    /// <summary>Whether the recording was shown to its end.</summary>
    public required bool Completed { get; init; }

    /// <summary>Why the recording could not be read to its end; null where it could, and where it was ended early.</summary>
    public string? Failure { get; init; }

    /// <summary>Ticks that were shown.</summary>
    public required long Ticks { get; init; }

    /// <summary>The first tick's time; null without any.</summary>
    public required DateTimeOffset? FirstTick { get; init; }

    /// <summary>The last tick's time; null without any.</summary>
    public required DateTimeOffset? LastTick { get; init; }

    /// <summary>The trades, in the order in which they were over; entries that came to nothing are among them.</summary>
    public required IReadOnlyList<BacktestTrade> Trades { get; init; }

    /// <summary>Symbols whose position was still held at the end.</summary>
    public required IReadOnlyList<string> Open { get; init; }

    /// <summary>Entries that risk denied, by code.</summary>
    public required IReadOnlyDictionary<string, long> Denials { get; init; }

    /// <summary>Entries that could not be sized, in words.</summary>
    public required IReadOnlyDictionary<string, long> Unsized { get; init; }

    /// <summary>The strategy's answers to all ticks, by code.</summary>
    public required IReadOnlyDictionary<string, long> Decisions { get; init; }

    /// <summary>Ticks that the guard kept out of windows, entries and exits, by code.</summary>
    public required IReadOnlyDictionary<string, long> Withheld { get; init; }

    /// <summary>Entry signals.</summary>
    public required long Signals { get; init; }

    /// <summary>The symbols that had ticks.</summary>
    public required IReadOnlyList<string> Symbols { get; init; }

    /// <summary>The recorded days: the first and the last tick of each, New York's.</summary>
    public required IReadOnlyList<RecordedDay> Days { get; init; }

    /// <summary>Each symbol's prices, for charts.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<PricePoint>> Prices { get; init; }
}
