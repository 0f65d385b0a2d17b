using Microsoft.Extensions.Time.Testing;
using MicroTrader.Actors.Replay;
using MicroTrader.Actors.Tests.Support;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Robot;
using MicroTrader.MarketData;
using MicroTrader.Simulators.Paper;
using MicroTrader.Trading212;
using OrderStatus = MicroTrader.Domain.Orders.OrderStatus;

namespace MicroTrader.Actors.Tests;

/// <summary>A recording is replayed on the pump, against the paper broker on the recording's clock.</summary>
public sealed class ReplayTests
{
    private static readonly string[] Four = ["AXSM", "DJT", "WULF", "HUT"];

    [Fact]
    public async Task Two_replays_of_hours_of_four_symbols_give_the_same_trades()
    {
        var first = await ReplayAsync(TimeSpan.FromHours(1));
        var second = await ReplayAsync(TimeSpan.FromHours(1));

        Assert.True(first.Trades.Count > 100, $"{first.Trades.Count} trades");
        Assert.Equal(first.Trades, second.Trades);
        Assert.Equal(first.Orders, second.Orders);
        Assert.Equal(first.Progress, second.Progress);
        Assert.All(Four, s => Assert.Contains(first.Trades, t => t.Symbol == s));
        Assert.Superset(new HashSet<string> { "TP", "SL", "TIME" }, first.Trades.Select(t => t.CloseReason).ToHashSet());
    }

    [Fact]
    public async Task Nothing_is_under_way_when_a_tick_is_delivered()
    {
        var answered = new CountingObserver();
        await using var robot = await RobotHarness.StartAsync(new HarnessOptions { Symbols = Four, InProcess = true, Observer = answered });
        var counted = Enum.GetValues<PaperEndpoint>();
        var start = robot.Now + TimeSpan.FromSeconds(5);
        using var driver = new ReplayDriver(
            robot.Pump,
            robot.Clock,
            robot.Supervisor,
            tick =>
            {
                robot.Broker.PutPrice(RobotHarness.Ticker(tick.Symbol.Value).Value, tick.Price);
                Assert.Equal(counted.Sum(e => robot.Broker.RequestsReceived(e)), answered.Count);
                Assert.Equal(tick.Time, robot.Now);
                // Every intent has its order's outcome: neither the journal nor the broker owes anything.
                Assert.DoesNotContain(Four, s => robot.State(s) is { Status: not PositionStatus.Closed } open && open.Trade!.Orders.Any(o => o.Status == OrderStatus.Intended));
            },
            Synthetic(start, TimeSpan.FromMinutes(1)).Select(t => new RecordedTick(t.Time, t)),
            null,
            TimeSpan.FromMinutes(2),
            TimeProvider.System);
        var progress = await driver.RunAsync(CancellationToken.None);
        Assert.True(progress.Completed);
        Assert.NotEmpty(robot.Trades);
    }

