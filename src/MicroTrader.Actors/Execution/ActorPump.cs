using Akka.Dispatch;

namespace MicroTrader.Actors.Execution;

/// <summary>
/// Runs every actor of a system on one thread of its own, in the order in which their mailboxes were filled, and knows when everything is at rest:
/// no mailbox waits, and no work outside of one is under way. At rest it asks its idle handler to move the world on (one tick, one timer).
/// That makes a replay repeatable: a tick is fully dealt with before the next exists, and what the journal answers comes after all that was said before, in the
/// order of the writes, however long the disk took or the thread was kept from running.
/// </summary>
public sealed class ActorPump : IMailboxExecutor, IActivityTracker, IDisposable
{
    private readonly object _gate = new();
    private readonly Queue<IRunnable> _queue = new();
    private readonly Thread _thread;
    private Func<TimeSpan>? _onIdle;
    private readonly LinkedList<Turn> _writes = new();
    private int _inFlight;
    private long _changes;
    private bool _stopped;

    /// <summary>Starts the thread.</summary>
    public ActorPump()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "actor-pump" };
        _thread.Start();
    }

    /// <summary>
    /// Sets what is called, on the pump's thread, whenever everything is at rest; null for nothing. It answers how long to wait before it is called
    /// again, in real time: zero for at once, <see cref="Timeout.InfiniteTimeSpan"/> for when something has happened. It must not throw.
    /// </summary>
    public void OnIdle(Func<TimeSpan>? handler)
    {
        lock (_gate)
        {
            _onIdle = handler;
            Changed();
        }
    }

    /// <inheritdoc/>
    public IDisposable Begin()
    {
        lock (_gate)
            _inFlight++;
        return new Token(this);
    }

    /// <inheritdoc/>
    public IJournalTurn BeginWrite()
    {
        lock (_gate)
            return new Turn(this, _writes);
    }

    /// <summary>Ends the thread; what still waits is not run.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopped = true;
            Changed();
        }

        if (Thread.CurrentThread != _thread)
            _thread.Join();
    }

    /// <inheritdoc/>
    public void Post(IRunnable mailbox)
    {
        lock (_gate)
        {
            _queue.Enqueue(mailbox);
            Changed();
        }
    }

    private void Run()
    {
        while (Next() is var (runnable, takeIn, onIdle, changes) && (runnable is not null || takeIn is not null || onIdle is not null))
        {
            if (runnable is not null)
                runnable.Run();
            else if (takeIn is not null)
                takeIn();
            else if (onIdle!() is var wait && wait != TimeSpan.Zero)
                Rest(wait, changes);
        }
    }

    // The next mailbox to run, else what the journal answered to the oldest write, or the handler if everything is at rest; none once the pump has stopped.
    private (IRunnable? Runnable, Action? TakeIn, Func<TimeSpan>? OnIdle, long Changes) Next()
    {
        lock (_gate)
        {
            while (!_stopped)
            {
                if (_queue.TryDequeue(out var runnable))
                    return (runnable, null, null, _changes);
                if (_writes.First is { Value: var oldest })
                {
                    if (oldest.Answers.TryDequeue(out var takeIn))
                        return (null, takeIn, null, _changes);
                }
                else if (_inFlight == 0 && _onIdle is { } handler)
                {
                    return (null, null, handler, _changes);
                }

                Monitor.Wait(_gate);
            }

            return default;
        }
    }

    // What changed while the handler was at work found nobody waiting: that is looked at first, or it would be slept through.
    private void Rest(TimeSpan wait, long changes)
    {
        lock (_gate)
        {
            if (_changes == changes)
                Monitor.Wait(_gate, wait);
        }
    }

    // Under the gate, whenever there may be something else to do.
    private void Changed()
    {
        _changes++;
        Monitor.Pulse(_gate);
    }

    private void End()
    {
        lock (_gate)
        {
            _inFlight--;
            Changed();
        }
    }

    private sealed class Turn : IJournalTurn
    {
        private readonly ActorPump _pump;
        private readonly LinkedListNode<Turn> _place;

        public Turn(ActorPump pump, LinkedList<Turn> writes)
        {
            _pump = pump;
            _place = writes.AddLast(this);
        }

        public Queue<Action> Answers { get; } = new();

        public bool Waits(Action takeIn)
        {
            lock (_pump._gate)
            {
                Answers.Enqueue(takeIn);
                _pump.Changed();
            }

            return true;
        }

        public void Dispose()
        {
            lock (_pump._gate)
            {
                _place.List?.Remove(_place);
                _pump.Changed();
            }
        }
    }

    private sealed class Token(ActorPump pump) : IDisposable
    {
        private ActorPump? _pump = pump;

        public void Dispose() => Interlocked.Exchange(ref _pump, null)?.End();
    }
}
