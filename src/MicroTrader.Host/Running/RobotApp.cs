using Akka.Actor;
using Akka.Configuration;
using Akka.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using MicroTrader.Actors;
using MicroTrader.Actors.Diagnostics;
using MicroTrader.Actors.Execution;
using MicroTrader.Actors.Hosting;
using MicroTrader.Domain.Risk;
using MicroTrader.Domain.Robot;
using MicroTrader.Host.Api;
using MicroTrader.Host.Configuration;
using MicroTrader.Host.Logging;
using MicroTrader.Host.Telemetry;
using Serilog;

namespace MicroTrader.Host.Running;

/// <summary>The composition, whole: the web server, the actor system, the journal and the robot. What is in it is decided elsewhere; how it hangs together, here.</summary>
internal sealed class RobotApp : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly RobotMetrics _metrics;

    private RobotApp(WebApplication app, RobotMetrics metrics, RobotClient client, IActorRef supervisor)
    {
        _app = app;
        _metrics = metrics;
        Client = client;
        Supervisor = supervisor;
    }

    /// <summary>Asks and tells the robot.</summary>
    public RobotClient Client { get; }

    /// <summary>The robot.</summary>
    public IActorRef Supervisor { get; }

    /// <summary>Where the page is.</summary>
    public string Address => WebServer.Local(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses);

    /// <summary>Starts everything.</summary>
    /// <exception cref="StartException">The page's port is in use.</exception>
    public static async Task<RobotApp> StartAsync(
        RunSetup setup, string contentRoot, Serilog.ILogger log, LogTail tail, DateTimeOffset startedAt, CancellationToken cancellation, Action<RobotNotice>? notify = null)
    {
        var plan = setup.Plan;
        var metrics = new RobotMetrics(setup.Time);
        var identity = new RobotIdentity(plan.ModeName, setup.FeedDescription, setup.Venue.Description, setup.Account.AccountId, setup.JournalPath, startedAt, ExitView.Of(plan.Exits));
        var settings = plan.Robot(setup.Account.Symbols, setup.JournalPath, setup.Account.Currency) with
        {
            CashAtStart = setup.Account.FreeCash is { } free ? new CashReading(free, setup.Time.GetUtcNow()) : null,
        };

        var decisions = new RecentDecisions();
        var builder = WebServer.CreateBuilder(contentRoot);
        builder.Host.UseSerilog(log);
        // Signals are the host's own: it drains before it stops.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(20));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.ConfigureWeb(plan.Web);
        builder.Services.AddRobotTelemetry(plan);
        builder.Services.AddSingleton<IMarketBoard>(setup.Board);
        builder.Services.AddSingleton<IDecisionFeed>(decisions);
        builder.Services.AddSingleton<ILogTail>(tail);
        builder.Services.AddSingleton(sp => new RobotClient(sp.GetRequiredService<IReadOnlyActorRegistry>().Get<MicroTraderSupervisor>(), identity, metrics, setup.Time));
        builder.Services.AddSingleton<IRobotQueries>(sp => sp.GetRequiredService<RobotClient>());
        builder.Services.AddSingleton<IRobotCommands>(sp => sp.GetRequiredService<RobotClient>());
        builder.Services.AddAkka("microtrader", (akka, sp) =>
        {
            var services = new RobotServices(
                setup.Time,
                sp.GetRequiredService<ILoggerFactory>(),
                metrics,
                setup.Pump ?? (IActivityTracker)NoActivityTracker.Instance,
                setup.Client)
            {
                Decisions = decisions,
                Notify = notify ?? (static _ => { }),
            };
            akka.AddHocon(Hocon(contentRoot, setup.Pump is not null), HoconAddMode.Prepend)
                .ConfigureLoggers(loggers =>
                {
                    loggers.ClearLoggers();
                    loggers.AddLoggerFactory();
                })
                .WithSqliteJournal(setup.JournalPath)
                .WithRobot(services, settings, setup.Feed, setup.Journalled);
            if (setup.Pump is { } pump)
                akka.WithActorPump(pump);
        });

        var app = builder.Build();
        app.UseWeb(plan.Web.Gate);
        app.MapRobotMetrics();
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (IOException e)
        {
            await app.DisposeAsync();
            throw new StartException($"Web:Port: {plan.Options.Web.Port} cannot be listened on{(plan.Web.Address is { } address ? $" at {address}" : "")} ({e.Message}); set another, or 0 for any");
        }

        return new RobotApp(app, metrics, app.Services.GetRequiredService<RobotClient>(), app.Services.GetRequiredService<IReadOnlyActorRegistry>().Get<MicroTraderSupervisor>());
    }

    /// <summary>Stops the robot and the page. What is open stays in the journal.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _metrics.Dispose();
    }

    private static Config Hocon(string contentRoot, bool replay)
    {
        var overlays = replay ? new[] { "hocon/replay.hocon", "hocon/sqlite.hocon", "akka.hocon" } : ["hocon/sqlite.hocon", "akka.hocon"];
        return overlays.Select(name => Parse(contentRoot, name)).Aggregate((over, under) => over.WithFallback(under));
    }

    private static Config Parse(string contentRoot, string name)
    {
        var path = Path.Combine(contentRoot, name);
        if (!File.Exists(path))
            path = Path.Combine(AppContext.BaseDirectory, name);
        try
        {
            return ConfigurationFactory.ParseString(File.ReadAllText(path));
        }
        catch (Exception e)
        {
            throw new SettingsException($"{name}: cannot be read: {e.Message.Split('\n')[0]}");
        }
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
