using Akka.Dispatch;

namespace MicroTrader.Actors.Execution;

/// <summary>
/// Runs the mailboxes of a whole actor system in an order of its own. Each is handed in when it has something to do, and once only until it was run.
/// </summary>
public interface IMailboxExecutor
{
    /// <summary>Takes in a mailbox that has messages; safe from any thread.</summary>
    /// <param name="mailbox">It handles a few messages when it is run, and is handed in again where more wait.</param>
    void Post(IRunnable mailbox);
}
