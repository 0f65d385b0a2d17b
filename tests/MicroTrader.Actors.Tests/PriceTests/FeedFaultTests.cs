using Microsoft.Extensions.Logging;
using MicroTrader.Actors.Tests.Support;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Positions;
using MicroTrader.MarketData;

namespace MicroTrader.Actors.Tests.PriceTests;

/// <summary>A feed that fails, is refused, or has much to say.</summary>
public sealed class FeedFaultTests
{
    private readonly TestFeed _feed = new();

    [Fact]
    public async Task A_feed_that_is_refused_is_left_alone_and_what_is_held_is_left_by_TIME()
    {
        await using var robot = await RobotHarness.StartAsync(new HarnessOptions { Feed = _feed });
        await robot.OpenAsync();
        _feed.Fail(new FeedRefusedException("POLYGON_API_KEY: not accepted"));
        await robot.EventuallyAsync(() => robot.Logs.Count(74) == 1, "the refusal is said");
        var line = robot.Logs.Lines.Single(l => l.EventId == 74);
        Assert.Equal(LogLevel.Error, line.Level);
        Assert.Contains("POLYGON_API_KEY: not accepted", line.Message, StringComparison.Ordinal);
        await robot.RestAsync();
        Assert.Equal(["prices"], (await robot.Robot.StatusAsync(default)).WaitingFor);

        await robot.UntilStatusAsync(PositionStatus.Closed);
        Assert.Equal("TIME", Assert.Single(robot.Trades).CloseReason);
        await robot.AdvanceAsync(TimeSpan.FromMinutes(2));
        Assert.Equal((1, 1, 0), (_feed.Reads, robot.Logs.Count(74), robot.Logs.Count(22)));
        // Ticks from elsewhere would find risk shut.
        await robot.SignalAsync();
        Assert.Equal(1, robot.Broker.ReadLedger().Orders.Count(o => o.Quantity > 0));
    }

    [Fact]
    public async Task A_feed_that_fails_is_read_anew_with_growing_waits_and_says_each_failure_once()
    {
        await using var robot = await RobotHarness.StartAsync(new HarnessOptions { Feed = _feed, Settings = s => s with { RestartBackOff = TimeSpan.FromSeconds(1) } });
        Give(157m);
        await robot.EventuallyAsync(async () => (await robot.ReportAsync("feed")).Fields["ticks"] == "1", "the first tick");
        var waits = new List<TimeSpan>();
        for (var i = 1; i <= 7; i++)
        {
            var failedAt = robot.Now;
            _feed.Fail(new IOException("the line is cut"));
            await robot.EventuallyAsync(async () => (await robot.ReportAsync("feed")).Fields["failures"] == i.ToString(System.Globalization.CultureInfo.InvariantCulture), "the failure");
            await robot.UntilAsync(() => _feed.Reads == i + 1, "the next read");
            waits.Add(robot.Now - failedAt);
        }

        Assert.Equal((1, 6), (robot.Logs.Count(22), robot.Logs.Count(81)));
        Assert.All(waits.Zip([1, 2, 4, 8, 16, 30, 30]), w => Assert.InRange(w.Item1.TotalSeconds, w.Item2, (w.Item2 * 1.2) + 0.001));
        Give(157m);
        await robot.EventuallyAsync(() => robot.Logs.Count(79) == 1, "it works again");
        // What was counted before is not forgotten.
        Assert.Equal(("2", "7"), (await robot.ReportAsync("feed")).Fields is var f ? (f["ticks"], f["failures"]) : default);

        void Give(decimal price) => _feed.Give(new Tick(Symbol.Parse("AXSM"), TickKind.Trade, robot.Now, price, 100m));
    }

    [Fact]
    public async Task What_a_feed_has_to_say_reaches_the_log_and_floods_nothing()
    {
        await using var robot = await RobotHarness.StartAsync(new HarnessOptions { Feed = _feed });
        for (var i = 0; i < 50; i++)
            _feed.Note(new FeedNote(FeedNoteKind.Disconnected, true, $"lost {i}"));
        _feed.Note(new FeedNote(FeedNoteKind.Connected, false, "there"));
        await robot.EventuallyAsync(() => robot.Logs.Count(73) == 1, "the last note");
        Assert.Equal((3, 47), (robot.Logs.Count(72), robot.Logs.Count(80)));
        await robot.AdvanceAsync(TimeSpan.FromMinutes(1));
        _feed.Note(new FeedNote(FeedNoteKind.Disconnected, true, "lost again"));
        await robot.EventuallyAsync(() => robot.Logs.Lines.Any(l => l.Message == "Feed: lost again (47 more such lines were left out)"), "the next minute's line");
        _feed.Statistics = new FeedStatistics { Reconnects = 51, Malformed = 2 };
        var report = (await robot.ReportAsync("feed")).Fields;
        Assert.Equal(("51", "2", "51"), (report["reconnects"], report["malformed"], report["notes Disconnected"]));
    }

    [Fact]
    public async Task A_source_that_says_its_prices_are_late_is_an_error_line()
    {
        await using var robot = await RobotHarness.StartAsync(new HarnessOptions { Feed = _feed });
        _feed.Note(new FeedNote(FeedNoteKind.Delayed, true, "the snapshot's prices are late"));
        await robot.EventuallyAsync(() => robot.Logs.Count(75) == 1, "the line");
        var line = robot.Logs.Lines.Single(l => l.EventId == 75);
        Assert.Equal(LogLevel.Error, line.Level);
        Assert.Contains("nothing is entered (Feed:AcceptDelayedPrices would)", line.Message, StringComparison.Ordinal);
    }
}
