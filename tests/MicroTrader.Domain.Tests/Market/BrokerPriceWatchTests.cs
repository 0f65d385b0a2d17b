using MicroTrader.Domain.Market;

namespace MicroTrader.Domain.Tests.Market;

public sealed class BrokerPriceWatchTests
{
    private static readonly DateTimeOffset Start = new(2026, 6, 15, 14, 0, 0, TimeSpan.Zero);
    private static readonly Symbol Axsm = Symbol.Parse("AXSM");

    private readonly BrokerPriceWatch _watch = new();

    [Fact]
    public void A_price_serves_once_it_was_seen_to_move()
    {
        Assert.Null(Take(0, 100m));
        Assert.Null(Take(2, 100m));
        Assert.Equal(new Tick(Axsm, TickKind.Snapshot, Start.AddSeconds(4), 99.9m, null, Basis: PriceBasis.Broker), Take(4, 99.9m));
        Assert.NotNull(Take(6, 99.9m));
    }

    [Fact]
    public void A_price_that_stands_still_may_be_frozen_and_serves_no_longer()
    {
        Take(0, 100m);
        Take(2, 99.9m);
        Assert.NotNull(Take(62, 99.9m));
        Assert.Null(Take(64, 99.9m));
        Assert.NotNull(Take(66, 99.8m));
    }

    [Fact]
    public void An_answer_that_took_too_long_is_not_of_now()
    {
        Take(0, 100m);
        Assert.NotNull(Take(2, 99.9m, answeredAfter: 5));
        Assert.Null(Take(10, 99.8m, answeredAfter: 5.001));
    }

    [Fact]
    public void After_a_pause_a_change_is_no_sign_of_life()
    {
        Take(0, 100m);
        Take(2, 99.9m);
        Assert.Null(Take(63, 99m));
        Assert.NotNull(Take(65, 98.9m));
    }

    [Fact]
    public void A_read_that_is_told_twice_or_lacks_the_price_says_nothing()
    {
        Take(0, 100m);
        Assert.NotNull(Take(2, 99.9m));
        Assert.Null(Take(2, 99.9m));
        Assert.Null(Take(4, null));
    }

    private Tick? Take(double second, decimal? price, double answeredAfter = 0.1) =>
        _watch.Take(Axsm, price, Start.AddSeconds(second), Start.AddSeconds(second + answeredAfter));
}
