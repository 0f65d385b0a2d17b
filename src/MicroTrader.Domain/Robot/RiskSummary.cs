namespace MicroTrader.Domain.Robot;

/// <summary>What risk has counted, and its limits, as people see them.</summary>
/// <param name="LossesInRow">Trades lost since the last that was not.</param>
/// <param name="MaxLossesInRow">Losses in a row that set off the cool-down; null where there is none.</param>
/// <param name="CoolDownUntil">No entry before this; null while no cool-down is on.</param>
/// <param name="TradesThisHour">Trades begun within the last hour.</param>
/// <param name="MaxTradesPerHour">How many are allowed; null for no limit.</param>
/// <param name="OrdersThisMinute">Orders within the last minute.</param>
/// <param name="MaxOrdersPerMinute">How many are allowed before entries are denied; null for no limit.</param>
/// <param name="Day">The day in New York; null before the first.</param>
/// <param name="DayPnl">The day's gain or loss, what is open included, in <paramref name="Currency"/>; null where it is not known.</param>
/// <param name="DayTrades">Trades that were over in the day.</param>
/// <param name="EstimatedTrades">How many of them count by an estimate, because the broker did not say what the account gained.</param>
/// <param name="MaxDailyLoss">What a day may lose, without a sign, in <paramref name="Currency"/>; null for no limit.</param>
/// <param name="DailyLossReached">Whether the day has lost that: no entry before the next.</param>
/// <param name="Currency">The account's currency, ISO 4217; null where it is not known.</param>
public sealed record RiskSummary(
    int LossesInRow,
    int? MaxLossesInRow,
    DateTimeOffset? CoolDownUntil,
    int TradesThisHour,
    int? MaxTradesPerHour,
    int OrdersThisMinute,
    int? MaxOrdersPerMinute,
    DateOnly? Day,
    decimal? DayPnl,
    int DayTrades,
    int EstimatedTrades,
    decimal? MaxDailyLoss,
    bool DailyLossReached,
    string? Currency);
