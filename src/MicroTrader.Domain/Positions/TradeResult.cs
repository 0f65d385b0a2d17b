using System.Globalization;
using MicroTrader.Domain.Orders;

namespace MicroTrader.Domain.Positions;

/// <summary>What a trade brought.</summary>
/// <param name="Quantity">Shares bought, and sold.</param>
/// <param name="EntryPrice">Quantity-weighted price of the buys, in <paramref name="Currency"/>.</param>
/// <param name="ExitPrice">Quantity-weighted price of the sells, in <paramref name="Currency"/>.</param>
/// <param name="Gross">Sold for minus bought for, in <paramref name="Currency"/>, before fees.</param>
/// <param name="GrossPercent">Gross over what was bought for, in percent.</param>
/// <param name="Currency">The instrument's currency, ISO 4217.</param>
/// <param name="Net">What the account gained, fees and FX included, in <paramref name="NetCurrency"/>; null where the history did not say.</param>
/// <param name="NetCurrency">The account's currency, ISO 4217; null where the history did not say.</param>
/// <param name="Fees">Fees and taxes in the account's currency; null where the history did not say.</param>
public sealed record TradeResult(
    decimal Quantity,
    decimal EntryPrice,
    decimal ExitPrice,
    decimal Gross,
    decimal GrossPercent,
    string Currency,
    decimal? Net,
    string? NetCurrency,
    decimal? Fees)
{
    /// <summary>
    /// Adds up a trade that is over. Shares that the person sold count at the person's price, shares that were handed over at what they cost; a split
    /// changes the number of shares, not their cost; what was sold beyond the robot's own was not the robot's gain or loss. With any of these
    /// <see cref="Net"/> is not known: the money did not come through orders of ours.
    /// </summary>
    /// <exception cref="ArgumentException">Nothing was bought, or shares are still held.</exception>
    public static TradeResult From(TradeState trade)
    {
        var buys = trade.Orders.Where(o => o.Side == OrderSide.Buy).SelectMany(o => o.Fills).ToList();
        var sells = trade.Orders.Where(o => o.Side == OrderSide.Sell).SelectMany(o => o.Fills).ToList();
        if (trade.Adjustments is not { Count: > 0 } adjustments)
            return From(buys, sells, trade.Currency);
        if (trade.Held != 0 || trade.Bought <= 0)
            throw new ArgumentException($"a trade's result needs as many shares sold as bought: {trade.Held} of {trade.Bought} are left");
        var cost = buys.Sum(f => f.Quantity * f.Price);
        var shares = trade.Bought + adjustments.Where(a => a.Reason == AdjustmentReason.CorporateAction).Sum(a => a.Quantity);
        var entryPrice = shares > 0 ? cost / shares : cost / trade.Bought;
        var gone = adjustments.Where(a => a.Reason is AdjustmentReason.ClosedByYou or AdjustmentReason.HandedOver).ToList();
        var excess = adjustments.Where(a => a.Reason == AdjustmentReason.Accepted).Sum(a => a.Quantity);
        var own = trade.Sold - excess;
        var sold = sells.Sum(f => f.Quantity * f.Price);
        var proceeds = (excess == 0 || trade.Sold == 0 ? sold : sold * own / trade.Sold) + gone.Sum(a => -a.Quantity * (a.Price ?? entryPrice));
        var left = own - gone.Sum(a => a.Quantity);
        var gross = proceeds - cost;
        return new TradeResult(
            trade.Bought,
            Math.Round(entryPrice, 10),
            left > 0 ? Math.Round(proceeds / left, 10) : Math.Round(entryPrice, 10),
            gross,
            cost == 0 ? 0 : Math.Round(gross * 100m / cost, 8),
            trade.Currency,
            null,
            null,
            null);
    }

    /// <summary>Adds up a trade from its fills.</summary>
    /// <exception cref="ArgumentException">Nothing was bought, or what was sold is not what was bought.</exception>
    public static TradeResult From(IReadOnlyCollection<Fill> buys, IReadOnlyCollection<Fill> sells, string currency)
    {
        var bought = buys.Sum(f => f.Quantity);
        var sold = sells.Sum(f => f.Quantity);
        if (bought <= 0 || bought != sold)
            throw new ArgumentException($"a trade's result needs as many shares sold as bought: bought {bought}, sold {sold}");
        var cost = buys.Sum(f => f.Quantity * f.Price);
        var proceeds = sells.Sum(f => f.Quantity * f.Price);
        var gross = proceeds - cost;

        decimal? net = null;
        decimal? fees = null;
        string? netCurrency = null;
        var all = buys.Concat(sells).ToList();
        if (all.All(f => f.AccountValue is not null && f.AccountCurrency is not null)
            && all.Select(f => f.AccountCurrency).Distinct().Count() == 1)
        {
            netCurrency = all[0].AccountCurrency;
            net = sells.Sum(f => f.AccountValue!.Value) - buys.Sum(f => f.AccountValue!.Value);
            fees = all.SelectMany(f => f.Fees).Where(f => f.Currency == netCurrency).Sum(f => f.Amount);
        }

        return new TradeResult(bought, Math.Round(cost / bought, 10), Math.Round(proceeds / sold, 10), gross, cost == 0 ? 0 : Math.Round(gross * 100m / cost, 8), currency, net, netCurrency, fees);
    }

    /// <summary>The amount as people read it: <c>+2.00 USD (+1.27%)</c>.</summary>
    public string Describe() => string.Create(CultureInfo.InvariantCulture, $"{Signed(Gross)} {Currency} ({Signed(GrossPercent)}%)");

    private static string Signed(decimal value) => value.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture);
}
