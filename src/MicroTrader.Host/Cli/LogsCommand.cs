using System.CommandLine;
using MicroTrader.Host.Configuration;
using MicroTrader.Host.Running;

namespace MicroTrader.Host.Cli;

/// <summary><c>logs</c>: the end of the log, and what follows.</summary>
internal static class LogsCommand
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    /// <summary>The command.</summary>
    public static Command Make(TextWriter output, Terminal terminal)
    {
        var command = new Command("logs", "Shows the end of the log");
        var follow = new Option<bool>("--follow", "-f") { Description = "Goes on with what is written, until Ctrl+C" };
        var level = new Option<LogLevelOption>("--level") { Description = "Least level: verbose, debug, information, warning or error", DefaultValueFactory = _ => LogLevelOption.Information, HelpName = "level" };
        var lines = new Option<int>("--lines", "-n") { Description = "How many lines", DefaultValueFactory = _ => 50, HelpName = "number" };
        var symbol = new Option<string?>("--symbol") { Description = "Only what is about this symbol", HelpName = "symbol" };
        var json = new Option<bool>("--json") { Description = "For a program to read: the lines as they were written" };
        var common = new CommonOptions();
        foreach (var option in new Option[] { follow, level, lines, symbol, json })
            command.Options.Add(option);
        common.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            var options = common.Load(parsed);
            var folder = Path.GetFullPath(options.Log.Folder, SettingsLoader.ContentRoot());
            var most = parsed.GetValue(lines);
            if (most is < 0 or > 1_000_000)
                throw new SettingsException($"--lines: {most} is not allowed; allowed is 0 to 1000000");
            var files = new LogFiles(folder);
            if (files.Paths.Count == 0 && !parsed.GetValue(follow))
                throw new StartException($"logs: there is no log in {folder} yet: the robot has not run, or Log:Folder names another folder");

            bool Fits(LogEntry entry) => entry.Level >= parsed.GetValue(level)
                && (parsed.GetValue(symbol) is not { } only || string.Equals(entry.Symbol, only, StringComparison.OrdinalIgnoreCase));

            void Show(LogEntry entry) => Write(output, parsed.GetValue(json) ? null : terminal, entry);

            foreach (var entry in files.Last(most, Fits))
                Show(entry);
            if (parsed.GetValue(follow))
                await FollowAsync(files, entry =>
                {
                    if (Fits(entry))
                        Show(entry);
                }, output, stop);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static async Task FollowAsync(LogFiles files, Action<LogEntry> take, TextWriter output, CancellationToken stop)
    {
        using var signals = new StopSignals(static _ => { }, ended: null);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop, signals.Token);
        while (true)
        {
            foreach (var entry in files.Next())
                take(entry);
            await output.FlushAsync(CancellationToken.None);
            await Task.Delay(Look, TimeProvider.System, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (end.IsCancellationRequested)
                return;
        }
    }

    private static void Write(TextWriter output, Terminal? terminal, LogEntry entry)
    {
        if (terminal is null)
            output.WriteLine(entry.Raw);
        else if (terminal.Screen is { } screen)
            screen.Write(Screens.Text(entry.ToString() + Environment.NewLine, entry.Level switch
            {
                LogLevelOption.Error => "red",
                LogLevelOption.Warning => "yellow",
                LogLevelOption.Information => "",
                _ => "grey",
            }));
        else
            output.WriteLine(entry.ToString());
    }
}
