namespace MicroTrader.Host.Configuration;

/// <summary>Settings that were gathered already, under the name that messages give their source.</summary>
internal sealed class NamedSource : ConfigurationProvider, IConfigurationSource
{
    private readonly Dictionary<string, string> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes the settings.</summary>
    /// <param name="name">What messages call the source.</param>
    /// <param name="values">The settings.</param>
    public NamedSource(string name, IEnumerable<KeyValuePair<string, string?>> values)
    {
        Name = name;
        foreach (var (key, value) in values)
            Data[key] = value;
    }

    /// <summary>Takes settings that the source calls by names of its own.</summary>
    /// <param name="name">What messages call the source.</param>
    /// <param name="values">The settings: each one's key, its value, and what the source calls it.</param>
    /// <exception cref="SettingsException">Two names of the source set one setting, differently.</exception>
    public NamedSource(string name, IEnumerable<(string Key, string Value, string Written)> values)
    {
        Name = name;
        foreach (var (key, value, written) in values)
        {
            // The environment has no order: which of the two would win is chance, and it may be LIVE.
            if (_names.TryGetValue(key, out var other) && Data[key] != value)
                throw new SettingsException($"{written}: contradicts {other} ({name}); both set {key}, leave one of them out");
            Data[key] = value;
            _names[key] = written;
        }
    }

    /// <summary>What messages call the source.</summary>
    public string Name { get; }

    /// <summary>What messages call the source of a setting: with the name that it has there, where that is another.</summary>
    public string Describe(string key) =>
        _names.TryGetValue(key, out var written) && !written.Replace("__", ":", StringComparison.Ordinal).Equals(key, StringComparison.OrdinalIgnoreCase) ? $"{Name}: {written}" : Name;

    /// <inheritdoc/>
    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;
}
