using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;

namespace MicroTrader.Domain.Tests.Positions;

/// <summary>What is done once a fact is in the journal.</summary>
public sealed class PositionEffectsTests
{
    [Fact]
    public void An_intent_is_sent_and_only_an_entry_grows_stale()
    {
        var bench = new Bench();
        Assert.Equal([new PositionEffect.Send(Asked.Buy, Bench.Start)], Effects(bench, bench.Enter()));
        Assert.Empty(Effects(bench, bench.Accept()));
        Assert.Empty(Effects(bench, bench.Settle(157m)));

        Assert.Equal([new PositionEffect.Send(Asked.Sell, null)], Effects(bench, bench.Wait(3).Exit(ExitReason.StopLoss)));
    }

    [Fact]
    public void What_was_not_placed_is_given_up()
    {
        var bench = new Bench();
        bench.Enter();
        bench.Lose();
        Assert.Equal([new PositionEffect.GiveUp(Asked.Buy)], Effects(bench, bench.NotPlace()));
    }

    [Fact]
    public void What_was_found_elsewhere_is_followed()
    {
        var bench = new Bench();
        bench.Enter();
        bench.Lose();
        Assert.Equal([new PositionEffect.Follow(Asked.Buy, 100)], Effects(bench, bench.Find()));

        bench = Asked.BuyOfEarlier(open: false);
        Assert.Equal([new PositionEffect.Follow(Asked.Buy, 200)], Effects(bench, bench.Resolve(Resolution.Mine)));
    }

    [Fact]
    public void A_wish_to_leave_hurries_a_buy_whose_figures_are_missing()
    {
        var bench = new Bench();
        bench.Enter();
        bench.Accept();
        Assert.Equal([new PositionEffect.Hurry(Asked.Buy)], Effects(bench, bench.Exit(ExitReason.Close)));

        bench = new Bench();
        bench.Enter();
        bench.Accept();
        bench.Estimate(157m);
        Assert.Equal([new PositionEffect.Hurry(Asked.Buy)], Effects(bench, bench.Wait(10).CheckDue()));

        bench = new Bench().Held().MaySell(false);
        Assert.Empty(Effects(bench, bench.Exit(ExitReason.Close)));
    }

    [Fact]
    public void A_word_about_orders_that_need_no_following_does_nothing_by_itself()
    {
        var bench = new Bench().Held();
        bench.NeedPerson(BlockCode.CorporateAction, null, 100);
        Assert.Empty(Effects(bench, bench.Resolve(Resolution.Mine)));
    }

    [Fact]
    public void After_a_start_everything_that_the_broker_has_is_followed_again()
    {
        Assert.Empty(PositionEffects.AfterStart(new Bench().State));
        Assert.Empty(PositionEffects.AfterStart(new Bench().Won().State));
        Assert.Empty(PositionEffects.AfterStart(new Bench().Held().State));

        var bench = new Bench();
        bench.Enter();
        // Whether it left is not known: there is nothing to follow.
        Assert.Empty(PositionEffects.AfterStart(bench.State));
        bench.Accept();
        Assert.Equal([new PositionEffect.Follow(Asked.Buy, 100)], PositionEffects.AfterStart(bench.State));
        bench.Estimate(157m);
        Assert.Equal([new PositionEffect.Follow(Asked.Buy, 100)], PositionEffects.AfterStart(bench.State));
        bench.Exit(ExitReason.Close);
        Assert.Equal([new PositionEffect.Follow(Asked.Buy, 100), new PositionEffect.Hurry(Asked.Buy)], PositionEffects.AfterStart(bench.State));
        bench.Settle(157m);
        bench.Accept();
        // A sale's figures only end the trade.
        Assert.Equal([new PositionEffect.Follow(Asked.Sell, 101)], PositionEffects.AfterStart(bench.State));
    }

    private static IEnumerable<PositionEffect> Effects(Bench bench, PositionDecision decision)
    {
        Assert.NotEmpty(decision.Events);
        return decision.Events.Select(e => PositionEffects.Of(bench.State, e)).OfType<PositionEffect>();
    }
}
