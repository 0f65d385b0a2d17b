using MicroTrader.Domain.Gateway;
using MicroTrader.Domain.Orders;

namespace MicroTrader.Domain.Tests.Gateway;

/// <summary>The order history's reads: one is kept for each buy whose figures are not known, and an entry goes only where there is one for it.</summary>
public sealed class OwedReadsTests
{
    private const BrokerEndpoint History = BrokerEndpoint.OrderHistory;
    private static readonly DateTimeOffset Start = new(2026, 6, 1, 14, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(60) + RateBudget.Margin;

    [Theory]
    [InlineData(0, 4, true)]
    [InlineData(0, 5, false)]
    [InlineData(1, 3, true)]
    [InlineData(1, 4, false)]
    [InlineData(4, 0, true)]
    [InlineData(4, 1, false)]
    [InlineData(5, 0, false)]
    public void An_entry_goes_where_a_read_is_left_for_it_beside_those_owed_and_the_spare(int owed, int spent, bool expected)
    {
        var budget = Spent(spent);
        Owe(budget, owed);

        Assert.Equal(!expected, budget.LacksReads(BrokerEndpoint.PlaceOrder, RequestPriority.Entry, Start));
        Assert.Equal(expected, budget.TryTake(BrokerEndpoint.PlaceOrder, RequestPriority.Entry, Start, Buy(99)));
        Assert.Equal(expected ? owed + 1 : owed, budget.Owed);
        // A sell never waits for it.
        Assert.True(budget.TryTake(BrokerEndpoint.PlaceOrder, RequestPriority.Exit, Start));
    }

    [Fact]
    public void Entries_of_one_moment_are_no_more_than_can_be_sold()
    {
        var budget = new RateBudget(RateBudget.Trading212Limits);
        var gone = 0;
        while (budget.TryTake(BrokerEndpoint.PlaceOrder, RequestPriority.Entry, Start, Buy(gone)))
            gone++;

        Assert.Equal(5, gone);
        // Each of them can be found on its own, and one of them twice.
        for (var i = 0; i < 6; i++)
            Assert.True(budget.TryTake(History, RequestPriority.Exit, Start));
    }

    [Fact]
    public void An_entry_can_go_when_a_read_leaves_the_window_or_is_no_longer_owed()
    {
        var budget = Spent(4);
        Owe(budget, 1);
        Assert.Equal(Start + Period, budget.NextAvailable(BrokerEndpoint.PlaceOrder, RequestPriority.Entry, Start.AddSeconds(10)));
        Assert.False(budget.TryTake(BrokerEndpoint.PlaceOrder, RequestPriority.Entry, (Start + Period).AddTicks(-1)));

        Owe(budget, 0);
        Assert.Equal(Start, budget.NextAvailable(BrokerEndpoint.PlaceOrder, RequestPriority.Entry, Start));

        // More is owed than all reads there are: no time alone helps.
        Owe(budget, 5);
        Assert.Null(budget.NextAvailable(BrokerEndpoint.PlaceOrder, RequestPriority.Entry, Start));
    }

    [Theory]
    [InlineData(RequestPriority.Exit, 3, 5, true)]
    [InlineData(RequestPriority.Exit, 0, 6, false)]
    [InlineData(RequestPriority.Doubt, 2, 3, true)]
    [InlineData(RequestPriority.Doubt, 2, 4, false)]
    [InlineData(RequestPriority.Reconciliation, 0, 3, true)]
    [InlineData(RequestPriority.Reconciliation, 0, 4, false)]
    [InlineData(RequestPriority.Reconciliation, 2, 1, true)]
    [InlineData(RequestPriority.Reconciliation, 2, 2, false)]
    // However much is owed, what is not urgent may have the sixth: what it reads is read for all who wait.
    [InlineData(RequestPriority.Reconciliation, 9, 0, true)]
    [InlineData(RequestPriority.Reconciliation, 9, 1, false)]
    public void What_is_less_urgent_leaves_what_is_owed_and_what_only_looks_leaves_an_entry_s_read_too(RequestPriority priority, int owed, int spent, bool expected)
    {
        var budget = Spent(spent);
        Owe(budget, owed);
        // Late enough for the spacing, and too early for the window.
        var now = Start.AddSeconds(30);

        Assert.Equal(expected, budget.TryTake(History, priority, now));
    }

    [Fact]
    public void What_is_less_urgent_can_go_when_the_window_leaves_enough_beside_what_is_owed()
    {
        var budget = Spent(3);
        Assert.True(budget.TryTake(History, RequestPriority.Exit, Start.AddSeconds(5)));
        Owe(budget, 2);

        Assert.Equal(Start.AddSeconds(30), budget.NextAvailable(History, RequestPriority.Exit, Start.AddSeconds(30)));
        Assert.Equal(Start + Period, budget.NextAvailable(History, RequestPriority.Doubt, Start.AddSeconds(30)));
        // An entry's own read, and the spare, take one more.
        Owe(budget, 4);
        Assert.Equal(Start.AddSeconds(5) + Period, budget.NextAvailable(History, RequestPriority.Reconciliation, Start.AddSeconds(30)));
    }

    [Fact]
    public void An_entry_that_no_time_alone_lets_go_is_dropped_at_its_deadline_all_the_same()
    {
        var budget = new RateBudget(RateBudget.Trading212Limits);
        Owe(budget, 5);
        var queue = new PermitQueue<string>(budget);
        queue.Add(new RequestPermit(BrokerEndpoint.PlaceOrder, RequestPriority.Entry, null, "patient", Buy(8)), "asker");
        Assert.Empty(queue.Release(Start));
        Assert.Null(queue.NextRelease(Start));

        queue.Add(new RequestPermit(BrokerEndpoint.PlaceOrder, RequestPriority.Entry, Start.AddSeconds(2), "entry", Buy(9)), "asker");
        Assert.Empty(queue.Release(Start));
        var dropAt = queue.NextRelease(Start)!.Value;
        Assert.InRange(dropAt, Start.AddSeconds(2), Start.AddSeconds(2.1));
        Assert.False(Assert.Single(queue.Release(dropAt)).Granted);
    }

    [Fact]
    public void Where_nothing_is_entered_any_more_all_is_for_what_is_over_but_what_is_owed()
    {
        var budget = Spent(4);
        Owe(budget, 1);
        Assert.False(budget.TryTake(History, RequestPriority.Reconciliation, Start));

        budget.EntersNoMore = true;
        Assert.Equal(Start, budget.NextAvailable(History, RequestPriority.Reconciliation, Start));
        Assert.True(budget.TryTake(History, RequestPriority.Reconciliation, Start));
        Assert.False(budget.TryTake(History, RequestPriority.Reconciliation, Start));
        Assert.True(budget.TryTake(History, RequestPriority.Exit, Start));
    }

    [Fact]
    public void What_is_assumed_at_a_start_lets_one_ask_whatever_is_owed_and_no_entry()
    {
        var budget = new RateBudget(RateBudget.Trading212Limits);
        budget.AssumeSpent(Start);
        Owe(budget, 2);

        Assert.True(budget.LacksReads(BrokerEndpoint.PlaceOrder, RequestPriority.Entry, Start));
        Assert.True(budget.TryTake(History, RequestPriority.Reconciliation, Start));
        Assert.False(budget.TryTake(History, RequestPriority.Exit, Start));
        // The answer says what is left: from then on it is kept for what is owed.
        budget.Observe(History, 2, Start.AddSeconds(40), Start);
        Assert.False(budget.TryTake(History, RequestPriority.Doubt, Start.AddSeconds(30)));
        Assert.True(budget.TryTake(History, RequestPriority.Exit, Start));
    }

    [Fact]
    public void The_outlook_says_how_many_reads_there_are_at_any_time()
    {
        var budget = Spent(4);
        Assert.True(budget.TryTake(History, RequestPriority.Exit, Start.AddSeconds(10)));
        var outlook = budget.Outlook(Start.AddSeconds(20))!;

        Assert.Equal(1, outlook.LeftAt(Start.AddSeconds(20)));
        Assert.Equal(1, outlook.LeftAt((Start + Period).AddTicks(-1)));
        Assert.Equal(5, outlook.LeftAt(Start + Period));
        Assert.Equal(6, outlook.LeftAt(Start.AddSeconds(10) + Period));
        // It does not change by time passing, only by what is spent or heard.
        Assert.Equal(outlook, budget.Outlook(Start.AddSeconds(21)));
        Assert.True(budget.TryTake(History, RequestPriority.Exit, Start.AddSeconds(22)));
        Assert.NotEqual(outlook, budget.Outlook(Start.AddSeconds(22)));
    }

    [Fact]
    public void The_outlook_believes_a_header_that_says_less_until_its_reset()
    {
        var budget = Spent(1);
        budget.Observe(History, 2, Start.AddSeconds(40), Start);
        var outlook = budget.Outlook(Start)!;

        Assert.Equal((2, 2, 5), (outlook.LeftAt(Start), outlook.LeftAt(Start.AddSeconds(39.9)), outlook.LeftAt(Start.AddSeconds(40))));
    }

    [Fact]
    public void The_outlook_and_the_budget_agree_whatever_happens()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var budget = new RateBudget(RateBudget.Trading212Limits);
        var now = Start;
        for (var i = 0; i < 2_000; i++)
        {
            var outlook = budget.Outlook(now)!;
            now = now.AddMilliseconds(random.Next(9_000));
            Assert.True(outlook.LeftAt(now) == budget.Remaining(History, RequestPriority.Exit, now), $"seed {seed}, step {i}");
            if (random.Next(3) > 0)
                budget.TryTake(History, (RequestPriority)random.Next(3), now);
            if (random.Next(8) == 0)
                budget.Observe(History, random.Next(0, 7), now.AddSeconds(random.Next(1, 60)), now);
        }
    }

