using FsCheck;
using FsCheck.Xunit;
using MicroTrader.Domain.Gateway;

namespace MicroTrader.Domain.Tests.Gateway;

/// <summary>What may still be sent.</summary>
public sealed class RateBudgetTests
{
    private const BrokerEndpoint Orders = BrokerEndpoint.PlaceOrder;
    private static readonly DateTimeOffset Start = new(2026, 6, 1, 14, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.01)]
    public void A_budget_that_is_shortened_admits_as_many_in_as_much_less_time(double scale)
    {
        var budget = new RateBudget(RateBudget.Trading212Limits, scale);
        var now = DateTimeOffset.UnixEpoch;
        Assert.True(budget.TryTake(BrokerEndpoint.Positions, RequestPriority.Exit, now));
        Assert.False(budget.TryTake(BrokerEndpoint.Positions, RequestPriority.Exit, now));
        Assert.Equal(now + (TimeSpan.FromMilliseconds(1_250) * scale), budget.NextAvailable(BrokerEndpoint.Positions, RequestPriority.Exit, now));
        // A header in whole seconds cannot hold it back for longer than the shortened period.
        budget.Observe(BrokerEndpoint.Positions, 0, now + TimeSpan.FromSeconds(2), now);
        Assert.True(budget.NextAvailable(BrokerEndpoint.Positions, RequestPriority.Exit, now) <= now + (TimeSpan.FromMilliseconds(1_250) * scale));
    }

    [Fact]
    public void The_broker_s_limits_are_the_documented_ones()
    {
        var limits = RateBudget.Trading212Limits;

        Assert.Equal(Enum.GetValues<BrokerEndpoint>().Order(), limits.Keys.Order());
        Assert.Equal(new RateLimit(50, TimeSpan.FromSeconds(60), 10), limits[Orders]);
        Assert.Equal(new RateLimit(1, TimeSpan.FromSeconds(5)), limits[BrokerEndpoint.PendingOrders]);
        Assert.Equal(new RateLimit(1, TimeSpan.FromSeconds(1)), limits[BrokerEndpoint.OrderById]);
        Assert.Equal(new RateLimit(1, TimeSpan.FromSeconds(1)), limits[BrokerEndpoint.Positions]);
        Assert.Equal(new RateLimit(1, TimeSpan.FromSeconds(5)), limits[BrokerEndpoint.AccountSummary]);
        Assert.Equal(new RateLimit(6, TimeSpan.FromSeconds(60), UrgentReserve: 3), limits[BrokerEndpoint.OrderHistory]);
        Assert.Equal(new RateLimit(50, TimeSpan.FromSeconds(60)), limits[BrokerEndpoint.CancelOrder]);
    }

    [Fact]
    public void Entries_leave_their_reserve_to_exits()
    {
        var budget = OrdersOnly();
        Assert.Equal(40, TakeAll(budget, RequestPriority.Entry, Start));
        Assert.Equal((0, 10), (budget.Remaining(Orders, RequestPriority.Entry, Start), budget.Remaining(Orders, RequestPriority.Exit, Start)));
        Assert.Equal(10, TakeAll(budget, RequestPriority.Exit, Start));
        Assert.Equal(0, budget.Remaining(Orders, RequestPriority.Exit, Start));
    }

    [Fact]
    public void What_exits_took_is_missing_to_entries()
    {
        var budget = Budget(5, 10, reserve: 2);
        for (var i = 0; i < 4; i++)
            Assert.True(budget.TryTake(Orders, RequestPriority.Exit, Start));

        Assert.Equal(0, budget.Remaining(Orders, RequestPriority.Entry, Start));
        Assert.False(budget.TryTake(Orders, RequestPriority.Entry, Start));
        Assert.True(budget.TryTake(Orders, RequestPriority.Reconciliation, Start));
    }

    [Fact]
    public void Endpoints_have_budgets_of_their_own()
    {
        var budget = new RateBudget(RateBudget.Trading212Limits);
        Assert.True(budget.TryTake(BrokerEndpoint.PendingOrders, RequestPriority.Exit, Start));
        Assert.False(budget.TryTake(BrokerEndpoint.PendingOrders, RequestPriority.Exit, Start.AddSeconds(4.999)));
        Assert.True(budget.TryTake(BrokerEndpoint.Positions, RequestPriority.Exit, Start));
        Assert.False(budget.TryTake(BrokerEndpoint.PendingOrders, RequestPriority.Exit, Start.AddSeconds(5)));
        // Counted when it leaves, but by the broker when it arrives: a little later than the period allows.
        Assert.True(budget.TryTake(BrokerEndpoint.PendingOrders, RequestPriority.Exit, Start.AddSeconds(5) + RateBudget.Margin));
    }

    [Fact]
    public void A_request_that_arrived_late_is_counted_from_its_arrival()
    {
        var budget = new RateBudget(RateBudget.Trading212Limits);
        Assert.True(budget.TryTake(BrokerEndpoint.Positions, RequestPriority.Exit, Start));
        budget.Observe(BrokerEndpoint.Positions, 0, Start.AddSeconds(2), Start.AddSeconds(1.1));

        Assert.Equal(Start.AddSeconds(2.1) + RateBudget.Margin, budget.NextAvailable(BrokerEndpoint.Positions, RequestPriority.Exit, Start.AddSeconds(1.2)));
    }

    [Fact]
    public void Headers_that_count_as_we_do_never_stretch_a_wait_beyond_the_period()
    {
        // A broker that slides its window names the end of the whole of it as the reset, in every answer.
        var budget = new RateBudget(RateBudget.Trading212Limits);
        const BrokerEndpoint history = BrokerEndpoint.OrderHistory;
        var sent = new List<DateTimeOffset>();
        var now = Start;
        for (var i = 0; i < 30; i++)
        {
            now = budget.NextAvailable(history, RequestPriority.Doubt, now)!.Value;
            Assert.True(budget.TryTake(history, RequestPriority.Doubt, now));
            sent.Add(now);
            budget.Observe(history, 6 - sent.Count(s => s > now.AddSeconds(-60)), now.AddSeconds(60), now);
        }

        Assert.InRange((now - Start).TotalSeconds, 25 * 10, 30 * 10.2);
    }

    [Theory]
    [InlineData(RequestPriority.Doubt, 6)]
    [InlineData(RequestPriority.Reconciliation, 4)]
    public void What_is_not_urgent_is_spread_out_once_only_the_urgent_s_share_is_left(RequestPriority priority, int spread)
    {
        var budget = new RateBudget(RateBudget.Trading212Limits);
        const BrokerEndpoint history = BrokerEndpoint.OrderHistory;
        for (var i = 0; i < 3; i++)
            Assert.True(budget.TryTake(history, priority, Start));

        Assert.False(budget.TryTake(history, priority, Start));
        var next = budget.NextAvailable(history, priority, Start)!.Value;
        Assert.Equal(Start + ((TimeSpan.FromSeconds(60) + RateBudget.Margin) / spread), next);
        Assert.False(budget.TryTake(history, priority, next.AddTicks(-1)));
        Assert.True(budget.TryTake(history, priority, next));
        Assert.True(budget.TryTake(history, RequestPriority.Exit, next));
    }

    [Fact]
    public void A_header_lowers_the_budget_until_the_broker_s_reset()
    {
        var budget = Budget(50, 60, reserve: 0);
        budget.Observe(Orders, 3, Start.AddSeconds(20), Start);

        Assert.Equal(3, TakeAll(budget, RequestPriority.Exit, Start));
        Assert.Equal(Start.AddSeconds(20), budget.NextAvailable(Orders, RequestPriority.Exit, Start));
        Assert.False(budget.TryTake(Orders, RequestPriority.Exit, Start.AddSeconds(19.999)));
        Assert.Equal(47, budget.Remaining(Orders, RequestPriority.Exit, Start.AddSeconds(20)));
    }

    [Fact]
    public void A_header_leaves_the_reserve_to_exits()
    {
        var budget = Budget(50, 60, reserve: 10);
        budget.Observe(Orders, 11, Start.AddSeconds(20), Start);

        Assert.Equal(1, TakeAll(budget, RequestPriority.Entry, Start));
        Assert.Equal(10, TakeAll(budget, RequestPriority.Exit, Start));
    }

    [Fact]
    public void A_header_never_raises_the_budget()
    {
        var budget = Budget(5, 60, reserve: 0);
        TakeAll(budget, RequestPriority.Exit, Start);
        budget.Observe(Orders, 50, Start.AddSeconds(1), Start);
        Assert.Equal(0, budget.Remaining(Orders, RequestPriority.Exit, Start));

        budget = Budget(5, 60, reserve: 0);
        budget.Observe(Orders, 1, Start.AddSeconds(30), Start);
        budget.Observe(Orders, 4, Start.AddSeconds(30), Start);
        Assert.Equal(1, budget.Remaining(Orders, RequestPriority.Exit, Start));
    }

    [Fact]
    public void A_header_that_was_overtaken_does_not_lift_the_cap_early()
    {
        var budget = Budget(50, 60, reserve: 0);
        budget.Observe(Orders, 5, Start.AddSeconds(50), Start);
        budget.Observe(Orders, 4, Start.AddSeconds(10), Start);

        Assert.Equal(4, budget.Remaining(Orders, RequestPriority.Exit, Start.AddSeconds(49.999)));
        Assert.Equal(50, budget.Remaining(Orders, RequestPriority.Exit, Start.AddSeconds(50)));
    }

    [Fact]
    public void A_header_below_zero_is_zero()
    {
        var budget = Budget(5, 60, reserve: 0);
        budget.Observe(Orders, -3, Start.AddSeconds(30), Start);

        Assert.Equal(0, budget.Remaining(Orders, RequestPriority.Exit, Start));
        Assert.Equal(Start.AddSeconds(30), budget.NextAvailable(Orders, RequestPriority.Exit, Start));
    }

    [Fact]
    public void A_reset_further_away_than_the_period_is_a_clock_that_is_off()
    {
        var budget = Budget(5, 60, reserve: 0);
        budget.Observe(Orders, 0, Start.AddHours(1), Start);

        Assert.Equal(Start.AddSeconds(60), budget.NextAvailable(Orders, RequestPriority.Exit, Start));
    }

    [Fact]
    public void A_reset_in_the_past_says_nothing()
    {
        var budget = Budget(5, 60, reserve: 0);
        budget.Observe(Orders, 0, Start, Start);

        Assert.Equal(5, budget.Remaining(Orders, RequestPriority.Exit, Start));
    }

    [Fact]
    public void What_was_sent_before_a_start_is_assumed_to_be_everything_until_the_period_is_over()
    {
        var budget = OrdersOnly();
        budget.AssumeSpent(Start);
        var over = Start.AddSeconds(60) + RateBudget.Margin;

        // One may ask; no entry goes, and no second request.
        Assert.Equal(0, TakeAll(budget, RequestPriority.Entry, Start));
        Assert.Equal(over, budget.NextAvailable(Orders, RequestPriority.Entry, Start));
        Assert.Equal(1, TakeAll(budget, RequestPriority.Exit, Start));
        Assert.Equal(over, budget.NextAvailable(Orders, RequestPriority.Exit, Start.AddSeconds(1)));
        Assert.False(budget.TryTake(Orders, RequestPriority.Exit, over.AddTicks(-1)));
        Assert.Equal(40, TakeAll(budget, RequestPriority.Entry, over));
        Assert.Equal(10, TakeAll(budget, RequestPriority.Exit, over));
    }

    [Fact]
    public void No_entry_asks_after_a_start_even_where_nothing_is_reserved()
    {
        var budget = Budget(5, 60, reserve: 0);
        budget.AssumeSpent(Start);
        Assert.False(budget.TryTake(Orders, RequestPriority.Entry, Start));

        Assert.Equal(Start.AddSeconds(60) + RateBudget.Margin, budget.NextAvailable(Orders, RequestPriority.Entry, Start));
        Assert.True(budget.TryTake(Orders, RequestPriority.Exit, Start));
    }

    [Fact]
    public void Every_endpoint_may_ask_once_after_a_start()
    {
        var budget = new RateBudget(RateBudget.Trading212Limits);
        budget.AssumeSpent(Start);

        foreach (var (endpoint, limit) in RateBudget.Trading212Limits)
        {
            Assert.True(budget.TryTake(endpoint, RequestPriority.Reconciliation, Start), endpoint.ToString());
            Assert.False(budget.TryTake(endpoint, RequestPriority.Exit, Start), endpoint.ToString());
            Assert.Equal(Start + limit.Period + RateBudget.Margin, budget.NextAvailable(endpoint, RequestPriority.Exit, Start));
        }
    }

    [Fact]
    public void An_answer_s_header_ends_what_was_assumed_at_a_start()
    {
        var budget = Budget(5, 60, reserve: 0);
        budget.AssumeSpent(Start);
        Assert.True(budget.TryTake(Orders, RequestPriority.Reconciliation, Start));
        budget.Observe(Orders, 4, Start.AddSeconds(60), Start.AddSeconds(0.1));
        Assert.Equal(4, TakeAll(budget, RequestPriority.Entry, Start.AddSeconds(0.1)));

        // One that says less counts, as ever.
        budget = Budget(5, 60, reserve: 0);
        budget.AssumeSpent(Start);
        Assert.True(budget.TryTake(Orders, RequestPriority.Reconciliation, Start));
        budget.Observe(Orders, 2, Start.AddSeconds(30), Start.AddSeconds(0.1));
        Assert.Equal(2, TakeAll(budget, RequestPriority.Entry, Start.AddSeconds(0.1)));
    }

    [Fact]
    public void What_is_assumed_after_a_jump_of_the_clock_adds_to_what_was_sent()
    {
        var budget = Budget(5, 60, reserve: 0);
        TakeAll(budget, RequestPriority.Exit, Start);
        budget.AssumeSpent(Start.AddSeconds(10));

        Assert.Equal(0, budget.Remaining(Orders, RequestPriority.Exit, Start.AddSeconds(10)));
        Assert.Equal(Start.AddSeconds(60) + RateBudget.Margin, budget.NextAvailable(Orders, RequestPriority.Exit, Start.AddSeconds(10)));
        Assert.Equal(1, budget.Remaining(Orders, RequestPriority.Exit, Start.AddSeconds(60) + RateBudget.Margin));
        Assert.Equal(5, budget.Remaining(Orders, RequestPriority.Entry, Start.AddSeconds(70) + RateBudget.Margin));
    }

    [Property(MaxTest = 100)]
    public void No_window_of_the_period_ever_admits_more_than_the_limit(DoNotSize<int> any)
    {
        var seed = any.Item;
        var random = new Random(seed);
        var (budget, limit) = RandomBudget(random);
        var sent = new List<DateTimeOffset>();
        var now = Start;
        for (var i = 0; i < 400; i++)
        {
            now = now.AddMilliseconds(random.Next(3) == 0 ? 0 : random.Next(900));
            if (random.Next(60) == 0)
                budget.AssumeSpent(now);
            if (random.Next(15) == 0)
                budget.Observe(Orders, random.Next(-1, limit.Requests + 3), now.AddMilliseconds(random.Next(-2_000, 15_000)), now);
            if (!budget.TryTake(Orders, (RequestPriority)random.Next(4), now))
                continue;
            sent.Add(now);
            var inWindow = sent.Count(s => s > now - limit.Period);
            Assert.True(inWindow <= limit.Requests, $"seed {seed}, step {i}: {inWindow} within {limit}");
        }

        Assert.NotEmpty(sent);
    }

    [Property(MaxTest = 100)]
    public void Until_its_reset_no_more_is_sent_than_a_header_left(DoNotSize<int> any)
    {
        var seed = any.Item;
        var random = new Random(seed);
        var (budget, limit) = RandomBudget(random);
        var headers = new List<(int Left, DateTimeOffset Until)>();
        var now = Start;
        for (var i = 0; i < 400; i++)
        {
            now = now.AddMilliseconds(random.Next(300));
            headers.RemoveAll(h => h.Until <= now);
            if (random.Next(4) == 0)
            {
                var header = (Left: random.Next(0, limit.Requests + 3), Until: now.AddMilliseconds(random.Next(1, (int)limit.Period.TotalMilliseconds)));
                var before = budget.Remaining(Orders, RequestPriority.Exit, now);
                budget.Observe(Orders, header.Left, header.Until, now);
                Assert.Equal(Math.Min(before, header.Left), budget.Remaining(Orders, RequestPriority.Exit, now));
                // One that says no less than is known changes nothing, and need not be kept for later.
                if (header.Left < before)
                    headers.Add(header);
            }

            // In bursts with rests between them: a budget that is always spent has nothing for a header to lower.
            if (i / 20 % 2 == 0 || !budget.TryTake(Orders, RequestPriority.Exit, now))
                continue;
            headers = [.. headers.Select(h => (h.Left - 1, h.Until))];
            Assert.True(headers.All(h => h.Left >= 0), $"seed {seed}, step {i}: sent more than a header left");
        }
    }

    [Property(MaxTest = 100)]
    public void Next_available_is_exactly_when_a_request_first_goes(DoNotSize<int> any)
    {
        var seed = any.Item;
        var random = new Random(seed);
        var (budget, limit) = RandomBudget(random);
        var now = Start;
        for (var i = 0; i < 200; i++)
        {
            now = now.AddMilliseconds(random.Next(400));
            if (random.Next(30) == 0)
                budget.AssumeSpent(now);
            if (random.Next(12) == 0)
                budget.Observe(Orders, random.Next(0, limit.Requests + 1), now.AddMilliseconds(random.Next(1, 9_000)), now);
            var priority = (RequestPriority)random.Next(4);
            var next = budget.NextAvailable(Orders, priority, now)!.Value;
            if (next == now)
            {
                Assert.True(budget.TryTake(Orders, priority, now), $"seed {seed}, step {i}: it is not there");
                continue;
            }

            // A tick of the clock before it is not there, at it it is. Time only moves on, so the wait is really made.
            Assert.True(next > now, $"seed {seed}, step {i}");
            Assert.False(budget.TryTake(Orders, priority, now), $"seed {seed}, step {i}: it was there already");
            Assert.False(budget.TryTake(Orders, priority, next.AddTicks(-1)), $"seed {seed}, step {i}: it was there before");
            now = next;
            Assert.True(budget.TryTake(Orders, priority, now), $"seed {seed}, step {i}: it is not there at {next:O}");
        }
    }

    private static (RateBudget Budget, RateLimit Limit) RandomBudget(Random random)
    {
        var requests = random.Next(1, 9);
        var limit = new RateLimit(requests, TimeSpan.FromMilliseconds(random.Next(500, 8_000)), random.Next(requests), random.Next(requests));
        return (new RateBudget(new Dictionary<BrokerEndpoint, RateLimit> { [Orders] = limit }), limit);
    }

    // Without the history's limit, which entries wait for as well.
    private static RateBudget OrdersOnly() => new(new Dictionary<BrokerEndpoint, RateLimit> { [Orders] = RateBudget.Trading212Limits[Orders] });

    private static RateBudget Budget(int requests, int seconds, int reserve) =>
        new(new Dictionary<BrokerEndpoint, RateLimit> { [Orders] = new(requests, TimeSpan.FromSeconds(seconds), reserve) });

    private static int TakeAll(RateBudget budget, RequestPriority priority, DateTimeOffset now)
    {
        var taken = 0;
        while (budget.TryTake(Orders, priority, now))
            taken++;
        return taken;
    }
}
