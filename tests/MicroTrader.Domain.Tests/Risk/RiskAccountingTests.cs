using MicroTrader.Domain.Market;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Risk;

namespace MicroTrader.Domain.Tests.Risk;

/// <summary>Losses, cool-downs and days: what is counted, once, and what it denies.</summary>
public sealed class RiskAccountingTests
{
    private static readonly Symbol Axsm = Symbol.Parse("AXSM");
    private static readonly Symbol Hut = Symbol.Parse("HUT");

    // 10:00 in New York.
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 14, 0, 0, TimeSpan.Zero);
    private static readonly RiskLimits Limits = new() { MaxDailyLoss = 100m, CoolDown = TimeSpan.FromSeconds(90), AccountCurrency = "USD" };
    private static readonly RiskState Started = Apply(RiskState.Initial, RiskState.Initial.CatchUp([], Limits, Now));

    [Fact]
    public void A_start_journals_the_day_and_what_everything_was_worth_by_then()
    {
        var fact = Assert.IsType<TradingDayBegan>(Assert.Single(RiskState.Initial.CatchUp([], Limits, Now)));
        Assert.Equal(new TradingDayBegan(new DateOnly(2026, 6, 1), 0m, Now), fact);
        Assert.Empty(Started.CatchUp([], Limits, Now));

        var lost = Close(Started, -30m, 1);
        Assert.Equal(-30m, lost.DayPnl(Limits));
        // Midnight in New York is 04:00 in summer.
        Assert.Empty(lost.Due(Limits, new DateTimeOffset(2026, 6, 2, 3, 59, 59, 999, TimeSpan.Zero)));
        var next = new DateTimeOffset(2026, 6, 2, 4, 0, 0, TimeSpan.Zero);
        Assert.Equal(next, RiskDay.NextAfter(Now));
        Assert.Equal(new TradingDayBegan(new DateOnly(2026, 6, 2), -30m, next), Assert.Single(lost.Due(Limits, next)));
        Assert.Equal(0m, Apply(lost, lost.Due(Limits, next)).DayPnl(Limits));
    }

    [Fact]
    public void A_trade_is_counted_once()
    {
        var once = Close(Started, -30m, 1);
        Assert.Empty(once.Count(Trade(-30m, 1), Limits, Now));
        Assert.Equal((-30m, 1, 1), (once.Counters.Realised, once.Counters.LossesInRow, once.Counters.Today!.Trades));

        var other = Close(once, -5m, 1, Hut);
        Assert.Equal(-35m, other.Counters.Realised);
    }

    [Fact]
    public void A_start_counts_what_a_crash_left_out_and_each_on_its_day()
    {
        var yesterday = Now.AddDays(-1);
        var trades = new[] { Trade(-30m, 1, at: yesterday), Trade(-80m, 2, at: yesterday.AddMinutes(1)), Trade(-20m, 3, at: Now.AddMinutes(-5)) };
        var facts = RiskState.Initial.CatchUp(trades, Limits, Now);
        Assert.Equal(
            ["TradingDayBegan", "TradeTaken", "TradeTaken", "DailyLossReached", "TradingDayBegan", "TradeTaken"],
            facts.Select(f => f.GetType().Name));
        var state = Apply(RiskState.Initial, facts);
        Assert.Equal((-20m, -130m, 3), (state.DayPnl(Limits), state.Counters.Realised, state.Counters.LossesInRow));
        Assert.Null(Judge(state, Now));
        // The same again, as after a crash before it was all written: what is missing is counted, and nothing twice.
        for (var written = 0; written <= facts.Count; written++)
        {
            var half = Apply(RiskState.Initial, facts.Take(written));
            Assert.Equivalent(state.Counters, Apply(half, half.CatchUp(trades, Limits, Now)).Counters, strict: true);
        }
    }

    [Theory]
    [InlineData("-99.99", null)]
    [InlineData("-100", DenialCode.DailyLoss)]
    [InlineData("-100.01", DenialCode.DailyLoss)]
    public void A_day_that_has_lost_its_limit_enters_nothing_more(string lost, DenialCode? expected)
    {
        var state = Close(Started, decimal.Parse(lost), 1);
        Assert.Equal(expected, Judge(state, Now));
        Assert.Null(Judge(state, Now, Limits with { MaxDailyLoss = null }));

        var next = Now.AddDays(1);
        Assert.Null(Judge(Apply(state, state.Due(Limits, next)), next));
    }

    [Fact]
    public void A_loss_that_was_reached_holds_for_the_day_unless_a_person_allows_more()
    {
        // Open: down 100, then up again.
        var open = Started.WithPosition(Hut.Exists(new PositionMoney(1, 1_000m, 10m, 100m, 0m, "USD")), 1, Now).WithPrice(Hut, 90.01m);
        Assert.Null(Judge(open, Now));
        var reached = open.WithPrice(Hut, 90m);
        Assert.Equal(DenialCode.DailyLoss, Judge(reached, Now));
        var fact = Assert.IsType<DailyLossReached>(Assert.Single(reached.Due(Limits, Now)));
        Assert.Equal((-100m, 100m), (fact.Pnl, fact.Limit));
        reached = Apply(reached, [fact]);
        Assert.Empty(reached.Due(Limits, Now));

        var recovered = reached.WithPrice(Hut, 100m);
        Assert.Equal(DenialCode.DailyLoss, Judge(recovered, Now));
        Assert.Equal(DenialCode.DailyLoss, Judge(recovered, Now, Limits with { MaxDailyLoss = 99m }));
        Assert.Null(Judge(recovered, Now, Limits with { MaxDailyLoss = 101m }));
    }

    [Fact]
    public void A_held_position_without_a_price_denies_where_a_day_has_a_limit()
    {
        var state = Started.WithPosition(Hut.Exists(new PositionMoney(1, 1_000m, 10m, 100m, 0m, "USD")), 1, Now);
        var verdict = state.Judge(Request(Now), Limits, Now);
        Assert.Equal(DenialCode.MissingPrice, verdict.Denial);
        Assert.Contains("HUT", verdict.Detail);
        Assert.Null(Judge(state, Now, Limits with { MaxDailyLoss = null }));
        Assert.Null(Judge(state.WithPrice(Hut, 100m), Now));
        Assert.Equal(DenialCode.MissingPrice, Judge(state.WithPrice(Hut, 0m).WithPrice(Hut, -5m).WithPrice(Hut, decimal.MaxValue), Now));
    }

    [Fact]
    public void A_position_that_tells_how_it_stands_keeps_the_price_that_was_seen()
    {
        var money = new PositionMoney(1, 1_000m, 10m, 100m, 0m, "USD");
        var state = Started.WithPosition(Hut.Exists(money), 1, Now).WithPrice(Hut, 95m).WithPosition(Hut.Exists(money with { Held = 4m, SoldPnl = -30m }), 1, Now);

        Assert.Equal(-50m, state.DayPnl(Limits));
        // Of the next one it says nothing.
        Assert.Null(state.WithPosition(Hut.Gone(), 1, Now).WithPosition(Hut.Exists(money with { TradeNumber = 2 }), 1, Now).DayPnl(Limits));
    }

    [Fact]
    public void A_loss_that_another_day_has_reached_is_not_this_day_s()
    {
        var reached = new DailyLossReached(new DateOnly(2026, 5, 31), -100m, 100m, Now);

        Assert.Null(Started.Apply(reached).Counters.Today!.ReachedLimit);
        Assert.Equal(100m, Started.Apply(reached with { Day = new DateOnly(2026, 6, 1) }).Counters.Today!.ReachedLimit);
    }

    [Fact]
    public void A_trade_that_is_over_is_no_longer_open_as_well()
    {
        var state = Started.WithPosition(Hut.Exists(new PositionMoney(1, 0m, 0m, 100m, -60m, "USD")), 1, Now);
        Assert.Equal(-60m, state.DayPnl(Limits));
        Assert.Equal(-60m, Close(state, -60m, 1, Hut).DayPnl(Limits));
        // An earlier trade's end takes nothing from the one that is open.
        Assert.Equal(-65m, Close(Started.WithPosition(Hut.Exists(new PositionMoney(2, 0m, 0m, 100m, -60m, "USD")), 1, Now), -5m, 1, Hut).DayPnl(Limits));
    }

    [Fact]
    public void What_is_open_counts_less_what_buying_and_selling_costs_as_what_is_over_does()
    {
        // FX both ways 0.3 %, fees 0.2 %: 0.25 % of what is bought, and of what is sold. 10 shares at 100, then at 98 USD; a euro is 1.25 of them.
        var limits = Limits with { AccountCurrency = "EUR", FxFeePercent = 0.15m, FeePercent = 0.2m };
        const decimal lost = (-20m - 4.95m) / 1.25m;
        var held = Started.WithPosition(Hut.Exists(new PositionMoney(1, 1_000m, 10m, 100m, 0m, "USD", 1.25m, 1_000m)), 1, Now).WithPrice(Hut, 98m);
        var sold = held.WithPosition(Hut.Exists(new PositionMoney(1, 0m, 0m, 100m, -20m, "USD", 1.25m, 1_980m)), 1, Now);
        var over = Apply(sold, sold.Count(new EndedTrade(Hut, 1, new TradeResult(10m, 100m, 98m, -20m, -2m, "USD", null, null, null), Now, 1.25m), limits, Now));

        Assert.Equal([lost, lost, lost], new[] { held, sold, over }.Select(s => s.DayPnl(limits)!.Value));
        Assert.Null(Judge(held, Now, limits with { MaxDailyLoss = -lost + 0.01m }));
        Assert.Equal(DenialCode.DailyLoss, Judge(held, Now, limits with { MaxDailyLoss = -lost }));
        Assert.IsType<DailyLossReached>(Assert.Single(held.Due(limits with { MaxDailyLoss = -lost }, Now)));
        // So is what the next day begins with.
        Assert.Equal(lost, Assert.IsType<TradingDayBegan>(Assert.Single(held.Due(limits, Now.AddDays(1)))).StartValue);
        // Nothing bought yet costs nothing yet.
        Assert.Equal(0m, Started.WithPosition(Hut.Exists(new PositionMoney(1, 1_000m, 0m, 100m, 0m, "USD")), 1, Now).DayPnl(limits));
    }

    [Fact]
    public void Three_losses_in_a_row_pause_entries_and_a_fourth_pauses_them_anew()
    {
        var state = Close(Close(Started, -1m, 1), -1m, 2, Hut);
        Assert.Null(Judge(state, Now));
        state = Close(state, -1m, 3);
        Assert.Equal(Now.AddSeconds(90), state.Counters.CoolDownUntil);
        Assert.Equal(DenialCode.CoolDown, Judge(state, Now));
        Assert.Equal(DenialCode.CoolDown, Judge(state, Now.AddSeconds(90) - TimeSpan.FromTicks(1)));
        Assert.Null(Judge(state, Now.AddSeconds(90)));
        Assert.Null(Judge(state, Now, Limits with { CoolDown = null }));

        var later = Now.AddMinutes(10);
        var fourth = Apply(state, state.Count(Trade(-1m, 4, at: later), Limits, later));
        Assert.Equal((4, later.AddSeconds(90)), (fourth.Counters.LossesInRow, fourth.Counters.CoolDownUntil));
    }

    [Fact]
    public void A_loss_that_is_told_late_makes_no_pause_shorter()
    {
        var state = Close(Close(Close(Started, -1m, 1), -1m, 2), -1m, 3);
        var until = Now.AddSeconds(90);

        // Another symbol's, a tick earlier, at the same moment, and a tick later.
        Assert.DoesNotContain(state.Count(Trade(-1m, 1, Hut, Now.AddTicks(-1)), Limits, Now), f => f is CoolDownBegan);
        Assert.DoesNotContain(state.Count(Trade(-1m, 1, Hut, Now), Limits, Now), f => f is CoolDownBegan);
        var later = Assert.Single(state.Count(Trade(-1m, 1, Hut, Now.AddTicks(1)), Limits, Now).OfType<CoolDownBegan>());
        Assert.Equal((until.AddTicks(1), 4), (later.Until, later.Losses));
        // Nor does a setting that is shorter than the pause that is on.
        Assert.DoesNotContain(state.Count(Trade(-1m, 4), Limits with { CoolDown = TimeSpan.FromSeconds(10) }, Now), f => f is CoolDownBegan);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("0.01")]
    public void A_trade_that_lost_nothing_ends_the_row(string gain)
    {
        var state = Close(Close(Close(Started, -1m, 1), -1m, 2), decimal.Parse(gain), 3);
        Assert.Equal(0, state.Counters.LossesInRow);
        Assert.Null(Close(Close(state, -1m, 4), -1m, 5).Counters.CoolDownUntil);
    }

    [Fact]
    public void A_cool_down_that_is_over_by_the_time_a_start_counts_its_losses_is_not_begun()
    {
        var trades = Enumerable.Range(1, 3).Select(i => Trade(-1m, i, at: Now.AddSeconds(-90))).ToList();
        Assert.DoesNotContain(RiskState.Initial.CatchUp(trades, Limits, Now), f => f is CoolDownBegan);
        // It is counted from the last loss, not from when that was told.
        var began = Assert.Single(RiskState.Initial.CatchUp(trades, Limits, Now - TimeSpan.FromTicks(1)).OfType<CoolDownBegan>());
        Assert.Equal((Now, 3), (began.Until, began.Losses));
    }

    [Theory]
    // The net as the broker said it.
    [InlineData("USD", "-3", "USD", null, "-3", false)]
    [InlineData(null, "-3", "EUR", null, "-3", false)]
    // Not said, or in money that is not the account's: the gross of -2, less the fees of a round trip (of 100 USD on average: 0.2 %, FX 0.3 %).
    [InlineData("USD", null, null, null, "-2.2", true)]
    [InlineData("USD", "-3", "EUR", null, "-2.2", true)]
    [InlineData("EUR", null, null, "1.25", "-2", true)]
    // Without a rate a loss counts for the most that it can be; a rate that is none is no rate.
    [InlineData("EUR", null, null, null, "-5", true)]
    [InlineData("EUR", null, null, "0.0000001", "-5", true)]
    [InlineData("PLN", null, null, null, "-25", true)]
    [InlineData("HUF", null, null, null, "-2500", true)]
    public void What_the_broker_did_not_say_is_estimated_and_marked(string? account, string? net, string? netCurrency, string? rate, string counted, bool isEstimate)
    {
        var limits = Limits with { AccountCurrency = account, FxFeePercent = 0.15m, FeePercent = 0.2m };
        var result = new TradeResult(1m, 101m, 99m, -2m, -1.98m, "USD", net is null ? null : decimal.Parse(net), netCurrency, null);
        var taken = Started.Count(new EndedTrade(Axsm, 1, result, Now, rate is null ? null : decimal.Parse(rate)), limits, Now).OfType<TradeTaken>().Single();

        Assert.Equal((decimal.Parse(counted), isEstimate), (taken.Counted, taken.IsEstimate));
        Assert.Equal(("AXSM-1-B1", -2m, net is null ? null : decimal.Parse(net)), (taken.Entry.Value, taken.Gross, (decimal?)taken.Net));
    }

    [Fact]
    public void A_gain_without_a_rate_counts_for_nothing_and_a_rate_is_remembered()
    {
        var limits = Limits with { AccountCurrency = "EUR" };
        var gain = new TradeResult(1m, 99m, 101m, 2m, 2.02m, "USD", null, null, null);
        var state = Apply(Started, Started.Count(new EndedTrade(Axsm, 1, gain, Now), limits, Now));
        Assert.Equal(0m, state.Counters.Realised);
        state = Apply(state, state.Count(new EndedTrade(Axsm, 2, gain with { Net = 1.5m, NetCurrency = "EUR" }, Now, FxRate: 1.25m), limits, Now));
        Assert.Equal(0.8m, state.Counters.WorthOf("USD"));
        state = Apply(state, state.Count(new EndedTrade(Axsm, 3, gain, Now), limits, Now));
        Assert.Equal(1.5m + 1.6m, state.Counters.Realised);
        Assert.Equal(2, state.Counters.Today!.Estimated);
    }

    [Fact]
    public void Pence_are_hundredths_of_pounds()
    {
        var limits = Limits with { AccountCurrency = "GBP" };
        var loss = new TradeResult(1m, 10_100m, 10_000m, -100m, -1m, "GBX", null, null, null);
        Assert.Equal(-1m, Apply(Started, Started.Count(new EndedTrade(Axsm, 1, loss, Now), limits, Now)).Counters.Realised);
    }

    [Fact]
    public void A_snapshot_takes_everything_back_that_is_journalled()
    {
        var state = Close(Close(Close(Started, -40m, 1), -40m, 2), -40m, 3).Apply(new TradingStateChanged(TradingState.ExitOnly, "a person", Now));
        var restored = RiskState.Initial.Restore(state.Snapshot);
        Assert.Equal(state.Snapshot, restored.Snapshot);
        Assert.Equal(DenialCode.ExitOnly, Judge(restored, Now));
        Assert.Equal(DenialCode.DailyLoss, Judge(restored with { TradingState = TradingState.Active }, Now));
    }

    [Fact]
    public void A_day_without_an_account_denies_where_it_has_a_limit() => Assert.Equal(DenialCode.NotReady, Judge(RiskState.Initial, Now));

    [Fact]
    public void A_clock_that_was_set_back_begins_no_day_anew() => Assert.Empty(Started.Due(Limits, Now.AddDays(-2)));

    [Theory]
    [InlineData("2026-01-15T04:59:59Z", "2026-01-14", "2026-01-15T05:00:00Z")]
    [InlineData("2026-03-08T05:00:00Z", "2026-03-08", "2026-03-09T04:00:00Z")]
    [InlineData("2026-11-01T04:00:00Z", "2026-11-01", "2026-11-02T05:00:00Z")]
    [InlineData("1986-12-31T23:00:00Z", "1986-12-31", "1987-01-01T05:00:00Z")]
    [InlineData("1970-01-01T00:00:00Z", "1969-12-31", "1970-01-01T05:00:00Z")]
    public void The_day_is_New_York_s(string time, string day, string next)
    {
        var at = DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), RiskDay.Of(at));
        Assert.Equal(DateTimeOffset.Parse(next, System.Globalization.CultureInfo.InvariantCulture), RiskDay.NextAfter(at));
    }

    private static RiskState Apply(RiskState state, IEnumerable<IRiskEvent> facts) => facts.Aggregate(state, (s, f) => s.Apply(f));

    private static RiskState Close(RiskState state, decimal net, long number, Symbol? symbol = null) =>
        Apply(state, state.Count(Trade(net, number, symbol), Limits, Now));

    private static EndedTrade Trade(decimal net, long number, Symbol? symbol = null, DateTimeOffset? at = null) =>
        new(symbol ?? Axsm, number, new TradeResult(1m, 100m, 100m + net, net, net, "USD", net, "USD", 0m), at ?? Now);

    private static EntryRequest Request(DateTimeOffset at) => new(Axsm, 1m, at, 157.50m, "USD");

    private static DenialCode? Judge(RiskState state, DateTimeOffset at, RiskLimits? limits = null) => state.Judge(Request(at), limits ?? Limits, at).Denial;
}
