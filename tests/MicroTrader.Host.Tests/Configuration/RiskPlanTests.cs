using MicroTrader.Host.Configuration;
using MicroTrader.Host.Tests.Support;

namespace MicroTrader.Host.Tests.Configuration;

/// <summary>Risk's limits as the settings and the mode make them.</summary>
public sealed class RiskPlanTests
{
    private static readonly (string Key, string Value)[] Practice =
    [
        ("Trading:Mode", "practice"), ("Trading212:Demo:ApiKey", "demo-key"), ("Trading212:Demo:ApiSecret", "demo-secret"), ("Feed:AllowSyntheticOnPractice", "true"),
    ];

    [Fact]
    public void Practice_money_has_the_limits_of_real_money()
    {
        var plan = Settings.Plan([.. Practice, ("Risk:Capital", "2000")]);
        var risk = plan.Robot([], "journal.db", "USD").Risk;

        Assert.Equal((15, 40, 3, TimeSpan.FromSeconds(90)), (risk.MaxTradesPerHour, risk.MaxOrdersPerMinute, risk.MaxLossesInRow, risk.CoolDown));
        Assert.Equal((100m, null, null, "USD"), (risk.MaxDailyLoss, risk.MaxNotional, risk.MaxTotalNotional, risk.AccountCurrency));
        Assert.Equal((1.0m, 25m, 50m, 0.15m, 0m), (risk.TakeProfitPercent, risk.MaxCostPercentOfTakeProfit, risk.MaxSpreadPercentOfTakeProfit, risk.FxFeePercent, risk.FeePercent));
        Assert.Empty(plan.Notices);
    }

    [Fact]
    public void The_paper_venue_does_not_pause_and_loses_a_part_of_its_cash_at_most()
    {
        var risk = Settings.Plan().Risk("USD");

        Assert.Equal((null, null, 5_000m, 40), (risk.MaxTradesPerHour, risk.CoolDown, risk.MaxDailyLoss, risk.MaxOrdersPerMinute));
        Assert.Equal(7m * 1_000m / 100m, Settings.Plan(("Paper:StartingCash", "1000"), ("Risk:MaxDailyLossPercent", "7")).MaxDailyLoss);
        Assert.Equal(10m, Settings.Plan(("Risk:Capital", "200")).MaxDailyLoss);
    }

    [Fact]
    public void What_is_set_holds_in_every_mode()
    {
        (string, string)[] set = [("Risk:MaxTradesPerHour", "7"), ("Risk:CoolDown", "2m"), ("Risk:MaxLossesInRow", "2"), ("Risk:MaxOrdersPerMinute", "9"), ("Risk:MaxNotional", "500"), ("Risk:MaxTotalNotional", "900"),
            ("Risk:MaxCostPercentOfTakeProfit", "30"), ("Risk:MaxSpreadPercentOfTakeProfit", "40"), ("Risk:FxFeePercent", "0.2"), ("Risk:FeePercent", "0.1"), ("Exits:TakeProfitPercent", "2")];
        foreach (var plan in new[] { Settings.Plan(set), Settings.Plan([.. Practice, .. set]) })
        {
            var risk = plan.Risk("EUR");
            Assert.Equal((7, TimeSpan.FromMinutes(2), 2, 9, 500m, 900m), (risk.MaxTradesPerHour, risk.CoolDown, risk.MaxLossesInRow, risk.MaxOrdersPerMinute, risk.MaxNotional, risk.MaxTotalNotional));
            Assert.Equal((2m, 30m, 40m, 0.2m, 0.1m, "EUR"), (risk.TakeProfitPercent, risk.MaxCostPercentOfTakeProfit, risk.MaxSpreadPercentOfTakeProfit, risk.FxFeePercent, risk.FeePercent, risk.AccountCurrency));
        }
    }

    [Fact]
    public void An_empty_limit_is_none_and_a_cool_down_of_0_too()
    {
        var risk = Settings.Plan(
        [
            .. Practice, ("Risk:Capital", "2000"), ("Risk:MaxDailyLossPercent", ""), ("Risk:MaxOrdersPerMinute", ""), ("Risk:MaxCostPercentOfTakeProfit", ""),
            ("Risk:MaxSpreadPercentOfTakeProfit", ""), ("Risk:CoolDown", "0s"),
        ]).Risk("USD");

        Assert.Equal((null, null, null, null, null), (risk.MaxDailyLoss, risk.MaxOrdersPerMinute, risk.MaxCostPercentOfTakeProfit, risk.MaxSpreadPercentOfTakeProfit, risk.CoolDown));
    }

    [Fact]
    public void Practice_money_without_a_capital_is_told_that_a_day_s_loss_has_no_limit()
    {
        var plan = Settings.Plan(Practice);
        Assert.Null(plan.MaxDailyLoss);
        Assert.Equal("Risk:Capital is not set: there is no limit to a day's loss", Assert.Single(plan.Notices));
        Assert.Empty(Settings.Plan([.. Practice, ("Risk:MaxDailyLossPercent", "")]).Notices);
        Assert.Empty(Settings.Plan().Notices);
    }

    [Fact]
    public void Real_money_without_a_limit_to_a_day_s_loss_is_told_so()
    {
        (string, string)[] live =
        [
            ("Trading212:Live", "true"), ("Trading212:Real:ApiKey", "real-key"), ("Trading212:Real:ApiSecret", "real-secret"), ("Massive:ApiKey", "massive-key"),
            ("Trading:LiveConfirmation", RunPlanner.LiveWords), ("Risk:Capital", "1000"), ("Feed:AcceptDelayedPrices", "true"), ("Feed:AcceptSlowPolls", "true"),
        ];
        const string told = "Risk:MaxDailyLossPercent is empty: there is no limit to a day's loss";

        Assert.DoesNotContain(told, Settings.Plan(live).Notices);
        Assert.Contains(told, Settings.Plan([.. live, ("Risk:MaxDailyLossPercent", "")]).Notices);
    }

    [Theory]
    [InlineData("4s", null)]
    [InlineData("3999ms", "Risk:Lease: 00:00:03.9990000 is not allowed; at least twice Trading:EntryDeadline (00:00:04)")]
    public void A_grant_outlasts_every_order_of_it(string lease, string? refused)
    {
        if (refused is null)
            Assert.Equal(TimeSpan.FromSeconds(4), Settings.Plan(("Risk:Lease", lease)).Risk("USD").Lease);
        else
            Assert.Equal(refused, Settings.PlanRefusal([("Risk:Lease", lease)]));
    }

    [Fact]
    public void A_capital_of_nothing_is_none() => Assert.StartsWith("Risk:Capital: ", Settings.PlanRefusal([("Risk:Capital", "0")]));

    [Theory]
    [InlineData("USD", "1", null)]
    [InlineData("EUR", "1.2", null)]
    [InlineData("EUR", "1.19", "nothing will be entered: buying and selling USD shares from a EUR account costs 0.3 %, more than Risk:MaxCostPercentOfTakeProfit (25 %) of TP (1.19 %)")]
    public void A_start_whose_every_entry_would_cost_too_much_says_so(string account, string gain, string? notice) =>
        Assert.Equal(notice, Settings.Plan(("Exits:TakeProfitPercent", gain)).CostNotice(account));
}
