using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MicroTrader.Dashboard;
using MicroTrader.Domain.Robot;
using MicroTrader.Host.Api;

namespace MicroTrader.Host.Tests.Support;

/// <summary>The control API on a real Kestrel, on a loopback port that the system chose, put together as the host does it.</summary>
internal sealed class RobotServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RobotServer(WebApplication app, FixedRobot robot)
    {
        _app = app;
        Robot = robot;
        Client = new HttpClient { BaseAddress = Address };
    }

    public FixedRobot Robot { get; }

    public HttpClient Client { get; }

    public Uri Address => new(_app.Urls.Single());

    /// <summary>Every path that is answered, as it was mapped.</summary>
    public IEnumerable<RouteEndpoint> Routes => _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    public static async Task<RobotServer> StartAsync(FixedRobot robot, WebGate? gate = null)
    {
        gate ??= WebGate.Loopback;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<IRobotQueries>(robot);
        builder.Services.AddSingleton<IRobotCommands>(robot);
        builder.Services.AddSingleton<IMarketBoard>(robot);
        builder.Services.AddSingleton<IDecisionFeed>(robot);
        builder.Services.AddSingleton<ILogTail>(robot);
        builder.Services.AddWeb(gate);
        var app = builder.Build();
        app.UseApi(gate);
        await app.StartAsync();
        return new RobotServer(app, robot);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
