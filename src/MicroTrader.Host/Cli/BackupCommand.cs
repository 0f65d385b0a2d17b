using System.CommandLine;
using System.Globalization;
using MicroTrader.Actors.Journal;
using MicroTrader.Host.Running;

namespace MicroTrader.Host.Cli;

/// <summary><c>backup</c>: a copy of the journal, whether a host runs or not.</summary>
internal static class BackupCommand
{
    /// <summary>The command.</summary>
    public static Command Make(TextWriter output)
    {
        var command = new Command("backup", "Copies the journal beside a running robot, checks the copy, and says where it is");
        var common = new CommonOptions();
        var to = new Option<string?>("--to") { Description = "The copy's file, which must not be there yet; else one in backups/ beside the journal, with the time in its name", HelpName = "file" };
        var journal = new Option<string?>("--journal") { Description = "A journal's file or folder, e.g. of a replay; else the one of the mode", HelpName = "path" };
        common.AddTo(command);
        command.Options.Add(to);
        command.Options.Add(journal);
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(journal) is { } given ? JournalLocator.Given(given) : JournalLocator.Find(common.Load(parsed));
            var now = TimeProvider.System.GetUtcNow().UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
            var target = Path.GetFullPath(parsed.GetValue(to) ?? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, "backups", $"journal-{now}.db"));
            var facts = JournalBackup.Take(path, target);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{target}: {facts} facts, {new FileInfo(target).Length:N0} bytes, checked"));
            return ExitCodes.Ok;
        });
        return command;
    }
}
