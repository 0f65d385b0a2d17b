namespace MicroTrader.MarketData;

/// <summary>
/// A recording or a script that cannot be read as a whole. The message is one line for the person: the path, what was wrong
/// and what is allowed. A single bad row of a recording does not raise it; it is counted in <see cref="RecordingStatistics"/>.
/// </summary>
public sealed class RecordingException : Exception
{
    /// <summary>Makes the exception from its one line.</summary>
    public RecordingException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception from its one line and what caused it.</summary>
    public RecordingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
