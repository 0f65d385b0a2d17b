using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;

namespace MicroTrader.Domain.Tests.Positions;

/// <summary>What a person may say where an order is in question, and what follows from it.</summary>
public sealed class OrderResolutionTests
{
    [Fact]
    public void Without_a_question_there_is_nothing_to_resolve()
    {
        foreach (var bench in new[] { new Bench(), new Bench().Held(), new Bench().Won() })
        {
            foreach (var choice in Enum.GetValues<Resolution>())
                AssertRefused(bench, choice, null, "AXSM is not blocked");
        }
    }

    [Fact]
    public void One_order_among_several_must_be_named_and_be_one_of_them()
    {
        var bench = Asked.UnknownBuy();
        AssertRefused(bench, Resolution.Mine, null, "several orders are in question: say which one is the robot's: 200, 201");
        AssertRefused(bench, Resolution.Sell, null, "several orders are in question");
        AssertRefused(bench, Resolution.Mine, 202, "order 202 is not in question; in question: 200, 201");
        AssertRefused(bench, Resolution.NotMine, 202, "order 202 is not in question");
        // That one is not the robot's says nothing of the other.
        AssertRefused(bench, Resolution.NotMine, 200, "say which one is the robot's, or without a number that none is: 200, 201");
        AssertRefused(Asked.UnknownSell(), Resolution.Sell, 200, "without a number that none is");
    }

    [Fact]
    public void An_unknown_buy_that_is_mine_is_followed_and_leaves_by_its_rules()
    {
        var bench = Asked.UnknownBuy();
        var decision = bench.Resolve(Resolution.Mine, 201);

        Assert.Equal("PositionResolved OrderFound", Bench.Names(decision));
        Assert.Equal((PositionStatus.Pending, 201L, OrderStatus.Accepted), (bench.State.Status, bench.Order.OrderId!.Value, bench.Order.Status));
        Assert.Equal("you", ((OrderFound)decision.Events[1]).Source);
        // The other can be taken for nothing of ours any more.
        Assert.Contains(200L, bench.State.RecentOrderIds);
        bench.Settle(157.5m);
        Assert.Equal(ExitReason.Time, Assert.IsType<ExitIntended>(Assert.Single(bench.Wait(10).CheckDue().Events)).Reason);
        bench.EndsAndTradesAgain();
    }

    [Fact]
    public void An_unknown_buy_that_is_to_be_sold_is_sold_as_soon_as_its_fill_is_known()
    {
        var bench = Asked.UnknownBuy();
        Assert.Equal("PositionResolved OrderFound ExitRequested", Bench.Names(bench.Resolve(Resolution.Sell, 200)));

        Assert.Equal("OrderSettled ExitIntended", Bench.Names(bench.Settle(157.5m)));
        Assert.Equal(ExitReason.Close, bench.Trade.Exit!.Reason);
        bench.EndsAndTradesAgain();
    }

    [Fact]
    public void An_unknown_buy_that_is_not_mine_was_not_placed_and_is_watched_for()
    {
        var bench = Asked.UnknownBuy();
        Assert.Equal("PositionResolved OrderNotPlaced TradeClosed", Bench.Names(bench.Resolve(Resolution.NotMine)));

        Assert.Equal((PositionStatus.Closed, ExitReason.NotPlaced), (bench.State.Status, bench.Trade.CloseReason!.Value));
        Assert.Equal(bench.Now.AddMinutes(15), bench.State.NoEntryBefore);
        Assert.Equal([200L, 201L], bench.State.RecentOrderIds);
        Assert.Contains("still watched for", bench.Enter().Ignored);
        bench.EndsAndTradesAgain();
    }

    [Theory]
    [InlineData(Resolution.Mine, "PositionResolved OrderFound", PositionStatus.Pending)]
    [InlineData(Resolution.Sell, "PositionResolved OrderFound ExitRequested", PositionStatus.Pending)]
    [InlineData(Resolution.NotMine, "PositionResolved", PositionStatus.Closed)]
    public void A_late_buy_reopens_its_trade_or_is_yours(Resolution choice, string facts, PositionStatus status)
    {
        var bench = Asked.LateBuy();
        Assert.Equal(facts, Bench.Names(bench.Resolve(choice)));

        Assert.Equal((status, 1L), (bench.State.Status, bench.State.TradeNumber));
        Assert.Contains(200L, bench.State.RecentOrderIds);
        bench.EndsAndTradesAgain();
        Assert.Equal(choice == Resolution.NotMine ? 0 : 1, bench.Journal.OfType<ExitIntended>().Count());
    }

