namespace MicroTrader.Simulators.Paper;

/// <summary>
/// The paper broker cannot start, or refuses an in-process request. The message is one line that names the setting or
/// the file, what was wrong and what is allowed.
/// </summary>
public sealed class PaperBrokerException : Exception
{
    /// <summary>Makes the exception with a message only.</summary>
    /// <param name="message">One line for the person.</param>
    public PaperBrokerException(string message) : base(message)
    {
    }

    /// <summary>Makes the exception with its cause.</summary>
    /// <param name="message">One line for the person.</param>
    /// <param name="innerException">What went wrong underneath.</param>
    public PaperBrokerException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <summary>Makes an exception without a message; kept for the usual exception pattern.</summary>
    public PaperBrokerException()
    {
    }
}
