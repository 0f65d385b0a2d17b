namespace MicroTrader.Trading212;

/// <summary>One try of a read.</summary>
/// <param name="Info">The answer's head, where it arrived.</param>
/// <param name="Body">The answer's body, where it arrived whole.</param>
/// <param name="Failure">Why there is no whole answer; null when there is one, of whatever status.</param>
/// <param name="Detail">The failure in words.</param>
internal sealed record ReadAttempt(ResponseInfo? Info, byte[]? Body, ReadFailureKind? Failure, string Detail)
{
    /// <summary>True for what may be different the next time: no connection, no answer in time, 408, 5xx. Never a 4xx, and so never 429.</summary>
    internal bool IsTransient => Failure is ReadFailureKind.Connection or ReadFailureKind.Timeout || Info is { StatusCode: 408 or >= 500 };

    /// <summary>True when a further try makes sense: not where the venue has just said that the allowance is used up, because it would only earn a 429.</summary>
    internal bool IsWorthRetrying => IsTransient && Info?.RateLimit is not { Remaining: <= 0 };
}
