namespace MicroTrader.Host.Configuration;

/// <summary>Where traces go. Metrics are at <c>/metrics</c> of the page, always.</summary>
public sealed class TelemetryOptions
{
    [Setting("Address of an OpenTelemetry collector (OTLP over gRPC, e.g. http://127.0.0.1:4317) that gets a trace of each trade; empty for none")]
    public string OtlpEndpoint { get; set; } = "";
}
