namespace MicroTrader.Trading212;

/// <summary>The body of POST /equity/orders/limit. The venue has no client order id: the same request sent twice may be two orders.</summary>
public sealed record LimitOrderRequest : OrderRequest
{
    /// <summary>Makes the request.</summary>
    /// <param name="ticker">The venue's ticker, for example AAPL_US_EQ.</param>
    /// <param name="quantity">Shares: positive buys, negative sells, never zero.</param>
    /// <param name="limitPrice">Limit price in the instrument's currency.</param>
    /// <param name="timeValidity">How long the order stays active.</param>
    /// <exception cref="ArgumentException">The ticker is empty, the quantity is zero, or a price is not above zero, or the validity is Unknown.</exception>
    public LimitOrderRequest(string ticker, decimal quantity, decimal limitPrice, TimeValidity timeValidity)
        : base(ticker, quantity)
    {
        LimitPrice = OrderRequest.CheckedPrice(limitPrice, nameof(limitPrice));
        TimeValidity = OrderRequest.CheckedValidity(timeValidity, nameof(timeValidity));
    }

    /// <summary>Limit price in the instrument's currency.</summary>
    public decimal LimitPrice { get; }

    /// <summary>How long the order stays active.</summary>
    public TimeValidity TimeValidity { get; }
}
