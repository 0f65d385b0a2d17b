using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Reconciliation;
using MicroTrader.Domain.Tests.Positions;

namespace MicroTrader.Domain.Tests.Reconciliation;

/// <summary>What the comparison says of intents without an outcome, of those still watched for, and of those given up.</summary>
public sealed class ReviewIntentsTests
{
    private static readonly OrderReference Buy = Asked.Buy;
    private static readonly OrderReference Sell = Asked.Sell;

    [Fact]
    public void An_order_that_fits_is_found_and_adopted()
    {
        var (bench, reads) = UnknownBuy();
        var order = reads.ShowPending();
        var found = reads.Single<Finding.Found>();

        Assert.Equal(new Finding.Found(Bench.Axsm, Buy, order.OrderId, "pending"), found);
        Assert.Equal("OrderFound", reads.Tell(found));
        Assert.Equal(order.OrderId, bench.Order.OrderId);
        // Known from now on, it is nothing to tell.
        Assert.Empty(reads.Review());
    }

    [Fact]
    public void Without_such_an_order_the_settle_window_is_waited_for_then_it_was_not_placed()
    {
        var (bench, reads) = UnknownBuy();
        bench.Wait(29.999);
        var wait = reads.Single<Finding.Wait>();
        Assert.Equal(Buy, wait.Reference);
        Assert.Null(wait.ToCommand());

        bench.Wait(0.001);
        var missing = reads.Single<Finding.NotPlaced>();
        Assert.Equal("OrderNotPlaced TradeClosed", reads.Tell(missing));
        // It stays watched for, without a word.
        Assert.Empty(reads.Review());
    }

    [Fact]
    public void Several_that_fit_need_the_person_who_is_then_asked_no_more()
    {
        var (bench, reads) = UnknownBuy();
        var ids = new[] { reads.ShowPending().OrderId, reads.ShowFilled().OrderId };
        var ambiguous = reads.Single<Finding.NeedsPerson>();
        Assert.Equal((BlockCode.Ambiguous, (OrderReference?)Buy), (ambiguous.Code, ambiguous.Reference));
        Assert.Equal(ids, ambiguous.OrderIds);
        Assert.Equal("PositionBlocked", reads.Tell(ambiguous));

        Assert.Empty(reads.Review());
        // A read that shows one of them alone does not answer for the person.
        Assert.Empty(reads.Review(e => e with { Pending = null }));
        Assert.Empty(reads.Review(e => e with { History = [], HistoryCompleteSince = null }));
        bench.Resolve(Resolution.Mine, ids[0]);
        Assert.Empty(reads.Review());
    }

    [Fact]
    public void A_watched_order_about_which_the_person_is_asked_is_not_adopted_by_a_read_that_shows_less()
    {
        var (bench, reads) = UnknownBuy();
        bench.NotPlace();
        reads.ShowPending();
        reads.ShowFilled();
        Assert.Equal("PositionBlocked", reads.Tell(reads.Single<Finding.NeedsPerson>()));

        Assert.Empty(reads.Review());
        Assert.Empty(reads.Review(e => e with { Pending = null }));
        Assert.Empty(reads.Review(e => e with { History = null }));
    }

    [Fact]
    public void An_order_about_which_the_person_is_asked_later_is_not_adopted_either()
    {
        var (bench, reads) = UnknownBuy();
        bench.NeedPerson(BlockCode.Contradiction, new OrderReference("AXSM-0-B1"), 7);
        var ids = new[] { reads.ShowPending().OrderId, reads.ShowFilled().OrderId };
        Assert.Equal("PositionBlocked", reads.Tell(reads.Single<Finding.NeedsPerson>()));

        Assert.Equal(ids, bench.State.Blocked!.Waiting![0].OrderIds);
        Assert.Empty(reads.Review(e => e with { Pending = null }));
    }

    [Fact]
    public void A_watched_order_that_turns_up_is_adopted()
    {
        var (bench, reads) = UnknownBuy();
        bench.NotPlace();
        var order = reads.ShowFilled();
        bench.Wait(899);

        Assert.Equal(new Finding.Found(Bench.Axsm, Buy, order.OrderId, "history"), reads.Single());
        Assert.Equal("OrderFound", reads.Tell(reads.Single()));
        Assert.Equal(PositionStatus.Pending, bench.State.Status);
    }

    [Fact]
    public void An_order_that_turns_up_after_its_watch_needs_the_person()
    {
        var (bench, reads) = UnknownBuy();
        bench.NotPlace();
        var order = reads.ShowFilled();
        bench.Wait(900);
        var late = reads.Single<Finding.NeedsPerson>();

        Assert.Equal((BlockCode.LateOrder, (OrderReference?)Buy), (late.Code, late.Reference));
        Assert.Equal([order.OrderId], late.OrderIds);
        Assert.Equal("PositionBlocked", reads.Tell(late));
        Assert.Empty(reads.Review());
        Assert.Equal("PositionResolved OrderFound", Bench.Names(bench.Resolve(Resolution.Mine)));
    }

