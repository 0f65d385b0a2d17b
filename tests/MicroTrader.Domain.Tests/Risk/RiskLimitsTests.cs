using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Risk;

namespace MicroTrader.Domain.Tests.Risk;

/// <summary>The limits on pace, money and costs, each at its edge.</summary>
public sealed class RiskLimitsTests
{
    private static readonly Symbol Axsm = Symbol.Parse("AXSM");
    private static readonly Symbol Hut = Symbol.Parse("HUT");
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 14, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(14, null)]
    [InlineData(15, DenialCode.TooManyTradesPerHour)]
    public void Trades_within_the_hour_have_a_limit(int begun, DenialCode? expected)
    {
        var limits = new RiskLimits { MaxTradesPerHour = 15 };
        var state = RiskState.Initial.WithOrders(Orders(begun, OrderSide.Buy, Now.AddMinutes(-59)), Now);

        Assert.Equal(expected, state.Judge(Request(), limits, Now).Denial);
        Assert.True(state.Judge(Request(), limits with { MaxTradesPerHour = null }, Now).IsGranted);
    }

    [Fact]
    public void A_trade_counts_for_exactly_an_hour_and_its_sells_do_not()
    {
        var limits = new RiskLimits { MaxTradesPerHour = 1 };
        var state = RiskState.Initial.WithOrders([.. Orders(1, OrderSide.Buy, Now), .. Orders(5, OrderSide.Sell, Now.AddMinutes(30))], Now.AddMinutes(30));

        Assert.Equal(DenialCode.TooManyTradesPerHour, At(state, Now.AddMinutes(60) - TimeSpan.FromTicks(1)));
        Assert.Null(At(state, Now.AddMinutes(60)));

        DenialCode? At(RiskState s, DateTimeOffset at) => s.Judge(Request() with { TickAt = at }, limits, at).Denial;
    }

    [Fact]
    public void A_grant_counts_as_a_trade_until_it_is_one_or_ends()
    {
        var limits = new RiskLimits { MaxTradesPerHour = 1 };
        var granted = RiskState.Initial.Grant(Request() with { Symbol = Hut }, Now.AddSeconds(5), 1);
        Assert.Equal(DenialCode.TooManyTradesPerHour, granted.Judge(Request(), limits, Now).Denial);
        Assert.True(granted.Judge(Request() with { TickAt = Now.AddSeconds(5) }, limits, Now.AddSeconds(5)).IsGranted);

        // Begun, it counts once: by its order, no longer by its grant.
        var standing = new PositionStanding(Hut, true, null, [.. Orders(1, OrderSide.Buy, Now)], null);
        var begun = granted.WithPosition(standing, 1, Now).WithPosition(standing, 1, Now);
        Assert.Equal(1, begun.TradesThisHour(Now));
    }

    [Theory]
    [InlineData(39, 0, null)]
    [InlineData(40, 0, DenialCode.TooManyOrdersPerMinute)]
    [InlineData(40, 60, null)]
    public void Orders_within_the_minute_have_a_limit_sells_included(int orders, int agoSeconds, DenialCode? expected)
    {
        var state = RiskState.Initial.WithOrders(Orders(orders, OrderSide.Sell, Now.AddSeconds(-agoSeconds)), Now);

        Assert.Equal(expected, state.Judge(Request(), new RiskLimits { MaxOrdersPerMinute = 40 }, Now).Denial);
    }

    [Fact]
    public void Orders_are_remembered_once_and_for_an_hour()
    {
        var state = RiskState.Initial.WithOrders(Orders(3, OrderSide.Buy, Now), Now);
        Assert.Same(state, state.WithOrders(Orders(3, OrderSide.Buy, Now), Now.AddMinutes(1)));
        Assert.Same(state, state.WithOrders([new JournalledOrder(new OrderReference("OLD-1-B1"), OrderSide.Buy, Now.AddHours(-1))], Now));

        state = state.WithOrders([new JournalledOrder(new OrderReference("NEW-1-B1"), OrderSide.Buy, Now.AddHours(1))], Now.AddHours(1));
        Assert.Equal("NEW-1-B1", Assert.Single(state.Orders).Key.Value);
    }

    [Theory]
    [InlineData("1000", null)]
    [InlineData("1000.01", DenialCode.Notional)]
    public void An_entry_buys_for_no_more_than_its_limit(string price, DenialCode? expected) =>
        Assert.Equal(expected, RiskState.Initial.Judge(Request(decimal.Parse(price)), new RiskLimits { MaxNotional = 1_000m }, Now).Denial);

    [Theory]
    [InlineData("100", null)]
    [InlineData("100.01", DenialCode.TotalNotional)]
    public void All_positions_together_are_bought_for_no_more_than_their_limit(string price, DenialCode? expected)
    {
        // 600 held, 300 granted.
        var state = RiskState.Initial
            .WithPosition(Hut.Exists(new PositionMoney(1, 600m, 2m, 300m, 0m, "USD")), 1, Now)
            .Grant(Request(300m) with { Symbol = Symbol.Parse("DJT") }, Now.AddSeconds(5), 1);

        Assert.Equal(expected, state.Judge(Request(decimal.Parse(price)), new RiskLimits { MaxTotalNotional = 1_000m }, Now).Denial);
    }

    [Fact]
    public void A_grant_counts_as_an_order_and_with_its_money_until_its_lease_ends()
    {
        var limits = new RiskLimits { MaxOrdersPerMinute = 1, MaxTotalNotional = 1_000m };
        var granted = RiskState.Initial.Grant(Request(900m) with { Symbol = Hut }, Now.AddSeconds(5), 1);

        Assert.Equal(DenialCode.TooManyOrdersPerMinute, At(Now.AddSeconds(5).AddTicks(-1), limits));
        Assert.Equal(DenialCode.TotalNotional, At(Now.AddSeconds(5).AddTicks(-1), limits with { MaxOrdersPerMinute = null }));
        Assert.Null(At(Now.AddSeconds(5), limits));

        DenialCode? At(DateTimeOffset at, RiskLimits by) => granted.Judge(Request() with { TickAt = at }, by, at).Denial;
    }

    [Fact]
    public void The_highest_price_is_one() =>
        Assert.Null(RiskState.Initial.Judge(Request(EntryRequest.HighestPrice), new RiskLimits(), Now).Denial);

    [Fact]
    public void What_is_held_for_an_unknown_amount_denies_where_the_sum_has_a_limit()
    {
        var state = RiskState.Initial.WithPosition(Hut.Exists(), 1, Now);

        Assert.Equal(DenialCode.MissingPrice, state.Judge(Request(), new RiskLimits { MaxTotalNotional = 1_000_000m }, Now).Denial);
        Assert.True(state.Judge(Request(), new RiskLimits(), Now).IsGranted);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1000000000.01")]
    [InlineData("79228162514264337593543950335")]
    public void A_price_that_is_missing_or_makes_no_sense_denies(string? price) => Assert.Equal(
        DenialCode.MissingPrice, RiskState.Initial.Judge(Request() with { Price = price is null ? null : decimal.Parse(price) }, new RiskLimits(), Now).Denial);

    [Theory]
    [InlineData(null, null)]
    [InlineData("0", null)]
    [InlineData("0.5", null)]
    [InlineData("0.5001", DenialCode.Spread)]
    [InlineData("-0.0001", DenialCode.Spread)]
    public void The_spread_is_at_most_its_share_of_the_gain(string? spread, DenialCode? expected) => Assert.Equal(
        expected,
        RiskState.Initial.Judge(Spread(spread), new RiskLimits { TakeProfitPercent = 1m, MaxSpreadPercentOfTakeProfit = 50m }, Now).Denial);

    [Theory]
    [InlineData("USD", "USD", "0.25", null)]
    [InlineData("USD", "USD", "0.2501", DenialCode.RoundTripCost)]
    [InlineData("USD", "USD", null, null)]
    // FX both ways: 0.3 %.
    [InlineData("EUR", "USD", null, DenialCode.RoundTripCost)]
    [InlineData(null, "USD", null, null)]
    [InlineData("GBP", "GBX", null, null)]
    [InlineData("GBP", "GBP", null, null)]
    public void Buying_and_selling_costs_at_most_its_share_of_the_gain(string? account, string currency, string? spread, DenialCode? expected)
    {
        var limits = new RiskLimits { TakeProfitPercent = 1m, MaxCostPercentOfTakeProfit = 25m, FxFeePercent = 0.15m, AccountCurrency = account };

        Assert.Equal(expected, RiskState.Initial.Judge(Spread(spread) with { Currency = currency }, limits, Now).Denial);
    }

    [Theory]
    [InlineData("0.0999", null)]
    [InlineData("0.1", null)]
    [InlineData("0.1001", DenialCode.RoundTripCost)]
    public void Spread_FX_and_fees_add_up(string spread, DenialCode? expected)
    {
        var limits = new RiskLimits { TakeProfitPercent = 2m, MaxCostPercentOfTakeProfit = 25m, FxFeePercent = 0.15m, FeePercent = 0.1m, AccountCurrency = "EUR" };

        Assert.Equal(expected, RiskState.Initial.Judge(Spread(spread), limits, Now).Denial);
    }

    private static IEnumerable<JournalledOrder> Orders(int count, OrderSide side, DateTimeOffset at) =>
        Enumerable.Range(1, count).Select(i => new JournalledOrder(OrderReference.For(Hut, i, side, 1), side, at));

    private static EntryRequest Request(decimal price = 157.50m) => new(Axsm, 1m, Now, price, "USD");

    private static EntryRequest Spread(string? percent) => Request() with { SpreadPercent = percent is null ? null : decimal.Parse(percent) };
}
