using MicroTrader.Domain.Robot;

namespace MicroTrader.Domain.Risk;

/// <summary>Shows what risk has counted.</summary>
public static class RiskSummaries
{
    /// <summary>What risk has counted, and its limits, at a moment.</summary>
    /// <param name="state">What risk decides on.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="now">The robot's clock.</param>
    public static RiskSummary Summary(this RiskState state, RiskLimits limits, DateTimeOffset now)
    {
        var counters = state.Counters;
        return new RiskSummary(
            counters.LossesInRow,
            limits.CoolDown is null ? null : limits.MaxLossesInRow,
            limits.CoolDown is not null && counters.CoolDownUntil > now ? counters.CoolDownUntil : null,
            state.TradesThisHour(now),
            limits.MaxTradesPerHour,
            state.OrdersThisMinute(now),
            limits.MaxOrdersPerMinute,
            counters.Today?.Day,
            state.DayPnl(limits),
            counters.Today?.Trades ?? 0,
            counters.Today?.Estimated ?? 0,
            limits.MaxDailyLoss,
            limits.MaxDailyLoss is { } most && counters.Today?.ReachedLimit >= most,
            limits.AccountCurrency);
    }
}
