namespace MicroTrader.Domain.Strategy;

/// <summary>When a position is left.</summary>
public sealed record ExitParameters
{
    /// <summary>Gain on the entry price at which it is taken, in percent (above 0, at most 100).</summary>
    public decimal TakeProfitPercent { get; init; } = 1.0m;

    /// <summary>Loss on the entry price at which it is cut, in percent, as a positive number (above 0, below 100).</summary>
    public decimal StopLossPercent { get; init; } = 0.5m;

    /// <summary>How long a position is held at the most, from the fill (0.1 s to 1 day).</summary>
    public TimeSpan MaxHold { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Trailing stop: how far the price may fall back from its highest since the entry, in percent of that (above 0, below 100); null for no trailing stop.
    /// </summary>
    public decimal? TrailingDistancePercent { get; init; }

    /// <summary>Gain on the entry price from which the trailing stop follows, in percent (0 to 100).</summary>
    public decimal TrailingActivatePercent { get; init; } = 0.5m;

    /// <summary>Flat momentum: over how many ticks since the entry the price must have risen (2 to 500); null for no such exit.</summary>
    public int? FlatTicks { get; init; }

    /// <summary>Flat momentum: by how much it must have risen over them, in percent (0 to 50); what rises less is left.</summary>
    public decimal FlatChangePercent { get; init; } = 0.02m;

    /// <summary>Names what is impossible in these parameters; empty when they can be used.</summary>
    public IEnumerable<string> Problems()
    {
        if (TakeProfitPercent is <= 0 or > 100)
            yield return $"TakeProfitPercent: {TakeProfitPercent} is not allowed; above 0, at most 100 (percent)";
        if (StopLossPercent is <= 0 or >= 100)
            yield return $"StopLossPercent: {StopLossPercent} is not allowed; above 0, below 100 (percent, without a sign)";
        if (MaxHold < TimeSpan.FromMilliseconds(100) || MaxHold > TimeSpan.FromDays(1))
            yield return $"MaxHold: {MaxHold} is not allowed; 00:00:00.1 to 1.00:00:00";
        if (TrailingDistancePercent is <= 0 or >= 100)
            yield return $"TrailingDistancePercent: {TrailingDistancePercent} is not allowed; above 0, below 100 (percent)";
        if (TrailingActivatePercent is < 0 or > 100)
            yield return $"TrailingActivatePercent: {TrailingActivatePercent} is not allowed; 0 to 100 (percent)";
        if (FlatTicks is < 2 or > 500)
            yield return $"FlatTicks: {FlatTicks} is not allowed; 2 to 500";
        if (FlatChangePercent is < 0 or > 50)
            yield return $"FlatChangePercent: {FlatChangePercent} is not allowed; 0 to 50 (percent)";
    }

    /// <summary>
    /// Judges a price against the price paid: take-profit at or above, stop-loss at or below. Null while neither is reached. What needs more than one price is
    /// judged by <see cref="ExitJudge"/>.
    /// </summary>
    /// <param name="entryPrice">What was paid for a share, in the instrument's currency.</param>
    /// <param name="price">The price of a share now, in the same currency.</param>
    public Orders.ExitReason? Judge(decimal entryPrice, decimal price)
    {
        if (entryPrice <= 0 || price <= 0)
            return null;
        // Multiplied out instead of divided, so that the threshold itself is hit exactly.
        var gainTimes100 = (price - entryPrice) * 100m;
        if (gainTimes100 >= TakeProfitPercent * entryPrice)
            return Orders.ExitReason.TakeProfit;
        if (gainTimes100 <= -StopLossPercent * entryPrice)
            return Orders.ExitReason.StopLoss;
        return null;
    }
}
