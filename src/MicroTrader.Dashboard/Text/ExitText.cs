using System.Globalization;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Dashboard.Text;

/// <summary>How it is said when a position is left.</summary>
internal static class ExitText
{
    /// <summary>The rules in one line, e.g. <c>TP +1%, SL −0.5%, TIME 10.0 s</c>; the trailing stop and flat momentum where they are on.</summary>
    public static string Of(ExitView exits)
    {
        var words = $"TP {Gain(exits)}, SL {Loss(exits)}, TIME {TimeText.Duration(exits.MaxHoldSeconds)}";
        if (exits.TrailingDistancePercent is { } distance)
            words += $", TRAIL {Percent(distance)} below the highest from +{Percent(exits.TrailingActivatePercent ?? 0m)} on";
        if (exits.FlatTicks is { } ticks)
            words += $", FLAT below +{Percent(exits.FlatChangePercent ?? 0m)} over {NumberText.Count(ticks)} ticks";
        return words;
    }

    /// <summary>The gain at which the profit is taken, with its sign.</summary>
    public static string Gain(ExitView exits) => "+" + Percent(exits.TakeProfitPercent);

    /// <summary>The loss at which it is cut, with its sign.</summary>
    public static string Loss(ExitView exits) => "−" + Percent(exits.StopLossPercent);

    private static string Percent(decimal percent) => percent.ToString("0.####", CultureInfo.InvariantCulture) + "%";
}
