using MicroTrader.Actors.Tests.Support;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Risk;
using MicroTrader.Domain.Robot;
using MicroTrader.Trading212;

namespace MicroTrader.Actors.Tests;

/// <summary>An account has one robot: what another program does on it ends the entries, once, until a person says that it is over.</summary>
public sealed class ForeignOrderTests
{
    [Fact]
    public async Task Another_program_s_order_ends_the_entries_until_a_person_resumes_and_a_restart_does_not_forget_it()
    {
        await using var robot = await RobotHarness.StartAsync();
        using var heard = new Heard(robot.Metrics);
        robot.Broker.PutPrice(RobotHarness.Ticker("HUT").Value, 41.20m);
        using var other = new Trading212Client(new Trading212Options { BaseAddress = robot.Broker.BaseAddress, ApiKey = "paper", ApiSecret = "paper" });
        Assert.IsType<PlaceOrderResult.Placed>(await other.PlaceMarketOrderAsync(new MarketOrderRequest(RobotHarness.Ticker("HUT").Value, 3m)));
        Assert.True((await robot.Robot.StatusAsync(default)).Ready);

        await robot.UntilAsync(async () => (await robot.Robot.StatusAsync(default)).TradingState == "ExitOnly", "the order is seen");
        var seen = await robot.Robot.StatusAsync(default);
        Assert.Contains("another program trades this account", seen.TradingStateReason, StringComparison.Ordinal);
        // Page, status, metric and message say the same: a person is asked.
        Assert.Equal(["account SHARED"], seen.NeedsYou);
        Assert.Equal(seen.TradingStateReason, seen.Shared!.Detail);
        Assert.Equal(1, NeedsYou());
        var told = Assert.Single(robot.Notices, n => n.Kind == NoticeKind.NeedsYou);
        Assert.Contains(seen.Shared.Detail, told.Text, StringComparison.Ordinal);
        Assert.Single(robot.Logs.Lines, l => l.EventId == 34);
        await robot.SignalAsync();
        Assert.Equal(PositionStatus.Closed, robot.State().Status);

        await robot.RestartRobotAsync();
        Assert.Equal("ExitOnly", (await robot.Robot.StatusAsync(default)).TradingState);
        Assert.Equal(seen.Shared, (await robot.Robot.StatusAsync(default)).Shared);
        // A pause, or a stop, says nothing of the account.
        Assert.True((await robot.Robot.SetTradingStateAsync(TradingState.Stopped, "to be safe", default)).Done);
        Assert.Equal(["account SHARED"], (await robot.Robot.StatusAsync(default)).NeedsYou);
        Assert.True((await robot.Robot.SetTradingStateAsync(TradingState.Active, "it was me", default)).Done);
        await robot.AdvanceAsync(TimeSpan.FromMinutes(3));
        Assert.Equal("Active", (await robot.Robot.StatusAsync(default)).TradingState);
        Assert.Empty((await robot.Robot.StatusAsync(default)).NeedsYou);
        Assert.Equal(0, NeedsYou());
        await robot.OpenAsync();
        await robot.UntilStatusAsync(PositionStatus.Closed);

        double NeedsYou()
        {
            heard.Look();
            return heard.Of("microtrader.needs_you")[^1].Value;
        }
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
