using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MicroTrader.Domain.Robot;
using MicroTrader.Host.Api;
using MicroTrader.Host.Running;
using Spectre.Console;

namespace MicroTrader.Host.Cli;

/// <summary>Commands that ask or tell a running host, over its control API.</summary>
internal static class RemoteCommands
{
    // The robot itself gives up after 90 s: the broker allows six reads of its history in a minute.
    private static readonly TimeSpan ReconcilePatience = TimeSpan.FromSeconds(120);

    /// <summary><c>status</c>.</summary>
    public static Command Status(TextWriter output, Terminal terminal) => Make("status", "Asks the running robot how it stands", output, HttpMethod.Get, _ => "status", static json => json.RobotStatus, StatusText.Of, _ => true, draw: terminal.Screen is { } screen ? s => Draw(screen, s) : null);

    /// <summary><c>inspect</c>.</summary>
    public static Command Inspect(TextWriter output) => Make("inspect", "Has every actor report itself, here and to the log", output, HttpMethod.Post, _ => "inspect", static json => json.IReadOnlyListActorReport, Reports, _ => true);

    /// <summary><c>decisions</c>: why something was bought or not, of the running robot's newest wishes.</summary>
    public static Command Decisions(TextWriter output)
    {
        var symbol = new Argument<string?>("symbol") { Description = "Only of this symbol", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("decisions", "Tells the running robot's newest wishes to enter, and why they were turned down");
        var line = new RobotLine();
        command.Arguments.Add(symbol);
        line.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            var wanted = parsed.GetValue(symbol);
            if (wanted is not null && !Domain.Market.Symbol.TryParse(wanted, out _))
                throw new StartException($"decisions: '{wanted}' is not a symbol");
            using var client = new RobotCaller();
            var address = await line.FindAsync(client, parsed, stop);
            var all = await client.AskAsync(address, HttpMethod.Get, "decisions", HostJson.Default.IReadOnlyListDecisionView, stop);
            IReadOnlyList<DecisionView> meant = [.. all.Where(d => wanted is null || d.Symbol.Equals(wanted.Trim(), StringComparison.OrdinalIgnoreCase))];
            output.WriteLine(parsed.GetValue(line.Json) ? JsonSerializer.Serialize(meant, HostJson.Default.IReadOnlyListDecisionView) : Tables.Decisions(meant));
            return ExitCodes.Ok;
        });
        return command;
    }

    /// <summary><c>pause</c>.</summary>
    public static Command Pause(TextWriter output) => Tell("pause", "No entries from now on; exits go on. It stays so across restarts", output);

    /// <summary><c>resume</c>.</summary>
    public static Command Resume(TextWriter output) => Tell("resume", "Entries and exits are allowed again", output);

    /// <summary><c>flatten</c>.</summary>
    public static Command Flatten(TextWriter output) => Tell("flatten", "No entries from now on, and every position is closed", output);

    /// <summary><c>stop-all</c>.</summary>
    public static Command StopAll(TextWriter output) => Tell("stop-all", "No orders at all from now on: what is open stays unmanaged until resume. It stays so across restarts", output);

    /// <summary><c>reconcile</c>.</summary>
    public static Command Reconcile(TextWriter output) => Tell("reconcile", "Compares journal and broker now, and says what came of it", output, ReconcilePatience);

    /// <summary><c>close</c>.</summary>
    public static Command Close(TextWriter output)
    {
        var symbol = new Argument<string>("symbol") { Description = "The symbol" };
        var command = Make("close", "Closes one position", output, HttpMethod.Post, parsed => $"close/{Uri.EscapeDataString(parsed.GetValue(symbol)!)}", static json => json.CommandResult, r => r.Message, r => r.Done);
        command.Arguments.Add(symbol);
        return command;
    }

    // Written to the screen; what is left to be written as text is what needs the person.
    private static string Draw(IAnsiConsole screen, RobotStatus status)
    {
        screen.Write(Screens.Status(status));
        return NeedsYouText.Below("", status);
    }

    private static string Reports(IReadOnlyList<ActorReport> reports) =>
        string.Join(Environment.NewLine + Environment.NewLine, reports.Select(r => r.Actor + Environment.NewLine + Tables.Pairs(r.Fields.Select(f => ("  " + f.Key, f.Value)))));

    private static Command Tell(string name, string about, TextWriter output, TimeSpan? patience = null) =>
        Make(name, about, output, HttpMethod.Post, _ => name, static json => json.CommandResult, r => r.Message, r => r.Done, patience);

    private static Command Make<T>(
        string name,
        string about,
        TextWriter output,
        HttpMethod method,
        Func<ParseResult, string> path,
        Func<HostJson, JsonTypeInfo<T>> shape,
        Func<T, string> show,
        Func<T, bool> isDone,
        TimeSpan? patience = null,
        Func<T, string>? draw = null)
    {
        var command = new Command(name, about);
        var line = new RobotLine();
        line.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            // Not before it is this command's turn: all of them are made at every start, and the shapes take longer to make than a command.
            var type = shape(HostJson.Default);
            using var client = new RobotCaller();
            var address = await line.FindAsync(client, parsed, stop);
            var answer = await client.AskAsync(address, method, path(parsed), type, stop, patience);
            output.WriteLine(parsed.GetValue(line.Json) ? JsonSerializer.Serialize(answer, type) : (draw ?? show)(answer));
            return isDone(answer) ? ExitCodes.Ok : ExitCodes.Failed;
        });
        return command;
    }
}
