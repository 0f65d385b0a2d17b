using Microsoft.Extensions.Logging;
using MicroTrader.Actors.Tests.Support;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Actors.Tests.PriceTests;

/// <summary>A feed that is silent: what is said, and by which prices a position is left meanwhile.</summary>
public sealed class StalePriceTests
{
    private static readonly HarnessOptions Watched = new()
    {
        Settings = s => s with
        {
            Prices = s.Prices with { StaleAfter = TimeSpan.FromSeconds(5) },
            Exits = s.Exits with { MaxHold = TimeSpan.FromMinutes(2) },
            BrokerPrices = true,
        },
    };

    [Fact]
    public async Task A_symbol_that_goes_stale_is_one_line_and_one_when_it_is_back()
    {
        await using var robot = await RobotHarness.StartAsync(Watched);
        await robot.TickAsync("AXSM", 157m);
        await robot.AdvanceAsync(TimeSpan.FromSeconds(1));
        await robot.TickAsync("AXSM", 157m);
        await robot.AdvanceAsync(TimeSpan.FromSeconds(5) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, robot.Logs.Count(70));
        await robot.AdvanceAsync(TimeSpan.FromSeconds(60));
        var line = Assert.Single(robot.Logs.Lines, l => l.EventId == 70);
        Assert.Equal((LogLevel.Warning, "AXSM: prices are stale: the newest is 5 s old; no entry before the next one"), (line.Level, line.Message));
        var symbol = (await robot.Robot.SymbolsAsync(default)).Single();
        Assert.Equal((PriceWords.Stale, "prices are stale: the newest is 65 s old"), (symbol.Prices, symbol.Mind));
        Assert.Equal(["AXSM"], (await robot.Robot.StatusAsync(default)).Prices!.Stale);
        Assert.Equal(5, symbol.StaleAfterSeconds);

        await robot.TickAsync("AXSM", 157m);
        Assert.Equal(LogLevel.Information, Assert.Single(robot.Logs.Lines, l => l.EventId == 71).Level);
        Assert.Empty((await robot.Robot.StatusAsync(default)).Prices!.Stale);
        // To and fro within a minute is not for people.
        for (var i = 0; i < 3; i++)
        {
            await robot.AdvanceAsync(TimeSpan.FromSeconds(6));
            Assert.Equal(PriceWords.Stale, (await robot.Robot.SymbolsAsync(default)).Single().Prices);
            await robot.TickAsync("AXSM", 157m);
        }

        Assert.Equal((1, 1), (robot.Logs.Count(70), robot.Logs.Count(71)));
        Assert.Equal([NoticeKind.FeedStale, NoticeKind.FeedBack], robot.Notices.Select(n => n.Kind));
    }

    [Fact]
    public async Task The_broker_s_own_price_cuts_a_loss_while_the_feed_is_stale()
    {
        await using var robot = await RobotHarness.StartAsync(Watched);
        await robot.OpenAsync(at: 157.50m);
        await robot.AdvanceAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(PositionStatus.Open, robot.State().Status);
        Assert.Contains("broker's own price", Assert.Single(robot.Logs.Lines, l => l.EventId == 70).Message, StringComparison.Ordinal);
        await MoveAsync(robot, 157.30m);
        Assert.Equal(PositionStatus.Open, robot.State().Status);
        await MoveAsync(robot, 156.50m);
        await robot.UntilStatusAsync(PositionStatus.Closed, within: TimeSpan.FromSeconds(20));

        Assert.Equal("SL", Assert.Single(robot.Trades).CloseReason);
        var intended = robot.Facts().OfType<ExitIntended>().Single();
        Assert.Equal((156.50m, PriceBasis.Broker), (intended.Price, intended.Basis));
        Assert.Equal("AXSM: SL at 156.50 by the broker's own price, for the feed's is stale", Assert.Single(robot.Logs.Lines, l => l.EventId == 76).Message);
        var steps = (await robot.Robot.ExplainAsync("AXSM-1", default)).Explanation!.Steps;
        Assert.Contains(steps, s => s.Text.Contains("SL at 156.50 USD by the broker's own price", StringComparison.Ordinal));
        robot.AssertVenue(posts: 2, buys: 1, sells: 1);
        // Nothing is held: nothing is read for it any more.
        Assert.Equal("-", (await robot.ReportAsync("broker-prices")).Fields["wanted for"]);
    }

    [Fact]
    public async Task A_broker_price_that_stands_still_may_be_frozen_and_leaves_nothing()
    {
        await using var robot = await RobotHarness.StartAsync(Watched);
        await robot.OpenAsync(at: 157.50m);
        robot.Broker.PutPrice(RobotHarness.Ticker("AXSM").Value, 155m);
        await robot.AdvanceAsync(TimeSpan.FromSeconds(60));
        Assert.True(long.Parse((await robot.ReportAsync("broker-prices")).Fields["reads"], null) > 10);
        Assert.Equal(PositionStatus.Open, robot.State().Status);
        await robot.UntilStatusAsync(PositionStatus.Closed);
        Assert.Equal("TIME", Assert.Single(robot.Trades).CloseReason);
    }

    [Fact]
    public async Task One_wrong_price_of_the_broker_leaves_nothing()
    {
        await using var robot = await RobotHarness.StartAsync(Watched);
        await robot.OpenAsync(at: 157.50m);
        await robot.AdvanceAsync(TimeSpan.FromSeconds(20));
        await MoveAsync(robot, 157.40m);
        await MoveAsync(robot, 15.75m);
        await MoveAsync(robot, 157.30m);
        Assert.Equal(PositionStatus.Open, robot.State().Status);
        Assert.Equal(1, (await robot.Robot.SymbolsAsync(default)).Single().Withheld!["Jump"]);
    }

    [Fact]
    public async Task Once_the_feed_is_back_the_broker_is_asked_no_more()
    {
        await using var robot = await RobotHarness.StartAsync(Watched);
        await robot.OpenAsync(at: 157.50m);
        await robot.AdvanceAsync(TimeSpan.FromSeconds(20));
        Assert.Equal("AXSM", (await robot.ReportAsync("broker-prices")).Fields["wanted for"]);
        await robot.TickAsync("AXSM", 157.60m);
        Assert.Equal("-", (await robot.ReportAsync("broker-prices")).Fields["wanted for"]);
    }

    [Fact]
    public async Task Without_the_setting_a_stale_feed_leaves_by_TIME_alone()
    {
        await using var robot = await RobotHarness.StartAsync(Watched with { Settings = s => Watched.Settings(s) with { BrokerPrices = false } });
        await robot.OpenAsync(at: 157.50m);
        await robot.AdvanceAsync(TimeSpan.FromSeconds(20));
        await MoveAsync(robot, 157.30m);
        await MoveAsync(robot, 150m);
        Assert.Equal(PositionStatus.Open, robot.State().Status);
        await robot.UntilStatusAsync(PositionStatus.Closed);
        Assert.Equal("TIME", Assert.Single(robot.Trades).CloseReason);
    }

    // The venue's price alone: the feed says nothing. Long enough for a read of it.
    private static async Task MoveAsync(RobotHarness robot, decimal price)
    {
        robot.Broker.PutPrice(RobotHarness.Ticker("AXSM").Value, price);
        await robot.AdvanceAsync(TimeSpan.FromSeconds(3));
    }
}
