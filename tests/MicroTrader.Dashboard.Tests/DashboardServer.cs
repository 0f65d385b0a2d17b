using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using MicroTrader.Dashboard.Live;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Dashboard.Tests;

/// <summary>The dashboard on a real Kestrel, on a loopback port that the system chose; the robot's clock stands still, the server's is real.</summary>
internal sealed class DashboardServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private DashboardServer(WebApplication app)
    {
        _app = app;
        Address = new Uri(app.Urls.Single());
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };
    }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public LiveView View => _app.Services.GetRequiredService<LiveView>();

    public static async Task<DashboardServer> StartAsync(FixedRobot robot, WebGate? gate = null, int port = 0)
    {
        gate ??= WebGate.Loopback;
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = typeof(DashboardServer).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory });
        StaticWebAssetsLoader.UseStaticWebAssets(builder.Environment, builder.Configuration);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Services.AddSingleton<IRobotQueries>(robot);
        builder.Services.AddSingleton<IRobotCommands>(robot);
        builder.Services.AddSingleton<IMarketBoard>(robot);
        builder.Services.AddSingleton<IDecisionFeed>(robot);
        builder.Services.AddSingleton<ILogTail>(robot);
        builder.Services.AddMicroTraderDashboard(gate);
        var app = builder.Build();
        app.UseMicroTraderGate(gate);
        app.UseRouting();
        app.UseAntiforgery();
        app.MapMicroTraderDashboard();
        app.MapGet("/api/ping", () => Results.Text("pong"));
        app.MapPost("/api/ping", () => Results.Text("pong"));
        app.MapGet("/health/live", () => Results.Text("live"));
        await app.StartAsync();
        return new DashboardServer(app);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }
}
