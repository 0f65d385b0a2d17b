using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MicroTrader.Actors.Diagnostics;
using MicroTrader.Actors.Execution;
using MicroTrader.Actors.Hosting;
using MicroTrader.Actors.Journal;
using MicroTrader.Domain.Robot;
using MicroTrader.MarketData;
using MicroTrader.Simulators.Paper;
using MicroTrader.Trading212;

namespace MicroTrader.Actors.Tests.Support;

/// <summary>
/// The real robot: Akka.Hosting with the repository's HOCON, a SQLite journal, and a paper broker over loopback HTTP with books of its own. Only the
/// trading clock is the test's (and not even that without a pump). It can be stopped without any farewell and started again on the same files.
/// </summary>
internal sealed partial class RobotHarness : IAsyncDisposable
{
    private readonly TempFolder _folder;
    private readonly ILoggerFactory _logFactory;
    private readonly RobotMetrics _metrics;
    private readonly ActorPump? _pump;
    private readonly Trading212Client _client;
    private IHost? _host;
    private RobotClient? _robot;

    private RobotHarness(HarnessOptions options, TimeProvider time, PaperBroker broker, TempFolder folder, CapturedLogs logs)
    {
        _folder = folder;
        Options = options;
        Time = time;
        _metrics = new RobotMetrics(time);
        Broker = broker;
        Logs = logs;
        _logFactory = LoggerFactory.Create(b => b.AddProvider(logs).SetMinimumLevel(LogLevel.Debug));
        _pump = options.Pump ? new ActorPump() : null;
        var access = options.Client(new Trading212Options { BaseAddress = broker.BaseAddress, ApiKey = "paper", ApiSecret = "paper", ReadRetryDelay = TimeSpan.FromMilliseconds(1) });
        _client = options.InProcess
            ? Trading212Client.Over(broker.CreateHandler(), access, null, options.Observer)
            : new Trading212Client(access, null, options.Observer);
    }

    public HarnessOptions Options { get; set; }

    public TimeProvider Time { get; }

    public VirtualTimeProvider Clock => (VirtualTimeProvider)Time;

    public ActorPump Pump => _pump!;

    public PaperBroker Broker { get; }

    public CapturedLogs Logs { get; }

    public RobotMetrics Metrics => _metrics;

    /// <summary>What a person was told, in order.</summary>
    public ConcurrentQueue<RobotNotice> Notices { get; } = [];

    public string Folder => _folder.Path;

    public string JournalPath => _folder.File("journal.db");

    public ActorSystem System => _host!.Services.GetRequiredService<ActorSystem>();

    /// <summary>The robot, or what is left of it after a stop: telling that is telling nobody.</summary>
    public IActorRef Supervisor { get; private set; } = ActorRefs.Nobody;

    public RobotClient Robot => _robot!;

    public RecentDecisions Decisions { get; } = new();

    public DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>Starts venue and robot, and waits until the robot may trade.</summary>
    public static async Task<RobotHarness> StartAsync(HarnessOptions? options = null, bool waitForReady = true)
    {
        var harness = await MakeAsync(options);
        await harness.StartRobotAsync(waitForReady);
        return harness;
    }

    /// <summary>Starts the venue; the robot is not started.</summary>
    public static async Task<RobotHarness> MakeAsync(HarnessOptions? options = null)
    {
        options ??= new HarnessOptions();
        var folder = new TempFolder();
        var time = options.Pump ? new VirtualTimeProvider(HarnessOptions.Start) : TimeProvider.System;
        var broker = await PaperBroker.StartAsync(options.Venue(new PaperBrokerOptions
        {
            DatabasePath = folder.File("venue.db"),
            TimeProvider = time,
            Instruments = [.. PaperInstruments.Bundled],
        }));
        return new RobotHarness(options, time, broker, folder, new CapturedLogs());
    }

    /// <summary>Starts the robot on the files that are there.</summary>
    public async Task StartRobotAsync(bool waitForReady = true)
    {
        MostRestMs = UsualRestMs;
        JournalFile.Prepare(JournalPath, Options.Identity);
        var journalled = JournalReader.Fold(JournalPath).Positions.Keys.ToList();
        var settings = Options.Settings(new RobotSettings
        {
            Symbols = [.. Options.Symbols.Select(HarnessOptions.Traded)],
            JournalPath = JournalPath,
            AssumeBudgetSpent = false,
            MindInterval = TimeSpan.Zero,
            ReportInterval = TimeSpan.Zero,
            RestartBackOff = TimeSpan.FromMilliseconds(50),
        });
        var services = new RobotServices(Time, _logFactory, _metrics, _pump is null ? NoActivityTracker.Instance : _pump, _client)
        {
            History = Options.History,
            Notify = Options.Notify ?? Notices.Enqueue,
            Decisions = Decisions,
        };
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton(_logFactory);
        builder.Services.AddAkka("microtrader", akka =>
        {
            akka.ConfigureLoggers(l =>
            {
                l.ClearLoggers();
                l.AddLoggerFactory(_logFactory);
            });
            if (Options.Hocon.Length > 0)
                akka.AddHocon(ConfigurationFactory.ParseString(Options.Hocon), HoconAddMode.Prepend);
            if (_pump is not null)
                akka.WithActorPump(_pump).AddHocon(Hocon("hocon/replay.hocon"), HoconAddMode.Append);
            akka.AddHocon(Hocon("hocon/sqlite.hocon"), HoconAddMode.Append)
                .AddHocon(Hocon("akka.hocon"), HoconAddMode.Append)
                .WithSqliteJournal(JournalPath)
                .WithRobot(services, settings, Options.Feed, journalled);
        });
        _host = builder.Build();
        await _host.StartAsync();
        Supervisor = _host.Services.GetRequiredService<IRequiredActor<MicroTraderSupervisor>>().ActorRef;
        _robot = new RobotClient(Supervisor, new RobotIdentity("SIM", "test", "paper", Options.Identity.Account, JournalPath, Now), _metrics);
        if (waitForReady)
        {
            var failures = Logs.Count(14);
            await UntilReadyAsync();
            // A start without a fault reads its journals at the first go.
            Assert.Equal(failures, Logs.Count(14));
        }
    }

    /// <summary>Ends the robot without a farewell: nothing is drained, what is under way is cut off.</summary>
    public async Task StopRobotAsync()
    {
        if (_host is not { } host)
            return;
        _host = null;
        await host.Services.GetRequiredService<ActorSystem>().Terminate().WaitAsync(TimeSpan.FromSeconds(30));
        await host.StopAsync();
        host.Dispose();
    }

    public async Task RestartRobotAsync(bool waitForReady = true)
    {
        await StopRobotAsync();
        await StartRobotAsync(waitForReady);
    }

    public async ValueTask DisposeAsync()
    {
        await StopRobotAsync();
        _pump?.Dispose();
        _client.Dispose();
        await Broker.DisposeAsync();
        _metrics.Dispose();
        _logFactory.Dispose();
        _folder.Dispose();
    }

    private static Config Hocon(string file) => ConfigurationFactory.ParseString(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, file)));
}