    [Fact]
    public void Without_a_limit_to_the_history_nothing_is_kept()
    {
        var budget = new RateBudget(new Dictionary<BrokerEndpoint, RateLimit> { [BrokerEndpoint.PlaceOrder] = new(50, TimeSpan.FromSeconds(60)) });
        Owe(budget, 9);

        Assert.True(budget.TryTake(BrokerEndpoint.PlaceOrder, RequestPriority.Entry, Start));
        Assert.Null(budget.Outlook(Start));
    }

    [Fact]
    public void Of_entries_that_wait_together_those_go_that_can_be_sold_and_the_rest_is_dropped_with_the_reason()
    {
        var budget = Spent(2);
        var queue = new PermitQueue<string>(budget);
        for (var i = 1; i <= 4; i++)
            queue.Add(new RequestPermit(BrokerEndpoint.PlaceOrder, RequestPriority.Entry, Start.AddSeconds(2), $"entry {i}", Buy(i)), "asker");
        queue.Add(new RequestPermit(BrokerEndpoint.PlaceOrder, RequestPriority.Exit, null, "exit"), "asker");

        Assert.Equal(["exit", "entry 1", "entry 2", "entry 3"], queue.Release(Start).Select(r => r.Request.Tag));
        Assert.InRange(queue.NextRelease(Start)!.Value, Start.AddSeconds(2), Start.AddSeconds(2.1));
        var (late, _, granted) = Assert.Single(queue.Release(Start.AddSeconds(2.1)));
        Assert.False(granted);
        Assert.Contains("too few reads of the order history", queue.WhyLate(late, Start.AddSeconds(2.1)), StringComparison.Ordinal);

        // Too late for want of something else is said as such.
        Owe(budget, 0);
        Assert.DoesNotContain("history", queue.WhyLate(late, Start.AddSeconds(2.1)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_buy_is_owed_one_read_until_it_is_settled_however_often_it_is_told_of()
    {
        var budget = new RateBudget(RateBudget.Trading212Limits);
        Assert.True(budget.TryTake(BrokerEndpoint.PlaceOrder, RequestPriority.Entry, Start, Buy(1)));
        Assert.False(budget.Owe(Buy(1)));
        Assert.Equal(1, budget.Owed);

        Assert.True(budget.Settle(Buy(1)));
        Assert.False(budget.Settle(Buy(1)));
        Assert.Equal(0, budget.Owed);
        // A sell owes none: its figures only end the trade.
        Assert.True(budget.TryTake(BrokerEndpoint.PlaceOrder, RequestPriority.Exit, Start));
        Assert.Equal(0, budget.Owed);
    }

    // So many are owed from here on, whatever was before.
    private static void Owe(RateBudget budget, int buys)
    {
        for (var i = 0; i < 100; i++)
            budget.Settle(Buy(i));
        for (var i = 0; i < buys; i++)
            budget.Owe(Buy(i));
    }

    private static OrderReference Buy(int number) => new($"S{number}-1-B1");

    // A budget of which so many reads were made at the start.
    private static RateBudget Spent(int reads)
    {
        var budget = new RateBudget(RateBudget.Trading212Limits);
        for (var i = 0; i < reads; i++)
            Assert.True(budget.TryTake(History, RequestPriority.Exit, Start));
        return budget;
    }
}
