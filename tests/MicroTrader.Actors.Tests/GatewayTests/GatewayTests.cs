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
using MicroTrader.Trading212;
using OrderOutcome = MicroTrader.Domain.Orders.OrderOutcome;
using OrderSide = MicroTrader.Domain.Orders.OrderSide;
using OrderStatus = MicroTrader.Domain.Orders.OrderStatus;

namespace MicroTrader.Actors.Tests.GatewayTests;

/// <summary>The gateway of a real robot: one request a reference, whatever crashes, and the budget shared out by urgency.</summary>
public sealed class GatewayTests
{
    private static readonly Ticker Axsm = new("AXSM_US_EQ");

    // No answer of a broker looks like this: whoever reads it fails.
    private static HistoryRead Poison => new([null!], null, HarnessOptions.Start, null);

    [Theory]
    [InlineData(OrderSide.Buy)]
    [InlineData(OrderSide.Sell)]
    public async Task A_child_that_fails_while_its_order_is_out_starts_again_sends_nothing_and_the_order_is_found(OrderSide side)
    {
        await using var robot = await RobotHarness.StartAsync();
        if (side == OrderSide.Sell)
            await robot.OpenAsync(at: 157.50m);
        robot.MostRestMs = 100;
        robot.Broker.Faults.Next(PaperEndpoint.PlaceMarketOrder, PaperFault.DelayedAnswer(TimeSpan.FromHours(1)));
        await (side == OrderSide.Buy ? robot.SignalAsync() : robot.TickAsync("AXSM", 159.50m));
        var posts = side == OrderSide.Buy ? 1 : 2;
        await robot.EventuallyAsync(() => robot.Broker.ReadLedger().Orders.Count == posts, "the venue has the order");

        robot.System.ActorSelection("/user/robot/gateway/*").Tell(Poison);
        await robot.EventuallyAsync(() => robot.Facts().Any(f => f is OrderOutcomeUnknown), "its outcome is unknown");
        robot.MostRestMs = RobotHarness.UsualRestMs;
        Assert.Contains("failed before its answer was read", robot.Facts().OfType<OrderOutcomeUnknown>().Single().Detail, StringComparison.Ordinal);
        await robot.UntilStatusAsync(PositionStatus.Closed);
        Assert.Contains(robot.Facts(), f => f is OrderFound);
        robot.AssertVenue(posts: 2, buys: 1, sells: 1);
    }

    [Fact]
    public async Task A_child_that_fails_while_it_follows_its_order_follows_it_again()
    {
        await using var robot = await RobotHarness.StartAsync();
        robot.Broker.Faults.NextOrder(PaperFate.Delayed(TimeSpan.FromSeconds(3)));
        await robot.SignalAsync();
        await robot.UntilOrderAsync(OrderStatus.Accepted, OrderSide.Buy);
        for (var i = 0; i < 3; i++)
        {
            robot.System.ActorSelection("/user/robot/gateway/*").Tell(Poison);
            await robot.AdvanceAsync(TimeSpan.FromSeconds(1));
        }

        await robot.UntilStatusAsync(PositionStatus.Closed);
        Assert.DoesNotContain(robot.Facts(), f => f is OrderOutcomeUnknown);
        robot.AssertVenue(posts: 2, buys: 1, sells: 1);
    }

    [Fact]
    public async Task A_child_that_fails_before_its_order_may_leave_sends_it_once()
    {
        await using var robot = await RobotHarness.StartAsync();
        await ExhaustAsync(robot);
        using var inbox = Inbox.Create(robot.System);
        Place(robot, inbox, "LATE-1-S1", OrderSide.Sell);
        await robot.RestAsync();
        for (var i = 0; i < 3; i++)
            robot.System.ActorSelection("/user/robot/gateway/*").Tell(Poison);
        await robot.RestAsync();
        Assert.Equal(50, robot.Broker.PostsReceived);
        await robot.AdvanceAsync(TimeSpan.FromSeconds(70));

        Assert.IsType<OrderOutcome.Accepted>(Answer(inbox).Outcome);
        Assert.Equal(51, robot.Broker.PostsReceived);
    }

    [Fact]
    public async Task A_reference_is_sent_once_however_often_it_is_asked_for()
    {
        await using var robot = await RobotHarness.StartAsync();
        robot.Broker.PutPrice(Axsm.Value, 157.50m);
        using var inbox = Inbox.Create(robot.System);
        for (var i = 0; i < 3; i++)
            Place(robot, inbox, "TWICE-1-B1", OrderSide.Buy);
        await robot.AdvanceAsync(TimeSpan.FromSeconds(90));
        Place(robot, inbox, "TWICE-1-B1", OrderSide.Buy);
        await robot.AdvanceAsync(TimeSpan.FromSeconds(90));
        Assert.Equal(1, robot.Broker.PostsReceived);
        Assert.IsType<OrderOutcome.Accepted>(Answer(inbox).Outcome);
    }

