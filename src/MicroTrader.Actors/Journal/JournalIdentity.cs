namespace MicroTrader.Actors.Journal;

/// <summary>Whose journal a file is. A host refuses one that is not its own: positions of another account are not ours to manage.</summary>
/// <param name="Venue">Where the orders went, e.g. <c>paper</c> or <c>trading212</c>.</param>
/// <param name="Mode">SIM, PRACTICE, LIVE or REPLAY.</param>
/// <param name="Account">The account's number at the venue.</param>
public sealed record JournalIdentity(string Venue, string Mode, string Account)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Mode} at {Venue}, account {Account}";
}

/// <summary>A journal that cannot be used; the message is one line for the person.</summary>
public sealed class JournalException : Exception
{
    /// <summary>Says what is wrong.</summary>
    public JournalException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is wrong, and what was thrown.</summary>
    public JournalException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
