namespace MicroTrader.Actors.Execution;

/// <summary>
/// Counts work that is under way outside of any mailbox: a write to the journal, a request to the broker. A replay moves on only while there is none.
/// </summary>
public interface IActivityTracker
{
    /// <summary>Says that such work begins; disposing the answer says that it ended, after its result was handed to an actor.</summary>
    IDisposable Begin();

    /// <summary>Says that a write to the journal begins: such work, whose answers may have to wait for their turn.</summary>
    IJournalTurn BeginWrite();
}

/// <summary>A write to the journal that is under way; disposing it says that it ended, with all that was done in its actor because of it.</summary>
public interface IJournalTurn : IDisposable
{
    /// <summary>
    /// An answer of the journal has come. How long a disk takes is chance, and in a replay nothing may follow from it: there it is taken in once all else is at
    /// rest and the writes that began before have ended.
    /// </summary>
    /// <param name="takeIn">Hands the answer to its actor anew.</param>
    /// <returns>Whether it waits for its turn; false where it is to be taken in now.</returns>
    bool Waits(Action takeIn);
}

/// <summary>Counts nothing: in real time nobody waits for rest.</summary>
public sealed class NoActivityTracker : IActivityTracker, IJournalTurn
{
    /// <summary>The one instance.</summary>
    public static NoActivityTracker Instance { get; } = new();

    /// <inheritdoc/>
    public IDisposable Begin() => this;

    /// <inheritdoc/>
    public IJournalTurn BeginWrite() => this;

    /// <inheritdoc/>
    public bool Waits(Action takeIn) => false;

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
