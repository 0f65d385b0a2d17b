using MicroTrader.Actors.Tests.Support;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Risk;
using static MicroTrader.Actors.Tests.Support.BrokenJournal;

namespace MicroTrader.Actors.Tests.JournalTests;

/// <summary>The journal refuses to write, as a full disk would, and takes everything again later.</summary>
public sealed class JournalFailureTests
{
    [Fact]
    public async Task Without_a_durable_intent_no_order_leaves_and_the_position_comes_back_and_trades()
    {
        await using var robot = await RobotHarness.StartAsync();
        Refuse(robot, "1 = 1");
        await robot.SignalAsync();
        await robot.EventuallyAsync(() => robot.Logs.Count(14) > 0, "the failure is said");
        Assert.Equal(0, robot.Broker.PostsReceived);
        Assert.Empty(robot.Facts());

        Allow(robot);
        await UntilBackAsync(robot, "position-AXSM");
        await robot.AdvanceAsync(TimeSpan.FromSeconds(10));
        await robot.OpenAsync();
        Assert.Equal("AXSM-1-B1", robot.State().Trade!.Entry.Reference.Value);
        await robot.UntilStatusAsync(PositionStatus.Closed);
        robot.AssertVenue(posts: 2, buys: 1, sells: 1);
    }

    [Fact]
    public async Task An_exit_whose_intent_was_not_durable_does_not_leave_and_is_found_again_at_the_next_price()
    {
        await using var robot = await RobotHarness.StartAsync();
        await robot.OpenAsync(at: 157.50m);
        Refuse(robot, "1 = 1");
        await robot.TickAsync("AXSM", 159.50m);
        await robot.EventuallyAsync(() => robot.Logs.Count(14) > 0, "the failure is said");
        Assert.Equal(1, robot.Broker.PostsReceived);
        Allow(robot);
        await UntilBackAsync(robot, "position-AXSM");
        await robot.RestAsync();

        await robot.TickAsync("AXSM", 159.60m);
        await robot.UntilStatusAsync(PositionStatus.Closed, within: TimeSpan.FromSeconds(8));
        Assert.Equal("TP", Assert.Single(robot.Trades).CloseReason);
        robot.AssertVenue(posts: 2, buys: 1, sells: 1);
    }

    [Theory]
    [InlineData("pos-order-accepted/1", 1)]
    [InlineData("pos-fill-estimated/1", 1)]
    [InlineData("pos-order-settled/1", 1)]
    [InlineData("pos-order-accepted/1", 2)]
    [InlineData("pos-trade-closed/1", 1)]
    public async Task A_fact_that_could_not_be_written_is_learned_again(string manifest, int nth)
    {
        await using var robot = await RobotHarness.StartAsync();
        Refuse(robot, $"NEW.manifest = '{manifest}' AND (SELECT count(*) FROM journal WHERE manifest = '{manifest}') = {nth - 1}");
        await robot.SignalAsync();
        await robot.UntilAsync(() => robot.Logs.Count(14) > 0, "the failure is said");
        Allow(robot);
        await UntilBackAsync(robot, "position-AXSM");
        await robot.UntilStatusAsync(PositionStatus.Closed);

        Assert.Equal("TIME", Assert.Single(robot.Trades).CloseReason);
        robot.AssertVenue(posts: 2, buys: 1, sells: 1);
    }

    [Fact]
    public async Task Risk_comes_back_with_its_state_and_grants_again()
    {
        await using var robot = await RobotHarness.StartAsync(new HarnessOptions { Symbols = ["AXSM", "HUT"], Settings = s => s with { Risk = new RiskLimits { MaxOpenPositions = 1 } } });
        await robot.OpenAsync("HUT", 41.20m);
        await RestartRiskAsync(robot);

        // What was not durable did not happen, and what is held still counts.
        var status = await robot.Robot.StatusAsync(default);
        Assert.Equal("Active", status.TradingState);
        await robot.SignalAsync("AXSM");
        Assert.Equal(1, (await robot.Robot.StatusAsync(default)).Denials["TooManyPositions"]);
        await robot.UntilStatusAsync(PositionStatus.Closed, "HUT");
        await robot.OpenAsync("AXSM");
    }

    [Fact]
    public async Task Draining_outlives_a_restart_of_risk()
    {
        await using var robot = await RobotHarness.StartAsync();
        Assert.True((await robot.Robot.DrainAsync(default)).Done);
        await RestartRiskAsync(robot);
        await robot.SignalAsync();
        Assert.Equal(1, (await robot.Robot.StatusAsync(default)).Denials["Draining"]);
        Assert.Equal(0, robot.Broker.PostsReceived);
    }
}
