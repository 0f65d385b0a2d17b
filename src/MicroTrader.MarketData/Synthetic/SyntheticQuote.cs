namespace MicroTrader.MarketData;

/// <summary>Made-up bid and ask around a price.</summary>
public static class SyntheticQuote
{
    private const decimal Cent = 0.01m;

    /// <summary>Bid and ask half of the spread away from the price, in whole cents outward, so that the price lies between them.</summary>
    /// <param name="price">Price of one share in dollars, above a cent.</param>
    /// <param name="spreadPercent">Ask minus bid in percent of the price, zero or more. They are a cent apart at least.</param>
    public static (decimal Bid, decimal Ask) Around(decimal price, decimal spreadPercent)
    {
        var half = price * spreadPercent / 200m;
        var bid = Math.Max(Cent, Math.Floor((price - half) / Cent) * Cent);
        var ask = Math.Ceiling((price + half) / Cent) * Cent;
        return ask > bid ? (bid, ask) : (bid, bid + Cent);
    }
}
