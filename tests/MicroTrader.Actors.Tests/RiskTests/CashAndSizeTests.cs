using MicroTrader.Actors.Tests.Support;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Risk;

namespace MicroTrader.Actors.Tests.RiskTests;

/// <summary>The account's cash and the instrument's limits, as risk is told of them.</summary>
public sealed class CashAndSizeTests
{
    [Fact]
    public async Task What_was_bought_since_the_start_counts_and_is_not_forgotten_when_risk_is_started_again()
    {
        await using var robot = await RobotHarness.StartAsync(new HarnessOptions
        {
            Symbols = ["AXSM", "HUT"],
            Venue = o => o with { StartingCash = 200m },
            Settings = s => s with
            {
                Risk = new RiskLimits { CashHoldBackPercent = 0m, AccountCurrency = "USD" },
                CashAtStart = new CashReading(200m, HarnessOptions.Start),
                ReconcileInterval = TimeSpan.FromHours(1),
                Exits = s.Exits with { MaxHold = TimeSpan.FromHours(1) },
            },
        });
        await robot.OpenAsync("AXSM", 157.50m);
        // 42.50 of the 200 are left.
        await AssertDeniedAsync(robot, 60m, "Cash");

        RawJournal.Run(robot.JournalPath, "CREATE TRIGGER refuse BEFORE INSERT ON journal WHEN NEW.persistence_id = 'risk' BEGIN SELECT RAISE(ABORT, 'the disk is full'); END");
        Assert.False((await robot.Robot.SetTradingStateAsync(TradingState.Stopped, "a person", default)).Done);
        RawJournal.Run(robot.JournalPath, "DROP TRIGGER refuse");
        await robot.UntilReadyAsync();
        await AssertDeniedAsync(robot, 60m, "Cash");
    }

    [Fact]
    public async Task A_size_below_the_instrument_s_decimals_is_denied_counted_and_said()
    {
        await using var robot = await RobotHarness.StartAsync(With(new InstrumentLimits(0), 0.5m));
        await robot.SignalAsync();

        Assert.Equal(1, (await robot.Robot.StatusAsync(default)).Denials["InstrumentLimits"]);
        Assert.Equal(0, robot.Broker.PostsReceived);
        Assert.Equal("Entry of AXSM denied: InstrumentLimits: 0.5 shares are less than the smallest quantity of 0 decimals", Assert.Single(robot.Logs.ForPeople, l => l.EventId == 15).Message);
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("1.0001", false)]
    public async Task What_the_person_holds_counts_towards_what_may_be_held_of_an_instrument(string quantity, bool allowed)
    {
        await using var robot = await RobotHarness.MakeAsync(With(new InstrumentLimits(4, MaxOpenQuantity: 3m), decimal.Parse(quantity)));
        robot.Broker.PutPrice(RobotHarness.Ticker("AXSM").Value, 157.50m);
        robot.Broker.PlaceByPerson(RobotHarness.Ticker("AXSM").Value, 2m);
        await robot.AdvanceAsync(TimeSpan.FromSeconds(5));
        await robot.StartRobotAsync();
        await robot.SignalAsync();

        Assert.Equal(allowed ? 0 : 1, (await robot.Robot.StatusAsync(default)).Denials.GetValueOrDefault("InstrumentLimits"));
        Assert.Equal(allowed ? 1 : 0, robot.Facts().OfType<EntryIntended>().Count());
    }

    private static HarnessOptions With(InstrumentLimits limits, decimal quantity) => new()
    {
        Settings = s => s with { Quantity = quantity, Symbols = [.. s.Symbols.Select(t => t with { Limits = limits })] },
    };

    private static async Task AssertDeniedAsync(RobotHarness robot, decimal price, string code)
    {
        var posts = robot.Broker.PostsReceived;
        var before = (await robot.Robot.StatusAsync(default)).Denials.GetValueOrDefault(code);
        await robot.SignalAsync("HUT", price);
        var denials = (await robot.Robot.StatusAsync(default)).Denials;
        Assert.True(denials.GetValueOrDefault(code) == before + 1, string.Join(" ", denials));
        Assert.Equal(posts, robot.Broker.PostsReceived);
    }
}
