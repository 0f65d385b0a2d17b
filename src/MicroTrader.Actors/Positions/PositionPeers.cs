using Akka.Actor;

namespace MicroTrader.Actors.Positions;

/// <summary>Whom a position talks to.</summary>
/// <param name="Strategy">Its symbol's strategy; nobody where the symbol is no longer traded.</param>
/// <param name="Risk">Risk.</param>
/// <param name="Gateway">The order gateway.</param>
/// <param name="Reconciliation">Reconciliation.</param>
/// <param name="Ledger">The ledger of trades.</param>
internal sealed record PositionPeers(IActorRef Strategy, IActorRef Risk, IActorRef Gateway, IActorRef Reconciliation, IActorRef Ledger);
