namespace MicroTrader.Trading212;

/// <summary>Why a write certainly did not reach the venue, or was certainly not carried out.</summary>
public enum NotExecutedReason
{
    /// <summary>The connection could not be made: refused, unreachable, or no tunnel through the proxy.</summary>
    ConnectionFailed,

    /// <summary>The host's name could not be resolved.</summary>
    NameResolutionFailed,

    /// <summary>The TLS handshake failed.</summary>
    TlsFailed,

    /// <summary>Time ran out while connecting.</summary>
    TimedOut,

    /// <summary>The caller cancelled before the body was handed over.</summary>
    Cancelled,

    /// <summary>The caller's hand-over callback threw: the body was held back.</summary>
    HandOverRefused,

    /// <summary>429: past the rate limit, and by the venue's word not executed.</summary>
    RateLimited,

    /// <summary>It failed before the hand-over in another way; the detail says how.</summary>
    Failed,
}
