using MicroTrader.Domain.Strategy;

namespace MicroTrader.Domain.Risk;

/// <summary>What is left of TP and SL after costs.</summary>
/// <param name="TakeProfitPercent">The gain of a trade that is left at TP, in percent; at or below zero where costs eat it.</param>
/// <param name="StopLossPercent">The loss of a trade that is left at SL, in percent, with its sign.</param>
/// <param name="WinRatePercent">
/// The share of trades that must end at TP, the others at SL, for all of them to bring nothing, in percent; null where even all of them would not.
/// </param>
public readonly record struct BreakEven(decimal TakeProfitPercent, decimal StopLossPercent, decimal? WinRatePercent)
{
    /// <summary>Takes the costs of buying and selling off.</summary>
    /// <param name="exits">TP and SL.</param>
    /// <param name="costPercent">Fees, FX and spread of a round trip, in percent of the amount (0 or more).</param>
    public static BreakEven Of(ExitParameters exits, decimal costPercent)
    {
        ArgumentNullException.ThrowIfNull(exits);
        var gain = exits.TakeProfitPercent - costPercent;
        var loss = exits.StopLossPercent + costPercent;
        return new BreakEven(gain, -loss, gain > 0 ? loss * 100m / (gain + loss) : null);
    }
}
