using System.Globalization;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Host.Alerts;

/// <summary>What the chat is answered.</summary>
internal static class TelegramText
{
    /// <summary>What may be asked.</summary>
    public const string Help = "/status - how it stands\n/pause - no more entries; exits go on\n/flatten - no more entries, and sells everything; asks first\n/help - this";

    /// <summary>The robot at a glance.</summary>
    public static string Status(RobotStatus s, IReadOnlyList<PositionView> open)
    {
        var lines = new List<string>
        {
            $"{s.TradingState} ({s.TradingStateReason}){(s.Ready ? "" : $", not ready: waits for {string.Join(", ", s.WaitingFor)}")}",
            $"Open: {OpenWords.Of(open)}",
        };
        if (s.Risk is { DayPnl: { } pnl } risk)
        {
            lines.Add(string.Create(
                CultureInfo.InvariantCulture, $"Today: {pnl:+0.00;-0.00;0.00} {risk.Currency} after {risk.DayTrades} trade(s){(risk.DailyLossReached ? ": the day's limit is REACHED" : "")}"));
        }

        if (s.Shared is { } shared)
            lines.Add($"NEEDS YOU: account SHARED: {shared.Detail}");
        lines.AddRange(s.Blocked.Select(b => $"NEEDS YOU: {b.Symbol} {b.Code}: {b.Detail}"));
        return string.Join('\n', lines);
    }
}
