using Akka.Actor;
using Akka.Hosting;
using MicroTrader.Actors.Execution;
using MicroTrader.Domain.Market;
using MicroTrader.MarketData;

namespace MicroTrader.Actors.Hosting;

/// <summary>Adds the robot to an actor system.</summary>
public static class RobotHosting
{
    /// <summary>The supervisor's name: everything of the robot is under <c>/user/robot</c>.</summary>
    public const string SupervisorName = "robot";

    /// <summary>Starts the robot with its system.</summary>
    /// <param name="builder">The system's configuration.</param>
    /// <param name="services">What every actor is given.</param>
    /// <param name="settings">The settings, checked.</param>
    /// <param name="feed">Where prices come from; null in a replay.</param>
    /// <param name="journalled">Symbols that have a position in the journal.</param>
    public static AkkaConfigurationBuilder WithRobot(
        this AkkaConfigurationBuilder builder,
        RobotServices services,
        RobotSettings settings,
        IPriceFeed? feed,
        IReadOnlyCollection<Symbol> journalled) => builder.WithActors((system, registry) =>
        {
            var supervisor = system.ActorOf(Props.Create(() => new MicroTraderSupervisor(services, settings, feed, journalled)), SupervisorName);
            registry.Register<MicroTraderSupervisor>(supervisor);
        });

    /// <summary>Has every actor run on a pump: see <see cref="IMailboxExecutor"/>, <see cref="ActorPump"/> and <c>hocon/replay.hocon</c>.</summary>
    public static AkkaConfigurationBuilder WithActorPump(this AkkaConfigurationBuilder builder, IMailboxExecutor pump) =>
        builder.AddSetup(new ActorPumpSetup(pump));
}
