using MicroTrader.Actors.Messages;
using MicroTrader.Domain.Gateway;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Trading212;
using OrderOutcome = MicroTrader.Domain.Orders.OrderOutcome;

namespace MicroTrader.Actors.Gateway;

/// <summary>Leave to send one request, now.</summary>
internal sealed record PermitGranted(object Tag);

/// <summary>The deadline passed before the budget allowed the request.</summary>
/// <param name="Tag">The request's.</param>
/// <param name="Why">In words.</param>
internal sealed record PermitExpired(object Tag, string Why);

/// <summary>What the broker's answer says of its limits and its clock.</summary>
internal sealed record AnswerSeen(BrokerEndpoint Endpoint, ResponseInfo Info);

/// <summary>A read of the broker was answered, or failed.</summary>
/// <param name="Endpoint">Which.</param>
/// <param name="Failure">Why it failed, in words; null where it was answered.</param>
internal sealed record ReadEnded(BrokerEndpoint Endpoint, string? Failure);

/// <summary>To an order's child: send it.</summary>
/// <param name="Deadline">Not after this; null for whenever the budget allows.</param>
internal sealed record SendOrder(DateTimeOffset? Deadline);

/// <summary>To an order's child: if its body has not been handed over yet, it is not to be.</summary>
/// <param name="Why">In words.</param>
internal sealed record WithholdOrder(string Why);

/// <summary>An order was held back the moment before its first byte: it was not sent and never will be.</summary>
/// <param name="why">In words.</param>
internal sealed class OrderHeldBackException(string why) : InvalidOperationException(why);

/// <summary>To an order's child: the broker has it, follow it.</summary>
internal sealed record FollowOrder(long OrderId);

/// <summary>From an order's child: what became of sending it.</summary>
/// <param name="Reference">Our reference.</param>
/// <param name="Outcome">What.</param>
/// <param name="Seen">The requests behind it.</param>
internal sealed record OrderSent(OrderReference Reference, OrderOutcome Outcome, IReadOnlyList<EvidenceNote> Seen);

/// <summary>From an order's child: it was restarted and knows nothing any more.</summary>
internal sealed record OrderChildRestarted(OrderReference Reference);

/// <summary>From an order's child: nothing is left to do.</summary>
internal sealed record OrderFollowed(OrderReference Reference, OrderEnded End);
