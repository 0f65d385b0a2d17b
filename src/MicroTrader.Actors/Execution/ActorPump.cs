using Akka.Dispatch;

namespace MicroTrader.Actors.Execution;

/// <summary>
/// Runs every actor of a system on one thread of its own, in the order in which their mailboxes were filled, and knows when everything is at rest:
/// no mailbox waits, and no work outside of one is under way. At rest it asks its idle handler to move the world on (one tick, one timer).
/// That makes a replay repeatable: a tick is fully dealt with before the next exists.
/// </summary>
public sealed class ActorPump : IMailboxExecutor, IActivityTracker, IDisposable
{
    private readonly object _gate = new();
    private readonly Queue<IRunnable> _queue = new();
    private readonly Thread _thread;
    private Func<TimeSpan>? _onIdle;
    private int _inFlight;
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
            Monitor.Pulse(_gate);
        }
    }

    /// <inheritdoc/>
    public IDisposable Begin()
    {
        lock (_gate)
            _inFlight++;
        return new Token(this);
    }

    /// <summary>Ends the thread; what still waits is not run.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopped = true;
            Monitor.Pulse(_gate);
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
            Monitor.Pulse(_gate);
        }
    }

    private void Run()
    {
        while (Next() is var (runnable, onIdle) && (runnable is not null || onIdle is not null))
        {
            if (runnable is not null)
            {
                runnable.Run();
                continue;
            }

            var wait = onIdle!();
            if (wait != TimeSpan.Zero)
                Rest(wait);
        }
    }

    // The next mailbox to run, or the handler if everything is at rest; neither once the pump has stopped.
    private (IRunnable? Runnable, Func<TimeSpan>? OnIdle) Next()
    {
        lock (_gate)
        {
            while (!_stopped)
            {
                if (_queue.TryDequeue(out var runnable))
                    return (runnable, null);
                if (_inFlight == 0 && _onIdle is { } handler)
                    return (null, handler);
                Monitor.Wait(_gate);
            }

            return default;
        }
    }

    private void Rest(TimeSpan wait)
    {
        lock (_gate)
        {
            if (!_stopped && _queue.Count == 0)
                Monitor.Wait(_gate, wait);
        }
    }

    private void End()
    {
        lock (_gate)
        {
            _inFlight--;
            Monitor.Pulse(_gate);
        }
    }

    private sealed class Token(ActorPump pump) : IDisposable
    {
        private ActorPump? _pump = pump;

        public void Dispose() => Interlocked.Exchange(ref _pump, null)?.End();
    }
}
