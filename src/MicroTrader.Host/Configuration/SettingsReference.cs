using System.Globalization;

namespace MicroTrader.Host.Configuration;

/// <summary>The table of settings in <c>docs/configuration.md</c>, made from the options types: <c>check --reference</c> prints it, a test compares it.</summary>
internal static class SettingsReference
{
    /// <summary>A row for each setting.</summary>
    public static IEnumerable<string> Rows() => SettingsBinder.Describe(new TraderOptions()).Select(setting =>
    {
        var type = Nullable.GetUnderlyingType(setting.Property.PropertyType) ?? setting.Property.PropertyType;
        var allowed = setting.IsTable ? "names and values" : SettingsBinder.Allowed(setting, type);
        return $"| `{setting.Key}` | {Default(setting)} | {allowed} | {setting.About.Description}{(setting.About.Secret ? " (secret)" : "")} |";
    });

    private static string Default(SettingInfo setting) => setting.Property.GetValue(setting.Owner) switch
    {
        null or "" or Dictionary<string, string> => "-",
        TimeSpan duration => $"`{Duration.Describe(duration.TotalSeconds)}`",
        bool flag => flag ? "`true`" : "`false`",
        Enum value => $"`{value.ToString().ToLowerInvariant()}`",
        { } value => $"`{Convert.ToString(value, CultureInfo.InvariantCulture)}`",
    };
}
