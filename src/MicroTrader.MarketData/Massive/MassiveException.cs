namespace MicroTrader.MarketData;

/// <summary>Massive did not answer, or its answer makes no sense. The message is one line and never holds the key.</summary>
public sealed class MassiveException : Exception
{
    /// <summary>Makes one.</summary>
    /// <param name="message">The line to show.</param>
    /// <param name="cause">What was seen; null for none.</param>
    public MassiveException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
