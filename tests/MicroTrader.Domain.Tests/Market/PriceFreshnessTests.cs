using MicroTrader.Domain.Calendar;
using MicroTrader.Domain.Market;

namespace MicroTrader.Domain.Tests.Market;

public sealed class PriceFreshnessTests
{
    private static readonly DateTimeOffset Open = new(2026, 6, 15, 13, 30, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Close = new(2026, 6, 15, 20, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    [Fact]
    public void A_symbol_is_stale_once_its_newest_stamp_is_too_old_and_fresh_with_the_next()
    {
        var prices = new PriceFreshness(Limit, null, false, Open);
        Assert.False(prices.Look(Open));
        Assert.Equal(Open + Limit, prices.NextLook);
        Assert.False(prices.Take(Open.AddSeconds(10), Open.AddSeconds(11)));
        Assert.False(prices.Look(Open + Limit));
        Assert.Equal(Open.AddSeconds(25), prices.NextLook);
        Assert.True(prices.Look(Open.AddSeconds(25)));
        Assert.False(prices.Look(Open.AddSeconds(26)));
        Assert.Equal(PriceState.Stale, prices.State);
        // One that is too old itself is no news.
        Assert.False(prices.Take(Open.AddSeconds(14), Open.AddSeconds(30)));
        Assert.True(prices.Take(Open.AddSeconds(29), Open.AddSeconds(30)));
        Assert.Equal((PriceState.Fresh, Open.AddSeconds(29)), (prices.State, prices.NewestAt));
    }

    [Fact]
    public void A_source_that_never_speaks_is_stale_from_its_start_on()
    {
        var prices = new PriceFreshness(Limit, null, false, Open);
        Assert.True(prices.Look(Open + Limit));
        Assert.Null(prices.NewestAt);
    }

    [Fact]
    public void Where_age_does_not_matter_nothing_is_stale_until_the_source_is_lost()
    {
        var prices = new PriceFreshness(null, null, false, Open);
        Assert.False(prices.Look(Open.AddDays(1)));
        Assert.Null(prices.NextLook);
        Assert.True(prices.Lose());
        Assert.False(prices.Lose());
        Assert.True(prices.Take(Open, Open.AddDays(1)));
        Assert.Null(prices.NextLook);
    }

    [Fact]
    public void While_the_market_is_shut_nothing_is_stale_and_its_opening_counts_as_a_price()
    {
        var prices = new PriceFreshness(Limit, new NyseCalendar(), false, Close.AddSeconds(-20));
        prices.Take(Close.AddSeconds(-2), Close.AddSeconds(-2));
        Assert.False(prices.Look(Close.AddSeconds(-2)));
        Assert.Equal(Close, prices.NextLook);
        Assert.False(prices.Look(Close));
        Assert.Equal(PriceState.Closed, prices.State);
        var opens = Open.AddDays(1);
        for (var at = prices.NextLook; at < opens; at = prices.NextLook)
            Assert.False(prices.Look(at!.Value));
        Assert.Equal(opens, prices.NextLook);
        Assert.False(prices.Look(opens));
        Assert.Equal((PriceState.Fresh, opens + Limit), (prices.State, prices.NextLook));
        Assert.True(prices.Look(opens + Limit));
    }

    [Fact]
    public void Pre_market_counts_only_where_it_is_traded()
    {
        var early = Open.AddHours(-2);
        var regular = new PriceFreshness(Limit, new NyseCalendar(), false, early);
        Assert.False(regular.Look(early + Limit));
        var extended = new PriceFreshness(Limit, new NyseCalendar(), true, early);
        Assert.True(extended.Look(early + Limit));
    }
}
