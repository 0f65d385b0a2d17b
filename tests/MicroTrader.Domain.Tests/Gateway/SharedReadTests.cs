using MicroTrader.Domain.Gateway;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Reconciliation;

namespace MicroTrader.Domain.Tests.Gateway;

/// <summary>One read for all who wait: when it is asked for, who is told, and what gives way to what.</summary>
public sealed class SharedReadTests
{
    private static readonly DateTimeOffset Start = new(2026, 6, 1, 14, 0, 0, TimeSpan.Zero);

    private readonly SharedRead<string> _read = new(BrokerEndpoint.OrderHistory);

    [Fact]
    public void It_is_made_for_all_who_wait_when_the_first_can_wait_no_longer()
    {
        _read.Join("figures", RequestPriority.Exit, Start.AddSeconds(7), Start.AddSeconds(-3));
        Assert.Equal((null, Start.AddSeconds(7)), _read.Next(Start));
        _read.Join("sweep", RequestPriority.Reconciliation, null, Start.AddSeconds(-60));

        // As urgent as those who can wait no longer.
        Assert.Equal((RequestPriority.Reconciliation, Start.AddSeconds(7)), _read.Next(Start));
        Assert.Equal(ReadMove.Begin, _read.Granted(Start.AddSeconds(1)));
        Assert.Equal((Start.AddSeconds(1), Start.AddSeconds(-60)), (_read.StartedAt, _read.Since));
        Assert.Equal(["figures", "sweep"], _read.Finish());
        Assert.Equal(default, _read.Next(Start.AddSeconds(8)));
    }

    [Fact]
    public void One_that_waits_becomes_more_urgent_and_leave_that_comes_twice_begins_one()
    {
        _read.Join("sweep", RequestPriority.Reconciliation, null);
        Assert.Equal(RequestPriority.Reconciliation, _read.Next(Start).Ask);
        _read.Join("buy", RequestPriority.Exit, null);
        Assert.Equal(RequestPriority.Exit, _read.Next(Start).Ask);
        Assert.Equal(default, _read.Next(Start));

        Assert.Equal(ReadMove.Begin, _read.Granted(Start));
        Assert.Equal(ReadMove.Nothing, _read.Granted(Start));
        Assert.Equal(["sweep", "buy"], _read.Finish());
    }

    [Fact]
    public void One_that_waits_for_leave_is_looked_at_again_when_somebody_more_urgent_can_wait_no_longer()
    {
        _read.Join("sweep", RequestPriority.Reconciliation, null);
        Assert.Equal((RequestPriority.Reconciliation, null), _read.Next(Start));
        _read.Join("figures", RequestPriority.Exit, Start.AddSeconds(7));
        _read.Join("later figures", RequestPriority.Exit, Start.AddSeconds(9));

        Assert.Equal((null, Start.AddSeconds(7)), _read.Next(Start));
        Assert.Equal((RequestPriority.Exit, Start.AddSeconds(9)), _read.Next(Start.AddSeconds(7)));
        Assert.Equal((null, null), _read.Next(Start.AddSeconds(9)));
    }

    [Fact]
    public void Who_asks_while_a_page_is_under_way_waits_for_the_next_read()
    {
        Begin("sweep", RequestPriority.Reconciliation);
        _read.Join("buy", RequestPriority.Exit, null);

        Assert.Equal(default, _read.Next(Start));
        Assert.Equal(["sweep"], _read.Finish());
        Assert.Equal(RequestPriority.Exit, _read.Next(Start).Ask);
    }

    [Fact]
    public void One_that_waits_for_its_next_page_gives_way_to_what_is_more_urgent_and_is_read_anew_for_both()
    {
        Begin("sweep", RequestPriority.Reconciliation, Start.AddSeconds(-60));
        Assert.Equal(RequestPriority.Reconciliation, More().NextPage);
        _read.Join("buy", RequestPriority.Exit, null, Start);
        Assert.Equal(RequestPriority.Exit, _read.Next(Start).Ask);

        Assert.Equal(ReadMove.Begin, _read.Granted(Start.AddSeconds(2)));
        Assert.Equal((Start.AddSeconds(2), Start.AddSeconds(-60)), (_read.StartedAt, _read.Since));
        Assert.Equal(["sweep", "buy"], _read.Finish());
    }

