namespace MicroTrader.Host.Configuration;

/// <summary>A setting that is unknown or impossible. The message is one line for the person; the host ends with exit code 2.</summary>
public sealed class SettingsException(string message) : Exception(message);
