using MicroTrader.Host.Configuration;
using MicroTrader.Host.Running;

namespace MicroTrader.Host.Cli;

/// <summary>Finds the journal that a command means.</summary>
internal static class JournalLocator
{
    /// <summary>The journal of a mode: the one that its settings lead to.</summary>
    /// <exception cref="StartException">There is none yet, or more than one.</exception>
    public static string Find(TraderOptions options)
    {
        var root = RunFolders.Root(SettingsLoader.ContentRoot(), options);
        var mode = ModeOf(options);
        var folders = Directory.Exists(root) ? Directory.GetDirectories(root, $"{mode.ToString().ToLowerInvariant()}-*") : [];
        var journals = folders.Select(f => Path.Combine(f, RunFolders.JournalFile)).Where(File.Exists).Order(StringComparer.Ordinal).ToList();
        return journals.Count switch
        {
            1 => journals[0],
            0 => throw new StartException($"there is no journal of {mode.ToString().ToUpperInvariant()} in {root} yet: the robot has not run; --journal names another"),
            _ => throw new StartException($"there are journals of several accounts: {string.Join(", ", journals)}; --journal names one"),
        };
    }

    /// <summary>The journal that was named: a file, or a folder that holds one.</summary>
    /// <exception cref="StartException">There is none.</exception>
    public static string Given(string path)
    {
        var file = Directory.Exists(path) ? Path.Combine(path, RunFolders.JournalFile) : path;
        return File.Exists(file) ? file : throw new StartException($"--journal: {path} is neither a journal nor a folder with a {RunFolders.JournalFile}");
    }

    /// <summary>Which money is meant. Only the account's kind is needed here: keys need not be complete to look at what was traded.</summary>
    public static RunMode ModeOf(TraderOptions options) => options.Trading.Mode switch
    {
        TradingMode.Sim => RunMode.Sim,
        TradingMode.Practice => RunMode.Practice,
        TradingMode.Live => RunMode.Live,
        _ when options.Trading212.Live => RunMode.Live,
        _ when options.Trading212.Demo.ApiKey.Length > 0 => RunMode.Practice,
        _ => RunMode.Sim,
    };
}
