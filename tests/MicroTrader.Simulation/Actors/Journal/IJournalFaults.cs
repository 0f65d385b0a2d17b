namespace MicroTrader.Simulation.Actors.Journal;

/// <summary>What becomes of one access to the journal.</summary>
internal enum JournalFate
{
    /// <summary>It is done.</summary>
    Done,

    /// <summary>It fails, and nothing was stored.</summary>
    FailsBefore,

    /// <summary>It fails, and was stored all the same: the acknowledgement got lost.</summary>
    FailsAfter,

    /// <summary>The process ends before anything was stored.</summary>
    CrashBefore,

    /// <summary>The process ends when all was stored, before anybody knows.</summary>
    CrashAfter,
}

/// <summary>Says what goes wrong at the journal.</summary>
internal interface IJournalFaults
{
    /// <summary>Facts that belong together are about to be written.</summary>
    JournalFate OnWrite(string persistenceId);

    /// <summary>Facts are about to be read; false where that fails.</summary>
    bool OnRead(string persistenceId);

    /// <summary>The process ends here.</summary>
    void Crash(string where);
}
