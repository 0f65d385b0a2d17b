using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Risk;

namespace MicroTrader.Domain.Tests.Risk;

/// <summary>What is kept of a grant: what was counted, and the limits of that moment.</summary>
public sealed class RiskLookTests
{
    private static readonly Symbol Hut = Symbol.Parse("HUT");
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 14, 0, 0, TimeSpan.Zero);
    private static readonly EntryRequest Request = new(Symbol.Parse("AXSM"), 2m, Now, 157.50m, "USD", 0.05m);

    [Fact]
    public void It_tells_money_places_pace_day_and_costs()
    {
        var limits = new RiskLimits
        {
            CashHoldBackPercent = 5m,
            MaxDailyLoss = 250m,
            MaxTradesPerHour = 15,
            TakeProfitPercent = 1m,
            MaxCostPercentOfTakeProfit = 25m,
            FeePercent = 0.1m,
            AccountCurrency = "USD",
        };
        var state = RiskState.Initial.CatchUp([], limits, Now).Aggregate(RiskState.Initial, (s, f) => s.Apply(f))
            .WithCash(new CashReading(1_000m, Now), Now)
            .WithPosition(Hut.Exists(new PositionMoney(1, 41m, 1m, 41m, 0m, "USD", null, 41m)), 1, Now)
            .WithPrice(Hut, 40m)
            .WithOrders([new JournalledOrder(new OrderReference("HUT-1-B1"), OrderSide.Buy, Now.AddMinutes(-5))], Now);
        Assert.True(state.Judge(Request, limits, Now).IsGranted);

        var look = RiskLook.Of(state, Request, limits, Now)!;
        Assert.Equal(new RiskLook(315m, 315.315m, 950m, 2, 4, 2, 15, 0, -1.0405m, 250m, 0.15m, 0.25m, "USD"), look);
        Assert.Equal(
            "315.00 USD; position 2 of 4; it costs 315.32 of 950.00 USD of usable cash; trade 2 of 15 within the hour; the day is at -1.04 of -250.00 USD; buying and selling costs 0.15 % of 0.25 % allowed",
            look.Describe("USD"));
    }

    [Fact]
    public void What_has_no_limit_or_was_not_known_is_left_out()
    {
        var look = RiskLook.Of(RiskState.Initial, Request, new RiskLimits(), Now)!;

        Assert.Equal(new RiskLook(315m, null, null, 1, 4, 1, null, 0, null, null, null, null, null), look);
        Assert.Equal("315.00 USD; position 1 of 4; trade 1 within the hour", look.Describe("USD"));
        Assert.Equal("315.00 USD; position 1 of 4; trade 1 within the hour; 2 lost in a row", (look with { LossesInRow = 2 }).Describe("USD"));
        Assert.Null(RiskLook.Of(RiskState.Initial, Request with { Price = null }, new RiskLimits(), Now));
    }
}
