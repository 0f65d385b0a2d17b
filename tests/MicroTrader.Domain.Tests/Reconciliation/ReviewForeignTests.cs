using System.Globalization;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Reconciliation;
using MicroTrader.Domain.Tests.Positions;

namespace MicroTrader.Domain.Tests.Reconciliation;

/// <summary>Orders by API that match no intent: another program trades the account.</summary>
public sealed class ReviewForeignTests
{
    [Fact]
    public void Orders_by_API_that_nobody_intended_are_told_once_for_all()
    {
        var reads = new Reads(new Bench());
        var ids = new[] { reads.ShowPending(quantity: 5m).OrderId, reads.ShowFilled(OrderSide.Sell, 2m).OrderId, reads.ShowFilled().OrderId, reads.ShowFilled().OrderId };
        var foreign = reads.Single<Finding.Foreign>();

        Assert.Equal(ids, foreign.OrderIds);
        Assert.Equal(
            $"another program trades this account: order {ids[0]}, Buy 5 AXSM_US_EQ; order {ids[1]}, Sell 2 AXSM_US_EQ; order {ids[2]}, Buy 1 AXSM_US_EQ",
            foreign.Detail);
        reads.KnownForeign.UnionWith(ids);
        Assert.Empty(reads.Review());
        var next = reads.ShowPending();
        Assert.Equal([next.OrderId], reads.Single<Finding.Foreign>().OrderIds);
    }

    [Fact]
    public void An_order_in_both_reads_is_told_once()
    {
        var reads = new Reads(new Bench());
        var order = reads.ShowPending();
        reads.History.Add(order);

        Assert.Equal([order.OrderId], reads.Single<Finding.Foreign>().OrderIds);
    }

    [Theory]
    [InlineData(OrderOrigin.Other)]
    [InlineData(OrderOrigin.NotGiven)]
    public void Orders_of_the_person_or_of_nobody_knows_whom_are_not_told(OrderOrigin origin)
    {
        var reads = new Reads(new Bench().Held()) { Account = 5m };
        reads.ShowPending(origin: origin);
        reads.ShowFilled(origin: origin);

        Assert.Empty(reads.Review());
    }

    [Fact]
    public void What_happened_before_the_robot_s_time_is_none_of_its_business_unless_it_is_still_pending()
    {
        var bench = new Bench();
        var reads = new Reads(bench) { ForeignSince = bench.Now.AddTicks(1) };
        reads.ShowFilled();
        Assert.Empty(reads.Review());
        reads.ForeignSince = bench.Now;
        Assert.IsType<Finding.Foreign>(reads.Single());

        reads.ForeignSince = bench.Now.AddHours(1);
        var pending = reads.ShowPending();
        Assert.Equal([pending.OrderId], reads.Single<Finding.Foreign>().OrderIds);
    }

    [Fact]
    public void Corporate_actions_are_nobody_s_orders()
    {
        var reads = new Reads(new Bench());
        var split = reads.Split(1m);
        reads.History[0] = split with { Origin = OrderOrigin.Api };

        Assert.Empty(reads.Review());
    }

    [Fact]
    public void Orders_that_the_journal_knows_are_not_told()
    {
        var bench = new Bench().Won().Held();
        bench.NeedPerson(BlockCode.Ambiguous, Asked.Buy, 300);
        bench.NeedPerson(BlockCode.Ambiguous, bench.Last, 301);
        var reads = new Reads(bench);
        var order = reads.ShowFilled();
        reads.History.Clear();
        foreach (var id in bench.State.RecentOrderIds.Concat([300L, 301L]))
            reads.History.Add(order with { OrderId = id });

        Assert.Equal(5, reads.History.Count);
        Assert.Empty(reads.Review());
        reads.History.Add(order with { OrderId = 302 });
        Assert.Equal([302L], reads.Single<Finding.Foreign>().OrderIds);
    }

    [Fact]
    public void An_order_that_another_symbol_knows_is_not_told()
    {
        var reads = new Reads(new Bench().Won());
        var order = reads.ShowFilled() with { OrderId = 100 };
        var other = PositionState.Empty(Symbol.Parse("DJT"));

        Assert.Empty(Reconciler.Review(new JournalView([other, reads.View.Positions.Single()], Bench.Start, new HashSet<long>()), reads.Evidence with { History = [order] }, Reads.Rules, Bench.Start));
        Assert.Single(Reconciler.Review(new JournalView([other], Bench.Start, new HashSet<long>()), reads.Evidence with { History = [order] }, Reads.Rules, Bench.Start));
    }

    [Fact]
    public void An_order_that_an_intent_on_its_way_may_have_become_is_not_told()
    {
        var bench = new Bench();
        bench.Enter(2m);
        var reads = new Reads(bench);
        var order = reads.ShowPending(quantity: 2m);
        Assert.Empty(reads.Review());

        // The answer names another: then it was another program's after all.
        bench.Accept();
        Assert.Equal([order.OrderId], reads.Single<Finding.Foreign>().OrderIds);
    }

    [Theory]
    [InlineData(OrderSide.Sell, "2", 0)]
    [InlineData(OrderSide.Buy, "1", 0)]
    [InlineData(OrderSide.Buy, "2", -6)]
    public void An_order_that_fits_no_intent_on_its_way_is_told(OrderSide side, string quantity, int seconds)
    {
        var bench = new Bench();
        bench.Enter(2m);
        var reads = new Reads(bench);
        var order = reads.ShowPending(side, decimal.Parse(quantity, CultureInfo.InvariantCulture));
        reads.Pending[0] = order with { CreatedAt = Bench.Start.AddSeconds(seconds) };

        Assert.Equal([order.OrderId], reads.Single<Finding.Foreign>().OrderIds);
    }

    [Fact]
    public void One_read_that_failed_does_not_hide_what_the_other_shows()
    {
        var reads = new Reads(new Bench());
        var pending = reads.ShowPending();
        var filled = reads.ShowFilled();

        Assert.Equal([pending.OrderId], ((Finding.Foreign)reads.Single(e => e with { History = null })).OrderIds);
        Assert.Equal([filled.OrderId], ((Finding.Foreign)reads.Single(e => e with { Pending = null })).OrderIds);
    }
}
