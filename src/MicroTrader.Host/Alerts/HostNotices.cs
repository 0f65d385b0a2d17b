using MicroTrader.Domain.Robot;
using MicroTrader.Host.Running;

namespace MicroTrader.Host.Alerts;

/// <summary>What the host itself tells: that it started, and what it leaves behind.</summary>
internal static class HostNotices
{
    /// <summary>It started.</summary>
    public static RobotNotice Started(RunSetup setup, DateTimeOffset at) => new(
        NoticeKind.HostStarted,
        null,
        null,
        $"Started on {Environment.MachineName}: {string.Join(", ", setup.Account.Symbols.Select(s => s.Symbol))}, prices: {setup.FeedDescription}, account {setup.Account.AccountId}",
        at);

    /// <summary>It stops.</summary>
    /// <param name="open">What stays open.</param>
    /// <param name="at">When.</param>
    public static RobotNotice Stopped(IReadOnlyList<PositionView> open, DateTimeOffset at) => new(
        NoticeKind.HostStopped,
        null,
        null,
        open.Count == 0
            ? $"Stopped on {Environment.MachineName}; nothing is open"
            : $"Stopped on {Environment.MachineName}. STILL OPEN, and nothing more is sent for it until the next start: {OpenWords.Of(open)}",
        at);
}
