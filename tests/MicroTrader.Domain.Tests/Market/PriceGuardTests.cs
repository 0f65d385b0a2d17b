using MicroTrader.Domain.Market;

namespace MicroTrader.Domain.Tests.Market;

/// <summary>What the guard says of one tick after another: each case is a day's ticks, and the codes they are given.</summary>
public sealed class PriceGuardTests
{
    private static readonly DateTimeOffset Open = new(2026, 6, 15, 13, 30, 0, TimeSpan.Zero);
    private static readonly Symbol Axsm = Symbol.Parse("AXSM");

    private readonly PriceGuard _guard = new(new PriceRules { StaleAfter = TimeSpan.FromSeconds(15) });

    [Fact]
    public void The_first_price_of_a_day_waits_for_a_second_and_both_go_into_the_window()
    {
        Assert.Equal(new PriceVerdict(PriceCode.FirstOfDay), Judge(1, 100m));
        Assert.Equal(PriceCode.FirstOfDay, _guard.Waiting);
        Assert.Equal(new PriceVerdict(PriceCode.Good, Confirms: true, MayEnter: true, MayExit: true), Judge(2, 100.1m));
        Assert.Equal(100m, _guard.Confirmed.Price);
        Assert.Equal(PriceCode.Good, _guard.Waiting);
        Assert.Equal(new PriceVerdict(PriceCode.Good, MayEnter: true, MayExit: true), Judge(3, 100.2m));
    }

    [Theory]
    [InlineData(105, PriceCode.Good)]
    [InlineData(105.0001, PriceCode.Jump)]
    [InlineData(95, PriceCode.Good)]
    [InlineData(94.9999, PriceCode.Jump)]
    [InlineData(100_000, PriceCode.Jump)]
    [InlineData(0.0001, PriceCode.Jump)]
    [InlineData(0, PriceCode.NotAPrice)]
    [InlineData(-100, PriceCode.NotAPrice)]
    [InlineData(1_000_000_001, PriceCode.NotAPrice)]
    public void A_price_is_measured_by_the_last_good_one(double price, PriceCode expected)
    {
        Settle();
        Assert.Equal(expected, Judge(3, (decimal)price).Code);
    }

    [Fact]
    public void A_leap_that_a_second_newer_tick_confirms_is_a_price()
    {
        Settle();
        Assert.Equal(PriceCode.Jump, Judge(3, 110m).Code);
        var confirmed = Judge(4, 110.5m);
        Assert.Equal((PriceCode.Good, true, true, true), (confirmed.Code, confirmed.Confirms, confirmed.MayEnter, confirmed.MayExit));
        Assert.Equal(110m, _guard.Confirmed.Price);
        Assert.Equal(PriceCode.Good, Judge(5, 111m).Code);
    }

    [Fact]
    public void A_leap_is_forgotten_when_a_normal_price_comes()
    {
        Settle();
        Judge(3, 110m);
        Assert.Equal(new PriceVerdict(PriceCode.Good, Forgot: PriceCode.Jump, MayEnter: true, MayExit: true), Judge(4, 100.2m));
        // One at the level of before must be confirmed anew.
        Assert.Equal(PriceCode.Jump, Judge(5, 110m).Code);
    }

    [Theory]
    [InlineData(3, 110, "the same stamp: one sweep through the book prints many trades")]
    [InlineData(4, 121, "too far from the suspect")]
    public void What_does_not_confirm_a_leap_is_a_new_suspect(int second, double price, string why)
    {
        Settle();
        Judge(3, 110m);
        var verdict = Judge(second, (decimal)price);
        Assert.True(verdict is { Code: PriceCode.Jump, Forgot: PriceCode.Jump, Confirms: false }, why);
    }

    [Fact]
    public void A_bar_that_holds_the_doubtful_trade_does_not_confirm_it_and_the_next_does()
    {
        Settle();
        Judge(3.2, 110m);
        Assert.Equal(PriceCode.Jump, Judge(4, 110m, TickKind.SecondBar).Code);
        Settle(10);
        Judge(13.2, 110m);
        Assert.True(Judge(15, 110m, TickKind.SecondBar).Confirms);
    }

