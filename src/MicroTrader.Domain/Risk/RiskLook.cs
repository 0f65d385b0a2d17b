using System.Globalization;

namespace MicroTrader.Domain.Risk;

/// <summary>
/// What risk looked at when it granted an entry: what it counted, and the limits of that moment. Journalled with the intent, for the settings and the account that it was
/// judged by are gone later. Amounts are in the account's currency where nothing else is said; a limit that is null did not hold.
/// </summary>
/// <param name="Notional">What the entry buys for, in the instrument's currency.</param>
/// <param name="Cost">What it costs on the account at the most that was known; null where the cash was not looked at.</param>
/// <param name="UsableCash">What of the account's free cash might be used; null where the cash was not looked at.</param>
/// <param name="Places">Positions and grants, this one included.</param>
/// <param name="MaxPlaces">As many were allowed.</param>
/// <param name="Trades">Trades begun within the hour, this one included.</param>
/// <param name="MaxTrades">As many were allowed.</param>
/// <param name="LossesInRow">Trades lost in a row by then.</param>
/// <param name="DayPnl">The day's gain or loss by then, what was open included; null where it was not known.</param>
/// <param name="MaxDailyLoss">What the day might lose, without a sign.</param>
/// <param name="CostPercent">What buying and selling costs with the spread, in percent of the amount; null where costs were not looked at.</param>
/// <param name="MaxCostPercent">As much was allowed, in percent of the amount.</param>
/// <param name="Currency">The account's currency, ISO 4217; null where it was not known.</param>
public sealed record RiskLook(
    decimal Notional,
    decimal? Cost,
    decimal? UsableCash,
    int Places,
    int MaxPlaces,
    int Trades,
    int? MaxTrades,
    int LossesInRow,
    decimal? DayPnl,
    decimal? MaxDailyLoss,
    decimal? CostPercent,
    decimal? MaxCostPercent,
    string? Currency)
{
    /// <summary>What risk looks at for an entry that it grants, before the grant is recorded; null where the entry has no price, which is never granted.</summary>
    /// <param name="state">What risk decides on.</param>
    /// <param name="request">The entry.</param>
    /// <param name="limits">The limits that it was judged by.</param>
    /// <param name="now">The robot's clock.</param>
    public static RiskLook? Of(RiskState state, EntryRequest request, RiskLimits limits, DateTimeOffset now)
    {
        if (request.Notional is not { } notional)
            return null;
        var cash = state.UsableCash(limits);
        return new RiskLook(
            notional,
            cash is null ? null : state.CostOf(request, limits),
            cash,
            state.Taken(now).Count + 1,
            limits.MaxOpenPositions,
            state.TradesThisHour(now) + 1,
            limits.MaxTradesPerHour,
            state.Counters.LossesInRow,
            state.DayPnl(limits),
            limits.MaxDailyLoss,
            limits.TakeProfitPercent is null ? null : limits.CostPercent(request),
            limits.MaxCostPercent,
            limits.AccountCurrency);
    }

    /// <summary>In words, for a person: <c>157.50 USD; position 1 of 4; 157.50 of 9500.00 USD of usable cash; the day at -3.20 of -250.00 USD</c>.</summary>
    /// <param name="instrumentCurrency">The instrument's currency, ISO 4217.</param>
    public string Describe(string instrumentCurrency)
    {
        var parts = new List<string> { RiskAccounting.Amount(Notional, instrumentCurrency), $"position {Places} of {MaxPlaces}" };
        if (Cost is { } cost && UsableCash is { } cash)
            parts.Add($"it costs {RiskAccounting.Amount(cost, null)} of {RiskAccounting.Amount(cash, Currency)} of usable cash");
        parts.Add(MaxTrades is { } most ? $"trade {Trades} of {most} within the hour" : $"trade {Trades} within the hour");
        if (DayPnl is { } pnl)
            parts.Add(MaxDailyLoss is { } limit ? $"the day is at {RiskAccounting.Amount(pnl, null)} of {RiskAccounting.Amount(-limit, Currency)}" : $"the day is at {RiskAccounting.Amount(pnl, Currency)}");
        if (LossesInRow > 0)
            parts.Add($"{LossesInRow} lost in a row");
        if (CostPercent is { } percent)
            parts.Add($"buying and selling costs {Percent(percent)}{(MaxCostPercent is { } allowed ? $" of {Percent(allowed)} allowed" : "")}");
        return string.Join("; ", parts);
    }

    private static string Percent(decimal percent) => string.Create(CultureInfo.InvariantCulture, $"{percent:0.####} %");
}
