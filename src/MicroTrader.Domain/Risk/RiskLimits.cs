namespace MicroTrader.Domain.Risk;

/// <summary>The limits that risk holds. Where one is null it does not hold at all.</summary>
public sealed record RiskLimits
{
    /// <summary>Positions at the same time, over all symbols (1 to 1,000).</summary>
    public int MaxOpenPositions { get; init; } = 4;

    /// <summary>Most shares an entry may buy (above 0).</summary>
    public decimal MaxQuantity { get; init; } = 1_000m;

    /// <summary>How long a grant holds until the position has journalled its intent (0.1 s to 2 min). To hold the limits it must outlast any order of the grant: see Trading:EntryDeadline.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Oldest tick that an entry may be decided on, in age at the time of the grant (0.1 s to 1 day).</summary>
    public TimeSpan MaxTickAge { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Trades begun within an hour, entries that came to nothing included (1 or more); null for no limit.</summary>
    public int? MaxTradesPerHour { get; init; }

    /// <summary>Orders within a minute, sells included, before no entry is granted (1 or more); a sell is never refused. Null for no limit.</summary>
    public int? MaxOrdersPerMinute { get; init; }

    /// <summary>Losing trades in a row that set off the cool-down (1 or more).</summary>
    public int MaxLossesInRow { get; init; } = 3;

    /// <summary>How long no entry is granted after <see cref="MaxLossesInRow"/>, counted from the last loss (above 0); null for no cool-down.</summary>
    public TimeSpan? CoolDown { get; init; }

    /// <summary>The loss of a day from which on no entry is granted until the next, in <see cref="AccountCurrency"/> (above 0); null for no limit.</summary>
    public decimal? MaxDailyLoss { get; init; }

    /// <summary>Most that one entry may buy for, in <see cref="NotionalCurrency"/> (above 0); null for no limit.</summary>
    public decimal? MaxNotional { get; init; }

    /// <summary>Most that all positions together may have been bought for, in <see cref="NotionalCurrency"/> (above 0); null for no limit.</summary>
    public decimal? MaxTotalNotional { get; init; }

    /// <summary>
    /// The currency of <see cref="MaxNotional"/> and <see cref="MaxTotalNotional"/>, ISO 4217 or GBX; null for that of the entry. What is in another is changed by
    /// the rates that fills have told, and denied where none has.
    /// </summary>
    public string? NotionalCurrency { get; init; }

    /// <summary>
    /// Share of the account's free cash that entries leave alone, in percent (0 or more, below 100); null for no look at the cash. The broker itself wants more than
    /// an order's value to be free.
    /// </summary>
    public decimal? CashHoldBackPercent { get; init; }

    /// <summary>How old the last reading of the free cash may be (above 0).</summary>
    public TimeSpan MaxCashAge { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The gain at which positions are left, in percent: what costs are measured against (above 0); null where costs do not matter.</summary>
    public decimal? TakeProfitPercent { get; init; }

    /// <summary>Most that buying and selling may cost, in percent of <see cref="TakeProfitPercent"/> (above 0); null for no limit.</summary>
    public decimal? MaxCostPercentOfTakeProfit { get; init; }

    /// <summary>Widest spread, in percent of <see cref="TakeProfitPercent"/>, where a quote is known (above 0); null for no limit.</summary>
    public decimal? MaxSpreadPercentOfTakeProfit { get; init; }

    /// <summary>What the broker takes for changing money, each way, in percent of the amount (0 or more).</summary>
    public decimal FxFeePercent { get; init; }

    /// <summary>Fees and taxes of buying and selling together, FX aside, in percent of the amount (0 or more).</summary>
    public decimal FeePercent { get; init; }

    /// <summary>The account's currency, ISO 4217; null where it is not known: then amounts of any currency count as they are.</summary>
    public string? AccountCurrency { get; init; }

    /// <summary>What buying and selling costs without the spread, in percent of the amount.</summary>
    /// <param name="currency">The instrument's currency, ISO 4217.</param>
    public decimal RoundTripFeesPercent(string currency) => FeePercent + (IsForeign(currency) ? 2m * FxFeePercent : 0m);

    /// <summary>What an entry's buying and selling costs with its spread, in percent of the amount.</summary>
    public decimal CostPercent(EntryRequest request) => RoundTripFeesPercent(request.Currency) + (request.SpreadPercent ?? 0m);

    /// <summary>The most that <see cref="CostPercent"/> may be, in percent of the amount; null for no limit.</summary>
    public decimal? MaxCostPercent => TakeProfitPercent * MaxCostPercentOfTakeProfit / 100m;

    /// <summary>Whether money must be changed to trade in a currency.</summary>
    public bool IsForeign(string currency) => AccountCurrency is not null && AccountCurrency != currency && !IsPence(currency);

    /// <summary>What one unit of a currency that is not foreign is in the account's: shares in London are priced in pence (GBX).</summary>
    public decimal UnitOf(string currency) => IsPence(currency) ? 0.01m : 1m;

    private bool IsPence(string currency) => currency == "GBX" && AccountCurrency == "GBP";
}