    [Theory]
    [InlineData(PriceBasis.Bar)]
    [InlineData(PriceBasis.Broker)]
    public void A_price_that_only_stands_there_still_does_not_confirm_itself(PriceBasis basis)
    {
        Settle();
        Assert.Equal(PriceCode.Jump, Judge(3, 110m, TickKind.Snapshot, basis: basis).Code);
        Assert.Equal(PriceCode.Jump, Judge(5, 110m, TickKind.Snapshot, basis: basis).Code);
        Assert.True(Judge(7, 110.1m, TickKind.Snapshot, basis: basis).Confirms);
    }

    [Theory]
    [InlineData(100, 100, PriceCode.CrossedQuote)]
    [InlineData(100.2, 100.1, PriceCode.CrossedQuote)]
    [InlineData(-1, 100.1, PriceCode.CrossedQuote)]
    [InlineData(99.9, 100.1, PriceCode.Good)]
    [InlineData(102.05, 102.2, PriceCode.OutsideQuote)]
    [InlineData(97, 98, PriceCode.OutsideQuote)]
    [InlineData(100.5, 101, PriceCode.Good)]
    public void A_quote_that_makes_no_sense_of_the_price_makes_it_suspect(double bid, double ask, PriceCode expected)
    {
        Settle();
        Assert.Equal(expected, Judge(3, 100m, bid: (decimal)bid, ask: (decimal)ask).Code);
    }

    [Fact]
    public void Quotes_that_are_wrong_twice_are_passed_over_until_one_makes_sense()
    {
        Settle();
        Assert.Equal(PriceCode.CrossedQuote, Judge(3, 100m, bid: 101m, ask: 99m).Code);
        Assert.True(Judge(4, 100m, bid: 101m, ask: 99m).Confirms);
        Assert.Equal(PriceCode.Good, Judge(5, 100m, bid: 101m, ask: 99m).Code);
        Assert.Equal(PriceCode.Jump, Judge(6, 110m, bid: 101m, ask: 99m).Code);
        Assert.Equal(PriceCode.Good, Judge(7, 100m, bid: 99.9m, ask: 100.1m).Code);
        Assert.Equal(PriceCode.CrossedQuote, Judge(8, 100m, bid: 101m, ask: 99m).Code);
    }

    [Theory]
    [InlineData(-15, PriceCode.Good)]
    [InlineData(-15.001, PriceCode.TooOld)]
    [InlineData(5, PriceCode.Good)]
    [InlineData(5.001, PriceCode.FromFuture)]
    public void A_stamp_is_measured_by_the_robot_s_clock(double seconds, PriceCode expected)
    {
        Settle();
        Assert.Equal(expected, _guard.Judge(Tick(60, 100m), Open.AddSeconds(60 - seconds)).Code);
    }

    [Fact]
    public void What_is_older_than_one_of_its_kind_is_left_out_and_a_late_bar_serves_the_window_alone()
    {
        Settle();
        Assert.Equal(PriceCode.OutOfOrder, Judge(1.5, 100m).Code);
        var bar = Judge(1.9, 100m, TickKind.SecondBar);
        Assert.Equal((PriceCode.Good, false), (bar.Code, bar.MayExit));
    }

    [Fact]
    public void A_late_price_leaves_nothing_and_enters_only_where_that_is_accepted()
    {
        var late = Tick(3, 100m) with { Traits = TickTraits.Delayed };
        Settle();
        Assert.Equal(new PriceVerdict(PriceCode.Delayed), _guard.Judge(late, Open.AddMinutes(15)));
        var accepting = new PriceGuard(_guard.Rules with { AcceptDelayed = true });
        accepting.Judge(late with { Time = Open }, Open.AddMinutes(15));
        Assert.Equal(new PriceVerdict(PriceCode.Delayed, Confirms: true, MayEnter: true), accepting.Judge(late, Open.AddMinutes(15)));
    }

    [Fact]
    public void The_broker_s_own_price_never_leads_to_an_entry()
    {
        Settle();
        var verdict = Judge(3, 100m, TickKind.Snapshot, basis: PriceBasis.Broker);
        Assert.Equal((PriceCode.Good, false, true), (verdict.Code, verdict.MayEnter, verdict.MayExit));
    }

