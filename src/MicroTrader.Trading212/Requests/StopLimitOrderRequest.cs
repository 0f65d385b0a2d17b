namespace MicroTrader.Trading212;

/// <summary>The body of POST /equity/orders/stop_limit. The venue has no client order id: the same request sent twice may be two orders.</summary>
public sealed record StopLimitOrderRequest : OrderRequest
{
    /// <summary>Makes the request.</summary>
    /// <param name="ticker">The venue's ticker, for example AAPL_US_EQ.</param>
    /// <param name="quantity">Shares: positive buys, negative sells, never zero.</param>
    /// <param name="stopPrice">Stop price in the instrument's currency; the last traded price triggers it.</param>
    /// <param name="limitPrice">Limit price in the instrument's currency.</param>
    /// <param name="timeValidity">How long the order stays active.</param>
    /// <exception cref="ArgumentException">The ticker is empty, the quantity is zero, or a price is not above zero, or the validity is Unknown.</exception>
    public StopLimitOrderRequest(string ticker, decimal quantity, decimal stopPrice, decimal limitPrice, TimeValidity timeValidity)
        : base(ticker, quantity)
    {
        StopPrice = OrderRequest.CheckedPrice(stopPrice, nameof(stopPrice));
        LimitPrice = OrderRequest.CheckedPrice(limitPrice, nameof(limitPrice));
        TimeValidity = OrderRequest.CheckedValidity(timeValidity, nameof(timeValidity));
    }

    /// <summary>Stop price in the instrument's currency; the last traded price triggers it.</summary>
    public decimal StopPrice { get; }

    /// <summary>Limit price in the instrument's currency.</summary>
    public decimal LimitPrice { get; }

    /// <summary>How long the order stays active.</summary>
    public TimeValidity TimeValidity { get; }
}
