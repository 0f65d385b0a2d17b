using System.Collections.Concurrent;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Risk;
using MicroTrader.Domain.Robot;
using Resolution = MicroTrader.Domain.Positions.Resolution;

namespace MicroTrader.Host.Tests.Support;

/// <summary>A robot that stands still: it answers what the test put there, and writes down what it is told. A part in <see cref="Silent"/> answers nobody in time.</summary>
internal sealed class FixedRobot : IRobotQueries, IRobotCommands, IMarketBoard, IDecisionFeed, ILogTail
{
    public static readonly DateTimeOffset Start = new(2026, 10, 14, 13, 25, 5, TimeSpan.Zero);

    public RobotStatus Status { get; init; } = new(
        "SIM", "synthetic, a tick every 250 ms", "paper broker at http://127.0.0.1:5299", "10000001", "data/sim-10000001/journal.db", Start, 4711, "Active", "started", true, [], 1,
        new Dictionary<string, long> { ["MAX_OPEN"] = 3 }, [], Start.AddSeconds(60), 12.4);

    /// <summary>A symbol that needs the person.</summary>
    public static readonly BlockedView Ambiguous = new(
        "DJT",
        "AMBIGUOUS",
        "orders 501, 502 could all be DJT-4-B1",
        "DJT-4-B1",
        [501, 502],
        Start,
        0m,
        [new BlockedChoice("resolve DJT mine --order 501", "order 501 is DJT-4-B1"), new BlockedChoice("resolve DJT not-mine", "orders 501, 502 are yours")]);

    public IReadOnlyList<PositionView> Positions { get; set; } =
    [
        new("AXSM", "AXSM_US_EQ", "LONG", "OPEN", "AXSM-17-B1", 1.5m, 157.1m, 157.125m, Start, 54250294524, null, null, null, null, "USD", false, null) { Exits = new ExitView(2m, 1m, 90) },
    ];

    public IReadOnlyList<TradeView> Trades { get; init; } =
    [
        new("AXSM", 16, "LONG", 1m, 157.05m, 157.1m, Start, 159.1m, Start.AddSeconds(9), "TP", null, 9, 2.00m, 1.2731m, "USD", 1.47m, "EUR", 0.15m, "AXSM-16-B1", 54250290001, 54250290002),
    ];

    public IReadOnlyList<SymbolView> Symbols { get; init; } = [new("AXSM", 157.3m, Start, 15, 1, "warming up 4/15")];

    public ExplainAnswer Explained { get; init; } = new(null, "the journal knows no AXSM-99-B1; the nearest: AXSM-9-B1");

    public IReadOnlyList<ActorReport> Reports { get; init; } = [new("/user/robot/risk", new Dictionary<string, string> { ["state"] = "Active", ["open"] = "1" })];

    public CommandResult Answer { get; init; } = new(true, "done as told");

    public IReadOnlySet<string> Silent { get; init; } = new HashSet<string>();

    public ConcurrentQueue<string> Told { get; } = [];

    public DateTimeOffset Now => Start.AddSeconds(72.4);

    public long Ticks => 15;

    public long Version => 1;

    public decimal? LastPrice(string symbol) => Symbols.FirstOrDefault(s => s.Symbol == symbol)?.LastPrice;

    public IReadOnlyList<Candle> Candles(string symbol, TimeSpan width, int most) => symbol == "AXSM" ? [new Candle(Start, 157m, 157.5m, 156.9m, 157.3m, 400m, 4)] : [];

    public IReadOnlyList<DecisionView> Decided { get; init; } = [new DecisionView(Start, "AXSM", 157.1m, 0.2m, 3, 2m, true, "AXSM-17")];

    IReadOnlyList<DecisionView> IDecisionFeed.Newest(int most) => Decided;

    IReadOnlyList<LogLine> ILogTail.Newest(int most) => [new LogLine(1, Start, "Information", "Ready to trade", null)];

    public Task<TradePage> TradePageAsync(TradeQuery query, CancellationToken cancellation) => Say("trades", query.Of(Trades));

    public Task<IReadOnlyList<OrderView>> OrdersAsync(int most, CancellationToken cancellation) => Say<IReadOnlyList<OrderView>>(
        "orders", [new OrderView("AXSM-17-B1", "AXSM-17", "AXSM", "AXSM_US_EQ", "BUY", 1.5m, "Settled", 54250294524, 1.5m, 157.125m, "USD", Start, false)]);

    public Task<AccountView> AccountAsync(CancellationToken cancellation) => Say("account", new AccountView("EUR", 1000m, 900m, Start, null));

    public Task<BrokerView> BrokerAsync(CancellationToken cancellation) => Say("broker", new BrokerView([new BudgetView("PlaceOrder", 47, 50, 60)], 0, 0, 0));

    public Task<RobotStatus> StatusAsync(CancellationToken cancellation) => Say("status", Status);

    public Task<IReadOnlyList<PositionView>> PositionsAsync(CancellationToken cancellation) => Say("positions", Positions);

    public Task<IReadOnlyList<TradeView>> TradesAsync(int most, CancellationToken cancellation) => Say<IReadOnlyList<TradeView>>("trades", [.. Trades.Take(most)]);

    public Task<IReadOnlyList<SymbolView>> SymbolsAsync(CancellationToken cancellation) => Say("symbols", Symbols);

    public Task<IReadOnlyList<ActorReport>> InspectAsync(CancellationToken cancellation) => Say("inspect", Reports);

    public Task<ExplainAnswer> ExplainAsync(string reference, CancellationToken cancellation) => Say("explain", Explained);

    public Task<CommandResult> ResolveAsync(Symbol symbol, Resolution choice, long? orderId, bool confirmed, CancellationToken cancellation) =>
        Do("resolve", $"{(confirmed ? "resolve" : "would resolve")} {symbol} {choice.Word()} {orderId}".TrimEnd());

    public Task<CommandResult> ReconcileAsync(CancellationToken cancellation) => Do("reconcile", "reconcile");

    public Task<CommandResult> SetTradingStateAsync(TradingState state, string reason, CancellationToken cancellation) => Do("state", $"{state}: {reason}");

    public Task<CommandResult> CloseAsync(Symbol symbol, CancellationToken cancellation) => Do("close", $"close {symbol}");

    public Task<CommandResult> FlattenAsync(CancellationToken cancellation) => Do("flatten", "flatten");

    private Task<CommandResult> Do(string part, string words)
    {
        Told.Enqueue(words);
        return Say(part, Answer);
    }

    private Task<T> Say<T>(string part, T answer) =>
        Silent.Contains(part) ? Task.FromException<T>(new TimeoutException($"the robot did not answer about {part}")) : Task.FromResult(answer);
}
