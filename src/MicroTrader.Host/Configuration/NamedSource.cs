
namespace MicroTrader.Host.Configuration;

/// <summary>Settings that were gathered already, under the name that messages give their source.</summary>
internal sealed class NamedSource : ConfigurationProvider, IConfigurationSource
{
    /// <summary>Takes the settings.</summary>
    /// <param name="name">What messages call the source.</param>
    /// <param name="values">The settings.</param>
    public NamedSource(string name, IEnumerable<KeyValuePair<string, string?>> values)
    {
        Name = name;
        foreach (var (key, value) in values)
            Data[key] = value;
    }

    /// <summary>What messages call the source.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;
}
