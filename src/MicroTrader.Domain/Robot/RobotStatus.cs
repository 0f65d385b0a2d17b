using MicroTrader.Domain.Risk;

namespace MicroTrader.Domain.Robot;

/// <summary>What the robot is and does, at a glance.</summary>
/// <param name="Mode">SIM, PRACTICE or LIVE.</param>
/// <param name="Feed">Where prices come from.</param>
/// <param name="Venue">Where orders go.</param>
/// <param name="Account">The account's number.</param>
/// <param name="Journal">The journal's file.</param>
/// <param name="StartedAt">When the host started.</param>
/// <param name="ProcessId">The host's process.</param>
/// <param name="TradingState">Active, ExitOnly or Stopped.</param>
/// <param name="TradingStateReason">Who or what set it.</param>
/// <param name="Ready">Whether entries may be granted: journals are read and the broker was compared.</param>
/// <param name="WaitingFor">What is missing for that.</param>
/// <param name="OpenPositions">Positions that are not CLOSED.</param>
/// <param name="Denials">Entries denied since the start, by code.</param>
/// <param name="Blocked">Symbols that need the person.</param>
/// <param name="ReconciledAt">When journal and broker were last compared in full; null before the first time.</param>
/// <param name="ReconciliationAgeSeconds">How long ago that was by the robot's clock, in seconds; null before the first time.</param>
/// <param name="Risk">What risk has counted, and its limits; null where it was not asked.</param>
/// <param name="Prices">How prices stand; null where nobody was asked.</param>
/// <param name="Exits">When positions are left; null where it was not said.</param>
/// <param name="Shared">Another program trades the account: needs the person, until entries are allowed again; null where none does.</param>
public sealed record RobotStatus(
    string Mode,
    string Feed,
    string Venue,
    string Account,
    string Journal,
    DateTimeOffset StartedAt,
    int ProcessId,
    string TradingState,
    string TradingStateReason,
    bool Ready,
    IReadOnlyList<string> WaitingFor,
    int OpenPositions,
    IReadOnlyDictionary<string, long> Denials,
    IReadOnlyList<BlockedView> Blocked,
    DateTimeOffset? ReconciledAt,
    double? ReconciliationAgeSeconds,
    RiskSummary? Risk = null,
    PriceSummary? Prices = null,
    ExitView? Exits = null,
    SharedAccount? Shared = null)
{
    /// <summary>What needs the person, each in two words: the account that another program trades, and symbols with the code of their block.</summary>
    public IReadOnlyList<string> NeedsYou => [.. Shared is null ? Array.Empty<string>() : ["account SHARED"], .. Blocked.Select(b => $"{b.Symbol} {b.Code}")];
}
