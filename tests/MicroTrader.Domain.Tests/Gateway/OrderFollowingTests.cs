using System.Globalization;
using MicroTrader.Domain.Gateway;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Reconciliation;

namespace MicroTrader.Domain.Tests.Gateway;

/// <summary>The way of an order from the broker's acceptance to its fills.</summary>
public sealed class OrderFollowingTests
{
    private static readonly DateTimeOffset Start = new(2026, 6, 1, 14, 0, 0, TimeSpan.Zero);
    private static readonly Ticker Axsm = new("AXSM_US_EQ");
    private static readonly FollowingRules Rules = new();

    // The broker's clock is two seconds ahead.
    private static readonly FollowedOrder Buy = new(100, Axsm, OrderSide.Buy, 2m, Start, 2_000, 0m, Start);
    private static readonly FollowedOrder Sell = Buy with { OrderId = 101, Side = OrderSide.Sell };
    private static readonly DateTimeOffset Since = Start.AddSeconds(2 - 5 - 1);

    [Fact]
    public void The_defaults_are_the_documented_ones()
    {
        Assert.Equal((0.3, 1.0, 60.0), (Rules.FirstPoll.TotalSeconds, Rules.Poll.TotalSeconds, Rules.ReadPatience.TotalSeconds));
        Assert.Equal((5.0, 15.0, 5.0), (Rules.ClockSkew.TotalSeconds, Rules.CancelEntryAfter.TotalSeconds, Rules.CancelAgainAfter.TotalSeconds));
        Assert.Equal(RemainderPolicy.Cancel, Rules.Remainder);
    }

    [Fact]
    public void It_begins_with_a_short_wait()
    {
        var (order, steps) = OrderFollowing.Begin(Buy, Rules, Start);

        Assert.Equal(Buy, order);
        Assert.Equal([Until(0.3)], steps);
    }

    [Fact]
    public void A_pending_order_is_asked_for_and_asked_for_anew_should_no_answer_come()
    {
        foreach (var order in new[] { Buy, Sell })
            Assert.Equal([Until(60), new FollowingStep.AskOrder(order.Side == OrderSide.Buy ? RequestPriority.Exit : RequestPriority.Reconciliation)], OrderFollowing.Look(order, Rules, Start).Steps);
    }

    [Fact]
    public void A_read_that_failed_is_tried_again_and_says_nothing()
    {
        var (order, steps) = Seen(Buy, OrderSight.Failed, at: 20);

        Assert.Equal(Buy, order);
        Assert.Equal([Until(21)], steps);
    }

    [Theory]
    [InlineData(OrderSight.Pending, false)]
    [InlineData(OrderSight.PartlyFilled, true)]
    public void A_pending_order_is_remembered_as_seen_when_it_was_asked_for(OrderSight sight, bool partly)
    {
        var (order, steps) = OrderFollowing.Seen(Buy, sight, Start.AddSeconds(3), Rules, Start.AddSeconds(4));

        Assert.Equal(Buy with { LastPendingAt = Start.AddSeconds(3), IsPartlyFilled = partly }, order);
        Assert.Equal([Until(5)], steps);
        // Once filled in part it is not unfilled again.
        Assert.Equal(partly, Seen(order, OrderSight.Pending, 5).Order.IsPartlyFilled);
    }

    [Fact]
    public void A_buy_that_ended_is_sought_in_the_holdings_first()
    {
        var (order, steps) = Seen(Buy, OrderSight.Ended, 2);

        Assert.True(order.HasEnded);
        Assert.Equal([Until(62), new FollowingStep.AskHoldings()], steps);
    }

    [Fact]
    public void A_sell_that_ended_or_a_buy_whose_holding_cannot_tell_is_sought_in_the_history()
    {
        Assert.Equal([Until(62), History(RequestPriority.Reconciliation)], Seen(Sell, OrderSight.Ended, 2).Steps);
        Assert.Equal([Until(62), History(RequestPriority.Exit)], Seen(Buy with { HeldBefore = null }, OrderSight.Ended, 2).Steps);
        Assert.Equal([Until(62), History(RequestPriority.Exit, 9)], OrderFollowing.Look(Estimated, Rules, Start.AddSeconds(2)).Steps);
    }

