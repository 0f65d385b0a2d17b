using Akka.Actor;
using Akka.Persistence;
using MicroTrader.Actors.Journal;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;

namespace MicroTrader.Actors.Tests.Support;

/// <summary>Writes a past for a symbol that the robot does not trade, through the journal that the robot writes through.</summary>
internal static class JournalWriter
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

    /// <summary>Completes when the facts are in the journal.</summary>
    public static async Task WriteAsync(ActorSystem system, string symbol, IReadOnlyList<IPositionEvent> facts)
    {
        var writer = system.ActorOf(Props.Create(() => new Writer(JournalReader.PositionPrefix + symbol)));
        Assert.Equal(facts.Count, await writer.Ask<int>(new Facts([.. facts]), TimeSpan.FromSeconds(90)));
    }

    private sealed record Facts(IPositionEvent[] All);

    private sealed class Writer : ReceivePersistentActor
    {
        public Writer(string id)
        {
            PersistenceId = id;
            Command<Facts>(facts =>
            {
                var asker = Sender;
                var left = facts.All.Length;
                PersistAll(facts.All, _ =>
                {
                    if (--left == 0)
                        asker.Tell(facts.All.Length);
                });
            });
            RecoverAny(_ => { });
        }

        public override string PersistenceId { get; }
    }
}
