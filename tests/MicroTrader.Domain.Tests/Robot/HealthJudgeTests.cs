using MicroTrader.Domain.Robot;

namespace MicroTrader.Domain.Tests.Robot;

public sealed class HealthJudgeTests
{
    private static readonly DateTimeOffset Now = new(2026, 10, 14, 14, 30, 0, TimeSpan.Zero);

    private static readonly RobotStatus Status = new(
        "SIM", "feed", "venue", "1", "journal.db", Now.AddHours(-1), 1, "Active", "start", true, [], 0, new Dictionary<string, long>(), [], Now.AddSeconds(-20), 20);

    private static readonly PositionView Open = new(
        "AXSM", "AXSM_US_EQ", "LONG", "OPEN", "AXSM-1-B1", 1m, 10m, 10m, Now, 1, null, null, null, null, "USD", false, null);

    private static readonly BrokerView Broker = new([new BudgetView("PlaceOrder", 40, 50, 60)], 0, 0, 0);

    private static readonly HealthFacts Well = new(Now, Status, [], Broker, Now.AddSeconds(-1), TimeSpan.FromSeconds(60));

    public static TheoryData<string, HealthFacts, HealthWord, string> Ills => new()
    {
        { "Trading", Well with { Status = null }, HealthWord.Act, "did not answer" },
        { "Trading", Well with { Status = Status with { TradingState = "Stopped", TradingStateReason = "a person" } }, HealthWord.Act, "no orders at all: a person" },
        { "Trading", Well with { Status = Status with { Blocked = [new BlockedView("DJT", "AMBIGUOUS", "d", null, [], Now, 0m, [])] } }, HealthWord.Act, "needs you: DJT" },
        { "Trading", Well with { Status = Status with { Ready = false, WaitingFor = ["past trades"] } }, HealthWord.Watch, "past trades" },
        { "Trading", Well with { Status = Status with { TradingState = "ExitOnly", TradingStateReason = "flatten" } }, HealthWord.Watch, "exits only: flatten" },
        { "Feed", Well with { LastTickAt = null }, HealthWord.Watch, "no price yet" },
        { "Feed", Well with { LastTickAt = Now.AddSeconds(-61) }, HealthWord.Watch, "61.0 s old" },
        { "Feed", Well with { LastTickAt = Now.AddSeconds(-61), Positions = [Open] }, HealthWord.Act, "TP and SL see nothing" },
        { "Feed", Well with { LastTickAt = Now.AddSeconds(-61), Positions = null }, HealthWord.Act, "TP and SL see nothing" },
        { "Broker budget", Well with { Broker = Broker with { Budgets = [new BudgetView("PlaceOrder", 0, 50, 60)] } }, HealthWord.Watch, "0 of 50 orders" },
        { "Broker budget", Well with { Broker = null }, HealthWord.Watch, "not known" },
        { "Reconciliation", Well with { Status = Status with { ReconciliationAgeSeconds = 301 } }, HealthWord.Watch, "301 s ago" },
        { "Reconciliation", Well with { Status = Status with { ReconciliationAgeSeconds = null } }, HealthWord.Watch, "not compared" },
        { "Intents", Well with { Positions = [Open with { NeedsEvidence = true }] }, HealthWord.Watch, "AXSM-1-B1" },
        { "Intents", Well with { Positions = null }, HealthWord.Act, "not known" },
        { "Journal", Well with { Status = null }, HealthWord.Act, "journal may have failed" },
    };

    [Fact]
    public void A_robot_that_is_well_is_good_in_every_part()
    {
        var health = HealthJudge.Judge(Well);

        Assert.Equal(HealthWord.Good, health.Word);
        Assert.All(health.Checks, c => Assert.Equal((c.Name, HealthWord.Good), (c.Name, c.Word)));
        Assert.Equal(["Trading", "Feed", "Broker budget", "Reconciliation", "Intents", "Journal"], health.Checks.Select(c => c.Name));
    }

    [Theory]
    [MemberData(nameof(Ills))]
    public void An_ill_is_named_by_its_part_and_the_whole_is_no_better(string part, HealthFacts facts, HealthWord word, string words)
    {
        var health = HealthJudge.Judge(facts);

        var check = health.Checks.Single(c => c.Name == part);
        Assert.Equal(word, check.Word);
        Assert.Contains(words, check.Detail, StringComparison.Ordinal);
        Assert.Equal(health.Checks.Max(c => c.Word), health.Word);
        Assert.True(health.Word >= word);
    }
}