    [Fact]
    public void An_unknown_sell_that_is_mine_is_followed_to_its_end()
    {
        var bench = Asked.UnknownSell();
        Assert.Equal("PositionResolved OrderFound", Bench.Names(bench.Resolve(Resolution.Mine, 200)));

        Assert.Equal((PositionStatus.PendingClose, 200L), (bench.State.Status, bench.Order.OrderId!.Value));
        Assert.Empty(bench.Wait(600).CheckDue().Events);
        bench.EndsAndTradesAgain();
        Assert.Single(bench.Journal.OfType<ExitIntended>());
    }

    [Theory]
    [InlineData(Resolution.NotMine)]
    [InlineData(Resolution.Sell)]
    public void An_unknown_sell_that_is_not_mine_is_intended_anew(Resolution choice)
    {
        var bench = Asked.UnknownSell();
        Assert.Equal("PositionResolved OrderNotPlaced ExitCleared ExitIntended", Bench.Names(bench.Resolve(choice)));

        Assert.Equal(("AXSM-1-S2", 1m), (bench.Last.Value, bench.Order.Quantity));
        Assert.Equal([100L, 200L, 201L], bench.State.RecentOrderIds);
        Assert.Equal(bench.Now.AddMinutes(15), bench.State.NoEntryBefore);
        bench.EndsAndTradesAgain();
    }

    [Fact]
    public void A_late_sell_that_is_mine_is_followed_while_the_shares_are_held()
    {
        var bench = Asked.LateSellOfOpen();
        Assert.Equal("PositionResolved OrderFound", Bench.Names(bench.Resolve(Resolution.Mine)));

        Assert.Equal(PositionStatus.PendingClose, bench.State.Status);
        bench.EndsAndTradesAgain();
        Assert.Single(bench.Journal.OfType<ExitIntended>());
    }

    [Theory]
    [InlineData(Resolution.NotMine)]
    [InlineData(Resolution.Sell)]
    public void A_late_sell_that_is_not_mine_lets_the_next_one_go(Resolution choice)
    {
        var bench = Asked.LateSellOfOpen();

        Assert.Equal("PositionResolved ExitCleared ExitIntended", Bench.Names(bench.Resolve(choice)));
        Assert.Contains(200L, bench.State.RecentOrderIds);
        bench.EndsAndTradesAgain();
    }

    [Theory]
    [InlineData(Resolution.Mine)]
    [InlineData(Resolution.NotMine)]
    [InlineData(Resolution.Sell)]
    public void A_late_sell_of_a_trade_that_is_over_changes_nothing_of_it(Resolution choice)
    {
        var bench = Asked.LateSellOfClosed();
        var trade = bench.Trade;
        Assert.Equal("PositionResolved", Bench.Names(bench.Resolve(choice)));

        // Which order of the broker's it is, is known where it is the robot's; all else stays.
        Assert.Equal(trade with { Orders = bench.Trade.Orders }, bench.Trade);
        Assert.Equal(trade.Orders.Select(o => o.Status == OrderStatus.NotPlaced && choice == Resolution.Mine ? o with { OrderId = 200 } : o), bench.Trade.Orders);
        Assert.Contains(200L, bench.State.RecentOrderIds);
        bench.EndsAndTradesAgain();
    }

    [Theory]
    [InlineData(Resolution.Mine, false)]
    [InlineData(Resolution.Sell, true)]
    public void A_late_buy_of_an_earlier_trade_becomes_a_trade_of_its_own(Resolution choice, bool atOnce)
    {
        var bench = Asked.BuyOfEarlier(open: false);
        var decision = bench.Resolve(choice);
        Assert.Equal($"PositionResolved LateEntryAdopted{(atOnce ? " ExitRequested" : "")}", Bench.Names(decision));

        var adopted = (LateEntryAdopted)decision.Events[1];
        Assert.Equal(new LateEntryAdopted(3, Asked.Buy, Bench.AxsmTicker, "USD", 3m, adopted.Signal, 0, Bench.Start, 200, bench.Now), adopted);
        Assert.Equal((PositionStatus.Pending, 3L, OrderStatus.Accepted), (bench.State.Status, bench.Trade.Number, bench.Order.Status));
        Assert.Null(bench.State.GivenUp);
        Assert.Contains(200L, bench.State.RecentOrderIds);
        // What the account held before it is not known any more.
        Assert.Null(bench.Trade.HeldBefore);

        var settled = bench.Settle(157.5m);
        Assert.Equal(atOnce ? "OrderSettled ExitIntended" : "OrderSettled", Bench.Names(settled));
        Assert.Equal(3m, bench.Trade.Held);
        bench.EndsAndTradesAgain();
        Assert.Equal(4L, bench.Trade.Number);
    }

