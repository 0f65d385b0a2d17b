using MicroTrader.Domain.Robot;

namespace MicroTrader.Dashboard.Tests;

/// <summary>What the fixed robots of the tests have to say.</summary>
internal static class RobotData
{
    public static readonly DateTimeOffset Now = new(2026, 10, 14, 14, 30, 5, TimeSpan.Zero);

    public static readonly RobotStatus Status = new(
        "SIM",
        "synthetic, a tick every 250 ms",
        "paper broker at http://127.0.0.1:5299",
        "12345678",
        "data/sim-12345678/journal.db",
        Now - TimeSpan.FromMinutes(65),
        4711,
        "Active",
        "started",
        true,
        [],
        2,
        new Dictionary<string, long> { ["COOL_DOWN"] = 3, ["SPREAD"] = 12 },
        [],
        Now - TimeSpan.FromSeconds(12.4),
        12.4,
        new RiskSummary(1, 3, null, 4, 15, 2, 40, new DateOnly(2026, 10, 14), 12.34m, 16, 0, 500m, false, "EUR"),
        Exits: new ExitView(1m, 0.5m, 10));

    public static readonly BlockedView Ambiguous = new(
        "DJT",
        "AMBIGUOUS",
        "orders 501, 502 could all be <DJT-4-B1>",
        "DJT-4-B1",
        [501, 502],
        Now - TimeSpan.FromMinutes(2),
        1.5m,
        [new BlockedChoice("resolve DJT mine --order 501", "order 501 is DJT-4-B1"), new BlockedChoice("resolve DJT not-mine", "orders 501, 502 are yours")]);

    public static readonly PositionView Open = new(
        "AXSM", "AXSM_US_EQ", "LONG", "OPEN", "AXSM-17-B1", 1.5m, 157.1m, 157.125m, Now - TimeSpan.FromSeconds(4.25), 54250294524, null, null,
        null, null, "USD", false, null)
    { Exits = new ExitView(1m, 0.5m, 10) };

    public static readonly PositionView Leaving = new(
        "HUT", "HUT_US_EQ", "LONG", "PENDING_CLOSE", "HUT-3-S1", 2m, 41.2m, 41.25m, Now - TimeSpan.FromSeconds(125), 54250294600, 54250294611,
        "TIME", -0.42m, -0.5091m, "USD", true, "connection lost after the request was sent")
    { Exits = new ExitView(2m, 1.25m, 60) };

    public static readonly TradeView Won = new(
        "AXSM", 16, "LONG", 1m, 157.05m, 157.1m, new DateTimeOffset(2026, 10, 14, 14, 20, 1, TimeSpan.Zero), 159.1m,
        new DateTimeOffset(2026, 10, 14, 14, 20, 9, 800, TimeSpan.Zero), "TP", null, 8.8, 2.00m, 1.2731m, "USD", 1.47m, "EUR", 0.15m,
        "AXSM-16-B1", 54250290001, 54250290002);

    public static readonly TradeView Lost = new(
        "WULF", 4, "LONG", 10m, 0.51234m, 0.5125m, new DateTimeOffset(2026, 10, 13, 23, 59, 58, TimeSpan.Zero), 0.50991m,
        new DateTimeOffset(2026, 10, 14, 0, 1, 3, TimeSpan.Zero), "SL", null, 65, -0.0259m, -0.5054m, "USD", -0.04m, "EUR", 0.0123m,
        "WULF-4-B1", 54250280001, 54250280002);

    public static readonly TradeView CameToNothing = new(
        "DJT", 2, "LONG", 0m, 18.33m, null, null, null, new DateTimeOffset(2026, 10, 14, 14, 1, 2, TimeSpan.Zero), "REJECTED",
        "insufficient free funds", null, null, null, "USD", null, null, null, "DJT-2-B1", null, null);

    public static readonly SymbolView Quick = new("AXSM", 157.345m, Now - TimeSpan.FromSeconds(1.26), 15873, 17, "position open", PriceWords.Fresh) { StaleAfterSeconds = 15, Exits = new ExitView(1m, 0.5m, 10), Currency = "USD" };

    public static readonly SymbolView Warming = new("WULF", 0.51234m, Now - TimeSpan.FromSeconds(200), 4, 0, "warming up 4/15", PriceWords.Stale) { StaleAfterSeconds = 15, Exits = new ExitView(2m, 1.25m, 60) { TrailingDistancePercent = 0.3m, TrailingActivatePercent = 0.5m }, Currency = "USD" };

    public static readonly SymbolView Unseen = new("DJT", null, null, 0, 0, "no tick yet", PriceWords.Fresh) { StaleAfterSeconds = 15 };

    public static FixedRobot Busy => new()
    {
        Status = Status,
        Positions = [Open, Leaving],
        Trades = [Won, Lost, CameToNothing],
        Symbols = [Quick, Unseen, Warming],
        Decisions =
        [
            new DecisionView(Now - TimeSpan.FromSeconds(4.4), "AXSM", 157.1m, 0.214m, 3, 2.4m, true, "AXSM-17"),
            new DecisionView(Now - TimeSpan.FromSeconds(31), "WULF", 0.51234m, 0.09m, 4, null, false, "denied: COOL_DOWN: until 14:31:00"),
        ],
        Log =
        [
            new LogLine(3, Now - TimeSpan.FromSeconds(1), "Error", "HUT needs evidence", "IOException: connection lost"),
            new LogLine(2, Now - TimeSpan.FromSeconds(2), "Warning", "The broker could not be read (positions): time-out", null),
            new LogLine(1, Now - TimeSpan.FromSeconds(4), "Information", "BUY order created: 54250294524", null),
        ],
    };

    public static FixedRobot Empty => new() { Status = Status with { OpenPositions = 0, Denials = new Dictionary<string, long>() } };
}
