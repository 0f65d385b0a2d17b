namespace MicroTrader.Trading212;

/// <summary>How one request ended.</summary>
public enum HttpExchangeOutcome
{
    /// <summary>A whole answer arrived, of whatever status.</summary>
    Answered,

    /// <summary>The answer's head arrived, its body did not, was too long or could not be unpacked.</summary>
    Truncated,

    /// <summary>Time ran out.</summary>
    TimedOut,

    /// <summary>The caller cancelled.</summary>
    Cancelled,

    /// <summary>No connection, or it was lost before an answer.</summary>
    ConnectionFailed,
}
