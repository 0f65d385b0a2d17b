namespace MicroTrader.Trading212;

/// <summary>Why a read brought nothing. None of them is evidence of anything about orders or positions.</summary>
public enum ReadFailureKind
{
    /// <summary>401: the key is wrong, or belongs to the other environment.</summary>
    Unauthorized,

    /// <summary>403: the key lacks the scope.</summary>
    Forbidden,

    /// <summary>429: past the rate limit. Never retried.</summary>
    RateLimited,

    /// <summary>5xx.</summary>
    ServerError,

    /// <summary>No whole answer in time, or the venue's own 408.</summary>
    Timeout,

    /// <summary>No connection, or it was lost.</summary>
    Connection,

    /// <summary>A 2xx whose body cannot be read, or lacks what makes it evidence.</summary>
    Malformed,

    /// <summary>The circuit breaker is open after many failures: the venue was not asked.</summary>
    BreakerOpen,

    /// <summary>Any other status.</summary>
    Unexpected,
}
