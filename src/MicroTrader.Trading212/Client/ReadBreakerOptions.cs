namespace MicroTrader.Trading212;

/// <summary>When reads stop asking a venue that keeps failing. Writes have no breaker: an exit must always be tried.</summary>
public sealed record ReadBreakerOptions
{
    /// <summary>The share of failed attempts, above 0 up to 1, that opens the breaker. Default 0.8.</summary>
    public double FailureRatio { get; init; } = 0.8;

    /// <summary>Attempts within <see cref="SamplingDuration"/> before the share counts, at least 2. Default 8.</summary>
    public int MinimumThroughput { get; init; } = 8;

    /// <summary>Over how long the share is taken, 0.5 s to 1 day. Default 60 s.</summary>
    public TimeSpan SamplingDuration { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the breaker stays open before it lets one attempt through, 0.5 s to 1 day. Default 15 s.</summary>
    public TimeSpan BreakDuration { get; init; } = TimeSpan.FromSeconds(15);
}
