using MicroTrader.Actors.Tests.Support;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Risk;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Actors.Tests.RiskTests;

/// <summary>What risk has counted outlives a crash: the robot is ended without a farewell and started again on its files.</summary>
public sealed class BreakerTests
{
    private static readonly string[] Two = ["AXSM", "HUT"];

    [Theory]
    [InlineData(1)]
    [InlineData(1_000)]
    public async Task A_cool_down_outlives_a_crash(int snapshotEvery)
    {
        await using var robot = await StartAsync(new RiskLimits { MaxLossesInRow = 1, CoolDown = TimeSpan.FromMinutes(10) }, snapshotEvery);
        await LoseAsync(robot);
        await AssertDeniedAsync(robot, "HUT", DenialCode.CoolDown);
        Assert.Single(robot.Logs.ForPeople, l => l.EventId == 60);
        var until = (await RiskAsync(robot)).CoolDownUntil;
        Assert.Equal(robot.Trades.Single().CloseTime.AddMinutes(10), until!.Value, TimeSpan.FromSeconds(30));

        await robot.RestartRobotAsync();
        Assert.Equal((1, until), ((await RiskAsync(robot)).LossesInRow, (await RiskAsync(robot)).CoolDownUntil));
        await AssertDeniedAsync(robot, "HUT", DenialCode.CoolDown);

        await robot.AdvanceAsync(until.Value - robot.Now);
        Assert.Null((await RiskAsync(robot)).CoolDownUntil);
        await robot.OpenAsync("HUT", 41.20m);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_000)]
    public async Task A_day_s_loss_outlives_a_crash_and_ends_with_the_day(int snapshotEvery)
    {
        await using var robot = await StartAsync(new RiskLimits { MaxDailyLoss = 1m, AccountCurrency = "USD" }, snapshotEvery);
        await LoseAsync(robot);
        var loss = robot.Trades.Single().Net!.Value;
        Assert.True(loss <= -1m, $"{loss}");
        await AssertDeniedAsync(robot, "HUT", DenialCode.DailyLoss);
        Assert.Single(robot.Logs.ForPeople, l => l.EventId == 61);

        await robot.RestartRobotAsync();
        var seen = await RiskAsync(robot);
        Assert.Equal((loss, 1m, true, 1, new DateOnly(2026, 6, 15)), (seen.DayPnl, seen.MaxDailyLoss, seen.DailyLossReached, seen.DayTrades, seen.Day));
        await AssertDeniedAsync(robot, "HUT", DenialCode.DailyLoss);
        var report = (await robot.ReportAsync("risk")).Fields;
        Assert.Equal(("1.00 USD", "True", "1"), (report["day's loss limit"], report["day's loss reached"], report["losses in a row"]));

        // Midnight in New York, by a timer of risk's own.
        await robot.AdvanceAsync(new DateTimeOffset(2026, 6, 16, 4, 0, 0, TimeSpan.Zero) - robot.Now);
        Assert.Equal((new DateOnly(2026, 6, 16), 0m, false), ((await RiskAsync(robot)).Day, (await RiskAsync(robot)).DayPnl, (await RiskAsync(robot)).DailyLossReached));
        await robot.OpenAsync("HUT", 41.20m);
    }

    [Fact]
    public async Task What_is_open_counts_towards_the_day_and_a_limit_that_was_reached_so_holds_after_a_crash()
    {
        await using var robot = await StartAsync(new RiskLimits { MaxDailyLoss = 0.10m, AccountCurrency = "USD" });
        await robot.OpenAsync("HUT", 41.20m);
        await robot.TickAsync("HUT", 41.11m);
        Assert.Equal(-0.09m, (await RiskAsync(robot)).DayPnl);
        Assert.False((await RiskAsync(robot)).DailyLossReached);
        await robot.TickAsync("HUT", 41.10m);
        Assert.True((await RiskAsync(robot)).DailyLossReached);
        await AssertDeniedAsync(robot, "AXSM", DenialCode.DailyLoss);

        await robot.RestartRobotAsync();
        await robot.TickAsync("HUT", 41.50m);
        await AssertDeniedAsync(robot, "AXSM", DenialCode.DailyLoss);
        await robot.UntilStatusAsync(PositionStatus.Closed, "HUT");
        robot.AssertVenue(posts: 2, buys: 1, sells: 1, symbol: "HUT");
    }

    [Fact]
    public async Task After_a_start_what_is_held_needs_a_price_before_anything_else_is_entered()
    {
        await using var robot = await StartAsync(new RiskLimits { MaxDailyLoss = 100m, AccountCurrency = "USD" });
        await robot.OpenAsync("HUT", 41.20m);
        await robot.RestartRobotAsync();
        await AssertDeniedAsync(robot, "AXSM", DenialCode.MissingPrice);
        await robot.TickAsync("HUT", 41.21m);
        await robot.OpenAsync("AXSM");
    }

    [Fact]
    public async Task Trades_of_the_hour_are_remembered_after_a_crash()
    {
        await using var robot = await StartAsync(new RiskLimits { MaxTradesPerHour = 1 });
        await robot.OpenAsync("AXSM");
        var begun = robot.State("AXSM").Trade!.Entry.IntendedAt;
        await robot.UntilStatusAsync(PositionStatus.Closed, "AXSM");
        await AssertDeniedAsync(robot, "HUT", DenialCode.TooManyTradesPerHour);

        await robot.RestartRobotAsync();
        await AssertDeniedAsync(robot, "HUT", DenialCode.TooManyTradesPerHour);
        var seen = await RiskAsync(robot);
        Assert.Equal((1, 1), (seen.TradesThisHour, seen.MaxTradesPerHour));

        await robot.AdvanceAsync(begun.AddHours(1) - robot.Now);
        await robot.OpenAsync("HUT", 41.20m);
    }

    [Fact]
    public async Task Orders_of_the_minute_are_remembered_after_a_crash_and_sells_are_never_refused()
    {
        await using var robot = await StartAsync(new RiskLimits { MaxOrdersPerMinute = 2 });
        await robot.OpenAsync("AXSM");
        await robot.OpenAsync("HUT", 41.20m);
        await robot.UntilStatusAsync(PositionStatus.Closed, "AXSM");
        await robot.UntilStatusAsync(PositionStatus.Closed, "HUT");
        await robot.RestartRobotAsync();
        Assert.Equal(4, (await RiskAsync(robot)).OrdersThisMinute);
        await AssertDeniedAsync(robot, "HUT", DenialCode.TooManyOrdersPerMinute);
        await robot.AdvanceAsync(TimeSpan.FromMinutes(1));
        await robot.OpenAsync("HUT", 41.20m);
    }

    [Fact]
    public async Task A_grant_is_journalled_with_what_was_looked_at_and_explained()
    {
        await using var robot = await StartAsync(new RiskLimits { MaxTradesPerHour = 9, MaxTotalNotional = 500m, AccountCurrency = "USD" });
        await robot.OpenAsync("AXSM");
        await robot.OpenAsync("HUT", 41.20m);

        var look = robot.Facts("HUT").OfType<EntryIntended>().Single().Risk!;
        Assert.Equal((41.20m, 2, 2, 9, "USD"), (look.Notional, look.Places, look.Trades, look.MaxTrades, look.Currency));
        var steps = (await robot.Robot.ExplainAsync("HUT-1", default)).Explanation!.Steps;
        Assert.StartsWith("granted: 41.20 USD; position 2 of 4; ", steps.Single(s => s.Stage == "risk").Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_positions_together_keep_to_their_limit_after_a_crash_too()
    {
        await using var robot = await StartAsync(new RiskLimits { MaxTotalNotional = 190m });
        await robot.OpenAsync("AXSM");
        await AssertDeniedAsync(robot, "HUT", DenialCode.TotalNotional);
        await robot.RestartRobotAsync();
        await AssertDeniedAsync(robot, "HUT", DenialCode.TotalNotional);
        await robot.UntilStatusAsync(PositionStatus.Closed, "AXSM");
        await robot.OpenAsync("HUT", 41.20m);
    }

    [Theory]
    [InlineData(TradingState.Stopped, DenialCode.Stopped)]
    [InlineData(TradingState.ExitOnly, DenialCode.ExitOnly)]
    public async Task What_a_person_allowed_outlives_a_crash(TradingState state, DenialCode code)
    {
        await using var robot = await StartAsync(new RiskLimits(), snapshotEvery: 1);
        Assert.True((await robot.Robot.SetTradingStateAsync(state, "a person", default)).Done);
        await AssertDeniedAsync(robot, "AXSM", code);
        await robot.RestartRobotAsync();
        Assert.Equal((state.ToString(), "a person"), ((await robot.Robot.StatusAsync(default)).TradingState, (await robot.Robot.StatusAsync(default)).TradingStateReason));
        await AssertDeniedAsync(robot, "AXSM", code);
        Assert.True((await robot.Robot.SetTradingStateAsync(TradingState.Active, "a person", default)).Done);
        await robot.OpenAsync("AXSM");
    }

    private static Task<RobotHarness> StartAsync(RiskLimits limits, int snapshotEvery = 200) => RobotHarness.StartAsync(new HarnessOptions
    {
        Symbols = Two,
        Settings = s => s with { Risk = limits, SnapshotEvery = snapshotEvery, ReconcileInterval = TimeSpan.FromHours(1) },
    });

    private static async Task<RiskSummary> RiskAsync(RobotHarness robot) => (await robot.Robot.StatusAsync(default)).Risk!;

    private static async Task LoseAsync(RobotHarness robot)
    {
        await robot.OpenAsync("AXSM", 157.50m);
        await robot.TickAsync("AXSM", 156.00m);
        await robot.UntilStatusAsync(PositionStatus.Closed, "AXSM");
        Assert.Equal("SL", robot.Trades[^1].CloseReason);
        await robot.RestAsync();
    }

    private static async Task AssertDeniedAsync(RobotHarness robot, string symbol, DenialCode code)
    {
        var posts = robot.Broker.PostsReceived;
        var before = (await robot.Robot.StatusAsync(default)).Denials.GetValueOrDefault(code.ToString());
        await robot.SignalAsync(symbol, symbol == "HUT" ? 41.20m : 157.50m);
        var denials = (await robot.Robot.StatusAsync(default)).Denials;
        Assert.True(denials.GetValueOrDefault(code.ToString()) == before + 1, $"{code}: {string.Join(" ", denials)}");
        Assert.Equal(posts, robot.Broker.PostsReceived);
    }
}
