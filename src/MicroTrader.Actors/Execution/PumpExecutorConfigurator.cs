using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Dispatch;

namespace MicroTrader.Actors.Execution;

/// <summary>Hands the pump to the actor system whose dispatchers name <see cref="PumpExecutorConfigurator"/> (see <c>hocon/replay.hocon</c>).</summary>
/// <param name="pump">The pump.</param>
public sealed class ActorPumpSetup(IMailboxExecutor pump) : Setup
{
    /// <summary>The pump.</summary>
    public IMailboxExecutor Pump { get; } = pump;
}

/// <summary>Makes a dispatcher run its actors on the system's <see cref="IMailboxExecutor"/>, in a replay an <see cref="ActorPump"/>.</summary>
public sealed class PumpExecutorConfigurator : ExecutorServiceConfigurator
{
    private readonly IMailboxExecutor _pump;

    /// <summary>Called by Akka with the dispatcher's configuration.</summary>
    /// <exception cref="ConfigurationException">The system was started without an <see cref="ActorPumpSetup"/>.</exception>
    public PumpExecutorConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites)
    {
        // Here and not in Produce: that is called when the first actor starts, where an exception kills the guardian and its words are lost.
        var setup = prerequisites.Settings.Setup.Get<ActorPumpSetup>();
        _pump = setup.HasValue
            ? setup.Value.Pump
            : throw new ConfigurationException("the dispatchers' executor needs an ActorPumpSetup; hocon/replay.hocon is for replays only");
    }

    /// <inheritdoc/>
    public override ExecutorService Produce(string id) => new PumpExecutor(id, _pump);

    private sealed class PumpExecutor(string id, IMailboxExecutor pump) : ExecutorService(id)
    {
        public override void Execute(IRunnable run) => pump.Post(run);

        public override void Shutdown()
        {
            // The pump outlives the system: whoever made it disposes it.
        }
    }
}
