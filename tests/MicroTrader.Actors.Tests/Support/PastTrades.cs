using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;

namespace MicroTrader.Actors.Tests.Support;

/// <summary>A past for a symbol that the robot does not trade.</summary>
internal static class PastTrades
{
    /// <summary>An entry that the broker refused: the shortest trade there is.</summary>
    public static IEnumerable<IPositionEvent> Refused(string name, long number, DateTimeOffset at)
    {
        var symbol = Symbol.Parse(name);
        var buy = OrderReference.For(symbol, number, OrderSide.Buy, 1);
        yield return new EntryIntended(number, buy, new Ticker(name + "_US_EQ"), "USD", 1m, new EntrySignal(symbol, 41.20m, at, at, 0.1m, 3, 1.5m), 0, 0m, at);
        yield return new OrderRejected(buy, "insufficient-free-for-stocks-buy", "not enough money", at);
        yield return new TradeClosed(number, ExitReason.Rejected, "not enough money", null, at);
    }
}
