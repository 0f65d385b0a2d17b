using MicroTrader.Domain.Robot;

namespace MicroTrader.Host.Api;

/// <summary>What the robot may do now.</summary>
/// <param name="Mode">SIM, PRACTICE, LIVE or REPLAY.</param>
/// <param name="State">Active, ExitOnly or Stopped.</param>
/// <param name="Reason">Who or what set it.</param>
/// <param name="Ready">Whether entries may be granted.</param>
/// <param name="WaitingFor">What is missing for that.</param>
internal sealed record TradingStateView(string Mode, string State, string Reason, bool Ready, IReadOnlyList<string> WaitingFor)
{
    /// <summary>The part of a status that says it.</summary>
    public static TradingStateView Of(RobotStatus status) => new(status.Mode, status.TradingState, status.TradingStateReason, status.Ready, status.WaitingFor);
}