    [Fact]
    public void An_entry_that_stays_pending_too_long_is_cancelled_and_again_where_that_changed_nothing()
    {
        Assert.Equal([Until(15.999)], Seen(Buy, OrderSight.Pending, 14.999).Steps);
        var (order, steps) = Seen(Buy, OrderSight.Pending, 15);
        Assert.Equal([Until(16), new FollowingStep.Cancel()], steps);
        Assert.Equal(Start.AddSeconds(15), order.CancelledAt);

        Assert.Equal([Until(20.999)], Seen(order, OrderSight.Pending, 19.999).Steps);
        var (again, steps2) = Seen(order, OrderSight.Pending, 20);
        Assert.Equal([Until(21), new FollowingStep.Cancel()], steps2);
        Assert.Equal(Start.AddSeconds(20), again.CancelledAt);
    }

    [Fact]
    public void An_entry_that_is_to_be_left_still_fills()
    {
        var (urgent, nothing) = OrderFollowing.Hurry(Buy, Rules, Start.AddSeconds(1));
        Assert.Empty(nothing);
        Assert.Equal(Buy with { IsUrgent = true }, urgent);

        Assert.Equal([Until(2)], Seen(urgent, OrderSight.Pending, 1).Steps);
        Assert.Equal([Until(16), new FollowingStep.Cancel()], Seen(urgent, OrderSight.Pending, 15).Steps);
    }

    [Fact]
    public void The_rest_of_an_entry_filled_in_part_is_cancelled_or_stays_as_it_is_set()
    {
        Assert.Equal([Until(16), new FollowingStep.Cancel()], Seen(Buy, OrderSight.PartlyFilled, 15).Steps);

        var wait = Rules with { Remainder = RemainderPolicy.Wait };
        var (order, steps) = OrderFollowing.Seen(Buy, OrderSight.PartlyFilled, Start.AddSeconds(15), wait, Start.AddSeconds(15));
        Assert.Equal([Until(16)], steps);
        Assert.Null(order.CancelledAt);
        Assert.Equal([Until(16)], OrderFollowing.Seen(Buy with { IsUrgent = true }, OrderSight.PartlyFilled, Start, wait, Start.AddSeconds(15)).Steps);
        // One of which nothing is filled has no rest: it is cancelled whatever is set.
        Assert.Equal([Until(16), new FollowingStep.Cancel()], OrderFollowing.Seen(Buy, OrderSight.Pending, Start, wait, Start.AddSeconds(15)).Steps);
    }

    [Theory]
    [InlineData(OrderSight.Pending)]
    [InlineData(OrderSight.PartlyFilled)]
    public void A_sell_is_never_cancelled(OrderSight sight)
    {
        foreach (var order in new[] { Sell, Sell with { IsUrgent = true } })
            Assert.Equal([Until(86_401)], Seen(order, sight, 86_400).Steps);
    }

    [Fact]
    public void The_holding_that_moved_by_the_order_s_quantity_is_told_and_the_history_asked_without_hurry()
    {
        var (order, steps) = Holdings(Ended, new BrokerHolding(Axsm, 2m, 157m, 158m, Start.AddSeconds(5)));

        Assert.True(order.IsEstimated);
        // Opened at 5 by the broker's clock is 3 by ours.
        Assert.Equal([Until(64), new FollowingStep.TellEstimate(2m, 157m, Start.AddSeconds(3)), History(RequestPriority.Exit, 11)], steps);
    }

    [Fact]
    public void Where_the_account_held_some_before_price_and_time_are_not_the_holding_s()
    {
        var (_, steps) = Holdings(Ended with { HeldBefore = 7m }, new BrokerHolding(Axsm, 9m, 120m, 158m, Start.AddSeconds(5)));

        Assert.Equal(new FollowingStep.TellEstimate(2m, 158m, Ended.LastPendingAt), steps[1]);
    }

