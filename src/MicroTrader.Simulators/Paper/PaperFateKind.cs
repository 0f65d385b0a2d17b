namespace MicroTrader.Simulators.Paper;

/// <summary>What the venue does with an accepted order.</summary>
public enum PaperFateKind
{
    /// <summary>Filled in one piece.</summary>
    Fill,

    /// <summary>Cancelled by the venue without a fill.</summary>
    Cancel,

    /// <summary>Rejected by the venue without a fill.</summary>
    Reject,

    /// <summary>A part is filled, one fill delay later the rest is cancelled.</summary>
    PartialThenCancel,

    /// <summary>A part is filled, one fill delay later the rest is filled.</summary>
    PartialThenRest,
}
