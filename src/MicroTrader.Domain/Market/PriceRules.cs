namespace MicroTrader.Domain.Market;

/// <summary>When a price is believed at once, and when only after a second one.</summary>
public sealed record PriceRules
{
    /// <summary>No share costs more than this, in any currency: a price above it is a feed's mistake.</summary>
    public const decimal HighestPrice = 1_000_000_000m;

    /// <summary>Furthest move from the last good price of the day, in percent, that is believed at once (above 0, at most 1,000).</summary>
    public decimal MaxJumpPercent { get; init; } = 5m;

    /// <summary>How far outside of bid and ask a price may be, in percent of the nearer of the two (above 0, at most 1,000).</summary>
    public decimal MaxOutsideQuotePercent { get; init; } = 2m;

    /// <summary>
    /// Oldest stamp that a price may carry when it comes (above 0), and the longest that a symbol may be without one before its price counts as stale; null
    /// where age does not matter, as in a recording. Delayed prices are not measured by it.
    /// </summary>
    public TimeSpan? StaleAfter { get; init; }

    /// <summary>How far a stamp may be ahead of the robot's clock (0 or more).</summary>
    public TimeSpan MaxAhead { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether prices that the source gives late may lead to entries.</summary>
    public bool AcceptDelayed { get; init; }

    /// <summary>Names what is impossible in these rules; empty when they can be used.</summary>
    public IEnumerable<string> Problems()
    {
        if (MaxJumpPercent is <= 0 or > 1_000)
            yield return $"MaxJumpPercent: {MaxJumpPercent} is not allowed; above 0, at most 1000 (percent)";
        if (MaxOutsideQuotePercent is <= 0 or > 1_000)
            yield return $"MaxOutsideQuotePercent: {MaxOutsideQuotePercent} is not allowed; above 0, at most 1000 (percent)";
        if (StaleAfter <= TimeSpan.Zero)
            yield return $"StaleAfter: {StaleAfter} is not allowed; above 0";
        if (MaxAhead < TimeSpan.Zero)
            yield return $"MaxAhead: {MaxAhead} is not allowed; 0 or more";
    }
}
