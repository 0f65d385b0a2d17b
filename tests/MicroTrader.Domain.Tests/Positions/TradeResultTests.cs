using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;

namespace MicroTrader.Domain.Tests.Positions;

/// <summary>What a trade brought.</summary>
public sealed class TradeResultTests
{
    [Fact]
    public void The_design_s_example_reads_as_it_says()
    {
        var result = TradeResult.From([Fill(1m, 157.50m)], [Fill(1m, 159.50m)], "USD");

        Assert.Equal("+2.00 USD (+1.27%)", result.Describe());
        Assert.Equal((1m, 157.50m, 159.50m, 2m, "USD"), (result.Quantity, result.EntryPrice, result.ExitPrice, result.Gross, result.Currency));
    }

    [Theory]
    [InlineData("100", "99.5", "-0.50 USD (-0.50%)")]
    [InlineData("100", "100", "0.00 USD (0.00%)")]
    [InlineData("100", "100.001", "0.00 USD (0.00%)")]
    [InlineData("100", "99.999", "0.00 USD (0.00%)")]
    [InlineData("1", "1234.567", "+1233.57 USD (+123356.70%)")]
    public void Losses_zero_and_small_change_read_well(string entry, string exit, string expected) =>
        Assert.Equal(expected, TradeResult.From([Fill(1m, decimal.Parse(entry))], [Fill(1m, decimal.Parse(exit))], "USD").Describe());

    [Fact]
    public void Several_fills_are_weighted_by_their_quantities()
    {
        var result = TradeResult.From([Fill(1m, 100m), Fill(3m, 104m)], [Fill(2m, 110m), Fill(1.5m, 106m), Fill(0.5m, 98m)], "USD");

        Assert.Equal((4m, 103m, 107m), (result.Quantity, result.EntryPrice, result.ExitPrice));
        Assert.Equal(16m, result.Gross);
        Assert.Equal(3.88349515m, result.GrossPercent);
    }

    [Fact]
    public void The_net_is_what_the_account_moved_and_the_fees_are_within_it()
    {
        var buy = Fill(1m, 157.50m, 120.18m, "GBP", new Fee("CURRENCY_CONVERSION_FEE", 0.18m, "GBP"));
        var sell = Fill(1m, 159.50m, 121.32m, "GBP", new Fee("CURRENCY_CONVERSION_FEE", 0.18m, "GBP"), new Fee("FINRA_FEE", 0.01m, "GBP"));
        var result = TradeResult.From([buy], [sell], "USD");

        Assert.Equal((1.14m, "GBP", 0.37m), (result.Net!.Value, result.NetCurrency, result.Fees!.Value));
        Assert.Equal("+2.00 USD (+1.27%)", result.Describe());
    }

    [Fact]
    public void A_fee_in_another_currency_is_not_added_to_the_account_s()
    {
        var buy = Fill(1m, 100m, 80m, "GBP", new Fee("A", 0.1m, "GBP"), new Fee("B", 5m, "USD"));

        Assert.Equal(0.1m, TradeResult.From([buy], [Fill(1m, 101m, 81m, "GBP")], "USD").Fees);
    }

    [Fact]
    public void A_gain_on_the_price_can_be_a_loss_on_the_account()
    {
        var result = TradeResult.From([Fill(1m, 100m, 80m, "GBP")], [Fill(1m, 101m, 79m, "GBP")], "USD");

        Assert.Equal((1m, -1m), (result.Gross, result.Net!.Value));
    }

    [Theory]
    [InlineData(null, "GBP")]
    [InlineData("79", null)]
    [InlineData("79", "EUR")]
    public void Where_one_fill_does_not_say_what_it_moved_there_is_no_net(string? value, string? currency)
    {
        var result = TradeResult.From(
            [Fill(1m, 100m, 80m, "GBP"), Fill(1m, 100m, value is null ? null : decimal.Parse(value), currency)],
            [Fill(2m, 101m, 160m, "GBP")],
            "USD");

        Assert.Null(result.Net);
        Assert.Null(result.NetCurrency);
        Assert.Null(result.Fees);
        Assert.Equal(2m, result.Gross);
    }

    [Fact]
    public void Sold_must_be_what_was_bought()
    {
        Assert.Throws<ArgumentException>(() => TradeResult.From([], [], "USD"));
        Assert.Throws<ArgumentException>(() => TradeResult.From([Fill(1m, 1m)], [], "USD"));
        var error = Assert.Throws<ArgumentException>(() => TradeResult.From([Fill(1m, 1m)], [Fill(1.0001m, 1m)], "USD"));
        Assert.Contains("bought 1, sold 1.0001", error.Message);
    }

    private static Fill Fill(decimal quantity, decimal price, decimal? value = null, string? currency = null, params Fee[] fees) =>
        new(null, quantity, price, Bench.Start, value, currency, null, fees);
}
