using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MicroTrader.Actors;
using MicroTrader.Actors.Diagnostics;
using MicroTrader.Actors.Execution;
using MicroTrader.Actors.Hosting;
using MicroTrader.Actors.Journal;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Robot;
using MicroTrader.MarketData;
using MicroTrader.Simulation.Actors.Journal;
using MicroTrader.Simulation.Shared;
using MicroTrader.Trading212;

namespace MicroTrader.Simulation.Actors;

/// <summary>
/// One life of the robot's process, from its start to its end without a farewell: the real actors, made by the production hosting extensions from the
/// production settings; only dispatcher, scheduler, journal and transport are the simulation's.
/// </summary>
internal sealed class Life : IDisposable
{
    private static readonly Config Production = ConfigurationFactory.ParseString(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "akka.hocon")));
    private static readonly Config Replay = ConfigurationFactory.ParseString(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "hocon", "replay.hocon")));

    // Everything on the pump, Akka's own actors too; one message at a time. No logger actors: what is logged comes out of the event stream.
    private static readonly Config OneThread = ConfigurationFactory.ParseString(
        """
        akka {
          loggers = []
          stdout-loglevel = OFF
          loglevel = WARNING
          log-dead-letters = off
          actor {
            default-dispatcher { executor = "MicroTrader.Actors.Execution.PumpExecutorConfigurator, MicroTrader.Actors", throughput = 1 }
            internal-dispatcher { type = "Dispatcher", executor = "MicroTrader.Actors.Execution.PumpExecutorConfigurator, MicroTrader.Actors", throughput = 1 }
          }
          coordinated-shutdown.run-by-actor-system-terminate = off
        }
        """)
        .WithFallback(ConfigurationFactory.ParseString(JournalSetup.Hocon));

    private readonly LifeClock _clock;
    private readonly long _clockNumber;
    private readonly Trading212Client _client;
    private readonly ServiceProvider _services;

    /// <summary>Starts the robot: its actors exist when this returns, and nothing of them has run yet.</summary>
    public Life(LifeWorld world, SimRandom order, HttpMessageHandler transport)
    {
        Pump = new SeededPump(order);
        _clock = new LifeClock(world.Clock);
        _clockNumber = VirtualScheduler.Register(_clock);
        _client = Trading212Client.Over(transport, world.Client, _clock, null, () => 0.5);
        var services = new RobotServices(_clock, world.Logs, world.Metrics, NoActivityTracker.Instance, _client)
        {
            ReadTrades = _ => Task.FromResult(world.ReadTrades()),
            RestartJitter = 0,
            History = world.History,
        };
        var collection = new ServiceCollection();
        collection.AddSingleton(world.Logs).AddLogging().AddSingleton<IHostApplicationLifetime, NoHost>();
        collection.AddAkka("simulated", akka => akka
            .WithActorPump(Pump)
            .AddSetup(new JournalSetup(world.Medium, world.JournalFaults))
            .AddHocon(ConfigurationFactory.ParseString(VirtualScheduler.Hocon(_clockNumber)), HoconAddMode.Prepend)
            .AddHocon(OneThread, HoconAddMode.Append)
            .AddHocon(JournalHosting.Serialization, HoconAddMode.Append)
            .AddHocon(Replay, HoconAddMode.Append)
            .AddHocon(Production, HoconAddMode.Append)
            .WithRobot(services, world.Settings, null, world.Journalled()));
        _services = collection.BuildServiceProvider();
        foreach (var hosted in _services.GetServices<IHostedService>())
        {
            var starting = hosted.StartAsync(CancellationToken.None);
            if (!starting.IsCompletedSuccessfully)
                throw new InvalidOperationException("the actor system did not start at once", starting.Exception);
        }

        System = _services.GetRequiredService<ActorSystem>();
        Supervisor = _services.GetRequiredService<IRequiredActor<MicroTraderSupervisor>>().ActorRef;
        System.EventStream.Subscribe(new ErrorWatch(System, world.OnError), typeof(Error));
    }

    public ActorSystem System { get; }

    public SeededPump Pump { get; }

    public IActorRef Supervisor { get; }

    /// <summary>Ends the process as a power cut does: no actor hears of it, and nothing that it began goes on, but for what has left it.</summary>
    public void Kill()
    {
        Pump.Kill();
        _clock.Kill();
        VirtualScheduler.Forget(_clockNumber);
        _client.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose() => Kill();

    // Sees the errors that Akka reports (an actor that threw, a dispatcher that could not), on the spot.
    private sealed class ErrorWatch(ActorSystem system, Action<Error> onError) : MinimalActorRef
    {
        public override ActorPath Path { get; } = new RootActorPath(((ExtendedActorSystem)system).Provider.DefaultAddress) / "errors";

        public override IActorRefProvider Provider => ((ExtendedActorSystem)system).Provider;

        protected override void TellInternal(object message, IActorRef sender)
        {
            if (message is Error error)
                onError(error);
        }
    }

    private sealed class NoHost : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication()
        {
        }
    }
}

/// <summary>What outlives the robot's process, and what each life is made with.</summary>
internal sealed record LifeWorld(
    VirtualTimeProvider Clock,
    JournalMedium Medium,
    IJournalFaults JournalFaults,
    Trading212Options Client,
    RobotSettings Settings,
    RobotMetrics Metrics,
    ILoggerFactory Logs,
    Action<Error> OnError,
    Func<TradeFold> ReadTrades,
    ITradeHistory History,
    Func<IReadOnlyCollection<Symbol>> Journalled);
