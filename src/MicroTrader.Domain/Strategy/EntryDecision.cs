namespace MicroTrader.Domain.Strategy;

/// <summary>Why the strategy enters, or does not.</summary>
public enum EntryCode
{
    /// <summary>Every condition holds: enter.</summary>
    Enter,

    /// <summary>The window is not full yet.</summary>
    WarmingUp,

    /// <summary>One of the last moves was not up.</summary>
    NotRising,

    /// <summary>The change over the window is below its threshold.</summary>
    ChangeTooSmall,

    /// <summary>The volume of the tick, or of the window before it, is not known.</summary>
    NoVolume,

    /// <summary>The tick's volume is below its threshold.</summary>
    VolumeTooLow,

    /// <summary>The tick is older than the one before it and was left out.</summary>
    OutOfOrder,

    /// <summary>The price or the volume makes no sense and the tick was left out.</summary>
    NotUsable,
}

/// <summary>What the strategy saw when it decided.</summary>
/// <param name="WindowFilled">Ticks in the window.</param>
/// <param name="RisingMoves">Moves up in a row, up to this tick.</param>
/// <param name="ChangePercent">Change from the window's first price to its last, in percent.</param>
/// <param name="VolumeRatio">The tick's volume over the mean of the window before it; null where unknown.</param>
public readonly record struct MomentumIndicators(int WindowFilled, int RisingMoves, decimal ChangePercent, decimal? VolumeRatio);

/// <summary>The strategy's answer to one tick.</summary>
/// <param name="Code">The leading reason.</param>
/// <param name="Indicators">What it was decided on.</param>
public readonly record struct EntryDecision(EntryCode Code, MomentumIndicators Indicators);
