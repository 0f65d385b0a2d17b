using Akka.Actor;
using Akka.Persistence;
using MicroTrader.Actors.Journal;
using MicroTrader.Domain.Positions;

namespace MicroTrader.Actors.Tests.Support;

/// <summary>Writes a symbol's facts through the journal that the robot writes through. The host's tests use it too.</summary>
internal static class FactWriter
{
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
