using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MicroTrader.Actors.Hosting;
using MicroTrader.Actors.Journal;
using MicroTrader.Actors.Tests.Support;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;

namespace MicroTrader.Host.Tests.Support;

/// <summary>Writes positions' facts through the journal that the robot writes through.</summary>
internal static class JournalWriter
{
    public static readonly DateTimeOffset Start = new(2026, 10, 14, 14, 20, 1, TimeSpan.Zero);

    /// <summary>A trade that is over by TP.</summary>
    public static IReadOnlyList<IPositionEvent> Won(string symbol)
    {
        var buy = Reference(symbol, OrderSide.Buy);
        var sell = Reference(symbol, OrderSide.Sell);
        Fill[] bought = [Fill(501, 157.50m, 1)];
        Fill[] sold = [Fill(502, 159.50m, 9.8)];
        return
        [
            .. Opened(symbol, 157.50m, bought),
            new ExitIntended(sell, 1m, ExitReason.TakeProfit, 159.50m, 0, At(9)),
            new OrderAccepted(sell, 54250294525, At(9.1)),
            new OrderSettled(sell, "FILLED", sold, At(10)),
            new TradeClosed(1, ExitReason.TakeProfit, null, TradeResult.From(bought, sold, "USD"), At(10)),
        ];
    }

    /// <summary>A position that is open.</summary>
    public static IReadOnlyList<IPositionEvent> Opened(string symbol, decimal price, Fill[]? fills = null) =>
    [
        Intended(symbol, price),
        new OrderAccepted(Reference(symbol, OrderSide.Buy), 54250294524, At(0.2)),
        new OrderSettled(Reference(symbol, OrderSide.Buy), "FILLED", fills ?? [Fill(601, price, 1)], At(1.2)),
    ];

    /// <summary>An entry whose outcome nobody knows.</summary>
    public static IReadOnlyList<IPositionEvent> InDoubt(string symbol) =>
        [Intended(symbol, 5m), new OrderOutcomeUnknown(Reference(symbol, OrderSide.Buy), "connection lost after the request was sent", At(1))];

    /// <summary>An entry of which only the person can tell what became of it.</summary>
    public static IReadOnlyList<IPositionEvent> Blocked(string symbol) =>
    [
        .. InDoubt(symbol),
        new EvidenceNoted(Reference(symbol, OrderSide.Buy), [new EvidenceNote(At(4), "GET orders, positions, history/orders", "2 pending", 85)], At(5)),
        new PositionBlocked(BlockCode.Ambiguous, $"orders 501, 502 could all be {symbol}-1-B1", Reference(symbol, OrderSide.Buy), [501, 502], At(5)),
    ];

    /// <summary>An entry that the broker refused.</summary>
    public static IReadOnlyList<IPositionEvent> Rejected(string symbol) =>
    [
        Intended(symbol, 18.33m),
        new OrderRejected(Reference(symbol, OrderSide.Buy), "insufficient-free-for-stocks-buy", "not enough money", At(20)),
        new TradeClosed(1, ExitReason.Rejected, "not enough money", null, At(20)),
    ];

    public static async Task WriteAsync(string path, JournalIdentity identity, params (string Symbol, IReadOnlyList<IPositionEvent> Facts)[] positions)
    {
        JournalFile.Prepare(path, identity);
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging(l => l.ClearProviders());
        builder.Services.AddAkka("writer", (akka, _) => akka
            .AddHocon(File.ReadAllText(Repository.File("hocon", "sqlite.hocon")), HoconAddMode.Prepend)
            .AddHocon(File.ReadAllText(Repository.File("akka.hocon")), HoconAddMode.Append)
            .WithSqliteJournal(path));
        using var host = builder.Build();
        await host.StartAsync();
        var system = host.Services.GetRequiredService<ActorSystem>();
        foreach (var (symbol, facts) in positions)
            await FactWriter.WriteAsync(system, symbol, facts);

        await host.StopAsync();
    }

    private static OrderReference Reference(string symbol, OrderSide side) => OrderReference.For(Symbol.Parse(symbol), 1, side, 1);

    private static DateTimeOffset At(double seconds) => Start.AddSeconds(seconds);

    private static Fill Fill(long id, decimal price, double seconds) => new(id, 1m, price, At(seconds), price, "USD", 1m, []);

    private static EntryIntended Intended(string symbol, decimal price) => new(
        1, Reference(symbol, OrderSide.Buy), new Ticker(symbol + "_US_EQ"), "USD", 1m, new EntrySignal(Symbol.Parse(symbol), price, At(0), At(0), 0.1m, 3, 1.5m), 0, 0m, At(0));
}
