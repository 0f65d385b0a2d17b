using System.Globalization;
using System.Text;
using MicroTrader.Domain.Risk;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Host.Cli;

/// <summary>What needs the person: what is wrong, and what to type.</summary>
internal static class NeedsYouText
{
    /// <summary>Puts all that needs the person below another text; that alone where nothing does.</summary>
    public static string Below(string text, RobotStatus status)
    {
        var account = status.Shared is { } shared
            ? string.Create(CultureInfo.InvariantCulture, $"{Environment.NewLine}{Environment.NewLine}NEEDS YOU  account  SHARED, since {shared.Since.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z: {shared.Detail}{Environment.NewLine}  {SharedAccount.Asks}")
            : "";
        return Below(text + account, status.Blocked);
    }

    /// <summary>Puts symbols that need the person below another text; that alone where there are none.</summary>
    public static string Below(string text, IEnumerable<BlockedView> blocked)
    {
        var all = new StringBuilder(text);
        foreach (var b in blocked)
        {
            all.Append(Environment.NewLine).Append(Environment.NewLine);
            all.Append(CultureInfo.InvariantCulture, $"NEEDS YOU  {b.Symbol}  {b.Code}, since {b.Since.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z: {b.Detail}");
            all.Append(Environment.NewLine).Append(CultureInfo.InvariantCulture, $"  our order {b.Reference ?? "-"}; orders in question: {(b.OrderIds.Count == 0 ? "none" : string.Join(", ", b.OrderIds))}; the robot holds {b.Held:0.########}");
            if (b.MoreQuestions > 0)
                all.Append(Environment.NewLine).Append(CultureInfo.InvariantCulture, $"  {b.MoreQuestions} more question(s) about {b.Symbol} follow when this one is answered");
            all.Append(Environment.NewLine).Append("  nothing is sent for it until you type one of:");
            all.Append(Environment.NewLine).Append(Tables.Pairs(b.Choices.Select(c => ("    " + c.Command, c.Effect))));
        }

        return all.ToString();
    }
}