    [Fact]
    public async Task A_recording_that_cannot_be_read_on_ends_the_replay_with_its_words()
    {
        await using var robot = await RobotHarness.StartAsync();
        using var driver = Driver(robot, Broken(robot.Now));
        var e = await Assert.ThrowsAsync<RecordingException>(() => driver.RunAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal("day.zip: is cut short", e.Message);
        Assert.Equal((3, false), (driver.Progress.Ticks, driver.Progress.Completed));

        static IEnumerable<Tick> Broken(DateTimeOffset start)
        {
            foreach (var tick in Synthetic(start, TimeSpan.FromSeconds(1)).Where(t => t.Symbol.Value == "AXSM").Take(3))
                yield return tick;
            throw new RecordingException("day.zip: is cut short");
        }
    }

    [Fact]
    public async Task A_replay_at_a_speed_keeps_step_with_the_clock_on_the_wall()
    {
        await using var robot = await RobotHarness.StartAsync();
        var wall = new SeenTimeProvider();
        var ticks = Enumerable.Range(1, 4).Select(i => new Tick(Symbol.Parse("AXSM"), TickKind.Trade, robot.Now + TimeSpan.FromSeconds(10 * i), 157m, 100m)).ToList();
        using var driver = Driver(robot, ticks, speed: 10, wall);
        var running = driver.RunAsync(CancellationToken.None);
        for (var i = 1; i <= 4; i++)
        {
            // Ten seconds of the recording are one on the wall.
            wall.Advance(TimeSpan.FromMilliseconds(999));
            // Twice: the first look may have begun before.
            var looks = wall.Looks;
            await robot.EventuallyAsync(() => wall.Looks >= looks + 2, "the driver has looked at the clock");
            Assert.Equal(i - 1, driver.Progress.Ticks);
            wall.Advance(TimeSpan.FromMilliseconds(1));
            await robot.EventuallyAsync(() => driver.Progress.Ticks == i, $"tick {i}");
        }

        wall.Advance(TimeSpan.FromMinutes(1));
        Assert.True((await running.WaitAsync(TimeSpan.FromSeconds(20))).Completed);
    }

    [Fact]
    public async Task A_replay_that_is_cancelled_leaves_what_it_holds_and_says_that_it_is_not_complete()
    {
        await using var robot = await RobotHarness.StartAsync(new HarnessOptions { Symbols = Four, InProcess = true });
        using var stop = new CancellationTokenSource();
        using var driver = Driver(robot, UntilBought(robot, stop));
        var progress = await driver.RunAsync(stop.Token).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.False(progress.Completed);
        Assert.All(robot.Trades, t => Assert.Equal("TIME", t.CloseReason));
        Assert.NotEmpty(robot.Trades);
        Assert.DoesNotContain(robot.Broker.ReadLedger().Holdings, h => h.Quantity != 0);

        static IEnumerable<Tick> UntilBought(RobotHarness robot, CancellationTokenSource stop)
        {
            foreach (var tick in Synthetic(robot.Now, TimeSpan.FromHours(1)))
            {
                if (robot.Broker.PostsReceived > 0)
                    stop.Cancel();
                yield return tick;
            }
        }
    }

    private static async Task<(IReadOnlyList<TradeView> Trades, IReadOnlyList<string> Orders, ReplayProgress Progress)> ReplayAsync(TimeSpan length)
    {
        await using var robot = await RobotHarness.StartAsync(new HarnessOptions { Symbols = Four, InProcess = true });
        var start = robot.Now + TimeSpan.FromSeconds(5);
        using var driver = Driver(robot, Synthetic(start, length));
        var progress = await driver.RunAsync(CancellationToken.None);
        Assert.True(progress.Completed);
        Assert.Equal(4 * (long)(length / TimeSpan.FromMilliseconds(250)), progress.Ticks);
        Assert.Equal((start, start + length - TimeSpan.FromMilliseconds(250)), (progress.FirstTick, progress.LastTick));
        Assert.Empty(await robot.Robot.PositionsAsync(default));
        var ledger = robot.Broker.ReadLedger();
        Assert.DoesNotContain(ledger.Holdings, h => h.Quantity != 0);
        return (robot.Trades, [.. ledger.Orders.Select(o => $"{o.Id} {o.Ticker} {o.Quantity} {o.CreatedAt:O} {o.Status}")], progress);
    }

    private static ReplayDriver Driver(RobotHarness robot, IEnumerable<Tick> ticks, double? speed = null, TimeProvider? realTime = null) => new(
        robot.Pump,
        robot.Clock,
        robot.Supervisor,
        t => robot.Broker.PutPrice(RobotHarness.Ticker(t.Symbol.Value).Value, t.Price),
        ticks.Select(t => new RecordedTick(t.Time, t)),
        speed,
        TimeSpan.FromMinutes(2),
        realTime ?? TimeProvider.System);

    private static IEnumerable<Tick> Synthetic(DateTimeOffset start, TimeSpan length)
    {
        var paths = Four.Select(s => (Symbol: Symbol.Parse(s), Path: new SyntheticPath(Symbol.Parse(s), 7))).ToList();
        for (var at = start; at < start + length; at += TimeSpan.FromMilliseconds(250))
        {
            foreach (var (symbol, path) in paths)
            {
                var step = path.Next();
                yield return new Tick(symbol, TickKind.Trade, at, step.Price, step.Volume);
            }
        }
    }

    private sealed class CountingObserver : IHttpExchangeObserver
    {
        private long _count;

        public long Count => Volatile.Read(ref _count);

        public void OnExchange(HttpExchange exchange) => Interlocked.Increment(ref _count);
    }

    /// <summary>A clock that counts who looks at it.</summary>
    private sealed class SeenTimeProvider : FakeTimeProvider
    {
        private long _looks;

        public long Looks => Interlocked.Read(ref _looks);

        public override long GetTimestamp()
        {
            Interlocked.Increment(ref _looks);
            return base.GetTimestamp();
        }
    }
}
