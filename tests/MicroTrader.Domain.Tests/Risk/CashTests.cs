using MicroTrader.Domain.Market;
using MicroTrader.Domain.Risk;

namespace MicroTrader.Domain.Tests.Risk;

/// <summary>No entry asks for more than the free cash less what is held back.</summary>
public sealed class CashTests
{
    private static readonly Symbol Axsm = Symbol.Parse("AXSM");
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 14, 0, 0, TimeSpan.Zero);
    private static readonly RiskLimits Limits = new() { CashHoldBackPercent = 5m, AccountCurrency = "USD" };

    [Theory]
    // 95 of 100 may be used.
    [InlineData("100", "95", null)]
    [InlineData("100", "95.0001", DenialCode.Cash)]
    [InlineData("0", "0.0001", DenialCode.Cash)]
    [InlineData("-5", "0.0001", DenialCode.Cash)]
    public void What_is_held_back_stays(string free, string price, DenialCode? expected) =>
        Assert.Equal(expected, Judge(With(decimal.Parse(free)), decimal.Parse(price)));

    [Fact]
    public void Fees_and_FX_are_paid_of_it_too()
    {
        // 0.5 % and 0.15 % on 80 USD, which are 64 EUR: 64.416.
        var limits = Limits with { AccountCurrency = "EUR", FeePercent = 0.5m, FxFeePercent = 0.15m, CashHoldBackPercent = 0m };
        var known = RiskState.Initial with { Counters = RiskCounters.Empty with { Worths = [new CurrencyWorth("USD", 0.8m)] } };
        Assert.Null(known.WithCash(new CashReading(64.416m, Now), Now).Judge(Request(80m), limits, Now).Denial);
        Assert.Equal(DenialCode.Cash, known.WithCash(new CashReading(64.4159m, Now), Now).Judge(Request(80m), limits, Now).Denial);
        // Before a trade has told the rate, a foreign unit counts twice.
        Assert.Null(With(161.04m).Judge(Request(80m), limits, Now).Denial);
        Assert.Equal(DenialCode.Cash, With(161.0399m).Judge(Request(80m), limits, Now).Denial);
    }

    [Fact]
    public void Pence_are_hundredths_of_the_account_s_pounds()
    {
        var limits = Limits with { AccountCurrency = "GBP", CashHoldBackPercent = 0m };
        Assert.Null(With(10m).Judge(Request(1_000m) with { Currency = "GBX" }, limits, Now).Denial);
        Assert.Equal(DenialCode.Cash, With(9.99m).Judge(Request(1_000m) with { Currency = "GBX" }, limits, Now).Denial);
    }

    [Fact]
    public void Cash_that_is_not_known_or_was_read_too_long_ago_denies()
    {
        Assert.Equal(DenialCode.Cash, Judge(RiskState.Initial, 1m));
        var old = RiskState.Initial.WithCash(new CashReading(1_000m, Now - Limits.MaxCashAge), Now);
        Assert.Null(Judge(old, 1m));
        Assert.Equal(DenialCode.Cash, Judge(RiskState.Initial.WithCash(new CashReading(1_000m, Now - Limits.MaxCashAge - TimeSpan.FromTicks(1)), Now), 1m));
        Assert.Null(RiskState.Initial.Judge(Request(1m), Limits with { CashHoldBackPercent = null }, Now).Denial);
    }

    [Fact]
    public void What_was_granted_is_taken_off_until_a_reading_must_show_it()
    {
        var state = With(100m).Commit(Request(60m), Limits, Now);
        Assert.Null(Judge(state, 35m));
        Assert.Equal(DenialCode.Cash, Judge(state, 35.0001m));
        // A reading that was made right after the grant may not show it: it counts twice rather than not at all.
        var soon = state.WithCash(new CashReading(100m, Now + CashBook.ShowsAfter - TimeSpan.FromTicks(1)), Now + CashBook.ShowsAfter);
        Assert.Equal(DenialCode.Cash, Judge(soon, 36m));
        var later = state.WithCash(new CashReading(100m, Now + CashBook.ShowsAfter), Now + CashBook.ShowsAfter);
        Assert.Null(Judge(later, 95m));
        Assert.Empty(later.Committed);
    }

    [Fact]
    public void An_older_reading_changes_nothing()
    {
        var state = With(100m);
        Assert.Same(state, state.WithCash(new CashReading(5_000m, Now - TimeSpan.FromSeconds(1)), Now));
        Assert.Equal(5_000m, state.WithCash(new CashReading(5_000m, Now), Now).Cash!.Free);
    }

    [Fact]
    public void After_the_clock_was_set_back_what_was_read_before_serves_as_long_as_an_old_reading_and_the_next_takes_its_place()
    {
        var before = With(1_000m);
        var set = Now - Limits.MaxCashAge;
        Assert.Null(before.Judge(Request(1m) with { TickAt = set }, Limits, set).Denial);
        set -= TimeSpan.FromTicks(1);
        var verdict = before.Judge(Request(1m) with { TickAt = set }, Limits, set);
        Assert.Equal((DenialCode.Cash, "the account's free cash was last read at 14:00:00 UTC"), (verdict.Denial, verdict.Detail));

        var next = before.WithCash(new CashReading(5m, set), set);
        Assert.Equal(new CashReading(5m, set), next.Cash);
        Assert.Equal(DenialCode.Cash, next.Judge(Request(5m) with { TickAt = set }, Limits, set).Denial);
        Assert.Null(next.Judge(Request(4m) with { TickAt = set }, Limits, set).Denial);
    }

    [Fact]
    public void Without_the_rule_grants_are_not_remembered() =>
        Assert.Empty(With(100m).Commit(Request(60m), Limits with { CashHoldBackPercent = null }, Now).Committed);

    private static RiskState With(decimal free) => RiskState.Initial.WithCash(new CashReading(free, Now), Now);

    private static DenialCode? Judge(RiskState state, decimal price) => state.Judge(Request(price), Limits, Now).Denial;

    private static EntryRequest Request(decimal price) => new(Axsm, 1m, Now, price, "USD");
}
