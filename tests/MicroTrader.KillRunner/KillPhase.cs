namespace MicroTrader.KillRunner;

/// <summary>Where a host was when it was killed.</summary>
internal enum KillPhase
{
    /// <summary>Before it said that it runs.</summary>
    Starting,

    /// <summary>It runs, and what the journal holds is not compared with the broker yet.</summary>
    Recovering,

    /// <summary>A buy is on its way.</summary>
    Pending,

    /// <summary>Shares are held.</summary>
    Open,

    /// <summary>A sell is on its way.</summary>
    PendingClose,

    /// <summary>Nothing is held, and nothing is on its way.</summary>
    Flat,
}