    [Theory]
    [InlineData(OrderOrigin.Api)]
    [InlineData(OrderOrigin.NotGiven)]
    public void An_order_of_an_earlier_trade_that_turns_up_needs_the_person(OrderOrigin origin)
    {
        var bench = GivenUpThenTraded();
        var reads = new Reads(bench) { Account = 4m };
        var order = reads.ShowFilled(quantity: 3m, origin: origin) with { CreatedAt = Bench.Start.AddSeconds(2) };
        reads.History[0] = order;
        var late = reads.Single<Finding.NeedsPerson>();

        Assert.Equal((BlockCode.LateOrder, (OrderReference?)Buy), (late.Code, late.Reference));
        Assert.Equal([order.OrderId], late.OrderIds);
        Assert.Equal("PositionBlocked", reads.Tell(late));
        // Whatever the person says, it is not told again.
        Assert.Empty(reads.Review());
        bench.Resolve(Resolution.NotMine);
        Assert.Empty(reads.Review());
    }

    [Fact]
    public void An_order_long_after_a_given_up_intent_is_another_program_s()
    {
        var bench = GivenUpThenTraded();
        var reads = new Reads(bench) { Account = 4m };
        var order = reads.ShowFilled(quantity: 3m);
        foreach (var (created, isLate) in new[] { (Bench.Start.AddDays(1), true), (Bench.Start.AddDays(1).AddTicks(1), false), (Bench.Start.AddSeconds(-5), true) })
        {
            reads.History[0] = order with { CreatedAt = created };
            Assert.Equal(isLate, reads.Single() is Finding.NeedsPerson { Code: BlockCode.LateOrder });
        }

        reads.History[0] = order with { CreatedAt = Bench.Start.AddSeconds(-5).AddTicks(-1) };
        Assert.IsType<Finding.Foreign>(reads.Single());
    }

    [Fact]
    public void A_watched_sell_is_not_mistaken_for_the_one_after_it_on_its_way()
    {
        var bench = Asked.LostSell();
        var reads = new Reads(bench) { Account = 1m };
        bench.ClearExit();
        var order = reads.ShowPending(OrderSide.Sell);
        // The second's request may have become it, before its answer came.
        Assert.Empty(reads.Review());

        // Its answer is lost: then it is the second's, and the second's alone.
        bench.Lose();
        Assert.Equal(new Finding.Found(Bench.Axsm, bench.Last, order.OrderId, "pending"), reads.Single());
        reads.Tell(reads.Single());
        Assert.Empty(reads.Review());
    }

    [Fact]
    public void A_watched_sell_beside_the_one_after_it_is_found_once_that_one_is_known()
    {
        var bench = Asked.LostSell();
        var reads = new Reads(bench) { Account = 1m };
        bench.ClearExit();
        var second = reads.ShowPending(OrderSide.Sell);
        bench.Outcome(new OrderOutcome.Accepted(second.OrderId));
        Assert.Empty(reads.Review());
        var first = reads.ShowFilled(OrderSide.Sell);

        Assert.Equal(new Finding.Found(Bench.Axsm, Sell, first.OrderId, "history"), reads.Single());
        Assert.Equal("OrderFound", reads.Tell(reads.Single()));
    }

    [Fact]
    public void Two_sells_of_which_either_could_be_the_unknown_one_need_the_person()
    {
        var bench = Asked.LostSell();
        var reads = new Reads(bench) { Account = 1m };
        bench.ClearExit();
        bench.Lose();
        reads.ShowPending(OrderSide.Sell);
        reads.ShowFilled(OrderSide.Sell);

        Assert.Equal((BlockCode.Ambiguous, (OrderReference?)bench.Last), (reads.Single<Finding.NeedsPerson>().Code, reads.Single<Finding.NeedsPerson>().Reference));
    }

    [Fact]
    public void A_sell_that_turns_up_after_its_watch_while_the_shares_are_held_needs_the_person()
    {
        var bench = Asked.LostSell();
        var reads = new Reads(bench) { Account = 1m };
        var order = reads.ShowPending(OrderSide.Sell);
        bench.Wait(900);

        var late = Assert.Single(reads.Review().OfType<Finding.NeedsPerson>());
        Assert.Equal((BlockCode.LateOrder, (OrderReference?)Sell), (late.Code, late.Reference));
        Assert.Equal([order.OrderId], late.OrderIds);
        // The shares that it reserves wait.
        Assert.Single(reads.Review().OfType<Finding.Wait>());
        Assert.Equal(2, reads.Review().Count);
        reads.Tell(late);
        bench.Resolve(Resolution.Mine);
        bench.EndsAndTradesAgain();
    }

    [Fact]
    public void A_position_in_order_has_nothing_to_tell()
    {
        foreach (var bench in new[] { new Bench(), new Bench().Held(), new Bench().Won() })
            Assert.Empty(new Reads(bench) { Account = 1m }.Review());
    }

