namespace MicroTrader.MarketData;

/// <summary>What came of one request.</summary>
internal enum MassiveOutcome
{
    /// <summary>An answer; the body is in the caller's hands.</summary>
    Ok,

    /// <summary>429, or 503 with a wait: nothing is to be asked before.</summary>
    Busy,

    /// <summary>401 or 403: asking again would not help.</summary>
    Refused,

    /// <summary>A lost connection, a time-out, a 5xx: the next try may do.</summary>
    Transient,

    /// <summary>Any other answer.</summary>
    Failed,
}

/// <summary>One request's end.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="Status">The HTTP status; 0 where none came.</param>
/// <param name="Text">What to say of it, without the key; empty for <see cref="MassiveOutcome.Ok"/>.</param>
/// <param name="RetryAfter">The wait that the server asked for.</param>
/// <param name="Body">The body; valid until the next request of the same client.</param>
internal readonly record struct MassiveAnswer(MassiveOutcome Outcome, int Status, string Text, TimeSpan? RetryAfter = null, ReadOnlyMemory<byte> Body = default);
