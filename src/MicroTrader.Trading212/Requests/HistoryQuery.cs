namespace MicroTrader.Trading212;

/// <summary>Which page of a history to read. For the next page: <c>query with { Cursor = page.NextCursor }</c>.</summary>
public sealed record HistoryQuery
{
    /// <summary>The most items that the venue hands out at once, and the default here. What it does with more is not documented.</summary>
    public const int MaxLimit = 50;

    /// <summary>Only this instrument, or null for all. Transactions know no such filter.</summary>
    public string? Ticker { get; init; }

    /// <summary>Items asked for, 1 to <see cref="MaxLimit"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside this range.</exception>
    public int Limit
    {
        get;
        init
        {
            if (value is < 1 or > MaxLimit)
                throw new ArgumentOutOfRangeException(nameof(Limit), value, $"The limit of a history page is {value}; allowed are 1 to {MaxLimit}.");
            field = value;
        }
    } = MaxLimit;

    /// <summary>The cursor of the page, from <see cref="HistoryPage{T}.NextCursor"/>; null is the newest page.</summary>
    public string? Cursor { get; init; }
}
