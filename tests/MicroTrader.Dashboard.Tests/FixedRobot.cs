using System.Collections.Concurrent;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Risk;
using MicroTrader.Domain.Robot;
using Resolution = MicroTrader.Domain.Positions.Resolution;

namespace MicroTrader.Dashboard.Tests;

/// <summary>A robot that stands still: its data is what the test put there. A part in <see cref="Silent"/> answers nobody in time. What it is told it writes down.</summary>
internal sealed class FixedRobot : IRobotQueries, IRobotCommands, IMarketBoard, IDecisionFeed, ILogTail
{
    private readonly Dictionary<string, CandleSeries> _series = [];
    private long _asked;

    public required RobotStatus Status { get; set; }

    public IReadOnlyList<PositionView> Positions { get; set; } = [];

    public IReadOnlyList<TradeView> Trades { get; set; } = [];

    public IReadOnlyList<SymbolView> Symbols { get; set; } = [];

    public IReadOnlyList<DecisionView> Decisions { get; init; } = [];

    public IReadOnlyList<LogLine> Log { get; init; } = [];

    public AccountView Account { get; init; } = new("EUR", 10_234.5m, 9_876.54m, RobotData.Now - TimeSpan.FromSeconds(7), null);

    public ExplainAnswer Explained { get; init; } = new(null, "the journal knows no such trade");

    public IReadOnlySet<string> Silent { get; set; } = new HashSet<string>();

    public ConcurrentQueue<string> Told { get; } = [];

    public CommandResult Answer { get; init; } = new(true, "done as told");

    public DateTimeOffset Now => RobotData.Now;

    public long Ticks => 15_873;

    public long Version => 1;

    /// <summary>How often it was asked anything.</summary>
    public long Asked => Interlocked.Read(ref _asked);

    public FixedRobot With(params Tick[] ticks)
    {
        foreach (var tick in ticks)
        {
            if (!_series.TryGetValue(tick.Symbol.Value, out var series))
                _series[tick.Symbol.Value] = series = new CandleSeries(600);
            series.Add(tick);
        }

        return this;
    }

    public Task<RobotStatus> StatusAsync(CancellationToken cancellation) => Say("status", Status);

    public Task<IReadOnlyList<PositionView>> PositionsAsync(CancellationToken cancellation) => Say("positions", Positions);

    public Task<IReadOnlyList<TradeView>> TradesAsync(int most, CancellationToken cancellation) => Say<IReadOnlyList<TradeView>>("trades", [.. Trades.Take(most)]);

    /// <summary>What a question for trades waits for, or fails with, before it is answered.</summary>
    public Func<TradeQuery, Task>? BeforeTrades { get; set; }

    public async Task<TradePage> TradePageAsync(TradeQuery query, CancellationToken cancellation)
    {
        if (BeforeTrades is { } before)
            await before(query);
        return await Say("trades", query.Of(Trades));
    }

    public Task<IReadOnlyList<OrderView>> OrdersAsync(int most, CancellationToken cancellation) => Say<IReadOnlyList<OrderView>>("orders", []);

    public Task<AccountView> AccountAsync(CancellationToken cancellation) => Say("account", Account);

    public Task<BrokerView> BrokerAsync(CancellationToken cancellation) => Say("broker", new BrokerView([new BudgetView("PlaceOrder", 47, 50, 60)], 1, 0, 0));

    public Task<IReadOnlyList<SymbolView>> SymbolsAsync(CancellationToken cancellation) => Say("symbols", Symbols);

    public Task<ExplainAnswer> ExplainAsync(string reference, CancellationToken cancellation) => Say("explain", Explained);

    public Task<IReadOnlyList<ActorReport>> InspectAsync(CancellationToken cancellation) => Say<IReadOnlyList<ActorReport>>("inspect", []);

    public Task<CommandResult> SetTradingStateAsync(TradingState state, string reason, CancellationToken cancellation) => Do($"{state}: {reason}");

    public Task<CommandResult> CloseAsync(Symbol symbol, CancellationToken cancellation) => Do($"close {symbol}");

    public Task<CommandResult> ResolveAsync(Symbol symbol, Resolution choice, long? orderId, bool confirmed, CancellationToken cancellation)
    {
        Told.Enqueue($"{(confirmed ? "resolve" : "would resolve")} {symbol} {choice.Word()} {orderId}".TrimEnd());
        return Task.FromResult(new CommandResult(true, $"{symbol}: {(confirmed ? "" : "would do this: ")}order {orderId} is DJT-4-B1"));
    }

    public Task<CommandResult> ReconcileAsync(CancellationToken cancellation) => Do("reconcile");

    public Task<CommandResult> FlattenAsync(CancellationToken cancellation) => Do("flatten");

    public decimal? LastPrice(string symbol) => _series.TryGetValue(symbol, out var series) ? series.Newest?.Close : Symbols.FirstOrDefault(s => s.Symbol == symbol)?.LastPrice;

    public IReadOnlyList<Candle> Candles(string symbol, TimeSpan width, int most) => _series.TryGetValue(symbol, out var series) ? series.Newer(width, most) : [];

    IReadOnlyList<DecisionView> IDecisionFeed.Newest(int most) => [.. Decisions.Take(most)];

    IReadOnlyList<LogLine> ILogTail.Newest(int most) => [.. Log.Take(most)];

    private Task<CommandResult> Do(string words)
    {
        Told.Enqueue(words);
        return Task.FromResult(Answer);
    }

    private Task<T> Say<T>(string part, T answer)
    {
        Interlocked.Increment(ref _asked);
        return Silent.Contains(part) ? Task.FromException<T>(new TimeoutException($"the robot did not answer about {part}")) : Task.FromResult(answer);
    }
}
