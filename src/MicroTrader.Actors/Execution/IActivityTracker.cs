namespace MicroTrader.Actors.Execution;

/// <summary>
/// Counts work that is under way outside of any mailbox: a write to the journal, a request to the broker. A replay moves on only while there is none.
/// </summary>
public interface IActivityTracker
{
    /// <summary>Says that such work begins; disposing the answer says that it ended, after its result was handed to an actor.</summary>
    IDisposable Begin();
}

/// <summary>Counts nothing: in real time nobody waits for rest.</summary>
public sealed class NoActivityTracker : IActivityTracker, IDisposable
{
    /// <summary>The one instance.</summary>
    public static NoActivityTracker Instance { get; } = new();

    /// <inheritdoc/>
    public IDisposable Begin() => this;

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
