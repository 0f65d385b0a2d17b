using System.Collections;

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

    private static IEnumerable<(string Key, string Value, string Written)> FromFile(string path)
    {
        foreach (var (name, value) in DotEnvFile.Read(path))
        {
            if (value.Length == 0)
                continue;
            if (LegacyNames.Translate(name, value, ".env") is var (key, translated))
                yield return (key, translated, name);
            else if (name.Contains("__", StringComparison.Ordinal))
                yield return (name.Replace("__", ":", StringComparison.Ordinal), value, name);
            else
                throw new SettingsException($"{name}: unknown setting (.env); allowed are {string.Join(", ", LegacyNames.All)} and Section__Name");
        }
    }

    private static IEnumerable<(string Key, string Value, string Written)> FromEnvironment(IDictionary environment)
    {
        // The environment holds everybody's names: ours are the known ones, and those that begin with a section of ours.
        var sections = SettingsBinder.Describe(new TraderOptions()).Select(s => s.Key.Split(':')[0]).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in environment)
        {
            if (entry is not { Key: string name, Value: string { Length: > 0 } value })
                continue;
            if (LegacyNames.Translate(name, value, "environment") is var (key, translated))
                yield return (key, translated, name);
            else if (name.Split("__") is { Length: > 1 } parts && sections.Contains(parts[0]))
                yield return (string.Join(':', parts), value, name);
        }
    }

    private static string FirstLine(string text) => text.Split('\n')[0].Trim();
}
