using System.CommandLine;
using MicroTrader.Actors.Journal;
using MicroTrader.Host.Configuration;
using MicroTrader.Host.Running;
using MicroTrader.MarketData;
using MicroTrader.Simulators.Massive;
using MicroTrader.Simulators.Paper;

namespace MicroTrader.Host.Cli;

/// <summary>The command line, whole, and what its failures look like: one line and an exit code.</summary>
internal static class Entrance
{
    /// <summary>Runs a command line.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="output">Where answers go.</param>
    /// <param name="error">Where failures go.</param>
    /// <param name="terminal">Who can be asked; null for whoever is at this process's.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter error, Terminal? terminal = null)
    {
        var root = Root(output, error, terminal ?? Terminal.Console);
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var problem in parsed.Errors)
                await error.WriteLineAsync(problem.Message);
            await error.WriteLineAsync("--help shows what there is.");
            return ExitCodes.WrongSettings;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = output, Error = error });
        }
        catch (SettingsException e)
        {
            await error.WriteLineAsync(e.Message);
            return ExitCodes.WrongSettings;
        }
        catch (Exception e) when (e is StartException or JournalException or RecordingException or PaperBrokerException or FakeMassiveException)
        {
            await error.WriteLineAsync(e.Message);
            return ExitCodes.Failed;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A disk that refuses: its message names the file.
            await error.WriteLineAsync(e.Message);
            return ExitCodes.Failed;
        }
        catch (TimeoutException e)
        {
            await error.WriteLineAsync($"{e.Message}; what is open stays in the journal, the next start carries on");
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("Stopped before the start was through.");
            return ExitCodes.Failed;
        }
    }

    /// <summary>The command line, whole.</summary>
    internal static RootCommand Root(TextWriter output, TextWriter error, Terminal person)
    {
        var root = new RootCommand("MicroTrader: a micro-trading robot. Without a command it runs.")
        {
            RunCommand.Make(output),
            JournalCommands.Positions(output, person),
            JournalCommands.Trades(output, person),
            ExplainCommand.Make(output),
            CheckCommand.Make(output),
            RemoteCommands.Status(output, person),
            RemoteCommands.Inspect(output),
            RemoteCommands.Decisions(output),
            RemoteCommands.Pause(output),
            RemoteCommands.Resume(output),
            RemoteCommands.Close(output),
            RemoteCommands.Flatten(output),
            RemoteCommands.StopAll(output),
            RemoteCommands.Reconcile(output),
            ResolveCommand.Make(output, person),
            BacktestCommand.Make(output, error),
            PaperBrokerCommand.Make(output),
            FakeMassiveCommand.Make(output),
            WatchCommand.Make(output, person),
            LogsCommand.Make(output, person),
            AlertCommand.Make(output),
            BackupCommand.Make(output),
            InitCommand.Make(output, person),
        };
        RunCommand.AddTo(root, output);
        Examples.AddTo(root);
        return root;
    }
}
