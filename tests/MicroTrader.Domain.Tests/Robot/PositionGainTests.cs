using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Robot;
using MicroTrader.Domain.Tests.Positions;

namespace MicroTrader.Domain.Tests.Robot;

/// <summary>What a position brings, while it is held and while it is being sold: what is sold does not move with the price any more.</summary>
public sealed class PositionGainTests
{
    [Fact]
    public void What_is_held_moves_with_the_price_and_is_not_known_without_one()
    {
        var held = View(new Bench().Held(2m));

        Assert.Equal(new PositionGain(3m, 3m * 100m / 315m, false), held.GainAt(159m));
        Assert.Null(held.GainAt(null));
        Assert.Null(View(Entered()).GainAt(159m));
    }

    [Fact]
    public void A_sell_that_the_broker_has_not_accepted_leaves_the_shares_at_the_price_of_the_market()
    {
        var bench = new Bench().Held(2m);
        bench.Exit(ExitReason.TakeProfit, 159.50m);
        Assert.Equal(("PENDING_CLOSE", new PositionGain(3m, 3m * 100m / 315m, false)), (View(bench).Status, View(bench).GainAt(159m)));

        // It may never have left.
        bench.Lose();
        Assert.Equal(-1m, View(bench).GainAt(157m)!.Amount);
    }

    [Fact]
    public void An_accepted_sell_is_worth_the_price_that_set_it_off_whatever_the_market_does()
    {
        var bench = new Bench().Held(2m);
        bench.Exit(ExitReason.TakeProfit, 159.50m);
        bench.Wait(1).Accept();
        var leaving = View(bench);

        Assert.Equal(new SaleView(2m, Bench.Start.AddSeconds(1), 159.50m), leaving.Sale);
        Assert.Equal((4m, 4m * 100m / 315m), (leaving.Pnl, leaving.PnlPercent));
        foreach (var last in new decimal?[] { 100m, 200m, null })
            Assert.Equal(new PositionGain(4m, 4m * 100m / 315m, true), leaving.GainAt(last, 1m));

        bench.Settle(159.40m);
        Assert.Equal(3.80m, TradeView.From(bench.State)!.Pnl);
    }

    [Fact]
    public void An_accepted_sell_that_no_price_set_off_is_worth_the_price_of_its_time_and_unknown_without_it()
    {
        var bench = new Bench().Held(2m);
        bench.Wait(10).CheckDue();
        bench.Accept();
        var leaving = View(bench);

        Assert.Equal("TIME", leaving.ExitReason);
        Assert.Null(leaving.Pnl);
        Assert.Equal(new PositionGain(-1m, -100m / 315m, true), leaving.GainAt(200m, 157m));
        Assert.Null(leaving.GainAt(200m));
    }

    [Fact]
    public void What_an_ended_sell_left_is_held_at_the_price_of_the_market_and_what_it_sold_counts_beside_it()
    {
        var bench = new Bench().Held(2m);
        bench.Exit(ExitReason.StopLoss, 156m);
        bench.Accept();
        bench.Settle(156m, quantity: 0.5m);
        var left = View(bench);

        Assert.Equal(("PENDING_CLOSE", 1.5m, 0.5m, -0.75m), (left.Status, left.Quantity, left.Sold, left.Pnl));
        Assert.Null(left.Sale);
        Assert.Equal(new PositionGain(0.75m, 0.75m * 100m / 315m, true), left.GainAt(158.50m));

        // The next sell, of the rest, is accepted: at the price that set off the exit.
        bench.Accept();
        Assert.Equal(-0.75m - 2.25m, View(bench).GainAt(158.50m)!.Amount);
    }

    [Fact]
    public void After_a_split_the_entry_and_its_limits_are_what_it_makes_of_them()
    {
        var bench = new Bench().Held(2m);
        bench.Adjust(AdjustmentReason.CorporateAction, 2m);
        var split = View(bench) with { Exits = new ExitView(1m, 0.5m, 10) };

        Assert.Equal((4m, 78.75m, 79.5375m), (split.Quantity, split.EntryPrice, split.TakeProfitPrice));
        Assert.Equal(1m, split.GainAt(79m)!.Amount);
    }

    private static PositionView View(Bench bench) => PositionView.From(bench.State)!;

    private static Bench Entered()
    {
        var bench = new Bench();
        bench.Enter();
        bench.Accept();
        return bench;
    }
}
