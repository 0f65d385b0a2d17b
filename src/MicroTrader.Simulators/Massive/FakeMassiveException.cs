namespace MicroTrader.Simulators.Massive;

/// <summary>The look-alike of Massive cannot start. The message is one line that names the setting, what was wrong and what is allowed.</summary>
public sealed class FakeMassiveException : Exception
{
    /// <summary>Makes the exception with a message only.</summary>
    /// <param name="message">One line for the person.</param>
    public FakeMassiveException(string message) : base(message)
    {
    }

    /// <summary>Makes the exception with its cause.</summary>
    /// <param name="message">One line for the person.</param>
    /// <param name="innerException">What went wrong underneath.</param>
    public FakeMassiveException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <summary>Makes an exception without a message; kept for the usual exception pattern.</summary>
    public FakeMassiveException()
    {
    }
}