    [Fact]
    public void Reads_that_failed_or_do_not_reach_far_enough_show_nothing()
    {
        var pasts = new Dictionary<string, Bench>
        {
            ["unknown buy"] = UnknownBuy().Bench,
            ["unknown sell"] = Unblocked(Asked.UnknownSell()),
            ["lost sell"] = Asked.LostSell(),
            ["refused sell"] = RefusedSell(),
            ["held"] = new Bench().Held(),
            ["given up"] = GivenUpThenTraded(),
        };
        var failures = new Dictionary<string, Func<Evidence, Evidence>>
        {
            ["pending"] = e => e with { Pending = null },
            ["history"] = e => e with { History = null },
            ["history, how far"] = e => e with { HistoryCompleteSince = null },
            ["history too short"] = e => e with { HistoryCompleteSince = Bench.Start.AddHours(1) },
            ["all"] = e => new Evidence(null, e.PendingReadAt, null, e.HistoryReadAt, null),
        };
        foreach (var (past, bench) in pasts)
        {
            // The account shows nothing at all: were that believed, shares would be missing, and orders not placed.
            bench.Wait(3600);
            foreach (var (failure, change) in failures)
            {
                var findings = new Reads(bench).Review(change);
                Assert.True(findings.All(f => f is Finding.Wait), $"{past}, {failure}: {string.Join("; ", findings)}");
            }

            var holdings = new Reads(bench).Review(e => e with { Holdings = null });
            Assert.True(holdings.All(f => f is Finding.Wait or Finding.NotPlaced), $"{past}, holdings: {string.Join("; ", holdings)}");
        }
    }

    [Fact]
    public void The_history_is_needed_since_the_oldest_thing_that_it_has_to_explain()
    {
        var foreignSince = Bench.Start.AddHours(1);
        var bench = new Bench();
        bench.Context = bench.Context with { BrokerClockOffsetMs = 2_000 };
        // Skew of 5 s, an offset of 2 s, and a second more, for "older than".
        var sinceIntent = Bench.Start.AddSeconds(2 - 5 - 1);
        void Needs(DateTimeOffset expected) =>
            Assert.Equal(expected, Reconciler.HistoryNeededSince(new JournalView([new Bench().State, bench.State], foreignSince, new HashSet<long>()), Reads.Rules, bench.Now));

        Needs(foreignSince.AddSeconds(-1));
        bench.Enter();
        Needs(foreignSince.AddSeconds(-1));
        bench.Lose();
        Needs(sinceIntent);
        bench.NotPlace();
        Needs(sinceIntent);
        bench.Wait(900);
        Needs(foreignSince.AddSeconds(-1));

        bench = new Bench();
        bench.Context = bench.Context with { BrokerClockOffsetMs = 2_000 };
        bench.Held();
        Needs(sinceIntent);
        bench.Exit(ExitReason.Close);
        bench.Accept();
        bench.Settle(157m);
        Needs(foreignSince.AddSeconds(-1));

        // What is older than every intent is needed for orders of other programs.
        foreignSince = Bench.Start.AddHours(-3);
        Needs(foreignSince.AddSeconds(-1));
    }

    [Fact]
    public void What_waits_for_evidence_is_in_doubt()
    {
        Assert.False(Reconciler.IsInDoubt(new Bench().State));
        Assert.False(Reconciler.IsInDoubt(new Bench().Held().State));
        Assert.True(Reconciler.IsInDoubt(UnknownBuy().Bench.State));
        Assert.True(Reconciler.IsInDoubt(Asked.LostSell().State));
        Assert.True(Reconciler.IsInDoubt(RefusedSell().State));
        // A person is asked: evidence is not.
        Assert.False(Reconciler.IsInDoubt(Asked.UnknownBuy().State));
        Assert.False(Reconciler.IsInDoubt(Asked.Shares().State));
        var bench = new Bench();
        bench.Enter();
        Assert.False(Reconciler.IsInDoubt(bench.State));
    }

    private static (Bench Bench, Reads Reads) UnknownBuy()
    {
        var bench = new Bench();
        bench.Enter();
        bench.Lose();
        return (bench, new Reads(bench));
    }

    private static Bench Unblocked(Bench bench)
    {
        bench.Resolve(Resolution.Mine, 200);
        return bench;
    }

    private static Bench RefusedSell()
    {
        var bench = new Bench().Held();
        bench.Exit(ExitReason.StopLoss);
        bench.Reject(code: PositionRules.NotOwnedCode);
        return bench;
    }

    // Trade 1's buy of three shares was given up; trade 2 holds one.
    private static Bench GivenUpThenTraded()
    {
        var bench = new Bench();
        bench.Enter(3m);
        bench.Lose();
        bench.NotPlace();
        return bench.Wait(900).Held();
    }
}