    [Fact]
    public async Task An_entry_that_cannot_be_sent_within_its_deadline_is_dropped_and_exits_go_before_entries()
    {
        await using var robot = await RobotHarness.StartAsync(Patient);
        await ExhaustAsync(robot);
        using var inbox = Inbox.Create(robot.System);
        Place(robot, inbox, "DROP-1-B1", OrderSide.Buy, robot.Now + TimeSpan.FromSeconds(2));
        Place(robot, inbox, "WAIT-1-B1", OrderSide.Buy);
        Place(robot, inbox, "WAIT-1-S1", OrderSide.Sell);
        await robot.AdvanceAsync(TimeSpan.FromSeconds(3));
        var dropped = Answer(inbox);
        Assert.Equal("DROP-1-B1", dropped.Reference.Value);
        Assert.Contains("deadline", Assert.IsType<OrderOutcome.NotExecuted>(dropped.Outcome).Detail, StringComparison.Ordinal);
        Assert.Equal(50, robot.Broker.PostsReceived);

        await robot.AdvanceAsync(TimeSpan.FromSeconds(150));
        var orders = robot.Broker.ReadLedger().Orders;
        // Of them one is the person's.
        Assert.Equal((52, 53), ((int)robot.Broker.PostsReceived, orders.Count));
        Assert.Equal([-1m, 1m], orders.OrderBy(o => o.Id).TakeLast(2).Select(o => o.Quantity));
    }

    [Fact]
    public async Task What_waits_for_the_budget_when_orders_are_stopped_does_not_leave_and_entries_go_first()
    {
        await using var robot = await RobotHarness.StartAsync(Patient);
        await ExhaustAsync(robot);
        using var inbox = Inbox.Create(robot.System);
        Place(robot, inbox, "WAIT-1-B1", OrderSide.Buy);
        Place(robot, inbox, "WAIT-1-S1", OrderSide.Sell);
        Assert.True((await robot.Robot.SetTradingStateAsync(TradingState.ExitOnly, "paused", default)).Done);
        var entry = Answer(inbox);
        Assert.Equal(("WAIT-1-B1", "exits only"), (entry.Reference.Value, Assert.IsType<OrderOutcome.NotExecuted>(entry.Outcome).Detail));
        Assert.True((await robot.Robot.SetTradingStateAsync(TradingState.Stopped, "stopped", default)).Done);
        var exit = Answer(inbox);
        Assert.Equal(("WAIT-1-S1", "all orders are stopped"), (exit.Reference.Value, Assert.IsType<OrderOutcome.NotExecuted>(exit.Outcome).Detail));

        Place(robot, inbox, "WAIT-1-S2", OrderSide.Sell);
        Assert.IsType<OrderOutcome.NotExecuted>(Answer(inbox).Outcome);
        await robot.AdvanceAsync(TimeSpan.FromSeconds(150));
        Assert.Equal(50, robot.Broker.PostsReceived);
    }

    [Fact]
    public async Task The_broker_s_own_count_of_what_is_left_is_believed()
    {
        await using var robot = await RobotHarness.StartAsync();
        robot.Broker.Faults.Next(PaperEndpoint.PlaceMarketOrder, PaperFault.TooManyRequests);
        robot.Broker.PutPrice(Axsm.Value, 157.50m);
        using var inbox = Inbox.Create(robot.System);
        Place(robot, inbox, "ONE-1-B1", OrderSide.Buy);
        await robot.RestAsync();
        Assert.IsType<OrderOutcome.NotExecuted>(Answer(inbox).Outcome);
        Place(robot, inbox, "TWO-1-B1", OrderSide.Buy, robot.Now + TimeSpan.FromSeconds(2));
        await robot.AdvanceAsync(TimeSpan.FromSeconds(3));
        Assert.IsType<OrderOutcome.NotExecuted>(Answer(inbox).Outcome);
        Assert.Equal(1, robot.Broker.PostsReceived);
    }

