using MicroTrader.Domain.Orders;

namespace MicroTrader.Domain.Tests.Orders;

public sealed class OrderSizingTests
{
    [Theory]
    [InlineData("1", 4, "1")]
    [InlineData("0.12345", 4, "0.1234")]
    [InlineData("0.12349999", 4, "0.1234")]
    [InlineData("2.9", 0, "2")]
    [InlineData("0.0001", 4, "0.0001")]
    public void A_quantity_is_cut_to_what_the_instrument_takes(string wanted, int decimals, string expected) => Assert.Equal(
        new SizedOrder(Number(expected), null),
        OrderSizing.Size(new SizingRules { Quantity = Number(wanted) }, new InstrumentLimits(decimals), 157.50m, 0m));

    [Theory]
    [InlineData("1000", "157.50", "6.3492")]
    [InlineData("157.50", "157.50", "1")]
    [InlineData("157.49", "157.50", "0.9999")]
    public void An_amount_of_money_buys_no_more_than_it_pays_for(string cash, string price, string expected)
    {
        var sized = OrderSizing.Size(new SizingRules { CashPerTrade = Number(cash) }, new InstrumentLimits(), Number(price), null);

        Assert.Equal(new SizedOrder(Number(expected), null), sized);
        Assert.True(sized.Quantity * Number(price) <= Number(cash));
    }

    [Theory]
    [InlineData("0.00009", 4, "157.50")]
    [InlineData("0.9", 0, "157.50")]
    [InlineData("1", 4, "0")]
    [InlineData("1", 4, "-1")]
    public void What_cannot_be_bought_says_why(string wanted, int decimals, string price)
    {
        var sized = OrderSizing.Size(new SizingRules { Quantity = Number(wanted) }, new InstrumentLimits(decimals), Number(price), 0m);

        Assert.Equal(0m, sized.Quantity);
        Assert.NotNull(sized.Problem);
    }

    [Theory]
    [InlineData("9", "1", true)]
    [InlineData("9.0001", "1", false)]
    [InlineData(null, "10", true)]
    [InlineData(null, "10.0001", false)]
    public void The_instrument_s_limit_counts_what_the_person_holds(string? held, string wanted, bool allowed)
    {
        var sized = OrderSizing.Size(new SizingRules { Quantity = Number(wanted) }, new InstrumentLimits(4, 10m), 157.50m, held is null ? null : Number(held));

        Assert.Equal(allowed, sized.Problem is null);
    }

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
