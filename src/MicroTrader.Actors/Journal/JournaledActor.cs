using Akka.Actor;
using Akka.Persistence;
using Microsoft.Extensions.Logging;
using MicroTrader.Actors.Diagnostics;
using MicroTrader.Actors.Execution;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Actors.Journal;

/// <summary>
/// An actor whose state is its journal. It writes facts, applies them in the journal's callback, and acts after the last one: never before. Where the
/// journal fails the actor stops, and its back-off supervisor starts it again: its state is then what the journal really holds.
/// </summary>
internal abstract class JournaledActor : ReceivePersistentActor
{
    private readonly RobotServices _services;
    private readonly List<IJournalTurn> _writing = [];
    private Action<Exception>? _failed;

    protected JournaledActor(RobotServices services, ILogger log)
    {
        _services = services;
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
        var writing = _services.Activity.BeginWrite();
        var began = _services.Time.GetTimestamp();
        _writing.Add(writing);
        _failed = failed;
        var left = facts.Count;
        PersistAll(facts, fact =>
        {
            apply(fact);
            if (--left > 0)
                return;
            _services.Metrics.Journalled(_services.Time.GetElapsedTime(began));
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

    // What the journal answers to the write that is under way comes in its turn; meanwhile whatever else is told is stashed.
    protected override bool AroundReceive(Receive receive, object message)
    {
        if (message is InTurn told)
            return base.AroundReceive(receive, told.Answer);
        if (message is not (WriteMessagesSuccessful or WriteMessagesFailed or WriteMessageSuccess or WriteMessageRejected or WriteMessageFailure) || _writing.Count == 0)
            return base.AroundReceive(receive, message);
        var (self, sender) = (Self, Sender);
        return _writing[0].Waits(() => self.Tell(new InTurn(message), sender)) || base.AroundReceive(receive, message);
    }

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr)
    {
        Failed(cause, $"writing {@event.GetType().Name}");
        _failed?.Invoke(cause);
        EndWrite();
    }

    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        // Akka lets a rejected actor live on without its callback: it would wait for ever. It stops like one whose write failed.
        Failed(cause, $"writing {@event.GetType().Name}");
        _failed?.Invoke(cause);
        EndWrite();
        Context.Stop(Self);
    }

    protected override void OnRecoveryFailure(Exception reason, object? message = null) => Failed(reason, "recovery");

    protected override void PostStop()
    {
        EndWrite();
        base.PostStop();
    }

    private void Failed(Exception cause, string what)
    {
        Logger.JournalFailed(cause, Reports.PathOf(Self), what, cause.Message);
        _services.Notify(new RobotNotice(
            NoticeKind.JournalFailed, null, null, $"The journal failed ({PersistenceId}, {what}): {cause.Message}. It is tried again; no order leaves without it", _services.Time.GetUtcNow()));
    }

    private void EndWrite()
    {
        foreach (var writing in _writing)
            writing.Dispose();
        _writing.Clear();
        _failed = null;
    }

    private sealed record InTurn(object Answer);
}
