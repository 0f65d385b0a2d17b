using MicroTrader.Domain.Gateway;
using MicroTrader.Domain.Orders;

namespace MicroTrader.Backtest.Model;

/// <summary>What is sent and followed for a position.</summary>
/// <param name="Instrument">The instrument.</param>
/// <param name="Order">The order, as the journal knows it.</param>
/// <param name="Deadline">Dropped if it could not be sent before; null for never.</param>
/// <param name="Rules">How it is followed.</param>
/// <param name="Owner">Who is told.</param>
internal sealed record FollowedTicket(ModelInstrument Instrument, Domain.Positions.OrderState Order, DateTimeOffset? Deadline, FollowingRules Rules, IOrderOwner Owner);

/// <summary>Who is told what becomes of an order.</summary>
internal interface IOrderOwner
{
    void Answered(OrderReference reference, OrderOutcome outcome);

    void Estimated(OrderReference reference, FollowingStep.TellEstimate fill);

    void Ended(OrderReference reference, FollowingStep.TellEnd end);
}

/// <summary>One order's way: sent once, then followed until its fills are known, by the domain's own rules.</summary>
internal sealed class OrderFollower : IPermitAsker
{
    private readonly ModelGateway _gateway;
    private readonly FollowedTicket _ticket;
    private readonly ModelTimer _next;
    private FollowedOrder? _order;
    private bool _hurry;
    private bool _retired;

    public OrderFollower(ModelGateway gateway, FollowedTicket ticket)
    {
        _gateway = gateway;
        _ticket = ticket;
        _next = new ModelTimer(gateway.Clock, () => Tell(Look));
    }

    public Mailbox Box { get; } = new();

    private DateTimeOffset Now => _gateway.Clock.Now;

    /// <summary>Our reference of the order.</summary>
    public OrderReference Reference => _ticket.Order.Reference;

    private OrderSide Side => _ticket.Order.Side;

    /// <summary>Asks for leave to send it.</summary>
    public void Send() => _gateway.Ask(this, new RequestPermit(
        BrokerEndpoint.PlaceOrder, Side == OrderSide.Sell ? RequestPriority.Exit : RequestPriority.Entry, _ticket.Deadline, this, Side == OrderSide.Buy ? Reference : null));

    /// <summary>An exit waits for its figures.</summary>
    public void Hurry() => _gateway.Pump.Post(_gateway.Box, () => Tell(() =>
    {
        _hurry = true;
        if (_order is { } order)
            Take(OrderFollowing.Hurry(order, _ticket.Rules, Now));
    }));

    public void OnPermit(object tag, string? late)
    {
        if (_retired)
            return;
        switch (tag)
        {
            case OrderFollower when late is not null:
                Answer(new OrderOutcome.NotExecuted(late));
                break;
            case OrderFollower:
                Post();
                break;
            case FollowingStep.AskOrder when _order is not null:
                var isPending = _gateway.Venue.IsPending(_order.OrderId);
                var askedAt = Now;
                Tell(() => Take(OrderFollowing.Seen(_order, isPending ? OrderSight.Pending : OrderSight.Ended, askedAt, _ticket.Rules, Now)));
                break;
            case FollowingStep.Cancel when _order is not null:
                _gateway.Venue.Cancel(_order.OrderId);
                break;
        }
    }

    private void Post()
    {
        var quantity = Side == OrderSide.Buy ? _ticket.Order.Quantity : -_ticket.Order.Quantity;
        var outcome = _gateway.Venue.Place(_ticket.Instrument, quantity);
        Tell(() => Answer(outcome));
    }

    // The gateway tells the position first, then has the order followed.
    private void Answer(OrderOutcome outcome) => _gateway.Pump.Post(_gateway.Box, () =>
    {
        _ticket.Owner.Answered(Reference, outcome);
        if (outcome is OrderOutcome.Accepted accepted)
            Tell(() => Follow(accepted.OrderId));
        else
            Retire();
    });

    private void Follow(long orderId)
    {
        var order = _ticket.Order;
        // In a world of its own the account holds nothing but the robot's shares.
        Take(OrderFollowing.Begin(
            new FollowedOrder(orderId, _ticket.Instrument.Ticker, order.Side, order.Quantity, order.IntendedAt, 0, 0m, order.IntendedAt, IsUrgent: _hurry), _ticket.Rules, Now));
    }

    private void Look()
    {
        if (_order is { } order)
            Take(OrderFollowing.Look(order, _ticket.Rules, Now));
    }

    private void Take((FollowedOrder Order, IReadOnlyList<FollowingStep> Steps) next)
    {
        _order = next.Order;
        foreach (var step in next.Steps)
        {
            switch (step)
            {
                case FollowingStep.WaitUntil wait:
                    _next.ArmAt(wait.Until);
                    break;
                case FollowingStep.AskOrder ask:
                    _gateway.Ask(this, new RequestPermit(BrokerEndpoint.OrderById, ask.Priority, null, step));
                    break;
                case FollowingStep.Cancel:
                    _gateway.Ask(this, new RequestPermit(BrokerEndpoint.CancelOrder, RequestPriority.Exit, null, step));
                    break;
                case FollowingStep.AskHoldings:
                    _gateway.ReadHoldings(RequestPriority.Exit, seen => Tell(() => Take(OrderFollowing.Seen(_order, seen.Holdings, _ticket.Rules, Now))));
                    break;
                case FollowingStep.AskHistory ask:
                    _gateway.ReadHistory(ask.Since, ask.Priority, ask.DueAt, next.Order, seen => Tell(() => Take(OrderFollowing.Seen(_order, seen.Orders, Now))));
                    break;
                case FollowingStep.TellEstimate fill:
                    _gateway.Pump.Post(_gateway.Box, () => _ticket.Owner.Estimated(Reference, fill));
                    break;
                case FollowingStep.TellEnd end:
                    _next.ArmAt(null);
                    _gateway.Pump.Post(_gateway.Box, () =>
                    {
                        if (_retired)
                            return;
                        _ticket.Owner.Ended(Reference, end);
                        Retire();
                    });
                    break;
            }
        }
    }

    private void Tell(Action message) => _gateway.Pump.Post(Box, () =>
    {
        if (!_retired)
            message();
    });

    private void Retire()
    {
        _retired = true;
        _next.ArmAt(null);
        _gateway.Drop(this);
    }
}
