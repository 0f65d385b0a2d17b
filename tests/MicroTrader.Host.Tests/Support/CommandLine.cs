using MicroTrader.Host.Cli;

namespace MicroTrader.Host.Tests.Support;

/// <summary>A command line, run in this process through the host's entrance.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote.</param>
/// <param name="Error">What it wrote for errors.</param>
internal sealed record CommandLine(int ExitCode, string Output, string Error)
{
    public string All => Output + Error;

    /// <summary>The error, which must be one line.</summary>
    public string ErrorLine => Assert.Single(Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)).Trim();

    /// <summary>Runs a command where nobody can be asked.</summary>
    public static Task<CommandLine> RunAsync(params string[] arguments) => RunAsync(new Terminal(false, () => null), arguments);

    /// <summary>Runs a command at which a person types.</summary>
    public static async Task<CommandLine> RunAsync(Terminal terminal, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await Entrance.RunAsync(arguments, TextWriter.Synchronized(output), TextWriter.Synchronized(error), terminal);
        return new CommandLine(exitCode, output.ToString(), error.ToString());
    }
}
