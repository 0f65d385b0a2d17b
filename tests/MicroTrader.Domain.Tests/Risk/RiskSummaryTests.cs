using MicroTrader.Domain.Market;
using MicroTrader.Domain.Risk;

namespace MicroTrader.Domain.Tests.Risk;

/// <summary>What a person is shown of risk, and what orders of another program bring about.</summary>
public sealed class RiskSummaryTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 14, 0, 0, TimeSpan.Zero);
    private static readonly RiskLimits Limits = new() { MaxDailyLoss = 100m, CoolDown = TimeSpan.FromSeconds(90), AccountCurrency = "USD" };

    [Fact]
    public void A_pause_is_shown_until_it_is_over_and_only_where_the_rule_holds()
    {
        var until = Now.AddSeconds(90);
        var state = RiskState.Initial.Apply(new CoolDownBegan(until, 3, Now));

        Assert.Equal((until, 3), (state.Summary(Limits, until.AddTicks(-1)).CoolDownUntil, state.Summary(Limits, Now).MaxLossesInRow));
        Assert.Null(state.Summary(Limits, until).CoolDownUntil);
        var without = state.Summary(Limits with { CoolDown = null }, Now);
        Assert.Equal((null, null), (without.CoolDownUntil, without.MaxLossesInRow));
    }

    [Theory]
    [InlineData("99.99", true)]
    [InlineData("100", true)]
    [InlineData("100.01", false)]
    public void A_day_s_loss_is_shown_as_reached_unless_more_is_allowed_since(string limit, bool reached)
    {
        var day = new DateOnly(2026, 6, 1);
        var state = RiskState.Initial.Apply(new TradingDayBegan(day, 0m, Now)).Apply(new DailyLossReached(day, -100m, 100m, Now));

        Assert.Equal(reached, state.Summary(Limits with { MaxDailyLoss = decimal.Parse(limit) }, Now).DailyLossReached);
        Assert.False(state.Summary(Limits with { MaxDailyLoss = null }, Now).DailyLossReached);
    }

    [Fact]
    public void Orders_of_another_program_end_the_entries_once_each_and_loosen_nothing()
    {
        var facts = RiskState.Initial.SeeForeign([7, 8], "in words", Now);
        Assert.Equal(["ForeignOrdersSeen", "TradingStateChanged"], facts.Select(f => f.GetType().Name));
        var state = facts.Aggregate(RiskState.Initial, (s, f) => s.Apply(f));
        Assert.Equal((TradingState.ExitOnly, "in words"), (state.TradingState, state.Reason));

        // Seen before, also by a start on a snapshot: nothing follows. Of those with a new one, the new one is journalled.
        Assert.Empty(state.SeeForeign([8], "again", Now));
        Assert.Empty(RiskState.Initial.Restore(state.Snapshot).SeeForeign([7, 8], "again", Now));
        Assert.Equal([9L], Assert.IsType<ForeignOrdersSeen>(state.SeeForeign([8, 9], "more", Now)[0]).OrderIds);

        // What a person has stopped stays stopped.
        var stopped = RiskState.Initial.Apply(new TradingStateChanged(TradingState.Stopped, "a person", Now));
        Assert.IsType<ForeignOrdersSeen>(Assert.Single(stopped.SeeForeign([7], "in words", Now)));
    }

    [Fact]
    public void A_lease_that_is_over_takes_no_place()
    {
        var request = new EntryRequest(Symbol.Parse("HUT"), 1m, Now, 41.20m, "USD");
        var state = RiskState.Initial.Grant(request, Now.AddSeconds(5), 1);

        Assert.Single(state.Taken(Now.AddSeconds(5).AddTicks(-1)));
        Assert.Empty(state.Taken(Now.AddSeconds(5)));
    }
}
