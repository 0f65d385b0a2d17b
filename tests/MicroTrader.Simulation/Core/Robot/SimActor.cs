using MicroTrader.Simulation.Shared;

namespace MicroTrader.Simulation.Core.Robot;

/// <summary>
/// A part of the simulated robot: takes one message after the other, in the order in which they were told; the seed chooses whose turn it is. While it
/// writes to the journal what comes waits, as with the real ones.
/// </summary>
internal abstract class SimActor(SimRobot robot, string name)
{
    private readonly Queue<object> _mailbox = new();
    private bool _hasTurn;
    private bool _writes;

    public string Name { get; } = name;

    /// <summary>Gone: because the robot crashed, or its journal failed.</summary>
    public bool IsStopped { get; private set; }

    protected SimRobot Robot { get; } = robot;

    protected DateTimeOffset Now => Robot.Clock.Now;

    public void Enqueue(object message)
    {
        if (IsStopped)
            return;
        _mailbox.Enqueue(message);
        TakeTurn();
    }

    public void Stop() => IsStopped = true;

    /// <summary>What it does at its start.</summary>
    public abstract void Start();

    protected abstract void Receive(object message);

    /// <summary>What follows when it fails on a message and is started anew by its supervisor; the message is lost.</summary>
    protected virtual void Restart()
    {
    }

    /// <summary>Journals facts; nothing else is taken in before they are durable. A failed write stops the actor: it is started anew after a while.</summary>
    protected void Write(Action<Action, Action> write, Action durable)
    {
        _writes = true;
        write(
            () => SimRobot.IfAlive(this, () =>
            {
                _writes = false;
                durable();
                TakeTurn();
            }),
            () => SimRobot.IfAlive(this, () => Robot.JournalFailed(this)));
    }

    private void TakeTurn()
    {
        if (_hasTurn || _writes || IsStopped || _mailbox.Count == 0)
            return;
        _hasTurn = true;
        Robot.Clock.In(Robot.MessageDelay(), () =>
        {
            _hasTurn = false;
            if (_writes || IsStopped)
                return;
            var message = _mailbox.Dequeue();
            Robot.Network.Crash(FaultKind.CrashBeforeHandOver);
            if (message is not Rung && Robot.Adversary.Strikes(FaultKind.ActorRestarts))
                Restart();
            else
                Receive(message);
            Robot.Network.Crash(FaultKind.CrashAfterHandOver);
            TakeTurn();
        });
    }
}
