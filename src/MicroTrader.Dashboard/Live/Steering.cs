using MicroTrader.Domain.Robot;

namespace MicroTrader.Dashboard.Live;

/// <summary>What the page's buttons would do now. One that would do nothing is off, and says why; where it is not known what is, none is off.</summary>
/// <param name="NoPause">Why there is nothing to pause; null where there is.</param>
/// <param name="NoResume">Why there is nothing to resume; null where there is.</param>
/// <param name="NoFlatten">Why there is nothing to flatten; null where there is.</param>
/// <param name="NoStop">Why there is nothing to stop; null where there is.</param>
internal sealed record Steering(string? NoPause, string? NoResume, string? NoFlatten, string? NoStop)
{
    /// <summary>The reasons of the buttons that are off, each in a sentence.</summary>
    public IReadOnlyList<string> Reasons => [.. new[] { NoPause, NoResume, NoFlatten, NoStop }.OfType<string>()];

    /// <summary>Tells them.</summary>
    /// <param name="tradingState">Active, ExitOnly or Stopped.</param>
    /// <param name="positions">What is open; null where that is not known.</param>
    public static Steering Of(string tradingState, IReadOnlyList<PositionView>? positions) => new(
        tradingState == "ExitOnly" ? "Pause is off: it enters nothing as it is." : null,
        tradingState == "Active" ? "Resume is off: it enters and leaves as it is." : null,
        tradingState == "ExitOnly" && positions is { Count: 0 } ? "Flatten is off: nothing is open, and nothing is entered." : null,
        tradingState == "Stopped" ? "Stop all is off: it sends no order as it is." : null);

    /// <summary>Why a position cannot be closed now; null where it can.</summary>
    public static string? NoClose(PositionView position) => position switch
    {
        { Status: "PENDING_CLOSE" } => "its sell is on its way",
        { ExitReason: { } reason } => $"it leaves already, by {reason}",
        _ => null,
    };
}
