namespace MicroTrader.Host.Configuration;

/// <summary>
/// What a relative path is meant from: one that is typed on a command line, from the folder in which it is typed, whichever option or setting it is for; one in
/// <c>appsettings.json</c>, <c>.env</c> or the environment, from the folder of the settings.
/// </summary>
internal static class TypedPaths
{
    private static readonly Dictionary<string, SettingPath> Kinds = SettingsBinder.Describe(new TraderOptions())
        .Where(s => s.About.Path != SettingPath.None)
        .ToDictionary(s => s.Key, s => s.About.Path, StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes the paths among settings of a command line whole; other settings stay as they are.</summary>
    /// <param name="settings">What was typed.</param>
    /// <param name="typedIn">The folder in which it was typed.</param>
    /// <exception cref="SettingsException">A path is none.</exception>
    public static IEnumerable<KeyValuePair<string, string?>> Root(IEnumerable<KeyValuePair<string, string?>> settings, string typedIn) =>
        settings.Select(s => new KeyValuePair<string, string?>(s.Key, Kinds.GetValueOrDefault(s.Key.Trim()) switch
        {
            SettingPath.One => Whole(s.Key, s.Value, typedIn),
            SettingPath.Several => s.Value is null ? null : string.Join(',', s.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(p => Whole(s.Key, p, typedIn))),
            _ => s.Value,
        }));

    /// <summary>Paths as one setting, which commas separate: that of a file with a comma in its name would be read as two.</summary>
    /// <param name="option">The option.</param>
    /// <param name="paths">What was typed; each may be several with commas between.</param>
    /// <exception cref="SettingsException">A file or folder has a comma in its path.</exception>
    public static string Join(string option, IReadOnlyList<string> paths) =>
        paths.FirstOrDefault(p => p.Contains(',', StringComparison.Ordinal) && Path.Exists(p)) is { } odd
            ? throw new SettingsException($"{option}: '{odd}' is not allowed: commas separate paths; rename it, or name the folder above it")
            : string.Join(',', paths);

    private static string? Whole(string key, string? path, string typedIn)
    {
        if (string.IsNullOrWhiteSpace(path))
            return path;
        return path.Contains('\0', StringComparison.Ordinal)
            ? throw new SettingsException($"{key}: the path holds a character that no path may hold (command line)")
            : Path.GetFullPath(path.Trim(), typedIn);
    }
}
