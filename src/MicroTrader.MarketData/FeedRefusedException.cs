namespace MicroTrader.MarketData;

/// <summary>
/// The source refuses us for good: the key is not known, the plan does not hold what is asked for, another connection uses the key. To try again would not help.
/// The message is one line that names the setting and never holds the key.
/// </summary>
public sealed class FeedRefusedException : Exception
{
    /// <summary>Makes one.</summary>
    /// <param name="message">The line to show.</param>
    /// <param name="cause">What was seen; null for none.</param>
    public FeedRefusedException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
