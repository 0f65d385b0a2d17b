using System.Net;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using MicroTrader.Dashboard;
using MicroTrader.Host.Configuration;

namespace MicroTrader.Host.Api;

/// <summary>The web server: what it listens on, its limits, its pages and its API, in the order in which a request meets them.</summary>
internal static class WebServer
{
    private const string Application = "microtrader";

    /// <summary>Makes the builder of the process.</summary>
    /// <param name="contentRoot">The folder of the settings.</param>
    public static WebApplicationBuilder CreateBuilder(string contentRoot)
    {
        // A published host has its files in wwwroot beside it; one that was built has a list that says where each is, in packages and in the sources.
        var hasList = File.Exists(Path.Combine(AppContext.BaseDirectory, Application + ".staticwebassets.runtime.json"));
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = Application,
            ContentRootPath = contentRoot,
            WebRootPath = hasList ? null : Path.Combine(AppContext.BaseDirectory, "wwwroot"),
        });
        builder.Configuration.Sources.Clear();
        if (hasList)
            StaticWebAssetsLoader.UseStaticWebAssets(builder.Environment, builder.Configuration);
        return builder;
    }

    /// <summary>Sets what is listened on, and how much of it may be used.</summary>
    public static void ConfigureWeb(this WebApplicationBuilder builder, WebPlan web)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            Limit(kestrel.Limits, web.Gate);
            // The command line of this machine always finds the host on loopback.
            if (web.Address is not { } address || !IsAny(address))
                kestrel.Listen(IPAddress.Loopback, web.Port);
            if (web.Address is { } other)
                kestrel.Listen(other, web.Port);
        });
        builder.Services.AddWeb(web.Gate);
    }

    /// <summary>Adds what the pages and the API need.</summary>
    public static IServiceCollection AddWeb(this IServiceCollection services, WebGate gate) => services.AddApiLimits().AddApiDocument().AddMicroTraderDashboard(gate);

    /// <summary>Puts the gate, the pages and the API on the application.</summary>
    public static void UseWeb(this WebApplication app, WebGate gate)
    {
        app.UseApi(gate);
        app.MapMicroTraderDashboard();
    }

    /// <summary>Puts the gate and the API on the application.</summary>
    public static void UseApi(this WebApplication app, WebGate gate)
    {
        app.UseMicroTraderGate(gate);
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAntiforgery();
        app.MapHealth();
        app.MapControlApi();
        app.MapApiDocument();
    }

    /// <summary>The address that this machine's own programs use, of those that are listened on.</summary>
    public static string Local(IEnumerable<string> addresses)
    {
        var all = addresses.Select(a => new Uri(a)).ToList();
        var loopback = all.Find(a => a.IsLoopback);
        // 0.0.0.0 is every address, and none that can be called.
        return loopback is not null ? loopback.GetLeftPart(UriPartial.Authority) : $"http://127.0.0.1:{all[0].Port}";
    }

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    private static void Limit(KestrelServerLimits limits, WebGate gate)
    {
        limits.MaxRequestBodySize = gate.LargestBody;
        limits.MaxConcurrentConnections = 500;
        limits.MaxConcurrentUpgradedConnections = 64;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
    }
}
