using System.Globalization;
using System.Text;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Host.Cli;

/// <summary>Symbols that need the person: what is wrong, and what to type.</summary>
internal static class NeedsYouText
{
    /// <summary>Puts them below another text; that alone where there are none.</summary>
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
