using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MicroTrader.Actors.Diagnostics;
using MicroTrader.Host.Telemetry;
using MicroTrader.Host.Tests.Support;
using OpenTelemetry.Trace;

namespace MicroTrader.Host.Tests.Telemetry;

/// <summary>Traces on their way to a collector, over real gRPC on loopback.</summary>
public sealed class ExportTests
{
    [Fact]
    public async Task With_an_address_a_collector_gets_the_traces()
    {
        var got = new ConcurrentQueue<(string Path, string Body)>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, o => o.Protocols = HttpProtocols.Http2));
        await using var collector = builder.Build();
        collector.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            got.Enqueue((context.Request.Path, Encoding.Latin1.GetString(body.ToArray())));
            context.Response.ContentType = "application/grpc";
            context.Response.AppendTrailer("grpc-status", "0");
            await context.Response.Body.WriteAsync(new byte[5]);
        });
        await collector.StartAsync();

        var services = new ServiceCollection();
        services.AddLogging();
        services.AddRobotTelemetry(Settings.Plan(("Telemetry:OtlpEndpoint", collector.Urls.Single())));
        await using var provider = services.BuildServiceProvider();
        var traces = provider.GetRequiredService<TracerProvider>();
        using var source = new ActivitySource(TradeTracing.SourceName);
        source.StartActivity("a trade to be seen")!.Dispose();
        Assert.True(traces.ForceFlush(20_000));

        var (path, text) = Assert.Single(got, g => g.Body.Contains("a trade to be seen", StringComparison.Ordinal));
        Assert.Equal("/opentelemetry.proto.collector.trace.v1.TraceService/Export", path);
        Assert.Contains("microtrader.mode", text);
    }

    [Fact]
    public void Without_one_nothing_is_traced()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddRobotTelemetry(Settings.Plan());
        using var provider = services.BuildServiceProvider();

        Assert.Null(provider.GetService<TracerProvider>());
    }
}
