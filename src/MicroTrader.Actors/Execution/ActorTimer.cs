using Akka.Actor;

namespace MicroTrader.Actors.Execution;

/// <summary>
/// One alarm of an actor, on the trading clock. It tells the actor a message when due; arming it anew forgets the alarm before.
/// A message that was already on its way is told apart by <see cref="IsCurrent"/>.
/// </summary>
internal sealed class ActorTimer(TimeProvider time, IActorRef target) : IDisposable
{
    private ITimer? _timer;
    private long _generation;

    /// <summary>When the alarm is due; null while none is set.</summary>
    public DateTimeOffset? Due { get; private set; }

    /// <summary>Sets the alarm; at once if the time is over. The same time again changes nothing.</summary>
    public void ArmAt(DateTimeOffset? due)
    {
        if (due == Due)
            return;
        Cancel();
        if (due is not { } at)
            return;
        Due = at;
        var wait = at - time.GetUtcNow();
        var rung = new Rung(this, ++_generation);
        _timer = time.CreateTimer(
            static state => { var (t, message) = ((IActorRef, Rung))state!; t.Tell(message, ActorRefs.NoSender); },
            (target, rung),
            wait > TimeSpan.Zero ? wait : TimeSpan.Zero,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether an alarm that rang is the one that is set; it counts as spent then.</summary>
    public bool IsCurrent(Rung rung)
    {
        if (!ReferenceEquals(rung.Timer, this) || rung.Generation != _generation || Due is null)
            return false;
        Due = null;
        return true;
    }

    /// <summary>Forgets the alarm.</summary>
    public void Cancel()
    {
        _timer?.Dispose();
        _timer = null;
        Due = null;
    }

    /// <inheritdoc/>
    public void Dispose() => Cancel();

    /// <summary>The message of an alarm.</summary>
    internal sealed record Rung(ActorTimer Timer, long Generation);
}
