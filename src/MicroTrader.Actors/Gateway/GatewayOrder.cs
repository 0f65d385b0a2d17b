using Akka.Actor;
using MicroTrader.Actors.Messages;
using MicroTrader.Domain.Orders;

namespace MicroTrader.Actors.Gateway;

/// <summary>An order that the gateway was asked for, and how far it is.</summary>
/// <param name="ticket">The order.</param>
/// <param name="replyTo">Who is told of the outcome and the fills.</param>
/// <param name="child">Its actor; nobody where none was made.</param>
internal sealed class GatewayOrder(OrderTicket ticket, IActorRef replyTo, IActorRef child)
{
    /// <summary>The order.</summary>
    public OrderTicket Ticket { get; } = ticket;

    /// <summary>Who is told of the outcome and the fills.</summary>
    public IActorRef ReplyTo { get; } = replyTo;

    /// <summary>Its actor; nobody where none was made.</summary>
    public IActorRef Child { get; } = child;

    /// <summary>Dropped if it could not be sent before; null for never.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Whether it was given leave to go: only its actor's answer can say that it did not.</summary>
    public bool Sent { get; set; }

    /// <summary>Whether nothing is left to do: its actor is stopped.</summary>
    public bool Retired { get; set; }

    /// <summary>What became of sending it; null before that is known.</summary>
    public OrderOutcome? Outcome { get; set; }

    /// <summary>The broker's id, once it is to be followed.</summary>
    public long? OrderId { get; set; }

    /// <summary>
    /// Whether nothing of it is under way here: it was sent and answered with nothing certain, and no order of the broker's is followed for it. What becomes of it is
    /// found by reconciliation.
    /// </summary>
    public bool IsIdle => !Retired && OrderId is null && Outcome is OrderOutcome.Unknown;
}