    [Fact]
    public void Its_next_page_is_as_urgent_as_who_came_while_the_one_before_was_read()
    {
        Begin("sweep", RequestPriority.Reconciliation, Start.AddSeconds(-60));
        _read.Join("buy", RequestPriority.Exit, null, Start);

        Assert.Equal(RequestPriority.Exit, More().NextPage);
        Assert.Equal(default, _read.Next(Start));
        Assert.Equal(ReadMove.Begin, _read.Granted(Start.AddSeconds(2)));
        Assert.Equal(["sweep", "buy"], _read.Finish());
    }

    [Fact]
    public void The_next_read_gives_way_again()
    {
        for (var i = 0; i < 2; i++)
        {
            Begin("sweep", RequestPriority.Reconciliation);
            More();
            _read.Join("buy", RequestPriority.Exit, null);
            _read.Next(Start);
            Assert.Equal(ReadMove.Begin, _read.Granted(Start));
            Assert.Equal(["sweep", "buy"], _read.Finish());
        }
    }

    [Fact]
    public void One_that_gave_way_goes_on_the_next_time_as_urgent_as_who_waits_and_so_ends()
    {
        Begin("sweep", RequestPriority.Reconciliation);
        More();
        _read.Join("buy", RequestPriority.Exit, null, Start, Order(100));
        Assert.Equal(RequestPriority.Exit, _read.Next(Start).Ask);
        Assert.Equal(ReadMove.Begin, _read.Granted(Start));
        AssertStep(["buy"], RequestPriority.Reconciliation, More(100));

        _read.Join("other buy", RequestPriority.Exit, null, Start, Order(101));
        Assert.Equal(RequestPriority.Exit, _read.Next(Start).Ask);
        Assert.Equal(ReadMove.NextPage, _read.Granted(Start));
        Assert.Equal(["sweep"], _read.Finish());
        Assert.Equal(RequestPriority.Exit, _read.Next(Start).Ask);
    }

    [Theory]
    [InlineData(RequestPriority.Reconciliation, null)]
    [InlineData(RequestPriority.Exit, 60)]
    public void One_that_waits_for_its_next_page_goes_on_before_what_is_no_more_urgent_or_can_wait(RequestPriority priority, int? dueIn)
    {
        Begin("sweep", RequestPriority.Reconciliation);
        Assert.Equal(RequestPriority.Reconciliation, More().NextPage);
        _read.Join("other", priority, dueIn is { } seconds ? Start.AddSeconds(seconds) : null);

        Assert.Null(_read.Next(Start).Ask);
        Assert.Equal(ReadMove.NextPage, _read.Granted(Start));
        Assert.Equal(["sweep"], _read.Finish());
    }

    [Fact]
    public void Who_waits_for_one_order_is_told_as_soon_as_it_shows_and_the_rest_is_read_with_the_urgency_of_those_who_are_left()
    {
        _read.Join("sweep", RequestPriority.Reconciliation, null, Start.AddSeconds(-60));
        _read.Join("buy", RequestPriority.Exit, null, Start, Order(100));
        _read.Join("other buy", RequestPriority.Exit, null, Start, Order(101));
        _read.Next(Start);
        _read.Granted(Start);

        AssertStep(["buy"], RequestPriority.Exit, More(100));
        Assert.Equal(ReadMove.NextPage, _read.Granted(Start));
        AssertStep(["other buy"], RequestPriority.Reconciliation, More(100, 101));
        Assert.Equal(ReadMove.NextPage, _read.Granted(Start));
        AssertStep([], RequestPriority.Reconciliation, More(100, 101));
        Assert.Equal(["sweep"], _read.Finish());
    }

