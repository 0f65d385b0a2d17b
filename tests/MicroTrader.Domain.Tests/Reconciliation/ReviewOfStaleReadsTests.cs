using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Reconciliation;

namespace MicroTrader.Domain.Tests.Reconciliation;

/// <summary>Comparisons in which one read is older than another, or the broker's clock was not known yet. The simulation found each of them.</summary>
public sealed class ReviewOfStaleReadsTests
{
    private static readonly Symbol Axsm = Symbol.Parse("AXSM");
    private static readonly Ticker AxsmTicker = new("AXSM_US_EQ");
    private static readonly DateTimeOffset Start = new(2026, 6, 1, 14, 0, 0, TimeSpan.Zero);
    private static readonly ReconciliationRules Rules = new();
    private static readonly EntrySignal Signal = new(Axsm, 100m, Start, Start, 0.1m, 3, 1.5m);

    [Fact]
    public void An_order_whose_intent_did_not_know_the_broker_s_clock_yet_is_found_all_the_same()
    {
        // The broker's clock is 8 s behind ours. The intent came right after a start, before an answer had told that: its offset is 0.
        var state = PositionState.Empty(Axsm).ApplyAll(
        [
            new EntryIntended(1, new OrderReference("AXSM-1-B1"), AxsmTicker, "USD", 1m, Signal, 0, 0m, Start),
            new OrderOutcomeUnknown(new OrderReference("AXSM-1-B1"), "time-out", Start.AddSeconds(10)),
        ]);
        var order = new BrokerOrder(100, AxsmTicker, OrderSide.Buy, 1m, 1m, "FILLED", true, Start.AddSeconds(-7.9), OrderOrigin.Api, []);
        var view = new JournalView([state], Start.AddSeconds(-8), new HashSet<long>()) { BrokerClockOffsetMs = -8_000 };
        var now = Start.AddMinutes(5);

        var findings = Reconciler.Review(view, new Evidence([], now, [order], now, DateTimeOffset.MinValue), Rules, now);

        Assert.Equal([new Finding.Found(Axsm, new OrderReference("AXSM-1-B1"), 100, "history")], findings);
        Assert.True(Reconciler.HistoryNeededSince(view, Rules, now) <= Start.AddSeconds(-8 - 5));
    }

    [Fact]
    public void A_sale_from_before_our_shares_came_did_not_sell_them() => Assert.Empty(Review(
        account: 0m,
        Sale(101, 1.6m, Start.AddSeconds(-1))));

    [Fact]
    public void Where_the_reads_do_not_agree_to_the_share_nothing_of_ours_is_given_up() => Assert.Empty(Review(
        account: 0m,
        Sale(101, 3m, Start.AddSeconds(5))));

    [Fact]
    public void A_sale_that_every_read_agrees_on_closes_ours()
    {
        var closed = Assert.IsType<Finding.HoldingChanged>(Assert.Single(Review(account: 0m, Sale(101, 1m, Start.AddSeconds(5)))));

        Assert.Equal((AdjustmentReason.ClosedByYou, -1m), (closed.Reason, closed.Quantity));
    }

    // The account was read before the person bought, and again by a read that is as old: it agrees with a sale of ours, and the person's shares are there.
    [Theory]
    [InlineData(-20, true)]
    [InlineData(-590, true)]
    [InlineData(-700, false)]
    public void Where_others_bought_shortly_before_us_a_sale_is_not_taken_for_one_of_ours(int boughtSeconds, bool isDoubtful)
    {
        var bought = Bought(99, 2.3m, Start.AddSeconds(boughtSeconds));
        Assert.Equal(isDoubtful, Review(account: 0m, Sale(101, 1m, Start.AddSeconds(5)), bought).Count == 0);
        // What is held now is not what was held before: no read is that old.
        Assert.Single(Review(account: 0.5m, Sale(101, 1m, Start.AddSeconds(5)), Bought(102, 0.5m, Start.AddSeconds(6)), bought));
    }

