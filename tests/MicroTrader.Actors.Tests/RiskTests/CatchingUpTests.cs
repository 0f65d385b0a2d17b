using System.Diagnostics;
using Akka.Actor;
using MicroTrader.Actors.Journal;
using MicroTrader.Actors.Messages;
using MicroTrader.Actors.Tests.Support;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Risk;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Actors.Tests.RiskTests;

/// <summary>A crash, or a journal that refuses, comes between a position's journal and risk's: no loss is lost, and none is counted twice.</summary>
public sealed class CatchingUpTests
{
    private static readonly string[] Two = ["AXSM", "HUT"];

    [Theory]
    [InlineData("risk-trade-taken/1")]
    [InlineData("risk-cool-down/1")]
    public async Task A_loss_that_risk_had_not_written_when_the_robot_died_is_counted_before_the_first_grant(string manifest)
    {
        await using var robot = await StartAsync();
        Refuse(robot, $"NEW.manifest = '{manifest}'");
        await LoseAsync(robot);
        await robot.EventuallyAsync(() => robot.Logs.Count(14) > 0, "the failure is said");
        await robot.StopRobotAsync();
        Assert.Empty(Taken(robot));
        Allow(robot);

        await robot.StartRobotAsync();
        Assert.Single(Taken(robot));
        Assert.Equal(1, (await robot.Robot.StatusAsync(default)).Risk!.LossesInRow);
        await robot.SignalAsync("HUT", 41.20m);
        Assert.Equal(1, (await robot.Robot.StatusAsync(default)).Denials["CoolDown"]);
        await robot.RestartRobotAsync();
        Assert.Single(Taken(robot));
    }

    [Fact]
    public async Task A_loss_that_risk_could_not_write_is_counted_when_it_comes_back()
    {
        await using var robot = await StartAsync();
        Refuse(robot, "NEW.persistence_id = 'risk'");
        await LoseAsync(robot);
        await robot.EventuallyAsync(() => robot.Logs.Count(14) > 0, "the failure is said");
        Allow(robot);
        await robot.UntilReadyAsync();
        await robot.EventuallyAsync(async () => await RiskAsync(robot) is { LossesInRow: 1, DayTrades: 1 }, "it is counted");
        Assert.Single(Taken(robot));
        await robot.SignalAsync("HUT", 41.20m);
        Assert.Equal(1, (await robot.Robot.StatusAsync(default)).Denials["CoolDown"]);
    }

    [Fact]
    public async Task A_journal_without_any_of_risk_s_facts_is_counted_whole()
    {
        await using var robot = await StartAsync(new RiskLimits { AccountCurrency = "USD" });
        await LoseAsync(robot);
        await LoseAsync(robot);
        await robot.OpenAsync("HUT", 41.20m);
        await robot.TickAsync("HUT", 42m);
        await robot.UntilStatusAsync(PositionStatus.Closed, "HUT");
        await robot.RestAsync();
        var before = await RiskAsync(robot);
        Assert.Equal((0, 3), (before.LossesInRow, before.DayTrades));
        await robot.StopRobotAsync();
        RawJournal.Run(robot.JournalPath, "DELETE FROM journal WHERE persistence_id = 'risk'");

        await robot.StartRobotAsync();
        var after = await RiskAsync(robot);
        Assert.Equal(before with { OrdersThisMinute = after.OrdersThisMinute }, after);
        Assert.Equal(robot.Trades.Sum(t => t.Net!.Value), after.DayPnl);
    }

    [Fact]
    public async Task Nothing_is_granted_while_the_past_cannot_be_read_and_it_is_read_again()
    {
        var history = new FailingHistory();
        await using var robot = await RobotHarness.StartAsync(new HarnessOptions { Symbols = Two, History = history }, waitForReady: false);
        await robot.EventuallyAsync(() => robot.Logs.Count(63) > 0, "the failure is said");
        await robot.EventuallyAsync(
            async () => (await robot.Robot.StatusAsync(default)).WaitingFor is var waiting && waiting.Contains("past trades") && !waiting.Any(w => w.StartsWith("position-", StringComparison.Ordinal)),
            "the positions are there, and the past is not");
        await robot.SignalAsync("HUT", 41.20m);
        Assert.Equal(1, (await robot.Robot.StatusAsync(default)).Denials["NotReady"]);
        Assert.Equal(0, robot.Broker.PostsReceived);

        history.Works = true;
        await robot.AdvanceAsync(TimeSpan.FromSeconds(5));
        await robot.EventuallyAsync(async () => (await robot.Robot.StatusAsync(default)).Ready, "it was read");
        Assert.Equal(2, (await RiskAsync(robot)).LossesInRow);
        await robot.OpenAsync("HUT", 41.20m);
    }