    [Fact]
    public void Where_all_were_told_early_nobody_waits_for_the_rest()
    {
        _read.Join("buy", RequestPriority.Exit, null, Start, Order(100));
        _read.Next(Start);
        _read.Granted(Start);

        AssertStep(["buy"], null, More(100));
        // Nothing is under way any more: who comes now is asked for at once.
        _read.Join("sweep", RequestPriority.Reconciliation, null);
        Assert.Equal(RequestPriority.Reconciliation, _read.Next(Start).Ask);
    }

    // Seconds from what must be reached; null where the line has no such time.
    [Theory]
    [InlineData(-1, null, -1, null, true)]
    [InlineData(-1, -1, -2, -1, true)]
    [InlineData(-1, null, 0, null, false)]
    [InlineData(-1, null, null, null, false)]
    [InlineData(-1, 0, -2, null, false)]
    public void It_is_complete_once_a_page_is_wholly_older_in_its_orders_and_in_their_fills(int? created, int? filled, int? otherCreated, int? otherFilled, bool isEnough)
    {
        Begin("sweep", RequestPriority.Reconciliation, Start);
        DateTimeOffset? At(int? seconds) => seconds is { } s ? Start.AddSeconds(s) : null;

        var step = _read.PageRead([new(At(created), At(filled)), new(At(otherCreated), At(otherFilled))], false, [], Start);

        AssertStep(isEnough ? ["sweep"] : [], isEnough ? null : RequestPriority.Reconciliation, step);
        Assert.Equal(isEnough ? Start : null, step.CompleteSince);
    }

    [Fact]
    public void The_last_page_is_all_there_is_and_one_without_lines_alone_says_nothing()
    {
        Begin("sweep", RequestPriority.Reconciliation, Start);
        AssertStep([], RequestPriority.Reconciliation, _read.PageRead([], false, [], Start));
        _read.Granted(Start);
        var step = _read.PageRead([], true, [], Start);

        AssertStep(["sweep"], null, step);
        Assert.Equal(DateTimeOffset.MinValue, step.CompleteSince);
    }

    [Fact]
    public void A_history_without_end_is_read_for_twenty_pages_and_is_not_complete_then()
    {
        for (var time = 0; time < 2; time++)
        {
            Begin("sweep", RequestPriority.Reconciliation, Start);
            for (var page = 1; page < 20; page++)
            {
                AssertStep([], RequestPriority.Reconciliation, More());
                Assert.Equal(ReadMove.NextPage, _read.Granted(Start));
            }

            var step = More();
            AssertStep(["sweep"], null, step);
            Assert.Null(step.CompleteSince);
        }
    }

    private static void AssertStep(IReadOnlyList<string> told, RequestPriority? nextPage, HistoryStep<string> step)
    {
        Assert.Equal(told, step.Told);
        Assert.Equal(nextPage, step.NextPage);
    }

    // A page that is not old enough, of a history that goes on.
    private HistoryStep<string> More(params long[] read) => _read.PageRead([new HistoryLine(Start, Start)], false, [.. read.Select(Shown)], Start);

    private void Begin(string who, RequestPriority priority, DateTimeOffset since = default)
    {
        _read.Join(who, priority, null, since);
        Assert.Equal(priority, _read.Next(Start).Ask);
        Assert.Equal(ReadMove.Begin, _read.Granted(Start));
    }

    private static FollowedOrder Order(long id) => new(id, new Ticker("AXSM_US_EQ"), OrderSide.Buy, 1m, Start, 0, 0m, Start, HasEnded: true);

    private static BrokerOrder Shown(long id) => new(
        id, new Ticker("AXSM_US_EQ"), OrderSide.Buy, 1m, 1m, "FILLED", true, Start.AddSeconds(1), OrderOrigin.Api, [new Fill(id, 1m, 157m, Start.AddSeconds(1), null, null, null, [])]);
}
