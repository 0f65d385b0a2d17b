using Akka.Actor;
using MicroTrader.Actors.Gateway;
using MicroTrader.Actors.Messages;
using MicroTrader.Actors.Tests.Support;
using MicroTrader.Domain.Gateway;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Risk;
using MicroTrader.Simulators.Paper;

namespace MicroTrader.Actors.Tests.GatewayTests;

/// <summary>The gateway of a real robot: a read of the history is kept for each buy from its leave until its end, and an entry without one does not go.</summary>
public sealed class OwedReadsTests
{
    private static readonly Ticker Axsm = new("AXSM_US_EQ");

    // Orders that no position intended would look like another program's at the next comparison.
    private static HarnessOptions Patient => new() { Settings = s => s with { ReconcileInterval = TimeSpan.FromHours(1) } };

    [Fact]
    public async Task Buys_on_their_way_keep_the_reads_and_give_them_back_when_they_have_ended()
    {
        await using var robot = await RestedAsync();
        using var inbox = Inbox.Create(robot.System);
        for (var i = 1; i <= 5; i++)
            await SendPendingAsync(robot, inbox, i);

        Assert.Contains("too few reads of the order history", await DroppedAsync(robot, inbox, 6), StringComparison.Ordinal);
        await robot.AdvanceAsync(TimeSpan.FromMinutes(3));
        Assert.True(await GoesAsync(robot, inbox, 7));
    }

    [Fact]
    public async Task Of_many_of_one_moment_those_go_that_can_be_sold()
    {
        await using var robot = await RestedAsync();
        using var inbox = Inbox.Create(robot.System);
        for (var i = 1; i <= 7; i++)
        {
            robot.Broker.Faults.NextOrder(PaperFate.Delayed(TimeSpan.FromMinutes(1)));
            Place(robot, inbox, i);
        }

        await robot.AdvanceAsync(TimeSpan.FromSeconds(3));
        var answers = Enumerable.Range(1, 7).Select(_ => Answer(inbox).Outcome).ToList();
        Assert.Equal((5, 2), (answers.Count(a => a is OrderOutcome.Accepted), answers.Count(a => a is OrderOutcome.NotExecuted)));
    }