    [Fact]
    public void The_fill_is_never_estimated_before_the_order_was_last_seen_pending()
    {
        var (_, steps) = Holdings(Ended with { LastPendingAt = Start.AddSeconds(3.5) }, new BrokerHolding(Axsm, 2m, 157m, 158m, Start.AddSeconds(5)));
        Assert.Equal(new FollowingStep.TellEstimate(2m, 157m, Start.AddSeconds(3.5)), steps[1]);

        (_, steps) = Holdings(Ended, new BrokerHolding(Axsm, 2m, 157m, 158m));
        Assert.Equal(new FollowingStep.TellEstimate(2m, 157m, Ended.LastPendingAt), steps[1]);
    }

    public static TheoryData<string, BrokerHolding?, decimal?> NoEstimates() => new()
    {
        { "no such holding", null, 0m },
        { "less", new BrokerHolding(Axsm, 1.9999m, 157m, 158m), 0m },
        { "more", new BrokerHolding(Axsm, 2.0001m, 157m, 158m), 0m },
        { "as before", new BrokerHolding(Axsm, 5m, 157m, 158m), 5m },
        { "not known before", new BrokerHolding(Axsm, 2m, 157m, 158m), null },
        { "no price", new BrokerHolding(Axsm, 2m, null, 158m), 0m },
        { "no price beside the person's", new BrokerHolding(Axsm, 7m, 157m, null), 5m },
        { "a price of nothing", new BrokerHolding(Axsm, 2m, 0m, 158m), 0m },
    };

    [Theory]
    [MemberData(nameof(NoEstimates))]
    public void A_holding_that_does_not_show_the_order_tells_nothing_and_the_history_is_urgent(string why, BrokerHolding? holding, decimal? before)
    {
        var order = Ended with { HeldBefore = before };
        var (after, steps) = Holdings(order, holding);

        Assert.Equal(order, after);
        Assert.Equal([Until(64), History(RequestPriority.Exit)], steps);
        Assert.NotEmpty(why);
    }

    [Fact]
    public void Holdings_that_could_not_be_read_tell_nothing()
    {
        var (order, steps) = OrderFollowing.Seen(Ended, (IReadOnlyDictionary<Ticker, BrokerHolding>?)null, Rules, Start.AddSeconds(4));

        Assert.Equal(Ended, order);
        Assert.Equal([Until(64), History(RequestPriority.Exit)], steps);
    }

    [Fact]
    public void An_estimate_is_told_once()
    {
        var (_, steps) = Holdings(Estimated, new BrokerHolding(Axsm, 2m, 157m, 158m));

        Assert.Equal([Until(64), History(RequestPriority.Exit, 11)], steps);
    }

    [Fact]
    public void An_exit_that_waits_for_an_estimated_buy_makes_its_history_urgent_once()
    {
        var (urgent, steps) = OrderFollowing.Hurry(Estimated, Rules, Start.AddSeconds(4));
        Assert.Equal([Until(64), History(RequestPriority.Exit)], steps);
        Assert.Empty(OrderFollowing.Hurry(urgent, Rules, Start.AddSeconds(5)).Steps);
        Assert.Equal([Until(65), History(RequestPriority.Exit)], OrderFollowing.Look(urgent, Rules, Start.AddSeconds(5)).Steps);

        // What is asked already is urgent by itself.
        Assert.Empty(OrderFollowing.Hurry(Ended, Rules, Start).Steps);
    }

    [Theory]
    [InlineData("FILLED", "2", "2")]
    [InlineData("FILLED", "1.5 0.5", "2")]
    [InlineData("CANCELLED", "", "0")]
    [InlineData("CANCELLED", "0.5", "0.5")]
    [InlineData("REJECTED", "", "0")]
    // More than was asked for makes no sense, but no later read will make it better: whoever is told decides.
    [InlineData("FILLED", "2 2", "4")]
    public void The_history_s_end_is_told_with_its_fills(string status, string fills, string filled)
    {
        var ended = InHistory(status, fills, filled);
        var (_, steps) = OrderFollowing.Seen(Estimated, [ended with { OrderId = 7 }, ended], Start.AddSeconds(4));

        Assert.Equal([new FollowingStep.TellEnd(status, ended.Fills)], steps);
    }

    [Theory]
    [InlineData("FILLED", "", "2")]
    [InlineData("FILLED", "1.5", "2")]
    [InlineData("FILLED", "1.5", "1.5")]
    [InlineData("CANCELLED", "0.5", "0.75")]
    public void A_history_that_shows_fewer_fills_than_it_says_lags(string status, string fills, string filled) =>
        AssertLags([InHistory(status, fills, filled)]);

