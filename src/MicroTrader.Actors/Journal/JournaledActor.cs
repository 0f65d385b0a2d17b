using Akka.Persistence;
using Microsoft.Extensions.Logging;
using MicroTrader.Actors.Diagnostics;
using MicroTrader.Actors.Execution;

namespace MicroTrader.Actors.Journal;

/// <summary>
/// An actor whose state is its journal. It writes facts, applies them in the journal's callback, and acts after the last one: never before. Where the
/// journal fails the actor stops, and its back-off supervisor starts it again: its state is then what the journal really holds.
/// </summary>
internal abstract class JournaledActor : ReceivePersistentActor
{
    private readonly IActivityTracker _activity;
    private readonly List<IDisposable> _writing = [];
    private Action<Exception>? _failed;

    protected JournaledActor(RobotServices services, ILogger log)
    {
        _activity = services.Activity;
        Logger = log;
    }

    protected ILogger Logger { get; }

    /// <summary>Journals facts as one write; applies each in turn, then acts once.</summary>
    /// <param name="facts">The facts; at least one.</param>
    /// <param name="apply">Applies one.</param>
    /// <param name="act">What follows from all of them.</param>
    /// <param name="failed">Tells whoever waits that the journal failed; the actor stops after it.</param>
    protected void Write<TFact>(IReadOnlyList<TFact> facts, Action<TFact> apply, Action act, Action<Exception>? failed = null)
    {
        // Each write ends its own: what acts may write again.
        var writing = _activity.Begin();
        _writing.Add(writing);
        _failed = failed;
        var left = facts.Count;
        PersistAll(facts, fact =>
        {
            apply(fact);
            if (--left > 0)
                return;
            try
            {
                act();
            }
            finally
            {
                _writing.Remove(writing);
                writing.Dispose();
            }
        });
    }

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr)
    {
        Logger.JournalFailed(cause, Reports.PathOf(Self), $"writing {@event.GetType().Name}", cause.Message);
        _failed?.Invoke(cause);
        EndWrite();
    }

    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        // Akka lets a rejected actor live on without its callback: it would wait for ever. It stops like one whose write failed.
        Logger.JournalFailed(cause, Reports.PathOf(Self), $"writing {@event.GetType().Name}", cause.Message);
        _failed?.Invoke(cause);
        EndWrite();
        Context.Stop(Self);
    }

    protected override void OnRecoveryFailure(Exception reason, object? message = null) =>
        Logger.JournalFailed(reason, Reports.PathOf(Self), "recovery", reason.Message);

    protected override void PostStop()
    {
        EndWrite();
        base.PostStop();
    }

    private void EndWrite()
    {
        foreach (var writing in _writing)
            writing.Dispose();
        _writing.Clear();
        _failed = null;
    }
}
