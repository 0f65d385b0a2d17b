namespace MicroTrader.Simulation.Shared;

/// <summary>
/// The robot's guards, each of which can be switched off to prove that the invariants miss it. That is done by handing the simulation a sabotaged
/// function in place of the domain's: no such switch exists in the product.
/// </summary>
internal enum Guard
{
    None,

    /// <summary>The intent is in the journal before its order leaves.</summary>
    IntentBeforePost,

    /// <summary>"Not placed" needs the whole settle window.</summary>
    SettleWindow,

    /// <summary>The settle window starts when the order can no longer leave, not when it was intended.</summary>
    SettleStart,

    /// <summary>An order that was not found stays watched for, and nothing new begins meanwhile.</summary>
    LateWatch,

    /// <summary>A POST is never repeated.</summary>
    NoRepeat,

    /// <summary>No entry on a tick older than its limit.</summary>
    Staleness,

    /// <summary>A history that was not read far enough back proves nothing.</summary>
    CompleteHistory,

    /// <summary>Exits are sized from our own fills, never from the account's holding.</summary>
    PersonsShares,
}