    [Theory]
    [InlineData("intended")]
    [InlineData("accepted")]
    [InlineData("open")]
    [InlineData("exit")]
    public async Task After_a_restart_of_the_gateway_positions_look_up_what_was_under_way(string when)
    {
        await using var robot = await RobotHarness.StartAsync();
        switch (when)
        {
            case "intended":
                robot.MostRestMs = 100;
                robot.Broker.Faults.Next(PaperEndpoint.PlaceMarketOrder, PaperFault.DelayedAnswer(TimeSpan.FromHours(1)));
                await robot.SignalAsync();
                await robot.EventuallyAsync(() => robot.Broker.ReadLedger().Orders.Count == 1, "the venue has the order");
                break;
            case "accepted":
                robot.Broker.Faults.NextOrder(PaperFate.Delayed(TimeSpan.FromSeconds(3)));
                await robot.SignalAsync();
                await robot.UntilOrderAsync(OrderStatus.Accepted, OrderSide.Buy);
                break;
            default:
                await robot.OpenAsync(at: 157.50m);
                if (when == "exit")
                    await robot.TickAsync("AXSM", 159.50m);
                break;
        }

        Gateway(robot).Tell(new AnswerSeen(BrokerEndpoint.Positions, null!));
        await robot.EventuallyAsync(() => robot.Logs.Count(24) == 1, "it was restarted");
        robot.MostRestMs = RobotHarness.UsualRestMs;
        await robot.UntilStatusAsync(PositionStatus.Closed);
        Assert.Equal(when == "exit" ? "TP" : "TIME", Assert.Single(robot.Trades).CloseReason);
        robot.AssertVenue(posts: 2, buys: 1, sells: 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_reconciliation_or_the_reader_was_at_when_it_failed_is_taken_up_again(bool reader)
    {
        await using var robot = await RobotHarness.StartAsync();
        robot.Broker.Faults.Next(PaperEndpoint.PlaceMarketOrder, PaperFault.LostAnswer);
        robot.Broker.Faults.HistoryLag = TimeSpan.FromSeconds(20);
        robot.Broker.Faults.Next(PaperEndpoint.PendingOrders, PaperFault.StatusBefore(503), times: 2);
        await robot.SignalAsync();
        await robot.UntilOrderAsync(OrderStatus.Unknown, OrderSide.Buy);
        if (reader)
        {
            // In the middle of its read, so that whoever waits for that is answered by nobody.
            robot.MostRestMs = 200;
            robot.Broker.Faults.Next(PaperEndpoint.Positions, PaperFault.DelayedAnswer(TimeSpan.FromHours(1)));
            robot.Broker.Faults.Next(PaperEndpoint.PendingOrders, PaperFault.DelayedAnswer(TimeSpan.FromHours(1)));
            var asked = robot.Broker.RequestsReceived(PaperEndpoint.PendingOrders);
            await robot.UntilAsync(() => robot.Broker.RequestsReceived(PaperEndpoint.PendingOrders) > asked, "it is asked");
            robot.System.ActorSelection("/user/robot/gateway/reader").Tell(new PermitGranted("no read"));
            robot.MostRestMs = RobotHarness.UsualRestMs;
        }
        else
        {
            robot.System.ActorSelection("/user/robot/reconciliation").Tell(new PositionKnown(null!, ActorRefs.Nobody));
        }

        await robot.UntilStatusAsync(PositionStatus.Closed, within: TimeSpan.FromMinutes(10));
        Assert.Equal("TIME", Assert.Single(robot.Trades).CloseReason);
        robot.AssertVenue(posts: 2, buys: 1, sells: 1);
    }

    [Fact]
    public async Task An_intent_that_comes_up_while_the_holdings_are_compared_is_looked_for()
    {
        await using var robot = await RobotHarness.StartAsync();
        // The sweep of every minute, which reads the holdings alone, is under way when the answer gets lost.
        robot.Broker.Faults.Next(PaperEndpoint.Positions, PaperFault.DelayedAnswer(TimeSpan.FromSeconds(2)));
        robot.Broker.Faults.Next(PaperEndpoint.PlaceMarketOrder, PaperFault.LostAnswer);
        var reads = robot.Broker.RequestsReceived(PaperEndpoint.Positions);
        await robot.UntilAsync(() => robot.Broker.RequestsReceived(PaperEndpoint.Positions) > reads, "the sweep is under way");
        robot.MostRestMs = 200;
        await robot.SignalAsync();
        await robot.UntilAsync(() => robot.Trades.Count == 1, "the trade is over");
        Assert.Equal("TIME", Assert.Single(robot.Trades).CloseReason);
        robot.AssertVenue(posts: 2, buys: 1, sells: 1);
    }

    [Fact]
    public async Task One_read_of_the_history_serves_all_who_wait()
    {
        await using var robot = await RobotHarness.StartAsync();
        await ExhaustHistoryAsync(robot);
        var before = robot.Broker.RequestsReceived(PaperEndpoint.HistoryOrders);
        using var inbox = Inbox.Create(robot.System);
        for (var i = 0; i < 10; i++)
            Gateway(robot).Tell(new ReadHistory(robot.Now - TimeSpan.FromMinutes(i), RequestPriority.Reconciliation), inbox.Receiver);
        await robot.AdvanceAsync(TimeSpan.FromSeconds(70));

        for (var i = 0; i < 10; i++)
            Assert.Equal(DateTimeOffset.MinValue, Assert.IsType<HistoryRead>(inbox.Receive(TimeSpan.FromSeconds(5))).CompleteSince);
        Assert.Equal(1, robot.Broker.RequestsReceived(PaperEndpoint.HistoryOrders) - before);
    }

    [Fact]
    public async Task What_is_remembered_does_not_grow_with_trades_and_an_earlier_trade_s_order_is_never_sent_again()
    {
        await using var robot = await RobotHarness.StartAsync(Patient);
        robot.Broker.PutPrice(Axsm.Value, 157.50m);
        using var inbox = Inbox.Create(robot.System);
        for (var trade = 1; trade <= 10; trade++)
        {
            Place(robot, inbox, $"GROW-{trade}-B1", OrderSide.Buy, trade: trade);
            await robot.AdvanceAsync(TimeSpan.FromSeconds(30));
            Place(robot, inbox, $"GROW-{trade}-S1", OrderSide.Sell, trade: trade);
            await robot.AdvanceAsync(TimeSpan.FromSeconds(30));
            Assert.Equal("2", (await robot.ReportAsync("gateway")).Fields["orders remembered"]);
        }

        Assert.Equal((20, 0), ((int)robot.Broker.PostsReceived, (await robot.Robot.BrokerAsync(default)).OrdersUnderWay));
        for (var trade = 1; trade <= 10; trade++)
        {
            Place(robot, inbox, $"GROW-{trade}-B1", OrderSide.Buy, trade: trade);
            Place(robot, inbox, $"GROW-{trade}-S1", OrderSide.Sell, trade: trade);
        }

        await robot.AdvanceAsync(TimeSpan.FromSeconds(90));
        Assert.Equal(20, robot.Broker.PostsReceived);
        Assert.Equal("2", (await robot.ReportAsync("gateway")).Fields["orders remembered"]);
    }

    [Fact]
    public async Task With_the_next_trade_what_was_in_doubt_is_forgotten_and_what_is_followed_goes_on()
    {
        await using var robot = await RobotHarness.StartAsync(Patient);
        robot.Broker.PutPrice(Axsm.Value, 157.50m);
        using var inbox = Inbox.Create(robot.System);
        robot.Broker.Faults.Next(PaperEndpoint.PlaceMarketOrder, PaperFault.LostRequest);
        Place(robot, inbox, "NEXT-1-B1", OrderSide.Buy);
        await robot.RestAsync();
        Assert.IsType<OrderOutcome.Unknown>(Answer(inbox).Outcome);
        robot.Broker.Faults.NextOrder(PaperFate.Delayed(TimeSpan.FromSeconds(5)));
        Place(robot, inbox, "NEXT-1-B2", OrderSide.Buy);
        await robot.RestAsync();
        Assert.IsType<OrderOutcome.Accepted>(Answer(inbox).Outcome);
        robot.Broker.Faults.NextOrder(PaperFate.Delayed(TimeSpan.FromSeconds(5)));
        robot.Broker.Faults.Next(PaperEndpoint.PlaceMarketOrder, PaperFault.LostAnswer);
        Place(robot, inbox, "NEXT-1-B3", OrderSide.Buy);
        await robot.RestAsync();
        Assert.IsType<OrderOutcome.Unknown>(Answer(inbox).Outcome);
        Gateway(robot).Tell(new TrackOrder(Ticket(robot, "NEXT-1-B3", OrderSide.Buy), robot.Broker.ReadLedger().Orders.Max(o => o.Id), inbox.Receiver), ActorRefs.NoSender);

        // As when a person has resolved the trade: nothing says that the first was given up.
        Place(robot, inbox, "NEXT-2-B1", OrderSide.Buy, trade: 2);
        await robot.RestAsync();
        Assert.IsType<OrderOutcome.Accepted>(Answer(inbox).Outcome);
        Assert.Equal("3", (await robot.ReportAsync("gateway")).Fields["orders remembered"]);
        Assert.Equal(4, Assert.IsType<LocalActorRef>(Gateway(robot)).Children.Count());
        await robot.AdvanceAsync(TimeSpan.FromMinutes(2));
        var ended = Enumerable.Range(1, 3).Select(_ => ((OrderEnded)inbox.ReceiveWhere(m => m is OrderEnded, TimeSpan.FromSeconds(5))).Reference.Value).ToList();
        Assert.Equal(["NEXT-1-B2", "NEXT-1-B3", "NEXT-2-B1"], ended.Order());
    }

    [Fact]
    public async Task An_order_that_was_not_placed_leaves_nothing_behind_and_one_that_turns_up_after_all_is_followed()
    {
        await using var robot = await RobotHarness.StartAsync();
        robot.Broker.Faults.Next(PaperEndpoint.PlaceMarketOrder, PaperFault.LostRequest);
        await robot.SignalAsync();
        await robot.UntilOrderAsync(OrderStatus.Unknown, OrderSide.Buy);
        Assert.Equal(1, (await robot.Robot.BrokerAsync(default)).OrdersUnderWay);
        await robot.UntilStatusAsync(PositionStatus.Closed);
        var gateway = Assert.IsType<LocalActorRef>(Gateway(robot));
        await robot.EventuallyAsync(() => gateway.Children.Select(c => c.Path.Name).SequenceEqual(["reader"]), "its actor is gone");
        Assert.Equal(0, (await robot.Robot.BrokerAsync(default)).OrdersUnderWay);

        // Still watched for, it turns up, as if the request had been on its way for a minute.
        using var late = new Trading212Client(new Trading212Options { BaseAddress = robot.Broker.BaseAddress, ApiKey = "paper", ApiSecret = "paper" });
        Assert.IsType<PlaceOrderResult.Placed>(await late.PlaceMarketOrderAsync(new MarketOrderRequest(Axsm.Value, 1m)));
        await robot.UntilAsync(() => robot.Trades.Any(t => t.CloseReason == "TIME"), "it is adopted, and left", TimeSpan.FromMinutes(10));
        robot.AssertVenue(posts: 3, buys: 1, sells: 1);
    }

    // Orders that no position intended would look like another program's at the next comparison.
    private static HarnessOptions Patient => new() { Settings = s => s with { ReconcileInterval = TimeSpan.FromHours(1) } };

    private static IActorRef Gateway(RobotHarness robot) =>
        robot.System.ActorSelection("/user/robot/gateway").ResolveOne(TimeSpan.FromSeconds(5)).GetAwaiter().GetResult();

    // The whole minute's orders: 25 bought, then 25 sold, because ten are kept for exits.
    // With sells: entries are let go only as long as the history can be read for each of them.
    private static async Task ExhaustAsync(RobotHarness robot)
    {
        robot.Broker.PutPrice(Axsm.Value, 157.50m);
        robot.Broker.PlaceByPerson(Axsm.Value, 100m);
        await robot.AdvanceAsync(TimeSpan.FromSeconds(1));
        using var inbox = Inbox.Create(robot.System);
        for (var i = 0; i < 50; i++)
        {
            Place(robot, inbox, $"FULL-{i}-X1", OrderSide.Sell);
            await robot.RestAsync();
        }

        Assert.Equal(50, robot.Broker.PostsReceived);
        await robot.AdvanceAsync(TimeSpan.FromSeconds(5));
    }

    private static async Task ExhaustHistoryAsync(RobotHarness robot)
    {
        using var inbox = Inbox.Create(robot.System);
        for (var i = 0; i < 6; i++)
        {
            Gateway(robot).Tell(new ReadHistory(robot.Now, RequestPriority.Exit), inbox.Receiver);
            await robot.RestAsync();
        }
    }

    private static void Place(RobotHarness robot, Inbox inbox, string reference, OrderSide side, DateTimeOffset? deadline = null, long trade = 1) => Gateway(robot).Tell(
        new PlaceOrder(Ticket(robot, reference, side, trade), deadline, null, inbox.Receiver), ActorRefs.NoSender);

    private static OrderTicket Ticket(RobotHarness robot, string reference, OrderSide side, long trade = 1) =>
        new(Symbol.Parse("AXSM"), Axsm, new OrderReference(reference), side, 1m, robot.Now, 0, null, trade);

    private static OrderAnswered Answer(Inbox inbox) => Assert.IsType<OrderAnswered>(inbox.Receive(TimeSpan.FromSeconds(5)));
}
