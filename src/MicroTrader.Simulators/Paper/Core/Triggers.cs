namespace MicroTrader.Simulators.Paper.Core;

/// <summary>Which prices set an order off: pure functions.</summary>
internal static class Triggers
{
    // A quote is rounded to four decimals: a band this much wider misses no price that could meet the limit.
    private const decimal QuoteStep = 0.0001m;

    /// <summary>True when the venue needs a price for its next step with the order.</summary>
    public static bool NeedsPrice(PaperOrder order) => order.Fate.Kind switch
    {
        PaperFateKind.Cancel or PaperFateKind.Reject => false,
        PaperFateKind.PartialThenCancel => FillDesk.PartOf(order) != 0,
        _ => true,
    };

    /// <summary>True for a stop order that has not been set off yet.</summary>
    public static bool WaitsForStop(PaperOrder order) => order.StopPrice is not null && order.TriggeredAt is null;

    /// <summary>True when the last price has reached the stop: at or above for a buy, at or below for a sale.</summary>
    public static bool StopReached(PaperOrder order, decimal last) => order.IsBuy ? last >= order.StopPrice : last <= order.StopPrice;

    /// <summary>The price at which the order executes now; null when that is worse than its limit.</summary>
    public static decimal? PriceFor(PaperOrder order, VenueRules rules, decimal last)
    {
        if (order.LimitPrice is not { } limit)
        {
            return rules.ExecutionPrice(last, order.IsBuy);
        }

        var quote = rules.QuotePrice(last, order.IsBuy);
        return (order.IsBuy ? quote <= limit : quote >= limit) ? quote : null;
    }

    /// <summary>True when only another price can bring the order on.</summary>
    public static bool WaitsForPrice(PaperOrder order, VenueRules rules, decimal? last)
    {
        if (!NeedsPrice(order))
        {
            return false;
        }

        return last is not { } price || (WaitsForStop(order) ? !StopReached(order, price) : PriceFor(order, rules, price) is null);
    }

    /// <summary>
    /// The prices that have to be looked at, by ticker: those at or below the low or at or above the high. Every price that
    /// could bring on a due order is among them; some others may be.
    /// </summary>
    public static Dictionary<string, PriceBand> Bands(VenueState state, VenueRules rules, DateTimeOffset now)
    {
        var bands = new Dictionary<string, PriceBand>(StringComparer.Ordinal);
        foreach (var order in state.Pending)
        {
            if (order.DueAt <= now && NeedsPrice(order))
            {
                bands[order.Ticker] = bands.GetValueOrDefault(order.Ticker, PriceBand.None).With(BandOf(order, rules));
            }
        }

        return bands;
    }

    private static PriceBand BandOf(PaperOrder order, VenueRules rules)
    {
        if (WaitsForStop(order))
        {
            return order.IsBuy ? PriceBand.AtOrAbove(order.StopPrice!.Value) : PriceBand.AtOrBelow(order.StopPrice!.Value);
        }

        if (order.LimitPrice is not { } limit)
        {
            return PriceBand.Any;
        }

        var step = rules.HasSpread ? QuoteStep : 0m;
        return order.IsBuy ? PriceBand.AtOrBelow(limit + step) : PriceBand.AtOrAbove(limit - step);
    }
}
