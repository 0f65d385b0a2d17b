using Akka.Actor;

namespace MicroTrader.Actors.Execution;

/// <summary>Brings the result of work outside of a mailbox back into one.</summary>
internal static class TrackedPipe
{
    /// <summary>
    /// Tells an actor what a task came to, success or failure. The work counts as under way until the message is in the mailbox, so that a replay
    /// cannot move on in between.
    /// </summary>
    public static void PipeTracked<T>(this Task<T> task, IActivityTracker tracker, IActorRef to, Func<T, object> success, Func<Exception, object> failure)
    {
        var activity = tracker.Begin();
        _ = RunAsync();

        async Task RunAsync()
        {
            object message;
            try
            {
                message = success(await task.ConfigureAwait(false));
            }
            catch (Exception e)
            {
                message = failure(e);
            }

            to.Tell(message, ActorRefs.NoSender);
            activity.Dispose();
        }
    }
}
