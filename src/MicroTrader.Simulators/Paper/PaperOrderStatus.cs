namespace MicroTrader.Simulators.Paper;

/// <summary>Where an order of the paper broker stands.</summary>
public enum PaperOrderStatus
{
    /// <summary>Accepted, nothing executed.</summary>
    New,

    /// <summary>Some of the quantity is executed, the order is still pending.</summary>
    PartiallyFilled,

    /// <summary>Everything is executed; final.</summary>
    Filled,

    /// <summary>Ended without the rest; final.</summary>
    Cancelled,

    /// <summary>Ended by the venue after it was accepted; final.</summary>
    Rejected,

    /// <summary>A cancellation was accepted and has not taken effect: the order can still execute.</summary>
    Cancelling,
}
