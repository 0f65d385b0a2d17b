using System.Globalization;
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

    public static TheoryData<string, string, string, string, string, string> Adjusted() => new()
    {
        // What was bought (at 100), what the robot sold, the adjustments, then: price in, price out, gross.
        { "4", "4@101", "", "100", "101", "4" },
        { "4", "", "ClosedByYou -4 103", "100", "103", "12" },
        { "4", "1@101", "ClosedByYou -3 103", "100", "102.5", "10" },
        { "4", "", "HandedOver -4", "100", "100", "0" },
        { "4", "3@104", "HandedOver -1", "100", "103", "12" },
        { "4", "", "ClosedByYou -4", "100", "100", "0" },
        { "4", "8@51", "CorporateAction 4", "50", "51", "8" },
        { "4", "1@408", "CorporateAction -3", "400", "408", "8" },
        { "4", "6@51", "CorporateAction 4|ClosedByYou -2 55", "50", "52", "16" },
        { "4", "6@51", "CorporateAction 4|HandedOver -2", "50", "50.75", "6" },
        // Eight were sold of four: half of the proceeds are the person's.
        { "4", "4@103 4@101", "Accepted 4", "100", "102", "8" },
        { "4", "4@103", "ClosedByYou -2 101|Accepted 2", "100", "102", "8" },
    };

    [Theory]
    [MemberData(nameof(Adjusted))]
    public void Shares_that_came_or_went_without_an_order_of_ours_count_for_what_they_are(
        string bought,
        string sold,
        string adjustments,
        string entryPrice,
        string exitPrice,
        string gross)
    {
        var result = TradeResult.From(Trade(Number(bought), sold, adjustments));

        Assert.Equal(
            (Number(bought), Number(entryPrice), Number(exitPrice), Number(gross), "USD"),
            (result.Quantity, result.EntryPrice, result.ExitPrice, result.Gross, result.Currency));
        Assert.Equal(result.Gross * 100m / (Number(bought) * 100m), result.GrossPercent);
        // The money of what the person did did not come through orders of ours.
        Assert.Equal(adjustments.Length == 0, result.Net is not null);
        Assert.Equal(adjustments.Length == 0, result.Fees is not null);
        Assert.Equal(adjustments.Length == 0, result.NetCurrency is not null);
    }

    [Theory]
    [InlineData("4", "", "ClosedByYou -3 103")]
    [InlineData("4", "4@101", "ClosedByYou -1 103")]
    [InlineData("0", "", "CorporateAction 1|HandedOver -1")]
    public void A_trade_that_is_not_over_has_no_result(string bought, string sold, string adjustments) =>
        Assert.Throws<ArgumentException>(() => TradeResult.From(Trade(Number(bought), sold, adjustments)));

    private static TradeState Trade(decimal bought, string sold, string adjustments)
    {
        var sells = sold.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(s => s.Split('@')).Select(s => Fill(Number(s[0]), Number(s[1]), 1m, "GBP")).ToList();
        var changes = adjustments.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(a => a.Split(' ')).Select(a =>
            new HoldingAdjusted(Enum.Parse<AdjustmentReason>(a[0]), Number(a[1]), a.Length > 2 ? Number(a[2]) : null, [], "", Bench.Start)).ToList();
        return new Bench().Held().Trade with
        {
            Orders = [Order(OrderSide.Buy, [Fill(bought, 100m, 1m, "GBP")]), Order(OrderSide.Sell, sells)],
            Adjustments = changes.Count > 0 ? changes : null,
        };
    }

    private static OrderState Order(OrderSide side, List<Fill> fills) =>
        new(new OrderReference("AXSM-1-X1"), side, 4m, OrderStatus.Settled, Bench.Start, 0, 7, Bench.Start, null, null, fills.Sum(f => f.Quantity), null, null, fills);

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static Fill Fill(decimal quantity, decimal price, decimal? value = null, string? currency = null, params Fee[] fees) =>
        new(null, quantity, price, Bench.Start, value, currency, null, fees);
}
