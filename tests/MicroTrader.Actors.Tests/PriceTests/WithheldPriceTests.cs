using Akka.Actor;
using MicroTrader.Actors.Diagnostics;
using MicroTrader.Actors.Tests.Support;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Actors.Tests.PriceTests;

/// <summary>Prices that are not believed, or not believed enough: what they may set off.</summary>
public sealed class WithheldPriceTests
{
    private static readonly HarnessOptions Patient = new() { Settings = s => s with { Exits = s.Exits with { MaxHold = TimeSpan.FromMinutes(5) } } };

    [Fact]
    public async Task One_wrong_price_leaves_nothing_and_a_second_one_does()
    {
        await using var robot = await RobotHarness.StartAsync(Patient);
        await robot.OpenAsync(at: 157.50m);
        await TellAsync(robot, 157_500m);
        await TellAsync(robot, 0.1575m);
        await TellAsync(robot, -1m);
        await TellAsync(robot, 157.60m);
        Assert.Equal((PositionStatus.Open, 1L), (robot.State().Status, robot.Broker.PostsReceived));
        var symbol = (await robot.Robot.SymbolsAsync(default)).Single();
        Assert.Equal(157.60m, symbol.LastPrice);
        Assert.Equal([new("Jump", 2), new("NotAPrice", 1)], symbol.Withheld!.OrderBy(w => w.Key));
        Assert.Equal(symbol.Withheld, (await robot.Robot.StatusAsync(default)).Prices!.Withheld);
        // One line a minute is for people, each is in the files.
        Assert.Equal((1, 3), (robot.Logs.Count(77), robot.Logs.Count(78)));

        await TellAsync(robot, 170m);
        Assert.Equal(PositionStatus.Open, robot.State().Status);
        await TellAsync(robot, 170.10m);
        await robot.UntilStatusAsync(PositionStatus.Closed);
        Assert.Equal("TP", Assert.Single(robot.Trades).CloseReason);
        robot.AssertVenue(posts: 2, buys: 1, sells: 1);
    }

    [Fact]
    public async Task One_wrong_price_is_counted_by_its_code()
    {
        await using var robot = await RobotHarness.StartAsync();
        using var counted = new System.Diagnostics.Metrics.MeterListener();
        var codes = new List<string>();
        counted.InstrumentPublished = (i, l) =>
        {
            if (i.Name == RobotMetrics.TicksWithheld && robot.Metrics.Owns(i))
                l.EnableMeasurementEvents(i);
        };
        counted.SetMeasurementEventCallback<long>((_, _, tags, _) => codes.Add((string)tags[0].Value!));
        counted.Start();
        await TellAsync(robot, 100m);
        await TellAsync(robot, 100m);
        await TellAsync(robot, 200m);
        await TellAsync(robot, 100m, TickTraits.Delayed);
        Assert.Equal(["Jump", "Delayed"], codes);
    }

    [Fact]
    public async Task After_a_restart_what_was_paid_today_measures_the_first_price()
    {
        await using var robot = await RobotHarness.StartAsync(Patient);
        await robot.OpenAsync(at: 157.50m);
        await robot.RestartRobotAsync();
        await TellAsync(robot, 157_500m);
        Assert.Equal(PositionStatus.Open, robot.State().Status);
        await TellAsync(robot, 160m);
        await robot.UntilStatusAsync(PositionStatus.Closed, within: TimeSpan.FromSeconds(30));
        Assert.Equal("TP", Assert.Single(robot.Trades).CloseReason);
    }

    [Fact]
    public async Task Late_prices_leave_nothing_by_TP_or_SL_and_TIME_goes_on()
    {
        await using var robot = await RobotHarness.StartAsync();
        await robot.OpenAsync(at: 157.50m);
        await TellAsync(robot, 160m, TickTraits.Delayed);
        await TellAsync(robot, 155m, TickTraits.Delayed);
        Assert.Equal(PositionStatus.Open, robot.State().Status);
        Assert.Equal(PriceWords.Late, (await robot.Robot.SymbolsAsync(default)).Single().Prices);
        await robot.UntilStatusAsync(PositionStatus.Closed);
        Assert.Equal("TIME", Assert.Single(robot.Trades).CloseReason);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Late_prices_enter_only_where_that_is_accepted(bool accepted)
    {
        await using var robot = await RobotHarness.StartAsync(new HarnessOptions { Settings = s => s with { Prices = s.Prices with { AcceptDelayed = accepted } } });
        for (var i = 0; i < 15; i++)
            await TellAsync(robot, 157m + (i < 12 ? 0 : 0.1m * (i - 11)), TickTraits.Delayed, TimeSpan.FromMinutes(15), i < 12 ? 100m : 500m);
        if (!accepted)
        {
            Assert.Equal(0, robot.Broker.PostsReceived);
            Assert.Contains("Feed:AcceptDelayedPrices", (await robot.Robot.SymbolsAsync(default)).Single().Mind, StringComparison.Ordinal);
            return;
        }

        await robot.UntilStatusAsync(PositionStatus.Open);
        var signal = robot.Facts().OfType<EntryIntended>().Single().Signal;
        Assert.Equal(TimeSpan.FromMinutes(15), signal.At - signal.TickTime);
    }

    private static async Task TellAsync(RobotHarness robot, decimal price, TickTraits traits = TickTraits.None, TimeSpan age = default, decimal volume = 100m)
    {
        await robot.AdvanceAsync(TimeSpan.FromMilliseconds(20));
        if (price > 0)
            robot.Broker.PutPrice(RobotHarness.Ticker("AXSM").Value, price);
        robot.Supervisor.Tell(new Tick(Symbol.Parse("AXSM"), TickKind.Trade, robot.Now - age, price, volume, Traits: traits), ActorRefs.NoSender);
        await robot.RestAsync();
    }
}
