using MicroTrader.Host.Configuration;

namespace MicroTrader.Host.Telemetry;

/// <summary>Where traces go, checked.</summary>
internal static class TelemetryPlan
{
    /// <summary>The collector; null where there is none.</summary>
    /// <exception cref="SettingsException">The setting is impossible.</exception>
    public static Uri? Otlp(TelemetryOptions options)
    {
        if (options.OtlpEndpoint.Length == 0)
            return null;
        if (!Uri.TryCreate(options.OtlpEndpoint, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http"))
            throw new SettingsException($"Telemetry:OtlpEndpoint: '{options.OtlpEndpoint}' is not allowed; allowed is an address such as http://127.0.0.1:4317");
        return address.UserInfo.Length == 0
            ? address
            : throw new SettingsException("Telemetry:OtlpEndpoint: carries a user name; allowed is an address such as http://127.0.0.1:4317");
    }
}