    [Fact]
    public void A_new_day_in_New_York_begins_without_yesterday_s_price()
    {
        Settle();
        var midnight = new DateTimeOffset(2026, 6, 16, 4, 0, 0, TimeSpan.Zero);
        Assert.Equal(PriceCode.Good, JudgeAt(midnight.AddTicks(-1), 100.3m).Code);
        Assert.Equal(PriceCode.FirstOfDay, JudgeAt(midnight, 100.3m).Code);
        Assert.Equal(new PriceVerdict(PriceCode.FirstOfDay, Forgot: PriceCode.FirstOfDay), JudgeAt(midnight.AddSeconds(1), 100_300m));
        Assert.Equal(PriceCode.FirstOfDay, JudgeAt(midnight.AddSeconds(2), 120m).Code);
        Assert.True(JudgeAt(midnight.AddSeconds(3), 120.1m).Confirms);
    }

    [Fact]
    public void What_was_paid_today_measures_the_first_price_and_what_was_paid_yesterday_does_not()
    {
        _guard.Know(100m, Open.AddMinutes(-1));
        Assert.Equal(PriceCode.Jump, Judge(1, 110m).Code);
        Assert.Equal(PriceCode.Good, Judge(2, 101m).Code);

        var next = new PriceGuard(_guard.Rules);
        next.Know(100m, Open.AddDays(-1));
        Assert.Equal(PriceCode.FirstOfDay, next.Judge(Tick(1, 101m), Open.AddSeconds(1)).Code);
    }

    [Fact]
    public void A_gap_before_a_tick_that_was_withheld_is_not_forgotten_with_it()
    {
        Settle();
        _guard.Judge(Tick(3, 1_000m) with { Traits = TickTraits.AfterGap }, Open.AddSeconds(3));
        Assert.True(Judge(4, 100m).IsAfterGap);
        Assert.False(Judge(5, 100m).IsAfterGap);
        _guard.Judge(Tick(6, 110m) with { Traits = TickTraits.AfterGap }, Open.AddSeconds(6));
        Assert.Equal((TickTraits.AfterGap, false), (Judge(7, 110m).Confirms ? _guard.Confirmed.Traits : TickTraits.None, Judge(8, 110m).IsAfterGap));
    }

    [Fact]
    public void Impossible_rules_are_named()
    {
        Assert.Empty(new PriceRules().Problems());
        var rules = new PriceRules { MaxJumpPercent = 0, MaxOutsideQuotePercent = 1_001, StaleAfter = TimeSpan.Zero, MaxAhead = TimeSpan.FromSeconds(-1) };
        Assert.Equal(["MaxJumpPercent", "MaxOutsideQuotePercent", "StaleAfter", "MaxAhead"], rules.Problems().Select(p => p.Split(':')[0]));
        Assert.Throws<ArgumentException>(() => new PriceGuard(rules));
    }

    [Fact]
    public void Judging_a_tick_allocates_nothing()
    {
        Settle();
        var tick = Tick(3, 100m) with { Bid = 99.9m, Ask = 100.1m };
        _guard.Judge(tick, Open.AddSeconds(3));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
            _guard.Judge(tick with { Price = i % 10 == 0 ? 200m : 100m }, Open.AddSeconds(3));
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private void Settle(double at = 1)
    {
        Judge(at, 100m);
        Judge(at + 1, 100m);
    }

    private PriceVerdict Judge(double second, decimal price, TickKind kind = TickKind.Trade, decimal? bid = null, decimal? ask = null, PriceBasis basis = PriceBasis.Trade) =>
        _guard.Judge(Tick(second, price) with { Kind = kind, Bid = bid, Ask = ask, Basis = basis }, Open.AddSeconds(second));

    private PriceVerdict JudgeAt(DateTimeOffset at, decimal price) => _guard.Judge(Tick(0, price) with { Time = at }, at);

    private static Tick Tick(double second, decimal price) => new(Axsm, TickKind.Trade, Open.AddSeconds(second), price, 100m);
}
