namespace MicroTrader.Host.Configuration;

/// <summary>Whether a setting names files or folders.</summary>
public enum SettingPath
{
    /// <summary>It names none.</summary>
    None,

    /// <summary>It is one path; empty for none.</summary>
    One,

    /// <summary>It is paths, separated by commas.</summary>
    Several,
}
