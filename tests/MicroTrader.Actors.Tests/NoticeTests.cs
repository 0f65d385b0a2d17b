using System.Diagnostics;
using MicroTrader.Actors.Tests.Support;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Risk;
using MicroTrader.Domain.Robot;
using MicroTrader.Simulators.Paper;

namespace MicroTrader.Actors.Tests;

/// <summary>What the robot tells a person while nobody watches; and that trading does not depend on who listens.</summary>
public sealed class NoticeTests
{
    // An activity that ends when it began is one tick long.
    private static readonly TimeSpan LeastLength = TimeSpan.FromTicks(1);

    [Fact]
    public async Task A_trade_is_told_once_when_it_opens_and_once_when_it_closes_and_not_again_after_a_restart()
    {
        await using var robot = await RobotHarness.StartAsync();
        await robot.OpenAsync(at: 157.50m);
        await robot.RestartRobotAsync();
        await robot.TickAsync("AXSM", 159.50m);
        await robot.UntilStatusAsync(PositionStatus.Closed);

        Assert.Equal([NoticeKind.TradeOpened, NoticeKind.TradeClosed], robot.Notices.Select(n => n.Kind));
        Assert.StartsWith("Bought 1 AXSM at 157.50 USD", robot.Notices.First().Text, StringComparison.Ordinal);
        Assert.StartsWith("Closed AXSM: +2.00 USD (+1.27%), reason TP", robot.Notices.Last().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_listens_and_fails_holds_up_no_trade_and_is_in_the_log()
    {
        await using var robot = await RobotHarness.StartAsync(new HarnessOptions { Notify = _ => throw new InvalidOperationException("nobody is there") });
        await robot.OpenAsync();
        await robot.TickAsync("AXSM", 159.50m);
        await robot.UntilStatusAsync(PositionStatus.Closed);

        Assert.Equal("TP", Assert.Single(robot.Trades).CloseReason);
        robot.AssertVenue(posts: 2, buys: 1, sells: 1);
        // And no actor was started anew for it.
        Assert.Equal((2, 0), (robot.Logs.Count(35), robot.Logs.Count(6)));
    }

    [Fact]
    public async Task A_broker_that_cannot_be_read_is_told_once_after_a_while_and_once_when_it_is_back()
    {
        await using var robot = await RobotHarness.StartAsync(new HarnessOptions
        {
            Settings = s => s with { UnreachableAfter = TimeSpan.FromSeconds(90) },
            // The client's breaker goes by the wall's clock: here every read is made.
            Client = o => o with { ReadBreaker = o.ReadBreaker with { MinimumThroughput = 10_000 } },
        });
        foreach (var endpoint in new[] { PaperEndpoint.Positions, PaperEndpoint.PendingOrders, PaperEndpoint.HistoryOrders })
            robot.Broker.Faults.For(endpoint, PaperFault.StatusBefore(503), TimeSpan.FromMinutes(5));
        var began = robot.Now;

        await robot.UntilAsync(() => !robot.Notices.IsEmpty, "it is told", TimeSpan.FromMinutes(5));
        var away = Assert.Single(robot.Notices);
        Assert.Equal(NoticeKind.BrokerUnreachable, away.Kind);
        Assert.True(away.At - began >= TimeSpan.FromSeconds(90), $"{away.At - began}");

        await robot.UntilAsync(() => robot.Notices.Count > 1, "it is back", TimeSpan.FromMinutes(10));
        await robot.AdvanceAsync(TimeSpan.FromMinutes(3));
        Assert.Equal([NoticeKind.BrokerUnreachable, NoticeKind.BrokerBack], robot.Notices.Select(n => n.Kind));
        Assert.Single(robot.Logs.Lines, l => l.EventId == 36);
    }

    [Fact]
    public async Task A_read_that_fails_now_and_then_is_told_to_nobody()
    {
        await using var robot = await RobotHarness.StartAsync();
        robot.Broker.Faults.For(PaperEndpoint.Positions, PaperFault.StatusBefore(503), TimeSpan.FromSeconds(40));
        await robot.AdvanceAsync(TimeSpan.FromMinutes(5));

        Assert.Empty(robot.Notices);
    }

    [Fact]
    public async Task A_pause_a_cool_down_and_a_day_s_loss_are_told()
    {
        await using var robot = await RobotHarness.StartAsync(new HarnessOptions
        {
            Settings = s => s with { Risk = new RiskLimits { MaxDailyLoss = 0.5m, AccountCurrency = "USD", MaxLossesInRow = 1, CoolDown = TimeSpan.FromMinutes(5) } },
        });
        await robot.OpenAsync(at: 157.50m);
        await robot.TickAsync("AXSM", 155m);
        await robot.UntilStatusAsync(PositionStatus.Closed);
        await robot.RestAsync();
        Assert.True((await robot.Robot.SetTradingStateAsync(TradingState.ExitOnly, "paused by a test", default)).Done);

        var kinds = robot.Notices.Select(n => n.Kind).ToList();
        Assert.Single(kinds, NoticeKind.DailyLoss);
        Assert.Single(kinds, NoticeKind.CoolDown);
        Assert.Equal("Trading state: ExitOnly (paused by a test)", robot.Notices.Single(n => n.Kind == NoticeKind.TradingState).Text);
    }

    [Fact]
    public async Task A_symbol_that_needs_the_person_and_a_journal_that_fails_are_told()
    {
        await using var robot = await RobotHarness.StartAsync();
        robot.Broker.Faults.Next(PaperEndpoint.PlaceMarketOrder, PaperFault.LostAnswer);
        robot.Broker.PlaceByPerson("AXSM_US_EQ", 1m, "API");
        await robot.SignalAsync();
        await robot.UntilAsync(() => robot.State().Blocked is not null, "AXSM needs the person");
        await robot.EventuallyAsync(() => robot.Notices.Any(n => n.Kind == NoticeKind.NeedsYou), "it is told");
        Assert.Contains(robot.Notices, n => n is { Kind: NoticeKind.InDoubt, Symbol: "AXSM" });

        RawJournal.Run(robot.JournalPath, "CREATE TRIGGER refuse BEFORE INSERT ON journal BEGIN SELECT RAISE(ABORT, 'refused by the test'); END");
        Assert.False((await robot.Robot.SetTradingStateAsync(TradingState.ExitOnly, "a test", default)).Done);
        Assert.Contains(robot.Notices, n => n is { Kind: NoticeKind.JournalFailed });
    }

    [Fact]
    public async Task One_trade_is_one_trace_with_every_part_also_when_a_crash_came_between()
    {
        // No other test trades it: all robots of this process are heard, and their venues number orders alike.
        const string symbol = "KO";
        await using var robot = await RobotHarness.StartAsync(new HarnessOptions { Symbols = [symbol] });
        using var heard = new Traces();
        await robot.OpenAsync(symbol, 157.50m);
        await robot.RestartRobotAsync();
        await robot.TickAsync(symbol, 159.50m);
        await robot.UntilStatusAsync(PositionStatus.Closed, symbol);

        var trace = Assert.Single(heard.OfTrade($"{symbol}-1", robot.Trades.Single().EntryOrderId!.Value));
        Assert.Equal(
            ["POST", "POST", "close", "confirm", "confirm", "exit", "fill", "fill", "intent", "intent", "risk", "signal", "tick", "trade"],
            trace.Select(a => a.OperationName).Order(StringComparer.Ordinal));
        var root = trace.Single(a => a.OperationName == "trade");
        Assert.Equal(default, root.ParentSpanId);
        Assert.All(trace.Where(a => a != root), a =>
        {
            Assert.Equal(root.SpanId, a.ParentSpanId);
            Assert.True(a.StartTimeUtc >= root.StartTimeUtc && a.StartTimeUtc + a.Duration <= root.StartTimeUtc + root.Duration + LeastLength, a.OperationName);
        });
        Assert.Equal("TP", root.GetTagItem("microtrader.reason"));
        // The times are the trade's, not the moment's in which the trace was made.
        Assert.InRange(root.StartTimeUtc, HarnessOptions.Start.UtcDateTime, robot.Now.UtcDateTime);
        Assert.True(root.Duration > TimeSpan.FromMilliseconds(100), $"{root.Duration}");
    }

    private sealed class Traces : IDisposable
    {
        private readonly ActivityListener _listener;
        private readonly List<Activity> _all = [];

        public Traces()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == Diagnostics.TradeTracing.SourceName,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = activity =>
                {
                    lock (_all)
                        _all.Add(activity);
                },
            };
            ActivitySource.AddActivityListener(_listener);
        }

        /// <summary>The traces of a trade; other tests' robots trade in the same process.</summary>
        public List<List<Activity>> OfTrade(string trade, long buyOrder)
        {
            lock (_all)
            {
                return [.. _all.GroupBy(a => a.TraceId)
                    .Where(t => t.Any(a => a.OperationName == "trade" && Equals(a.GetTagItem("microtrader.trade"), trade))
                        && t.Any(a => a.OperationName == "confirm" && Equals(a.GetTagItem("microtrader.order_id"), buyOrder)))
                    .Select(t => t.ToList())];
            }
        }

        public void Dispose() => _listener.Dispose();
    }
}
