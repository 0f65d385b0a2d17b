using System.Collections;
using MicroTrader.Host.Configuration;

namespace MicroTrader.Host.Tests.Support;

/// <summary>Settings through the host's own loader, from the sources that a test names.</summary>
internal static class Settings
{
    /// <summary>Loads the settings of a folder that holds these files alone.</summary>
    public static TraderOptions Load(string? json = null, string? env = null, (string Name, string Value)[]? environment = null, params (string Key, string Value)[] commandLine)
    {
        using var folder = new TempFolder();
        if (json is not null)
            folder.Write("appsettings.json", json);
        if (env is not null)
            folder.Write(".env", env);
        var variables = new Hashtable();
        foreach (var (name, value) in environment ?? [])
            variables[name] = value;
        return SettingsLoader.Load(folder.Path, variables, commandLine.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
    }

    /// <summary>Loads settings of the command line.</summary>
    public static TraderOptions Of(params (string Key, string Value)[] commandLine) => Load(commandLine: commandLine);

    /// <summary>Plans a run of settings of the command line.</summary>
    public static RunPlan Plan(params (string Key, string Value)[] commandLine) => RunPlanner.Plan(Of(commandLine));

    /// <summary>What the settings are refused with: one line.</summary>
    public static string Refusal(Action load)
    {
        var message = Assert.Throws<SettingsException>(load).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }

    /// <summary>What a plan is refused with: one line.</summary>
    public static string PlanRefusal(params (string Key, string Value)[] commandLine) => Refusal(() => Plan(commandLine));
}
