using System.Globalization;
using System.Text;
using System.Text.Json;
using MicroTrader.Host.Configuration;

namespace MicroTrader.Host.Cli;

/// <summary>The files that <c>init</c> writes: settings with what each means, made from the options' types, and keys that only this user may read.</summary>
internal static class InitFiles
{
    // What only a command line gives, or what stands in .env by a name that users have.
    private static readonly string[] LeftOut = ["Feed:Data", "Feed:OnlySymbols", "Feed:Speed", "Trading212:Live"];

    /// <summary><c>appsettings.json</c>: every setting that is no secret, with its meaning.</summary>
    /// <param name="answers">Values that were given, by setting.</param>
    public static string Settings(IReadOnlyDictionary<string, string> answers)
    {
        var text = new StringBuilder();
        text.AppendLine("{");
        text.AppendLine("  // Every setting, with its meaning. Later sources win: this file, then .env, then environment variables (Section__Key), then the command line.");
        text.AppendLine("  // Keys do not belong here: they are in .env, which only you can read.");
        var settings = SettingsBinder.Describe(new TraderOptions()).Where(s => !s.About.Secret && !LeftOut.Contains(s.Key)).ToList();
        Section(text, settings, "", 1, answers);
        text.AppendLine("}");
        return text.ToString().ReplaceLineEndings("\n");
    }

    /// <summary><c>.env</c>: keys.</summary>
    /// <param name="keys">Names and values; a value that is empty is left to be filled in.</param>
    public static string Keys(IEnumerable<(string Name, string Value, string About)> keys)
    {
        var text = new StringBuilder("# Keys. Only you may read this file: see that it stays so, and that it is in no backup that others can read.\n");
        foreach (var (name, value, about) in keys)
            text.Append("\n# ").Append(about).Append('\n').Append(name).Append('=').Append(Quoted(name, value)).Append('\n');
        return text.ToString();
    }

    /// <summary>Writes a file whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">What it holds.</param>
    /// <param name="secret">Whether nobody but this user may read it, from its first byte on.</param>
    public static void Write(string path, string text, bool secret)
    {
        var unfinished = path + ".unfinished";
        File.Delete(unfinished);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (secret && !OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(unfinished, options))
            file.Write(Encoding.UTF8.GetBytes(text));
        File.Move(unfinished, path, overwrite: true);
    }

    private static void Section(StringBuilder text, List<SettingInfo> settings, string prefix, int depth, IReadOnlyDictionary<string, string> answers)
    {
        var names = settings.Where(s => s.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(s => s.Key[prefix.Length..].Split(':')[0]).Distinct().ToList();
        var indent = new string(' ', depth * 2);
        for (var i = 0; i < names.Count; i++)
        {
            var comma = i < names.Count - 1 ? "," : "";
            if (settings.FirstOrDefault(s => s.Key == prefix + names[i]) is { } setting)
            {
                var type = Nullable.GetUnderlyingType(setting.Property.PropertyType) ?? setting.Property.PropertyType;
                text.Append(indent).Append("// ").Append(setting.About.Description).Append(setting.IsTable ? "" : $" ({SettingsBinder.Allowed(setting, type)})").AppendLine();
                text.Append(indent).Append('"').Append(names[i]).Append("\": ").Append(Value(setting, answers)).AppendLine(comma);
            }
            else
            {
                text.Append(indent).Append('"').Append(names[i]).AppendLine("\": {");
                Section(text, settings, $"{prefix}{names[i]}:", depth + 1, answers);
                text.Append(indent).Append('}').AppendLine(comma);
            }
        }
    }

    private static string Value(SettingInfo setting, IReadOnlyDictionary<string, string> answers)
    {
        if (answers.TryGetValue(setting.Key, out var given))
            return Text(given);
        return setting.Property.GetValue(setting.Owner) switch
        {
            Dictionary<string, string> => "{}",
            null => "\"\"",
            bool flag => flag ? "true" : "false",
            TimeSpan duration => Text(Duration.Describe(duration.TotalSeconds)),
            string text => Text(text),
            Enum value => Text(value.ToString().ToLowerInvariant()),
            var number => Convert.ToString(number, CultureInfo.InvariantCulture)!,
        };
    }

    private static string Text(string value) => "\"" + JsonEncodedText.Encode(value, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping) + "\"";

    // As it stands, between quotes of which it holds none: .env knows no way to write a quote within its own kind.
    private static string Quoted(string name, string value)
    {
        if (value.Length == 0 || value.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or ':' or '.' or '/' or '+' or '='))
            return value;
        if (!value.Contains('\'', StringComparison.Ordinal))
            return $"'{value}'";
        return !value.Contains('"', StringComparison.Ordinal) && !value.Contains("${", StringComparison.Ordinal)
            ? $"\"{value}\""
            : throw new SettingsException($"{name}: holds both kinds of quotes, which .env cannot hold; set it in the environment");
    }
}
