namespace MicroTrader.Trading212;

/// <summary>What an answer said beside its body.</summary>
public sealed record ResponseInfo
{
    /// <summary>The HTTP status code.</summary>
    public required int StatusCode { get; init; }

    /// <summary>The endpoint's allowance, or null when the answer lacks the headers or they make no sense.</summary>
    public RateLimit? RateLimit { get; init; }

    /// <summary>The venue's clock when it answered (the Date header), to the second; null when absent.</summary>
    public DateTimeOffset? ServerDate { get; init; }

    /// <summary>Our clock when the answer's head had arrived: <see cref="ServerDate"/> less this is the clocks' offset, within the round trip and a second.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>How long to wait, where the answer said so in Retry-After as a number of seconds; null otherwise.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
