using MicroTrader.Actors.Tests.Support;
using MicroTrader.Domain.Calendar;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Strategy;

namespace MicroTrader.Actors.Tests;

/// <summary>The market's hours, with the robot whole.</summary>
public sealed class SessionTests
{
    private static readonly DateTimeOffset Now = HarnessOptions.Start;

    [Fact]
    public async Task Outside_of_the_regular_session_nothing_is_bought()
    {
        await using var robot = await StartAsync(new SessionRules(), extendedHours: true, PreMarket);
        await robot.SignalAsync();

        Assert.Equal(0, robot.Broker.PostsReceived);
        Assert.Equal(1, (await robot.Robot.StatusAsync(default)).Denials["NotRegularSession"]);
        Assert.Equal(PositionStatus.Closed, robot.State().Status);
    }

    [Fact]
    public async Task Where_extended_hours_are_traded_an_order_outside_of_the_regular_session_says_so()
    {
        await using var robot = await StartAsync(new SessionRules { RegularOnly = false }, extendedHours: true, PreMarket);
        await robot.OpenAsync();

        Assert.True(Assert.Single(robot.Broker.ReadLedger().Orders).ExtendedHours);
    }

    [Fact]
    public async Task Within_the_regular_session_an_order_does_not_speak_of_extended_hours()
    {
        await using var robot = await StartAsync(new SessionRules { RegularOnly = false }, extendedHours: true, Regular(closesIn: TimeSpan.FromHours(6)));
        await robot.OpenAsync();

        Assert.False(Assert.Single(robot.Broker.ReadLedger().Orders).ExtendedHours);
    }

    [Fact]
    public async Task A_position_is_left_before_the_close()
    {
        var rules = new SessionRules { NoEntryBeforeClose = TimeSpan.FromMinutes(2), FlatBeforeClose = TimeSpan.FromMinutes(2) };
        await using var robot = await StartAsync(rules, extendedHours: false, Regular(closesIn: TimeSpan.FromMinutes(4)), maxHold: TimeSpan.FromHours(1));
        await robot.OpenAsync();
        await robot.UntilStatusAsync(PositionStatus.Closed, within: TimeSpan.FromMinutes(3));

        Assert.Equal("SESSION_END", Assert.Single(robot.Trades).CloseReason);
    }

    private static ScheduleCalendar PreMarket => new(
    [
        new ScheduleEvent(Now.AddHours(-1), ScheduleEventKind.PreMarketOpen),
        new ScheduleEvent(Now.AddHours(2), ScheduleEventKind.Open),
        new ScheduleEvent(Now.AddHours(8), ScheduleEventKind.Close),
    ]);

    private static ScheduleCalendar Regular(TimeSpan closesIn) => new(
    [
        new ScheduleEvent(Now.AddHours(-1), ScheduleEventKind.Open),
        new ScheduleEvent(Now + closesIn, ScheduleEventKind.Close),
        new ScheduleEvent(Now.AddHours(18), ScheduleEventKind.Open),
    ]);

    private static Task<RobotHarness> StartAsync(SessionRules rules, bool extendedHours, ITradingCalendar calendar, TimeSpan? maxHold = null) =>
        RobotHarness.StartAsync(new HarnessOptions
        {
            Settings = s => s with
            {
                Session = rules,
                Exits = new ExitParameters { MaxHold = maxHold ?? TimeSpan.FromSeconds(10) },
                Symbols = [.. s.Symbols.Select(t => t with { Limits = new InstrumentLimits(ExtendedHours: extendedHours), Calendar = calendar })],
            },
        });
}
