using System.CommandLine;
using System.Text.Json;
using MicroTrader.Actors.Journal;
using MicroTrader.Host.Api;
using MicroTrader.Host.Running;

namespace MicroTrader.Host.Cli;

/// <summary><c>explain</c>: one trade or order step by step, from the journal alone, whether a host runs or not.</summary>
internal static class ExplainCommand
{
    /// <summary>The command.</summary>
    public static Command Make(TextWriter output)
    {
        var command = new Command("explain", "Tells what became of a trade or one of its orders, step by step");
        var reference = new Argument<string>("reference") { Description = "AXSM-17 for a trade, AXSM-17-B1 for one of its orders" };
        var common = new CommonOptions();
        var json = new Option<bool>("--json") { Description = "For a program to read" };
        var journal = new Option<string?>("--journal") { Description = "A journal's file or folder, e.g. of a replay; else the one of the mode", HelpName = "path" };
        command.Arguments.Add(reference);
        common.AddTo(command);
        command.Options.Add(json);
        command.Options.Add(journal);
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(journal) is { } given ? JournalLocator.Given(given) : JournalLocator.Find(common.Load(parsed));
            var answer = JournalReader.Explain(path, parsed.GetValue(reference)!);
            var explanation = answer.Explanation ?? throw new StartException($"explain: {answer.Problem}");
            output.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(explanation, HostJson.Default.Explanation) : ExplanationText.Of(explanation));
            return ExitCodes.Ok;
        });
        return command;
    }
}
