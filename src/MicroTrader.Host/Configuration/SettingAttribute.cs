namespace MicroTrader.Host.Configuration;

/// <summary>Describes a setting: what it means, and what is allowed.</summary>
/// <param name="description">What it means, in a line.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SettingAttribute(string description) : Attribute
{
    /// <summary>What it means, in a line.</summary>
    public string Description { get; } = description;

    /// <summary>Least value; for a duration in seconds.</summary>
    public double Min { get; set; } = double.MinValue;

    /// <summary>Largest value; for a duration in seconds.</summary>
    public double Max { get; set; } = double.MaxValue;

    /// <summary>Never shown, logged or journalled.</summary>
    public bool Secret { get; set; }

    /// <summary>Whether it names files or folders: a relative one is meant from where it was said.</summary>
    public SettingPath Path { get; set; }
}
