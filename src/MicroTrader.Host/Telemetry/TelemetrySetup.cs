using MicroTrader.Actors.Diagnostics;
using MicroTrader.Host.Configuration;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace MicroTrader.Host.Telemetry;

/// <summary>Metrics for whoever scrapes them, and a trace of each trade for a collector. What is measured is the robot's own affair; here is only how it leaves.</summary>
internal static class TelemetrySetup
{
    /// <summary>Where metrics are read, in Prometheus' text.</summary>
    public const string MetricsPath = "/metrics";

    // Microseconds to seconds: a strategy decides in the former, a broker whose answer was lost is certain after minutes.
    private static readonly double[] Decisions = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 1_000];
    private static readonly double[] Posts = [0.5, 1, 2, 3, 5, 7.5, 10, 15, 20, 30, 50, 75, 100, 150, 200, 300, 500, 1_000, 2_000];
    private static readonly double[] Writes = [0.1, 0.25, 0.5, 1, 2, 3, 5, 7.5, 10, 15, 25, 50, 100, 250, 500, 1_000, 5_000, 20_000];
    private static readonly double[] Confirmations = [5, 10, 25, 50, 100, 200, 350, 500, 750, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 120_000, 300_000];

    /// <summary>Adds metrics, and traces where there is a collector.</summary>
    public static void AddRobotTelemetry(this IServiceCollection services, RunPlan plan)
    {
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource
                .AddService("microtrader", serviceVersion: typeof(TelemetrySetup).Assembly.GetName().Version?.ToString(3), autoGenerateServiceInstanceId: false)
                .AddAttributes([new("microtrader.mode", plan.ModeName)]))
            .WithMetrics(metrics => metrics
                .AddMeter(RobotMetrics.MeterName)
                // The runtime's own: collections, heap, threads, locks.
                .AddMeter("System.Runtime")
                .AddView(RobotMetrics.TickToDecision, Buckets(Decisions))
                .AddView(RobotMetrics.SignalToPost, Buckets(Posts))
                .AddView(RobotMetrics.JournalWrite, Buckets(Writes))
                .AddView(RobotMetrics.TimeToConfirm, Buckets(Confirmations))
                .AddPrometheusExporter());
        if (TelemetryPlan.Otlp(plan.Options.Telemetry) is { } collector)
            telemetry.WithTracing(traces => traces.AddSource(TradeTracing.SourceName).AddOtlpExporter(otlp =>
            {
                otlp.Endpoint = collector;
                otlp.Protocol = OtlpExportProtocol.Grpc;
            }));
    }

    /// <summary>Adds <see cref="MetricsPath"/>.</summary>
    public static void MapRobotMetrics(this IEndpointRouteBuilder endpoints) => endpoints.MapPrometheusScrapingEndpoint(MetricsPath);

    private static ExplicitBucketHistogramConfiguration Buckets(double[] boundaries) => new() { Boundaries = boundaries };
}