    // What was held before is known wrongly (a split was not seen), the person stopped all orders and then sold everything. No sell will be refused.
    [Theory]
    [InlineData(0, 185, true)]
    [InlineData(0.5, 185, true)]
    [InlineData(1, 185, false)]
    [InlineData(0, 184.999, false)]
    public void A_sale_that_the_sums_do_not_explain_is_asked_about_once_no_read_can_be_old_where_an_exit_waits(double account, double readAt, bool asks)
    {
        var state = Opened([new ExitRequested(ExitReason.Time, null, Start.AddSeconds(4))]);
        var findings = Review(state, (decimal)account, Start.AddSeconds(readAt), Sale(101, 3m, Start.AddSeconds(5)));

        if (!asks)
        {
            Assert.Empty(findings);
            return;
        }

        var question = Assert.IsType<Finding.NeedsPerson>(Assert.Single(findings));
        Assert.Equal(BlockCode.SharesMissing, question.Code);
        Assert.Equal([101L], question.OrderIds);
        Assert.Contains("order 101", question.Detail, StringComparison.Ordinal);
        // The person who says that they are there is not asked again.
        var answered = state.ApplyAll(
        [
            new PositionBlocked(question.Code, question.Detail, question.Reference, question.OrderIds, Start.AddMinutes(4)),
            new PositionResolved(Domain.Positions.Resolution.Mine, null, question.OrderIds, "", Start.AddMinutes(5)),
        ]);
        Assert.Empty(Review(answered, (decimal)account, Start.AddMinutes(6), Sale(101, 3m, Start.AddSeconds(5))));
    }

    [Fact]
    public void Where_no_exit_waits_nobody_sold_or_the_wish_is_young_nothing_is_asked()
    {
        var late = Start.AddHours(1);
        Assert.Empty(Review(Opened([]), 0m, late, Sale(101, 3m, Start.AddSeconds(5))));
        var leaving = Opened([new ExitRequested(ExitReason.Time, null, Start.AddSeconds(4))]);
        Assert.Empty(Review(leaving, 0m, late));
        Assert.Empty(Review(leaving, 0m, late, Sale(101, 3m, Start.AddSeconds(-1))));
        // The wish is young: what it leads to is waited for.
        Assert.Empty(Review(Opened([new ExitRequested(ExitReason.Time, null, late.AddMinutes(-1))]), 0m, late, Sale(101, 3m, Start.AddSeconds(5))));
    }

    [Fact]
    public void A_split_from_before_our_shares_came_did_not_split_them() => Assert.Empty(Review(account: 3m, Split(101, 1m, Start.AddSeconds(-1))));

    [Fact]
    public void A_split_after_they_came_did() => Assert.Equal(
        1m,
        Assert.IsType<Finding.HoldingChanged>(Assert.Single(Review(account: 2m, Split(101, 1m, Start.AddSeconds(5))))).Quantity);

    private static BrokerOrder Split(long id, decimal brought, DateTimeOffset at) =>
        new(id, AxsmTicker, null, null, 0m, "FILLED", true, at, OrderOrigin.Other, []) { CorporateQuantity = brought };

    private static IReadOnlyList<Finding> Review(decimal account, params BrokerOrder[] others) => Review(Opened([]), account, Start.AddMinutes(1), others);

    // One share of ours was bought at the second 1; the account held none before.
    private static PositionState Opened(IReadOnlyList<IPositionEvent> more)
    {
        var buy = new OrderReference("AXSM-1-B1");
        return PositionState.Empty(Axsm).ApplyAll(
        [
            new EntryIntended(1, buy, AxsmTicker, "USD", 1m, Signal, 0, 0m, Start),
            new OrderAccepted(buy, 100, Start.AddSeconds(0.5)),
            new OrderSettled(buy, "FILLED", [Fill(1, 1m, Start.AddSeconds(1))], Start.AddSeconds(2)),
            .. more,
        ]);
    }

    private static IReadOnlyList<Finding> Review(PositionState state, decimal account, DateTimeOffset now, params BrokerOrder[] others)
    {
        var holdings = new Dictionary<Ticker, BrokerHolding>();
        if (account > 0)
            holdings[AxsmTicker] = new BrokerHolding(AxsmTicker, account, 100m, 100m);
        return Reconciler.Review(
            new JournalView([state], Start, new HashSet<long>()),
            new Evidence([], now, others, now, DateTimeOffset.MinValue, holdings, now),
            Rules,
            now);
    }

    private static BrokerOrder Sale(long id, decimal quantity, DateTimeOffset at) =>
        new(id, AxsmTicker, OrderSide.Sell, quantity, quantity, "FILLED", true, at, OrderOrigin.Other, [Fill(id, quantity, at)]);

    private static BrokerOrder Bought(long id, decimal quantity, DateTimeOffset at) =>
        new(id, AxsmTicker, OrderSide.Buy, quantity, quantity, "FILLED", true, at.AddSeconds(-1), OrderOrigin.Other, [Fill(id, quantity, at)]);

    private static Fill Fill(long id, decimal quantity, DateTimeOffset at) => new(id, quantity, 100m, at, quantity * 100m, "EUR", 1m, []);
}
