using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Robot;
using MicroTrader.Host.Api;
using MicroTrader.Host.Configuration;
using MicroTrader.Host.Running;

namespace MicroTrader.Host.Cli;

/// <summary><c>resolve</c>: the person says what is true of a symbol that needs them. What would follow is shown first; nothing changes before a yes.</summary>
internal static class ResolveCommand
{
    /// <summary>The command.</summary>
    public static Command Make(TextWriter output, Terminal terminal)
    {
        var command = new Command("resolve", "Says what is true of a symbol that needs you; shows what would follow, and asks before it does it");
        var symbol = new Argument<string>("symbol") { Description = "The symbol" };
        var choice = new Argument<string>("choice") { Description = "mine, not-mine or sell: whether the order or the shares in question are the robot's, or to sell what it holds", HelpName = "mine|not-mine|sell" };
        var order = new Option<long?>("--order") { Description = "The broker's number of the order that is meant, where several are in question", HelpName = "number" };
        var yes = new Option<bool>("--yes") { Description = "Does it without asking" };
        var line = new RobotLine();
        command.Arguments.Add(symbol);
        command.Arguments.Add(choice);
        command.Options.Add(order);
        command.Options.Add(yes);
        line.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            var said = parsed.GetValue(choice)!;
            if (InterventionWords.ParseResolution(said) is null)
                throw new SettingsException($"resolve: '{said}' is not allowed; allowed is mine, not-mine, sell");
            var path = $"resolve/{Uri.EscapeDataString(parsed.GetValue(symbol)!)}/{said}?{(parsed.GetValue(order) is { } id ? string.Create(CultureInfo.InvariantCulture, $"order={id}&") : "")}confirmed=";
            var json = parsed.GetValue(line.Json);
            using var client = new RobotCaller();
            var robot = await line.FindAsync(client, parsed, stop);

            Task<CommandResult> AskAsync(bool confirmed) =>
                client.AskAsync(robot, HttpMethod.Post, path + (confirmed ? "true" : "false"), HostJson.Default.CommandResult, stop);

            int Show(CommandResult result)
            {
                output.WriteLine(json ? JsonSerializer.Serialize(result, HostJson.Default.CommandResult) : result.Message);
                return result.Done ? ExitCodes.Ok : ExitCodes.Failed;
            }

            var preview = await AskAsync(confirmed: false);
            if (!preview.Done)
                return Show(preview);
            if (!json)
                output.WriteLine(preview.Message);
            if (!parsed.GetValue(yes) && !Confirms(output, terminal, json))
            {
                output.WriteLine("Nothing was changed.");
                return ExitCodes.Failed;
            }

            return Show(await AskAsync(confirmed: true));
        });
        return command;
    }

    private static bool Confirms(TextWriter output, Terminal terminal, bool json)
    {
        if (!terminal.IsInteractive || json)
            throw new SettingsException("resolve: nothing was changed: nobody can be asked here; --yes does it without asking");
        output.Write("Do it? [y/N] ");
        output.Flush();
        return terminal.ReadLine()?.Trim().ToUpperInvariant() is "Y" or "YES";
    }
}
