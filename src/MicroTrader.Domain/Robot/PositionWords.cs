using MicroTrader.Domain.Positions;

namespace MicroTrader.Domain.Robot;

/// <summary>The words for a position's states.</summary>
public static class PositionWords
{
    /// <summary>PENDING, OPEN, PENDING_CLOSE or CLOSED.</summary>
    public static string Word(this PositionStatus status) => status switch
    {
        PositionStatus.Closed => "CLOSED",
        PositionStatus.Pending => "PENDING",
        PositionStatus.Open => "OPEN",
        PositionStatus.PendingClose => "PENDING_CLOSE",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };
}