    [Fact]
    public async Task A_state_that_could_not_be_journalled_is_answered_so_and_nothing_has_changed()
    {
        await using var robot = await StartAsync();
        Refuse(robot, "NEW.persistence_id = 'risk'");
        var watch = Stopwatch.StartNew();
        var answer = await robot.Robot.SetTradingStateAsync(TradingState.Stopped, "a person", default);
        Assert.False(answer.Done);
        Assert.StartsWith("trading state is not Stopped: the journal could not be written", answer.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', answer.Message);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{watch.Elapsed}");
        // While risk is away it says so, too; what reaches it in the very moment of its end is answered by nobody, and the asker told that.
        CommandResult? away = null;
        while (away is null)
        {
            try
            {
                away = await robot.Robot.FlattenAsync(default);
            }
            catch (TimeoutException e)
            {
                Assert.Contains("did not answer", e.Message, StringComparison.Ordinal);
            }
        }

        Assert.False(away.Done);
        // What was last known of it is told meanwhile, and that it is missing.
        await robot.EventuallyAsync(
            async () =>
            {
                robot.Supervisor.Tell(new SetTradingState(TradingState.Stopped, "a person"), ActorRefs.NoSender);
                var status = await robot.Robot.StatusAsync(default);
                Assert.Equal("Active", status.TradingState);
                return status is { Ready: false, WaitingFor: [.., var last] } && last.StartsWith("risk (risk is away: its journal failed", StringComparison.Ordinal);
            },
            "risk is away, and its state told");

        Allow(robot);
        await robot.UntilReadyAsync();
        Assert.Equal("Active", (await robot.Robot.StatusAsync(default)).TradingState);
        Assert.True((await robot.Robot.SetTradingStateAsync(TradingState.Stopped, "a person", default)).Done);
    }

    [Fact]
    public async Task The_file_tells_trades_in_order_and_orders_since_a_moment()
    {
        await using var robot = await StartAsync(new RiskLimits());
        await LoseAsync(robot);
        var between = robot.Now + TimeSpan.FromTicks(1);
        await robot.AdvanceAsync(TimeSpan.FromSeconds(1));
        await robot.OpenAsync("HUT", 41.20m);
        await robot.UntilStatusAsync(PositionStatus.Closed, "HUT");
        await robot.OpenAsync("AXSM");

        var history = await new JournalTradeHistory(robot.JournalPath).ReadAsync(between);
        Assert.Equal([("AXSM", 1L), ("HUT", 1L)], history.Trades.Select(t => (t.Symbol.Value, t.TradeNumber)));
        Assert.Equal(robot.Trades.Select(t => t.Net), history.Trades.Select(t => t.Result.Net));
        Assert.Equal(["HUT-1-B1", "HUT-1-S1", "AXSM-2-B1"], history.Orders.Select(o => o.Reference.Value));
        Assert.Equal([OrderSide.Buy, OrderSide.Sell, OrderSide.Buy], history.Orders.Select(o => o.Side));
        await Assert.ThrowsAsync<JournalException>(() => new JournalTradeHistory(robot.JournalPath + ".none").ReadAsync(between));
    }

    private static Task<RobotHarness> StartAsync(RiskLimits? limits = null) => RobotHarness.StartAsync(new HarnessOptions
    {
        Symbols = Two,
        Settings = s => s with { Risk = limits ?? new RiskLimits { MaxLossesInRow = 1, CoolDown = TimeSpan.FromHours(1) } },
    });

    private static async Task<RiskSummary> RiskAsync(RobotHarness robot) => (await robot.Robot.StatusAsync(default)).Risk!;

    private static async Task LoseAsync(RobotHarness robot)
    {
        await robot.OpenAsync("AXSM", 157.50m);
        await robot.TickAsync("AXSM", 156.00m);
        await robot.UntilStatusAsync(PositionStatus.Closed, "AXSM");
        await robot.RestAsync();
    }

    private static IReadOnlyList<string> Taken(RobotHarness robot) =>
        [.. RawJournal.Facts(robot.JournalPath).Where(f => f.Manifest == "risk-trade-taken/1").Select(f => f.PersistenceId)];

    private static void Refuse(RobotHarness robot, string when) =>
        RawJournal.Run(robot.JournalPath, $"CREATE TRIGGER refuse BEFORE INSERT ON journal WHEN {when} BEGIN SELECT RAISE(ABORT, 'the disk is full'); END");

    private static void Allow(RobotHarness robot) => RawJournal.Run(robot.JournalPath, "DROP TRIGGER refuse");

    private sealed class FailingHistory : ITradeHistory
    {
        public bool Works { get; set; }

        public Task<TradeHistory> ReadAsync(DateTimeOffset ordersSince)
        {
            var loss = new TradeResult(1m, 100m, 99m, -1m, -1m, "USD", -1m, "USD", 0m);
            return Works
                ? Task.FromResult(new TradeHistory([.. Enumerable.Range(1, 2).Select(i => new EndedTrade(Domain.Market.Symbol.Parse("OLD"), i, loss, ordersSince))], []))
                : Task.FromException<TradeHistory>(new JournalException("the disk is gone"));
        }
    }
}
