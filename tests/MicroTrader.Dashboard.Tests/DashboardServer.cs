using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Dashboard.Tests;

/// <summary>The dashboard on a real Kestrel, on a loopback port that the system chose; only the clock stands still.</summary>
internal sealed class DashboardServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private DashboardServer(WebApplication app)
    {
        _app = app;
        Address = new Uri(app.Urls.Single());
        Client = new HttpClient { BaseAddress = Address };
    }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public static async Task<DashboardServer> StartAsync(IRobotQueries robot)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(RobotData.Now));
        builder.Services.AddSingleton(robot);
        builder.Services.AddMicroTraderDashboard();
        var app = builder.Build();
        app.UseLoopbackHostsOnly();
        app.MapMicroTraderDashboard();
        app.MapGet("/api/ping", () => Results.Text("pong"));
        await app.StartAsync();
        return new DashboardServer(app);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
