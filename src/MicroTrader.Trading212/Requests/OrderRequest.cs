using System.Globalization;
using System.Text.Json.Serialization;

namespace MicroTrader.Trading212;

/// <summary>What every order request carries. A closed family: the types in this library and no others.</summary>
public abstract record OrderRequest
{
    private protected OrderRequest(string ticker, decimal quantity)
    {
        if (string.IsNullOrWhiteSpace(ticker))
            throw new ArgumentException("The ticker is empty; allowed is the venue's ticker, for example AAPL_US_EQ.", nameof(ticker));
        if (quantity == 0m)
            throw new ArgumentException("The quantity is 0; allowed is a positive number of shares to buy or a negative one to sell.", nameof(quantity));
        Ticker = ticker;
        Quantity = quantity;
    }

    /// <summary>The venue's ticker.</summary>
    [JsonPropertyOrder(-2)]
    public string Ticker { get; }

    /// <summary>Shares: positive buys, negative sells.</summary>
    [JsonPropertyOrder(-1)]
    public decimal Quantity { get; }

    /// <summary>The side that the sign of <see cref="Quantity"/> means.</summary>
    [JsonIgnore]
    public OrderSide Side => Quantity > 0m ? OrderSide.Buy : OrderSide.Sell;

    private protected static decimal CheckedPrice(decimal price, string name) =>
        price > 0m ? price : throw new ArgumentException($"The price is {price.ToString(CultureInfo.InvariantCulture)}; allowed is a price above 0.", name);

    private protected static TimeValidity CheckedValidity(TimeValidity validity, string name) =>
        validity is TimeValidity.Day or TimeValidity.GoodTillCancel
            ? validity
            : throw new ArgumentException($"The time validity is {validity}; allowed are Day and GoodTillCancel.", name);
}
