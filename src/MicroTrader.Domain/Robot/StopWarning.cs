namespace MicroTrader.Domain.Robot;

/// <summary>What stays unmanaged while the robot sends no order at all.</summary>
public static class StopWarning
{
    /// <summary>The warning, in one line.</summary>
    /// <param name="positions">The positions that are not CLOSED.</param>
    public static string Of(IReadOnlyList<PositionView> positions) => positions.Count == 0
        ? "No orders at all from now on; nothing is open. It stays so across restarts; resume ends it."
        : $"No orders at all from now on: TP, SL and TIME sell nothing. Unmanaged: {OpenWords.Of(positions)}. It stays so across restarts; resume ends it.";
}
