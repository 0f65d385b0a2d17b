using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Reconciliation;

namespace MicroTrader.Domain.Tests.Reconciliation;

/// <summary>What the evidence says of an intent whose outcome nobody knows.</summary>
public sealed class ReconcilerTests
{
    private static readonly DateTimeOffset Intended = new(2026, 6, 1, 14, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset SettleFrom = Intended.AddSeconds(10);
    private static readonly DateTimeOffset SettleEnds = SettleFrom.AddSeconds(30);
    private static readonly Ticker Axsm = new("AXSM_US_EQ");
    private static readonly ReconciliationRules Rules = new();

    // The broker's clock is two seconds ahead; with five of skew allowed, nothing of ours can be older than this.
    private static readonly DateTimeOffset Earliest = Intended.AddSeconds(2 - 5);

    private static readonly UnresolvedIntent Intent = new(
        Symbol.Parse("AXSM"),
        new OrderReference("AXSM-1-B1"),
        Axsm,
        OrderSide.Buy,
        1m,
        Intended,
        2_000,
        SettleFrom,
        [7, 8]);

    private static readonly BrokerOrder Ours = new(
        100, Axsm, OrderSide.Buy, 1m, 0m, "NEW", false, Intended.AddSeconds(2), OrderOrigin.Api, []);

    [Fact]
    public void The_earliest_creation_is_by_the_broker_s_clock() => Assert.Equal(Earliest, Intent.EarliestCreation(Rules.ClockSkew));

    [Fact]
    public void The_only_fitting_pending_order_is_ours() =>
        Assert.Equal(new Verdict.Found(Ours, "pending"), Judge(pending: [Ours], history: []));

    [Fact]
    public void The_only_fitting_order_of_the_history_is_ours() =>
        Assert.Equal(new Verdict.Found(Ours, "history"), Judge(pending: [], history: [Ours]));

    [Fact]
    public void An_order_in_both_reads_is_one_and_the_history_knows_more()
    {
        var filled = Ours with { FilledQuantity = 1m, Status = "FILLED", IsFinal = true };

        Assert.Equal(new Verdict.Found(filled, "history"), Judge(pending: [Ours], history: [filled]));
    }

    [Fact]
    public void A_find_needs_no_settle_window_and_no_other_read()
    {
        Assert.IsType<Verdict.Found>(Reconciler.Judge(Intent, new Evidence([Ours], Intended, null, Intended, null), Rules));
        Assert.IsType<Verdict.Found>(Reconciler.Judge(Intent, new Evidence(null, Intended, [Ours], Intended, Intended.AddSeconds(9)), Rules));
    }

    [Fact]
    public void Two_that_fit_are_ambiguous_wherever_they_are()
    {
        var other = Ours with { OrderId = 101 };
        foreach (var (pending, history) in new (BrokerOrder[], BrokerOrder[])[] { ([Ours, other], []), ([], [Ours, other]), ([Ours], [other]) })
            Assert.Equal([100L, 101L], Assert.IsType<Verdict.Ambiguous>(Judge(pending, history)).OrderIds.Order());
    }

    public static TheoryData<string, Func<BrokerOrder, BrokerOrder>, bool> Likenesses() => new()
    {
        { "another ticker", o => o with { Ticker = new Ticker("DWAC_US_EQ") }, false },
        { "placed by a person", o => o with { Origin = OrderOrigin.Other }, false },
        { "no origin given", o => o with { Origin = OrderOrigin.NotGiven }, true },
        { "the other side", o => o with { Side = OrderSide.Sell }, false },
        { "no side given", o => o with { Side = null }, true },
        { "more shares", o => o with { Quantity = 1.0001m }, false },
        { "fewer shares", o => o with { Quantity = 0.9999m }, false },
        { "the same shares, written otherwise", o => o with { Quantity = 1.0000m }, true },
        { "no quantity given", o => o with { Quantity = null }, true },
        { "created before the intent, skew allowed", o => o with { CreatedAt = Earliest.AddTicks(-1) }, false },
        { "created just within the skew", o => o with { CreatedAt = Earliest }, true },
        { "no creation time given", o => o with { CreatedAt = null }, true },
        { "an id of ours", o => o with { OrderId = 7 }, false },
        { "the other id of ours", o => o with { OrderId = 8 }, false },
        { "a corporate action", o => o with { CorporateQuantity = 1m }, false },
    };

    [Theory]
    [MemberData(nameof(Likenesses))]
    public void An_order_is_a_candidate_only_if_it_can_be_ours(string likeness, Func<BrokerOrder, BrokerOrder> change, bool isCandidate)
    {
        foreach (var inHistory in new[] { false, true })
        {
            var order = change(Ours);
            var alone = inHistory ? Judge([], [order]) : Judge([order], []);
            Assert.True(isCandidate ? alone is Verdict.Found : alone is Verdict.NotPlaced, $"{likeness}: {alone}");

            // Beside the real one it counts only as a candidate too.
            var rival = order.OrderId == Ours.OrderId ? order with { OrderId = 55 } : order;
            var both = inHistory ? Judge([], [Ours, rival]) : Judge([Ours, rival], []);
            Assert.True(isCandidate ? both is Verdict.Ambiguous : both is Verdict.Found { Order.OrderId: 100 }, $"{likeness}: {both}");
        }
    }

    [Fact]
    public void Complete_reads_after_the_settle_window_without_such_an_order_mean_not_placed() =>
        Assert.IsType<Verdict.NotPlaced>(Judge([], []));

    [Fact]
    public void A_read_that_failed_is_never_not_placed()
    {
        AssertWait("the pending orders could not be read", Complete with { Pending = null });
        AssertWait("the history could not be read", Complete with { History = null });
        AssertWait("the history could not be read", Complete with { HistoryCompleteSince = null });
        AssertWait("the pending orders could not be read", new Evidence(null, SettleEnds.AddDays(1), null, SettleEnds.AddDays(1), null));
    }

    [Fact]
    public void A_history_that_does_not_reach_back_far_enough_is_never_not_placed()
    {
        AssertWait("the history was read back to", Complete with { HistoryCompleteSince = Earliest.AddMinutes(1) });
        AssertWait("the history was read back to", Complete with { HistoryCompleteSince = Earliest });
        Assert.IsType<Verdict.NotPlaced>(Reconciler.Judge(Intent, Complete with { HistoryCompleteSince = Earliest.AddTicks(-1) }, Rules));
    }

    [Fact]
    public void A_read_before_the_settle_window_ended_is_never_not_placed()
    {
        AssertWait("the settle window ends at", Complete with { PendingReadAt = SettleEnds.AddTicks(-1) });
        AssertWait("the settle window ends at", Complete with { PendingReadAt = SettleFrom, HistoryReadAt = SettleFrom });
        Assert.IsType<Verdict.NotPlaced>(Reconciler.Judge(Intent, Complete with { PendingReadAt = SettleEnds, HistoryReadAt = SettleEnds }, Rules));
    }

    [Fact]
    public void The_history_must_be_read_after_the_pending_orders()
    {
        // The other way round, an order that fills between the two reads is in neither.
        AssertWait("the settle window", Complete with { PendingReadAt = SettleEnds.AddSeconds(2), HistoryReadAt = SettleEnds.AddSeconds(1) });
    }

    [Fact]
    public void The_settle_window_and_the_skew_in_force_count()
    {
        var rules = new ReconciliationRules { SettleWindow = TimeSpan.FromMinutes(5), ClockSkew = TimeSpan.Zero };

        Assert.IsType<Verdict.Wait>(Reconciler.Judge(Intent, Complete, rules));
        Assert.IsType<Verdict.NotPlaced>(Reconciler.Judge(
            Intent,
            Complete with { Pending = [Ours with { CreatedAt = Intended.AddSeconds(1.999) }], PendingReadAt = SettleFrom.AddMinutes(5), HistoryReadAt = SettleFrom.AddMinutes(5) },
            rules));
    }

    [Fact]
    public void A_sell_s_intent_finds_the_sell() =>
        Assert.Equal(
            new Verdict.Found(Ours with { Side = OrderSide.Sell }, "pending"),
            Reconciler.Judge(Intent with { Side = OrderSide.Sell }, Complete with { Pending = [Ours with { Side = OrderSide.Sell }] }, Rules));

    // Every read there, each after the window, in order, and far enough back; nothing in them.
    private static Evidence Complete => new([], SettleEnds, [], SettleEnds.AddSeconds(1), Earliest.AddHours(-1));

    private static Verdict Judge(IReadOnlyList<BrokerOrder> pending, IReadOnlyList<BrokerOrder> history) =>
        Reconciler.Judge(Intent, Complete with { Pending = pending, History = history }, Rules);

    private static void AssertWait(string why, Evidence evidence) =>
        Assert.Contains(why, Assert.IsType<Verdict.Wait>(Reconciler.Judge(Intent, evidence, Rules)).Why);
}
