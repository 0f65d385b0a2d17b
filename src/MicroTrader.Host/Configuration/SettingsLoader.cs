using System.Collections;
using DotNetEnv;

namespace MicroTrader.Host.Configuration;

/// <summary>Gathers the settings: <c>appsettings.json</c>, then <c>.env</c>, then the environment, then the command line. The later wins.</summary>
internal static class SettingsLoader
{
    /// <summary>The folder that holds the settings: the working folder where it has them, else the executable's.</summary>
    public static string ContentRoot()
    {
        var working = Directory.GetCurrentDirectory();
        return File.Exists(Path.Combine(working, "appsettings.json")) || File.Exists(Path.Combine(working, "akka.hocon"))
            ? working
            : AppContext.BaseDirectory;
    }

    /// <summary>Loads and checks the settings.</summary>
    /// <param name="folder">The folder of <c>appsettings.json</c> and <c>.env</c>.</param>
    /// <param name="environment">The environment's variables.</param>
    /// <param name="commandLine">Settings from the command line.</param>
    /// <exception cref="SettingsException">A file cannot be read, or a setting is unknown or impossible.</exception>
    public static TraderOptions Load(string folder, IDictionary environment, IEnumerable<KeyValuePair<string, string?>> commandLine)
    {
        var builder = new ConfigurationBuilder().SetBasePath(Path.GetFullPath(folder)).AddJsonFile("appsettings.json", optional: true, reloadOnChange: false);
        builder.Add(new NamedSource(".env", FromFile(Path.Combine(folder, ".env"))));
        builder.Add(new NamedSource("environment", FromEnvironment(environment)));
        builder.Add(new NamedSource("command line", commandLine));
        try
        {
            return SettingsBinder.Bind(builder.Build());
        }
        catch (Exception e) when (e is InvalidDataException or FormatException or IOException or UnauthorizedAccessException)
        {
            var cause = e.InnerException ?? e;
            throw new SettingsException($"appsettings.json: cannot be read: {FirstLine((cause.InnerException ?? cause).Message)}");
        }
    }

    private static List<KeyValuePair<string, string?>> FromFile(string path)
    {
        if (!File.Exists(path))
            return [];
        List<KeyValuePair<string, string>> lines;
        try
        {
            lines = [.. Env.NoEnvVars().Load(path)];
        }
        catch (Exception e)
        {
            // The parser's own exceptions quote the line, which may hold a secret: only their position is told.
            throw new SettingsException($".env: cannot be read ({e.GetType().Name}); each line is NAME=value, or starts with #");
        }

        var settings = new List<KeyValuePair<string, string?>>();
        foreach (var (name, value) in lines)
        {
            if (value.Length == 0)
                continue;
            if (LegacyNames.Translate(name, value) is { } legacy)
                settings.Add(legacy);
            else if (name.Contains("__", StringComparison.Ordinal))
                settings.Add(new(name.Replace("__", ":", StringComparison.Ordinal), value));
            else
                throw new SettingsException($"{name}: unknown setting (.env); allowed are {string.Join(", ", LegacyNames.All)} and Section__Name");
        }

        return settings;
    }

    private static IEnumerable<KeyValuePair<string, string?>> FromEnvironment(IDictionary environment)
    {
        // The environment holds everybody's names: ours are the known ones, and those that begin with a section of ours.
        var sections = SettingsBinder.Describe(new TraderOptions()).Select(s => s.Key.Split(':')[0]).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in environment)
        {
            if (entry is not { Key: string name, Value: string { Length: > 0 } value })
                continue;
            if (LegacyNames.Translate(name, value) is { } legacy)
                yield return legacy;
            else if (name.Split("__") is { Length: > 1 } parts && sections.Contains(parts[0]))
                yield return new(string.Join(':', parts), value);
        }
    }

    private static string FirstLine(string text) => text.Split('\n')[0].Trim();
}
