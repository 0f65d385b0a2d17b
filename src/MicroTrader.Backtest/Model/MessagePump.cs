namespace MicroTrader.Backtest.Model;

/// <summary>Who handles messages one after the other: a part of the robot.</summary>
internal sealed class Mailbox
{
    /// <summary>What waits.</summary>
    public Queue<Action> Messages { get; } = new();

    /// <summary>Whether it is in the pump's line, or at work.</summary>
    public bool IsScheduled { get; set; }
}

/// <summary>
/// Carries messages between the parts of the robot in the order in which a replay's pump does, so that what contends within one moment is decided alike: one
/// mailbox after the other, a few messages at a time, and what is written to the journal when all else is at rest.
/// </summary>
internal sealed class MessagePump
{
    // akka.hocon: default-dispatcher.throughput.
    private const int Throughput = 5;

    private readonly Queue<Mailbox> _line = new();
    private readonly Queue<Action> _writes = new();

    /// <summary>Sends a message.</summary>
    public void Post(Mailbox to, Action message)
    {
        to.Messages.Enqueue(message);
        if (to.IsScheduled)
            return;
        to.IsScheduled = true;
        _line.Enqueue(to);
    }

    /// <summary>Journals something; what follows from it comes when all else is at rest, as the disk takes longer than any message.</summary>
    public void Write(Action written) => _writes.Enqueue(written);

    /// <summary>Runs until nothing waits.</summary>
    public void RunToRest()
    {
        while (true)
        {
            if (_line.TryDequeue(out var mailbox))
                Run(mailbox);
            else if (_writes.TryDequeue(out var written))
                written();
            else
                return;
        }
    }

    private void Run(Mailbox mailbox)
    {
        for (var left = Throughput; left > 0 && mailbox.Messages.TryDequeue(out var message); left--)
            message();
        if (mailbox.Messages.Count > 0)
            _line.Enqueue(mailbox);
        else
            mailbox.IsScheduled = false;
    }
}
