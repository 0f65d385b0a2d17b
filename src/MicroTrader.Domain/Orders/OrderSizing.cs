using System.Globalization;

namespace MicroTrader.Domain.Orders;

/// <summary>What an instrument allows, as far as the broker says.</summary>
/// <param name="QuantityDecimals">Most decimals of a quantity. Trading 212 takes four unless the instrument says otherwise (its users' experience).</param>
/// <param name="MaxOpenQuantity">Most shares that may be held; null where the broker does not say.</param>
/// <param name="ExtendedHours">Whether it trades outside of the regular session; some instruments refuse any request that speaks of it.</param>
public sealed record InstrumentLimits(int QuantityDecimals = 4, decimal? MaxOpenQuantity = null, bool ExtendedHours = false);

/// <summary>How much a trade buys: a number of shares, or an amount of money.</summary>
public sealed record SizingRules
{
    /// <summary>Shares per trade; used where <see cref="CashPerTrade"/> is null (above 0).</summary>
    public decimal Quantity { get; init; } = 1m;

    /// <summary>Money per trade, in the instrument's currency; null for a number of shares (above 0).</summary>
    public decimal? CashPerTrade { get; init; }
}

/// <summary>A size, or why there is none.</summary>
/// <param name="Quantity">Shares to buy; 0 where there is none.</param>
/// <param name="Problem">Why there is none, in words; null where there is one.</param>
public readonly record struct SizedOrder(decimal Quantity, string? Problem);

/// <summary>Sizes entries. Pure. Always rounded down: never more than was asked for.</summary>
public static class OrderSizing
{
    /// <summary>Sizes one entry.</summary>
    /// <param name="rules">How much is wanted.</param>
    /// <param name="limits">What the instrument allows.</param>
    /// <param name="price">Price of a share, in the instrument's currency.</param>
    /// <param name="held">Shares that the account holds already, the person's own included; null where no read said so.</param>
    public static SizedOrder Size(SizingRules rules, InstrumentLimits limits, decimal price, decimal? held)
    {
        if (price <= 0)
            return new SizedOrder(0, "the price is not above zero");
        var wanted = rules.CashPerTrade is { } cash ? cash / price : rules.Quantity;
        var quantity = RoundDown(wanted, limits.QuantityDecimals);
        if (quantity <= 0)
        {
            return new SizedOrder(0, string.Create(
                CultureInfo.InvariantCulture, $"{wanted:0.########} shares are less than the smallest quantity of {limits.QuantityDecimals} decimals"));
        }

        if (limits.MaxOpenQuantity is { } most && (held ?? 0) + quantity > most)
            return new SizedOrder(0, string.Create(CultureInfo.InvariantCulture, $"{quantity} shares with the {held ?? 0} held are more than the instrument's limit of {most}"));
        return new SizedOrder(quantity, null);
    }

    /// <summary>Cuts a quantity to so many decimals.</summary>
    public static decimal RoundDown(decimal quantity, int decimals)
    {
        var factor = 1m;
        for (var i = 0; i < decimals; i++)
            factor *= 10m;
        return Math.Truncate(quantity * factor) / factor;
    }
}
