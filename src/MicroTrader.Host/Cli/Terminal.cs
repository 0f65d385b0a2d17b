namespace MicroTrader.Host.Cli;

/// <summary>The person at the other end of a command, where there is one.</summary>
/// <param name="IsInteractive">Whether somebody can be asked.</param>
/// <param name="ReadLine">Reads what is typed; null at the end of input.</param>
internal sealed record Terminal(bool IsInteractive, Func<string?> ReadLine)
{
    /// <summary>The process's own.</summary>
    public static Terminal Console { get; } = new(!System.Console.IsInputRedirected, System.Console.In.ReadLine);
}
