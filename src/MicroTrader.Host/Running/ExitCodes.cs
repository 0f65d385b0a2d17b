namespace MicroTrader.Host.Running;

/// <summary>How a command ended, as its exit code.</summary>
internal static class ExitCodes
{
    /// <summary>All went well.</summary>
    public const int Ok = 0;

    /// <summary>Something did not: the lines before say what.</summary>
    public const int Failed = 1;

    /// <summary>A setting or an argument is wrong: nothing was started.</summary>
    public const int WrongSettings = 2;
}

/// <summary>A start that cannot be. The message is one line for the person.</summary>
internal sealed class StartException(string message) : Exception(message);
