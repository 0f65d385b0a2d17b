using System.Globalization;
using System.Reflection;

namespace MicroTrader.Host.Configuration;

/// <summary>A setting, as the options types describe it.</summary>
/// <param name="Key">Its name: <c>Section:Name</c>.</param>
/// <param name="Property">Where it is kept.</param>
/// <param name="Owner">The object that keeps it.</param>
/// <param name="About">What it means, and what is allowed.</param>
internal sealed record SettingInfo(string Key, PropertyInfo Property, object Owner, SettingAttribute About)
{
    /// <summary>Whether the setting is a table of names and values, whose names are free.</summary>
    public bool IsTable => Property.PropertyType == typeof(Dictionary<string, string>);
}

/// <summary>
/// Puts a configuration into the options, strictly: a setting that nobody knows, or that is impossible, is one clear line that names it, the source,
/// what was wrong and what is allowed.
/// </summary>
internal static class SettingsBinder
{
    /// <summary>Every setting of the options.</summary>
    public static IReadOnlyList<SettingInfo> Describe(object options, string prefix = "")
    {
        var settings = new List<SettingInfo>();
        foreach (var property in options.GetType().GetProperties())
        {
            var key = prefix + property.Name;
            if (property.GetCustomAttribute<SettingAttribute>() is { } about)
                settings.Add(new SettingInfo(key, property, options, about));
            else
                settings.AddRange(Describe(property.GetValue(options)!, key + ":"));
        }

        return settings;
    }

    /// <summary>Binds a configuration.</summary>
    /// <param name="configuration">All sources; every name in them is meant for us.</param>
    /// <exception cref="SettingsException">A setting is unknown or impossible.</exception>
    public static TraderOptions Bind(IConfigurationRoot configuration)
    {
        var options = new TraderOptions();
        var settings = Describe(options).ToDictionary(s => s.Key, StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in configuration.AsEnumerable())
        {
            if (value is null)
                continue;
            if (settings.TryGetValue(key, out var setting) && !setting.IsTable)
                Set(setting, value, SourceOf(configuration, key));
            else if (TableOf(settings, key) is var (table, name))
                ((Dictionary<string, string>)table.Property.GetValue(table.Owner)!)[name] = value;
            else
                throw Unknown(key, settings.Keys, SourceOf(configuration, key));
        }

        SymbolOverrides.Check(options, name => SourceOf(configuration, name));
        return options;
    }

    private static (SettingInfo Table, string Name)? TableOf(Dictionary<string, SettingInfo> settings, string key)
    {
        // The name within a table may have colons of its own (Symbols:AXSM:Exits:MaxHold).
        for (var colon = key.IndexOf(':', StringComparison.Ordinal); colon > 0; colon = key.IndexOf(':', colon + 1))
        {
            if (settings.TryGetValue(key[..colon], out var table) && table.IsTable)
                return (table, key[(colon + 1)..]);
        }

        return null;
    }

    /// <summary>Puts a text into a setting.</summary>
    /// <exception cref="SettingsException">It is impossible.</exception>
    public static void Set(SettingInfo setting, string text, string source)
    {
        var type = Nullable.GetUnderlyingType(setting.Property.PropertyType) ?? setting.Property.PropertyType;
        if (text.Length == 0 && type != typeof(string))
        {
            // Empty says none, also where there is one by default.
            if (Nullable.GetUnderlyingType(setting.Property.PropertyType) is not null)
            {
                setting.Property.SetValue(setting.Owner, null);
                return;
            }

            throw Wrong(setting, text, Allowed(setting, type), source);
        }

        var value = Parse(type, text.Trim());
        if (value is null || !InRange(setting.About, value))
            throw Wrong(setting, text, Allowed(setting, type), source);
        setting.Property.SetValue(setting.Owner, value);
    }

    private static object? Parse(Type type, string text)
    {
        var invariant = CultureInfo.InvariantCulture;
        if (type == typeof(string))
            return text;
        if (type == typeof(TimeSpan))
            return Duration.TryParse(text, out var duration) ? duration : null;
        if (type == typeof(bool))
            return text.ToUpperInvariant() switch { "TRUE" or "1" or "YES" or "ON" => true, "FALSE" or "0" or "NO" or "OFF" => false, _ => null };
        if (type == typeof(int))
            return int.TryParse(text, NumberStyles.AllowLeadingSign, invariant, out var number) ? number : null;
        if (type == typeof(long))
            return long.TryParse(text, NumberStyles.AllowLeadingSign, invariant, out var number) ? number : null;
        if (type == typeof(decimal))
            return decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, invariant, out var number) ? number : null;
        // By name alone: Enum.Parse takes numbers too, and "sim,live" for the sum of both.
        if (type.IsEnum)
            return Enum.GetNames(type).FirstOrDefault(n => n.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name ? Enum.Parse(type, name) : null;
        throw new NotSupportedException($"a setting of type {type.Name}");
    }

    private static bool InRange(SettingAttribute about, object value)
    {
        double? number = value switch
        {
            int i => i,
            long l => l,
            decimal d => (double)d,
            TimeSpan t => t.TotalSeconds,
            _ => null,
        };
        return number is null || (number >= about.Min && number <= about.Max);
    }

    /// <summary>What is allowed for a setting, in words.</summary>
    public static string Allowed(SettingInfo setting, Type type)
    {
        var (min, max) = (setting.About.Min, setting.About.Max);
        var bounded = min > double.MinValue && max < double.MaxValue;
        if (type == typeof(TimeSpan))
            return bounded ? $"{Duration.Forms}, from {Duration.Describe(min)} to {Duration.Describe(max)}" : Duration.Forms;
        if (type == typeof(bool))
            return "true or false";
        if (type.IsEnum)
            return string.Join(", ", Enum.GetNames(type).Select(n => n.ToLowerInvariant()));
        if (type == typeof(string))
            return "a text";
        var kind = type == typeof(decimal) ? "a number" : "a whole number";
        return bounded ? string.Create(CultureInfo.InvariantCulture, $"{kind} from {min:0.####} to {max:0.####}") : kind;
    }

    private static SettingsException Wrong(SettingInfo setting, string text, string allowed, string source) =>
        new($"{setting.Key}: '{(setting.About.Secret ? "***" : text)}' is not allowed ({source}); allowed is {allowed}");

    /// <summary>Nobody knows a setting: names the nearest one.</summary>
    public static SettingsException Unknown(string key, IEnumerable<string> known, string source)
    {
        var near = known.OrderBy(k => Distance(k.ToUpperInvariant(), key.ToUpperInvariant())).First();
        return new SettingsException($"{key}: unknown setting ({source}); did you mean {near}?");
    }

    /// <summary>Where a setting's value comes from, in words.</summary>
    public static string SourceOf(IConfigurationRoot configuration, string key) =>
        configuration.Providers.LastOrDefault(p => p.TryGet(key, out _)) switch
        {
            FileConfigurationProvider file => file.Source.Path ?? "file",
            NamedSource named => named.Describe(key),
            { } other => other.GetType().Name.Replace("ConfigurationProvider", "", StringComparison.Ordinal).ToLowerInvariant(),
            null => "default",
        };

    private static int Distance(string a, string b)
    {
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var current = new int[b.Length + 1];
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
                current[j] = Math.Min(Math.Min(previous[j], current[j - 1]) + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
            previous = current;
        }

        return previous[^1];
    }
}
