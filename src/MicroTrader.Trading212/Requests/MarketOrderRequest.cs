namespace MicroTrader.Trading212;

/// <summary>
/// The body of POST /equity/orders/market. The venue has no client order id: the same request sent twice may be two orders. Placed while the market is closed, the order
/// waits for the next open.
/// </summary>
public sealed record MarketOrderRequest : OrderRequest
{
    /// <summary>Makes the request.</summary>
    /// <param name="ticker">The venue's ticker, for example AAPL_US_EQ.</param>
    /// <param name="quantity">Shares: positive buys, negative sells, never zero.</param>
    /// <param name="extendedHours">Whether it may execute outside the regular session; null sends no such field, because some instruments refuse any request that carries it.</param>
    /// <exception cref="ArgumentException">The ticker is empty or the quantity is zero.</exception>
    public MarketOrderRequest(string ticker, decimal quantity, bool? extendedHours = null)
        : base(ticker, quantity) => ExtendedHours = extendedHours;

    /// <summary>Whether it may execute outside the regular session; null is not sent.</summary>
    public bool? ExtendedHours { get; }
}