    [Fact]
    public async Task What_is_in_doubt_keeps_none_for_others_seek_it()
    {
        await using var robot = await RestedAsync();
        using var inbox = Inbox.Create(robot.System);
        for (var i = 1; i <= 5; i++)
        {
            robot.Broker.Faults.Next(PaperEndpoint.PlaceMarketOrder, PaperFault.LostRequest);
            Place(robot, inbox, i);
            await robot.RestAsync();
            Assert.IsType<OrderOutcome.Unknown>(Answer(inbox).Outcome);
        }

        Assert.True(await GoesAsync(robot, inbox, 6));
        // An answer that comes after all is followed like any other.
        for (var i = 1; i <= 4; i++)
            Gateway(robot).Tell(new OrderSent(new OrderReference($"OWED-{i}-B1"), new OrderOutcome.Accepted(i), []), ActorRefs.NoSender);
        await robot.RestAsync();
        for (var i = 1; i <= 4; i++)
            Assert.IsType<OrderOutcome.Accepted>(Answer(inbox).Outcome);
        Assert.Contains("too few reads of the order history", await DroppedAsync(robot, inbox, 7), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_given_up_while_it_waited_for_leave_keeps_none()
    {
        await using var robot = await RestedAsync();
        using var inbox = Inbox.Create(robot.System);
        for (var i = 1; i <= 5; i++)
        {
            // As a child asks whose order the gateway has given up meanwhile.
            var gone = new OrderReference($"GONE-{i}-B1");
            Gateway(robot).Tell(new RequestPermit(BrokerEndpoint.PlaceOrder, RequestPriority.Entry, null, gone, gone), inbox.Receiver);
        }

        Assert.True(await GoesAsync(robot, inbox, 6));
    }

    [Fact]
    public async Task One_that_was_found_before_its_answer_was_given_up_is_followed_and_keeps_its_read()
    {
        await using var robot = await RestedAsync();
        using var inbox = Inbox.Create(robot.System);
        for (var i = 1; i <= 5; i++)
        {
            Gateway(robot).Tell(new TrackOrder(Ticket(robot, i), i, inbox.Receiver), ActorRefs.NoSender);
            Gateway(robot).Tell(new OrderSent(new OrderReference($"OWED-{i}-B1"), new OrderOutcome.Unknown("no answer"), []), ActorRefs.NoSender);
            await robot.RestAsync();
            Assert.IsType<OrderOutcome.Unknown>(Answer(inbox).Outcome);
        }

        Assert.Contains("too few reads of the order history", await DroppedAsync(robot, inbox, 6), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_was_found_before_its_refusal_came_is_followed_to_its_end()
    {
        await using var robot = await RestedAsync();
        using var inbox = Inbox.Create(robot.System);
        robot.Broker.Faults.NextOrder(PaperFate.Delayed(TimeSpan.FromSeconds(2)));
        Place(robot, inbox, 1);
        await robot.RestAsync();
        var id = Assert.IsType<OrderOutcome.Accepted>(Answer(inbox).Outcome).OrderId;
        Gateway(robot).Tell(new TrackOrder(Ticket(robot, 2), id, inbox.Receiver), ActorRefs.NoSender);
        Gateway(robot).Tell(new OrderSent(new OrderReference("OWED-2-B1"), new OrderOutcome.Rejected("min-quantity-exceeded", "a late refusal"), []), ActorRefs.NoSender);
        Assert.IsType<OrderOutcome.Rejected>(Answer(inbox).Outcome);

        await robot.AdvanceAsync(TimeSpan.FromMinutes(2));
        var end = (OrderEnded)inbox.ReceiveWhere(m => m is OrderEnded { Reference.Value: "OWED-2-B1" }, TimeSpan.FromSeconds(5));
        Assert.Equal((id, 1m), (end.OrderId, end.Fills.Sum(f => f.Quantity)));
    }

    [Fact]
    public async Task Risk_is_told_how_many_reads_are_left_and_grants_no_entry_without_one()
    {
        await using var robot = await RestedAsync();
        await ReadAsync(robot, 5);

        await robot.SignalAsync();
        Assert.Equal(1, (await robot.Robot.StatusAsync(default)).Denials["HistoryReads"]);
        Assert.DoesNotContain(robot.Facts(), f => f is EntryIntended);
    }

    [Fact]
    public async Task Risk_that_was_restarted_is_told_again_how_many_reads_are_left()
    {
        await using var robot = await RestedAsync();
        await ReadAsync(robot, 5);
        // What it knew of them it knew in memory, and nothing has changed since that the gateway would have to tell.
        await BrokenJournal.RestartRiskAsync(robot);

        await robot.SignalAsync();
        Assert.Equal(1, (await robot.Robot.StatusAsync(default)).Denials["HistoryReads"]);
        Assert.DoesNotContain(robot.Facts(), f => f is EntryIntended);
    }

    [Theory]
    [InlineData("drained")]
    [InlineData("drained, and the gateway restarted")]
    [InlineData("exits only")]
    public async Task Where_nothing_is_entered_any_more_what_is_over_is_read_without_leaving_an_entry_its_reads(string how)
    {
        await using var robot = await RobotHarness.StartAsync(Patient);
        if (how == "exits only")
            Assert.True((await robot.Robot.SetTradingStateAsync(TradingState.ExitOnly, "a test", default)).Done);
        else
            Assert.True((await robot.Robot.DrainAsync(default)).Done);
        if (how == "drained, and the gateway restarted")
        {
            Gateway(robot).Tell(new AnswerSeen(BrokerEndpoint.Positions, null!));
            await robot.EventuallyAsync(() => robot.Logs.Count(24) == 1, "it was restarted");
        }

        await robot.AdvanceAsync(TimeSpan.FromSeconds(90));
        await ReadAsync(robot, 4);
        var before = robot.Broker.RequestsReceived(PaperEndpoint.HistoryOrders);
        using var inbox = Inbox.Create(robot.System);
        Gateway(robot).Tell(new ReadHistory(robot.Now, RequestPriority.Reconciliation), inbox.Receiver);
        await robot.RestAsync();

        Assert.Equal(1, robot.Broker.RequestsReceived(PaperEndpoint.HistoryOrders) - before);
    }

    // Past the reads that the start took, and the venue has a price.
    private static async Task<RobotHarness> RestedAsync()
    {
        var robot = await RobotHarness.StartAsync(Patient);
        await robot.AdvanceAsync(TimeSpan.FromSeconds(90));
        robot.Broker.PutPrice(Axsm.Value, 157.50m);
        return robot;
    }

    private static async Task ReadAsync(RobotHarness robot, int times)
    {
        using var inbox = Inbox.Create(robot.System);
        for (var i = 0; i < times; i++)
        {
            Gateway(robot).Tell(new ReadHistory(robot.Now, RequestPriority.Exit), inbox.Receiver);
            await robot.RestAsync();
        }
    }

    // A buy that the venue has, and that fills in a minute.
    private static async Task SendPendingAsync(RobotHarness robot, Inbox inbox, int number)
    {
        robot.Broker.Faults.NextOrder(PaperFate.Delayed(TimeSpan.FromMinutes(1)));
        Assert.True(await GoesAsync(robot, inbox, number));
    }

    private static async Task<bool> GoesAsync(RobotHarness robot, Inbox inbox, int number)
    {
        Place(robot, inbox, number);
        await robot.RestAsync();
        return Answer(inbox).Outcome is OrderOutcome.Accepted;
    }

    private static async Task<string> DroppedAsync(RobotHarness robot, Inbox inbox, int number)
    {
        Place(robot, inbox, number);
        await robot.AdvanceAsync(TimeSpan.FromSeconds(3));
        return Assert.IsType<OrderOutcome.NotExecuted>(Answer(inbox).Outcome).Detail;
    }

    private static void Place(RobotHarness robot, Inbox inbox, int number) =>
        Gateway(robot).Tell(new PlaceOrder(Ticket(robot, number), robot.Now.AddSeconds(2), null, inbox.Receiver), ActorRefs.NoSender);

    private static OrderTicket Ticket(RobotHarness robot, int number) =>
        new(Symbol.Parse("AXSM"), Axsm, new OrderReference($"OWED-{number}-B1"), OrderSide.Buy, 1m, robot.Now, 0, null, 1);

    private static IActorRef Gateway(RobotHarness robot) =>
        robot.System.ActorSelection("/user/robot/gateway").ResolveOne(TimeSpan.FromSeconds(5)).GetAwaiter().GetResult();

    // What the followed orders tell of themselves beside it is no answer.
    private static OrderAnswered Answer(Inbox inbox) => (OrderAnswered)inbox.ReceiveWhere(m => m is OrderAnswered, TimeSpan.FromSeconds(5));
}