    [Fact]
    public void A_history_without_the_order_or_with_one_that_has_not_ended_or_that_could_not_be_read_lags()
    {
        AssertLags([]);
        AssertLags(null);
        AssertLags([InHistory("FILLED", "2", "2") with { OrderId = 7 }]);
        AssertLags([InHistory("FILLED", "2", "2") with { IsFinal = false }]);
    }

    [Fact]
    public void A_history_that_lags_is_read_again_ever_later_but_at_least_every_ten_seconds()
    {
        var order = Ended;
        foreach (var seconds in new[] { 2, 4, 8, 10, 10, 10 })
        {
            (order, var steps) = OrderFollowing.Seen(order, (IReadOnlyList<BrokerOrder>?)null, Start);
            Assert.Equal([Until(seconds)], steps);
        }

        Assert.Equal([Until(10)], OrderFollowing.Seen(Ended with { HistoryReads = 1_000_000 }, (IReadOnlyList<BrokerOrder>?)null, Start).Steps);
    }

    [Fact]
    public void A_history_that_is_not_read_to_its_end_answers_once_it_shows_the_order_whole()
    {
        Assert.True(OrderFollowing.IsAnswered(Estimated, [InHistory("FILLED", "1.5 0.5", "2")]));
        Assert.True(OrderFollowing.IsAnswered(Estimated, [InHistory("CANCELLED", "0.5", "0.5")]));
        Assert.False(OrderFollowing.IsAnswered(Estimated, []));
        Assert.False(OrderFollowing.IsAnswered(Estimated, [InHistory("FILLED", "1.5", "2")]));
        Assert.False(OrderFollowing.IsAnswered(Estimated, [InHistory("FILLED", "2", "2") with { IsFinal = false }]));
    }

    [Fact]
    public void An_old_order_that_was_cancelled_just_now_does_not_say_that_nothing_newer_follows() =>
        Assert.False(OrderFollowing.IsAnswered(Estimated, [InHistory("CANCELLED", "", "0") with { OrderId = 7, CreatedAt = Start.AddHours(-1) }]));

    private static FollowedOrder Ended => Buy with { HasEnded = true, LastPendingAt = Start.AddSeconds(1) };

    private static FollowedOrder Estimated => Ended with { IsEstimated = true };

    private static FollowingStep.WaitUntil Until(double seconds) => new FollowingStep.WaitUntil(Start.AddSeconds(seconds));

    private static FollowingStep.AskHistory History(RequestPriority priority, double? dueAt = null) =>
        new FollowingStep.AskHistory(Since, priority, dueAt is { } seconds ? Start.AddSeconds(seconds) : null);

    private static (FollowedOrder Order, IReadOnlyList<FollowingStep> Steps) Seen(FollowedOrder order, OrderSight sight, double at) =>
        OrderFollowing.Seen(order, sight, Start.AddSeconds(at), Rules, Start.AddSeconds(at));

    private static (FollowedOrder Order, IReadOnlyList<FollowingStep> Steps) Holdings(FollowedOrder order, BrokerHolding? holding) =>
        OrderFollowing.Seen(order, holding is null ? new Dictionary<Ticker, BrokerHolding>() : new() { [Axsm] = holding }, Rules, Start.AddSeconds(4));

    private static BrokerOrder InHistory(string status, string fills, string filled) => new(
        100,
        Axsm,
        OrderSide.Buy,
        2m,
        decimal.Parse(filled, CultureInfo.InvariantCulture),
        status,
        true,
        Start.AddSeconds(2),
        OrderOrigin.Api,
        [
            .. fills.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(q => new Fill(null, decimal.Parse(q, CultureInfo.InvariantCulture), 157m, Start, null, null, null, [])),
        ]);

    private static void AssertLags(IReadOnlyList<BrokerOrder>? history)
    {
        var (order, steps) = OrderFollowing.Seen(Ended, history, Start.AddSeconds(4));
        Assert.Equal([Until(6)], steps);
        Assert.Equal(Ended with { HistoryReads = 1 }, order);
    }
}
