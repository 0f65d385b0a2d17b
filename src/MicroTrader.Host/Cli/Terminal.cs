using Spectre.Console;

namespace MicroTrader.Host.Cli;

/// <summary>The person at the other end of a command, where there is one.</summary>
/// <param name="IsInteractive">Whether somebody can be asked.</param>
/// <param name="ReadLine">Reads what is typed; null at the end of input.</param>
/// <param name="Screen">Where tables and colours are shown; null where a program or a file takes the output: then it is plain text.</param>
/// <param name="ReadSecret">Reads what is typed without showing it; null where nothing else than <paramref name="ReadLine"/> can.</param>
internal sealed record Terminal(bool IsInteractive, Func<string?> ReadLine, IAnsiConsole? Screen = null, Func<string?>? ReadSecret = null)
{
    /// <summary>The process's own.</summary>
    public static Terminal Console { get; } = new(
        !System.Console.IsInputRedirected,
        System.Console.In.ReadLine,
        System.Console.IsOutputRedirected ? null : ScreenOn(System.Console.Out, Environment.GetEnvironmentVariable("NO_COLOR")),
        System.Console.IsInputRedirected ? null : Unseen);

    /// <summary>Makes a screen.</summary>
    /// <param name="output">Where it writes.</param>
    /// <param name="noColor">The environment's <c>NO_COLOR</c> (https://no-color.org): with any text in it there are no colours.</param>
    public static IAnsiConsole ScreenOn(TextWriter output, string? noColor) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(output),
        ColorSystem = string.IsNullOrEmpty(noColor) ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
    });

    private static string? Unseen()
    {
        var text = new System.Text.StringBuilder();
        while (true)
        {
            var key = System.Console.ReadKey(intercept: true);
            if (key.Key == ConsoleKey.Enter)
            {
                System.Console.WriteLine();
                return text.ToString();
            }

            if (key.Key == ConsoleKey.Backspace)
                text.Length = Math.Max(0, text.Length - 1);
            else if (!char.IsControl(key.KeyChar))
                text.Append(key.KeyChar);
        }
    }
}
