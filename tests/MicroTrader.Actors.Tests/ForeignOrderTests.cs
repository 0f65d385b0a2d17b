using MicroTrader.Actors.Tests.Support;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Risk;
using MicroTrader.Trading212;

namespace MicroTrader.Actors.Tests;

/// <summary>An account has one robot: what another program does on it ends the entries, once, until a person says that it is over.</summary>
public sealed class ForeignOrderTests
{
    [Fact]
    public async Task Another_program_s_order_ends_the_entries_until_a_person_resumes_and_a_restart_does_not_forget_it()
    {
        await using var robot = await RobotHarness.StartAsync();
        robot.Broker.PutPrice(RobotHarness.Ticker("HUT").Value, 41.20m);
        using var other = new Trading212Client(new Trading212Options { BaseAddress = robot.Broker.BaseAddress, ApiKey = "paper", ApiSecret = "paper" });
        Assert.IsType<PlaceOrderResult.Placed>(await other.PlaceMarketOrderAsync(new MarketOrderRequest(RobotHarness.Ticker("HUT").Value, 3m)));
        Assert.True((await robot.Robot.StatusAsync(default)).Ready);

        await robot.UntilAsync(async () => (await robot.Robot.StatusAsync(default)).TradingState == "ExitOnly", "the order is seen");
        Assert.Contains("another program trades this account", (await robot.Robot.StatusAsync(default)).TradingStateReason, StringComparison.Ordinal);
        Assert.Single(robot.Logs.Lines, l => l.EventId == 34);
        await robot.SignalAsync();
        Assert.Equal(PositionStatus.Closed, robot.State().Status);

        await robot.RestartRobotAsync();
        Assert.Equal("ExitOnly", (await robot.Robot.StatusAsync(default)).TradingState);
        Assert.True((await robot.Robot.SetTradingStateAsync(TradingState.Active, "it was me", default)).Done);
        await robot.AdvanceAsync(TimeSpan.FromMinutes(3));
        Assert.Equal("Active", (await robot.Robot.StatusAsync(default)).TradingState);
        await robot.OpenAsync();
        await robot.UntilStatusAsync(PositionStatus.Closed);
    }

    [Fact]
    public async Task The_person_s_own_order_changes_nothing()
    {
        await using var robot = await RobotHarness.StartAsync();
        robot.Broker.PutPrice(RobotHarness.Ticker("AXSM").Value, 157.50m);
        robot.Broker.PlaceByPerson(RobotHarness.Ticker("AXSM").Value, 3m);
        await robot.AdvanceAsync(TimeSpan.FromMinutes(3));
        Assert.Equal("Active", (await robot.Robot.StatusAsync(default)).TradingState);
        await robot.OpenAsync();
        await robot.UntilStatusAsync(PositionStatus.Closed);
        Assert.Equal(3m, robot.Broker.ReadLedger().Holdings.Single().Quantity);
    }
}
