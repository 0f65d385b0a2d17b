namespace MicroTrader.Trading212;

/// <summary>The body of POST /equity/orders/stop. The venue has no client order id: the same request sent twice may be two orders.</summary>
public sealed record StopOrderRequest : OrderRequest
{
    /// <summary>Makes the request.</summary>
    /// <param name="ticker">The venue's ticker, for example AAPL_US_EQ.</param>
    /// <param name="quantity">Shares: positive buys, negative sells, never zero.</param>
    /// <param name="stopPrice">Stop price in the instrument's currency; the last traded price triggers it.</param>
    /// <param name="timeValidity">How long the order stays active.</param>
    /// <exception cref="ArgumentException">The ticker is empty, the quantity is zero, or a price is not above zero, or the validity is Unknown.</exception>
    public StopOrderRequest(string ticker, decimal quantity, decimal stopPrice, TimeValidity timeValidity)
        : base(ticker, quantity)
    {
        StopPrice = OrderRequest.CheckedPrice(stopPrice, nameof(stopPrice));
        TimeValidity = OrderRequest.CheckedValidity(timeValidity, nameof(timeValidity));
    }

    /// <summary>Stop price in the instrument's currency; the last traded price triggers it.</summary>
    public decimal StopPrice { get; }

    /// <summary>How long the order stays active.</summary>
    public TimeValidity TimeValidity { get; }
}
