using System.CommandLine;
using MicroTrader.Host.Configuration;

namespace MicroTrader.Host.Cli;

/// <summary>Options that several commands share, and the settings that they make.</summary>
internal sealed class CommonOptions
{
    /// <summary>Any setting.</summary>
    public Option<string[]> Set { get; } = new("--set") { Description = "Any setting, e.g. --set Risk:MaxOpenPositions=2 (may be repeated)", HelpName = "Section:Key=value" };

    /// <summary>Which money.</summary>
    public Option<string?> Mode { get; } = new("--mode") { Description = "auto, sim, practice or live", HelpName = "mode" };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(Set);
        command.Options.Add(Mode);
    }

    /// <summary>Loads the settings, with what a command line says.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="more">Settings that other options make.</param>
    /// <exception cref="SettingsException">A setting is unknown or impossible.</exception>
    public TraderOptions Load(ParseResult parsed, params IEnumerable<KeyValuePair<string, string?>> more)
    {
        var settings = new List<KeyValuePair<string, string?>>();
        foreach (var text in parsed.GetValue(Set) ?? [])
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                throw new SettingsException($"--set: '{text}' is not allowed; allowed is Section:Key=value");
            settings.Add(new(text[..equals].Trim(), text[(equals + 1)..]));
        }

        if (parsed.GetValue(Mode) is { } mode)
            settings.Add(new("Trading:Mode", mode));
        settings.AddRange(more);
        return SettingsLoader.Load(SettingsLoader.ContentRoot(), Environment.GetEnvironmentVariables(), TypedPaths.Root(settings, Directory.GetCurrentDirectory()));
    }
}
