using System.Diagnostics;
using System.Xml.Linq;

namespace MicroTrader.Host.Tests.Support;

/// <summary>The repository's files, as far as they are the repository's.</summary>
internal static class Sources
{
    private static readonly string[] NotOurs = ["bin", "obj", "artifacts", ".git", "data", "logs", "TestResults", ".vs", ".idea", ".vscode"];

    /// <summary>The files that git knows of; without git, all but what builds and runs leave behind.</summary>
    public static IReadOnlyList<string> Tracked { get; } = FromGit() ?? [.. Below(Repository.Root)];

    public static IReadOnlyList<string> Projects(string folder) =>
        [.. Directory.GetDirectories(Repository.File(folder)).SelectMany(d => Directory.GetFiles(d, "*.csproj")).Order(StringComparer.Ordinal)];

    public static IEnumerable<string> Below(string folder) => Directory.GetFiles(folder)
        .Concat(Directory.GetDirectories(folder).Where(d => !NotOurs.Contains(Path.GetFileName(d))).SelectMany(Below));

    public static XDocument Xml(string path) => XDocument.Load(path);

    private static IReadOnlyList<string>? FromGit()
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", ["ls-files", "-z"]) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var names = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            return git.ExitCode == 0 ? [.. names.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(n => Repository.File(n)).Where(File.Exists)] : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // No git: an archive of the sources, say.
            return null;
        }
    }
}