    [Fact]
    public void A_late_buy_of_an_earlier_trade_that_is_yours_is_forgotten()
    {
        var bench = Asked.BuyOfEarlier(open: false);

        Assert.Equal("PositionResolved", Bench.Names(bench.Resolve(Resolution.NotMine)));
        Assert.Contains(200L, bench.State.RecentOrderIds);
        bench.EndsAndTradesAgain();
    }

    [Fact]
    public void A_late_buy_of_an_earlier_trade_waits_for_the_one_under_way_or_is_yours()
    {
        var bench = Asked.BuyOfEarlier(open: true);
        AssertRefused(bench, Resolution.Mine, null, "trade 2 is under way: leave it first");
        AssertRefused(bench, Resolution.Sell, null, "trade 2 is under way: leave it first");

        Assert.Equal("PositionResolved", Bench.Names(bench.Resolve(Resolution.NotMine)));
        Assert.Equal(1m, bench.Trade.Held);
        bench.EndsAndTradesAgain();
    }

    [Fact]
    public void A_buy_that_is_adopted_late_keeps_the_watch_for_an_order_of_the_trade_before_it()
    {
        var bench = new Bench();
        bench.Enter();
        bench.Lose();
        bench.NotPlace();
        bench.Wait(900).Held();
        bench.Exit(ExitReason.StopLoss);
        bench.Lose();
        bench.NotPlace();
        bench.ClearExit();
        bench.Accept();
        bench.Settle(156m);
        var until = bench.State.NoEntryBefore;
        Assert.True(until > bench.Now);
        bench.Accept(Asked.Buy);
        bench.Resolve(Resolution.Mine);
        bench.Settle(157m);
        bench.Exit(ExitReason.Close);
        bench.Accept();
        bench.Settle(157m);

        // The second trade's lost sell would take the shares of a fourth.
        Assert.Equal((PositionStatus.Closed, 3L, until), (bench.State.Status, bench.Trade.Number, bench.State.NoEntryBefore));
        Assert.Contains("still watched for", bench.Enter().Ignored);
        Assert.Equal("AXSM-2-S1", Assert.Single(bench.State.GivenUp!).Order.Reference.Value);
    }

    [Theory]
    [InlineData(Resolution.Mine)]
    [InlineData(Resolution.NotMine)]
    [InlineData(Resolution.Sell)]
    public void A_late_sell_of_an_earlier_trade_leaves_a_closed_position_as_it_is(Resolution choice)
    {
        var bench = Asked.SellOfEarlier(open: false);

        Assert.Equal("PositionResolved", Bench.Names(bench.Resolve(choice)));
        Assert.Contains(200L, bench.State.RecentOrderIds);
        bench.EndsAndTradesAgain();
    }

    [Theory]
    [InlineData(Resolution.Mine)]
    [InlineData(Resolution.NotMine)]
    public void A_late_sell_of_an_earlier_trade_lets_the_one_under_way_go_on(Resolution choice)
    {
        var bench = Asked.SellOfEarlier(open: true);

        Assert.Equal("PositionResolved", Bench.Names(bench.Resolve(choice)));
        Assert.Equal((PositionStatus.Open, 1m), (bench.State.Status, bench.Trade.Held));
        Assert.Contains(200L, bench.State.RecentOrderIds);
        bench.EndsAndTradesAgain();
    }

    [Fact]
    public void Sell_at_a_late_sell_of_an_earlier_trade_sells_what_is_held_and_leaves_the_order_to_be_asked_about_again()
    {
        var bench = Asked.SellOfEarlier(open: true);

        Assert.Equal("PositionResolved ExitRequested ExitIntended", Bench.Names(bench.Resolve(Resolution.Sell)));
        Assert.Equal((1m, ExitReason.Close), (bench.Order.Quantity, bench.Trade.Exit!.Reason));
        Assert.DoesNotContain(200L, bench.State.RecentOrderIds);
        bench.EndsAndTradesAgain();
    }

    [Fact]
    public void At_most_eight_given_up_orders_are_remembered_the_latest()
    {
        var bench = new Bench();
        for (var i = 0; i < 11; i++)
        {
            bench.Enter();
            bench.Lose();
            bench.NotPlace();
            bench.Wait(900);
        }

        bench.Enter();
        Assert.Equal(Enumerable.Range(4, 8).Select(n => $"AXSM-{n}-B1"), bench.State.GivenUp!.Select(g => g.Order.Reference.Value));
    }

    private static void AssertRefused(Bench bench, Resolution choice, long? orderId, string why)
    {
        var before = Bench.Text(bench.State);
        var decision = bench.Resolve(choice, orderId);

        Assert.Contains(why, decision.Ignored);
        Assert.Empty(decision.Events);
        Assert.Equal(before, Bench.Text(bench.State));
    }
}
