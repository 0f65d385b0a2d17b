namespace MicroTrader.Domain.Risk;

/// <summary>What the robot may do.</summary>
public enum TradingState
{
    /// <summary>Enters and leaves.</summary>
    Active,

    /// <summary>No entries; exits go on.</summary>
    ExitOnly,

    /// <summary>No orders at all: what is held stays unmanaged.</summary>
    Stopped,
}
