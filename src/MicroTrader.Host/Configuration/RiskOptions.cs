namespace MicroTrader.Host.Configuration;

/// <summary>Risk's limits.</summary>
public sealed class RiskOptions
{
    [Setting("Money that the robot may risk, in the account's currency; LIVE asks for it; empty with the paper venue: Paper:StartingCash", Min = 0.01, Max = 1_000_000_000)]
    public decimal? Capital { get; set; }

    [Setting("A day's loss, open positions included, from which on nothing is entered until the next day in New York, percent of Capital; empty for no limit", Min = 0.01, Max = 100)]
    public decimal? MaxDailyLossPercent { get; set; } = 5m;

    [Setting("Losing trades in a row that set off CoolDown", Min = 1, Max = 1_000)]
    public int MaxLossesInRow { get; set; } = 3;

    [Setting("No entry for this long after that many losses, 0 for none; empty: 90s with practice and real money, none with the paper venue", Min = 0, Max = 86_400)]
    public TimeSpan? CoolDown { get; set; }

    [Setting("Trades begun within an hour; empty: 15 with practice and real money, no limit with the paper venue", Min = 1, Max = 100_000)]
    public int? MaxTradesPerHour { get; set; }

    [Setting("Orders within a minute, sells included, before entries are denied (sells never are); empty for no limit", Min = 1, Max = 100_000)]
    public int? MaxOrdersPerMinute { get; set; } = 40;

    [Setting("Most that one entry may buy for, in Trading:Currency; empty for no limit", Min = 0.01, Max = 1_000_000_000)]
    public decimal? MaxNotional { get; set; }

    [Setting("Most that all positions together may have been bought for, in Trading:Currency; what is in another is changed by the rates of its fills; empty for no limit", Min = 0.01, Max = 1_000_000_000)]
    public decimal? MaxTotalNotional { get; set; }

    [Setting("Share of the account's free cash that entries leave alone, percent; empty for no look at the cash", Min = 0, Max = 99)]
    public decimal? CashHoldBackPercent { get; set; } = 5m;

    [Setting("Most that buying and selling may cost (spread, FX both ways, fees), percent of TP; empty for no limit", Min = 0.1, Max = 1_000)]
    public decimal? MaxCostPercentOfTakeProfit { get; set; } = 25m;

    [Setting("Widest spread where a quote is known, percent of TP; empty for no limit", Min = 0.1, Max = 1_000)]
    public decimal? MaxSpreadPercentOfTakeProfit { get; set; } = 50m;

    [Setting("What the broker takes for changing money, each way, percent; counts where the instrument's currency is not the account's", Min = 0, Max = 10)]
    public decimal FxFeePercent { get; set; } = 0.15m;

    [Setting("Fees and taxes of buying and selling together, FX aside, percent", Min = 0, Max = 10)]
    public decimal FeePercent { get; set; }

    [Setting("Positions at the same time", Min = 1, Max = 1_000)]
    public int MaxOpenPositions { get; set; } = 4;

    [Setting("Most shares an entry may buy", Min = 0.0001, Max = 1_000_000)]
    public decimal MaxQuantity { get; set; } = 1_000m;

    [Setting("Oldest tick that an entry may be decided on", Min = 0.1, Max = 86_400)]
    public TimeSpan MaxTickAge { get; set; } = TimeSpan.FromSeconds(5);

    [Setting("How long a grant of risk holds; at least twice Trading:EntryDeadline, so that no order leaves after its grant has ended", Min = 0.1, Max = 120)]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(5);
}
