using System.Globalization;

namespace MicroTrader.Host.Configuration;

/// <summary>Settings as people read and type them.</summary>
internal static class SettingText
{
    /// <summary>What a setting is set to; a secret is masked, and what is empty is a dash.</summary>
    public static string Of(SettingInfo setting) => setting.Property.GetValue(setting.Owner) switch
    {
        Dictionary<string, string> table => table.Count == 0 ? "-" : string.Join(", ", table.Select(p => $"{p.Key}={p.Value}")),
        string text when setting.About.Secret => Mask(text),
        null or "" => "-",
        { } value => Of(value),
    };

    /// <summary>A value.</summary>
    public static string Of(object value) => value is TimeSpan duration ? Duration.Describe(duration.TotalSeconds) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    /// <summary>Whether there is a secret, and nothing of it.</summary>
    public static string Mask(string secret) => secret.Length == 0 ? "-" : "***";
}
