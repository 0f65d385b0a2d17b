using Akka.Dispatch;
using MicroTrader.Actors.Execution;
using MicroTrader.Simulation.Shared;

namespace MicroTrader.Simulation.Actors;

/// <summary>
/// Runs the mailboxes of one life of the robot on the thread of the simulation, one message at a time; of those that wait the seed chooses the next. So
/// every order in which the machine's threads could have run them may come, and the same seed gives the same one.
/// </summary>
internal sealed class SeededPump(SimRandom order) : IMailboxExecutor
{
    private readonly List<IRunnable> _waiting = [];
    private readonly int _thread = Environment.CurrentManagedThreadId;

    /// <summary>Whether nothing waits.</summary>
    public bool IsAtRest => _waiting.Count == 0;

    /// <summary>Whether the process of this life has ended: nothing runs any more.</summary>
    public bool IsDead { get; private set; }

    /// <summary>How many mailboxes were run.</summary>
    public long Runs { get; private set; }

    /// <summary>Is asked of each mailbox that is filled, and may keep it back: true means that it will itself hand it in, later.</summary>
    public Func<Action, bool>? Hold { get; set; }

    /// <inheritdoc/>
    public void Post(IRunnable mailbox)
    {
        if (!IsDead && Hold?.Invoke(() => Add(mailbox)) != true)
            Add(mailbox);
    }

    private void Add(IRunnable mailbox)
    {
        if (IsDead)
            return;
        // Something ran where the seed has no say: the run could not be repeated.
        if (Environment.CurrentManagedThreadId != _thread)
            Strayed = new InvalidOperationException($"a mailbox was filled from thread {Environment.CurrentManagedThreadId}, which is not the simulation's: {Environment.StackTrace}");
        lock (_waiting)
            _waiting.Add(mailbox);
    }

    /// <summary>What was posted from another thread; null where nothing was, as it must be.</summary>
    public InvalidOperationException? Strayed { get; private set; }

    /// <summary>Runs one mailbox that waits; false where none does.</summary>
    public bool RunOne()
    {
        if (IsDead || _waiting.Count == 0)
            return false;
        IRunnable next;
        lock (_waiting)
        {
            var i = order.Below(_waiting.Count);
            next = _waiting[i];
            _waiting[i] = _waiting[^1];
            _waiting.RemoveAt(_waiting.Count - 1);
        }

        Runs++;
        next.Run();
        return true;
    }

    /// <summary>Ends the process of this life: what waits is never run.</summary>
    public void Kill()
    {
        IsDead = true;
        lock (_waiting)
            _waiting.Clear();
    }
}
