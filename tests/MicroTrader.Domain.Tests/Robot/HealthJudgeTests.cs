using MicroTrader.Domain.Risk;
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

    private static readonly HealthFacts Well = new(Now, Status, [], Broker, [Price("AXSM", 1), Price("HUT", 0.25)]);

    public static TheoryData<string, HealthFacts, HealthWord, string> Ills => new()
    {
        { "Trading", Well with { Status = null }, HealthWord.Act, "did not answer" },
        { "Trading", Well with { Status = Status with { TradingState = "Stopped", TradingStateReason = "a person" } }, HealthWord.Act, "no orders at all: a person" },
        { "Trading", Well with { Status = Status with { Blocked = [new BlockedView("DJT", "AMBIGUOUS", "d", null, [], Now, 0m, [])] } }, HealthWord.Act, "needs you: DJT AMBIGUOUS" },
        { "Trading", Well with { Status = Status with { TradingState = "ExitOnly", Shared = new SharedAccount("another program", Now) } }, HealthWord.Act, "needs you: account SHARED" },
        { "Trading", Well with { Status = Status with { Ready = false, WaitingFor = ["past trades"] } }, HealthWord.Watch, "past trades" },
        { "Trading", Well with { Status = Status with { TradingState = "ExitOnly", TradingStateReason = "flatten" } }, HealthWord.Watch, "exits only: flatten" },
        { "Feed", Well with { Symbols = null }, HealthWord.Watch, "not known" },
        { "Feed", Well with { Symbols = [] }, HealthWord.Watch, "no symbol is traded" },
        { "Feed", Well with { Symbols = [Price("AXSM", 1), Price("HUT", null)] }, HealthWord.Watch, "HUT: no price yet" },
        { "Feed", Well with { Symbols = [Price("AXSM", 61, PriceWords.Stale), Price("HUT", 0)] }, HealthWord.Watch, "AXSM: newest price 61 s old" },
        { "Feed", Well with { Symbols = [Price("AXSM", 61, PriceWords.Stale), Price("HUT", 0)], Positions = [Open] }, HealthWord.Act, "AXSM: newest price 61 s old; held: TP and SL see nothing" },
        { "Feed", Well with { Symbols = [Price("AXSM", 900, PriceWords.Late), Price("HUT", 0)], Positions = [Open] }, HealthWord.Act, "AXSM: prices come 15 min late; held: TP and SL see nothing" },
        { "Feed", Well with { Symbols = [Price("AXSM", 61, PriceWords.Stale) with { AsksBroker = true }], Positions = [Open] }, HealthWord.Watch, "by the broker's own price meanwhile" },
        { "Feed", Well with { Symbols = [Price("HUT", 0)], Positions = [Open] }, HealthWord.Act, "AXSM: traded no longer, no price comes; held: TP and SL see nothing" },
        { "Feed", Well with { Symbols = [Price("AXSM", 61, PriceWords.Stale)], Positions = null }, HealthWord.Act, "TP and SL see nothing" },
        { "Feed", Well with { Symbols = [Price("AXSM", 91) with { StaleAfterSeconds = null }] }, HealthWord.Watch, "AXSM: newest price 91 s old" },
        { "Feed", Well with { Symbols = [.. Enumerable.Range(1, 5).Select(i => Price($"S{i}", 60 + i, PriceWords.Stale))] }, HealthWord.Watch, "S5: newest price 65 s old; S4: newest price 64 s old; S3: newest price 63 s old; 2 more" },
        { "Broker budget", Well with { Broker = Broker with { Budgets = [new BudgetView("PlaceOrder", 0, 50, 60)] } }, HealthWord.Watch, "0 of 50 orders" },
        { "Broker budget", Well with { Broker = null }, HealthWord.Watch, "not known" },
        { "Reconciliation", Well with { Status = Status with { ReconciliationAgeSeconds = 301 } }, HealthWord.Watch, "301 s ago" },
        { "Reconciliation", Well with { Status = Status with { ReconciliationAgeSeconds = null } }, HealthWord.Watch, "not compared" },
        { "Intents", Well with { Positions = [Open with { NeedsEvidence = true }] }, HealthWord.Watch, "AXSM-1-B1" },
        { "Intents", Well with { Positions = null }, HealthWord.Act, "not known" },
        { "Journal", Well with { Status = null }, HealthWord.Act, "journal may have failed" },
    };

    [Fact]
    public void A_silent_symbol_does_not_hide_behind_a_busy_one_and_one_that_is_held_leads()
    {
        SymbolView[] symbols = [Price("AXSM", 20, PriceWords.Stale), Price("DJT", 400, PriceWords.Stale), Price("HUT", 0.1), Price("WULF", 9_000, PriceWords.Shut)];

        var standings = PriceStandings.Of(symbols, [Open], Now);

        Assert.Equal(["AXSM", "DJT", "HUT", "WULF"], standings.Select(s => s.Symbol));
        Assert.Equal([true, false, false, false], standings.Select(s => s.IsHeld));
        Assert.Equal(new PriceStanding("AXSM", 20, PriceWords.Stale, true), HealthJudge.Judge(Well with { Symbols = symbols, Positions = [Open] }).WorstPrice);
        // Nothing of it is left by price: it is being sold, or waits for the person.
        Assert.Equal("DJT", PriceStandings.Of(symbols, [Open with { ExitReason = "TIME" }], Now)[0].Symbol);
        Assert.Equal("DJT", PriceStandings.Of(symbols, [Open with { Blocked = new BlockedView("AXSM", "AMBIGUOUS", "d", null, [], Now, 0m, []) }], Now)[0].Symbol);
    }

    [Fact]
    public void What_is_held_leads_however_old_another_price_is_and_what_the_broker_is_asked_for_comes_after_what_nobody_is()
    {
        SymbolView[] symbols =
        [
            Price("SHUT", 90_000, PriceWords.Shut), Price("FRESH", 2), Price("NONE", null), Price("BLIND", 900, PriceWords.Stale),
            Price("ASKED", 300, PriceWords.Stale) with { AsksBroker = true }, Price("LOST", 20, PriceWords.Stale),
        ];
        PositionView[] held = [Open with { Symbol = "ASKED" }, Open with { Symbol = "LOST" }, Open with { Symbol = "FRESH" }];

        Assert.Equal(["LOST", "ASKED", "BLIND", "NONE", "FRESH", "SHUT"], PriceStandings.Of(symbols, held, Now).Select(s => s.Symbol));
    }

    [Fact]
    public void A_price_from_a_clock_that_runs_ahead_is_not_younger_than_new() =>
        Assert.Equal(0, PriceStandings.Of([Price("AXSM", -5)], [], Now)[0].AgeSeconds);

    [Fact]
    public void While_the_market_is_shut_silence_is_as_it_should_be()
    {
        var health = HealthJudge.Judge(Well with { Symbols = [Price("AXSM", 60_000, PriceWords.Shut)], Positions = [Open] });

        Assert.Equal((HealthWord.Good, "the market is shut: no price is expected"), (health.Checks[1].Word, health.Checks[1].Detail));
    }

    [Theory]
    [InlineData(null, "–")]
    [InlineData(0.99, "0.9 s")]
    [InlineData(59.99, "59 s")]
    [InlineData(119.9, "119 s")]
    [InlineData(120.0, "2 min")]
    [InlineData(7_199.0, "119 min")]
    [InlineData(172_799.0, "47 h")]
    [InlineData(172_800.0, "2 d")]
    public void An_age_is_cut_and_never_rounded_up(double? seconds, string text) => Assert.Equal(text, PriceStandings.Age(seconds));

    private static SymbolView Price(string symbol, double? age, string word = PriceWords.Fresh) =>
        new(symbol, 10m, age is { } seconds ? Now.AddSeconds(-seconds) : null, 1, 0, "", word) { StaleAfterSeconds = 15 };

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
