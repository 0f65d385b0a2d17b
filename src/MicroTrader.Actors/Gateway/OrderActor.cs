using Akka.Actor;
using Microsoft.Extensions.Logging;
using MicroTrader.Actors.Diagnostics;
using MicroTrader.Actors.Execution;
using MicroTrader.Actors.Messages;
using MicroTrader.Domain.Gateway;
using MicroTrader.Domain.Orders;
using MicroTrader.Trading212;
using OrderSide = MicroTrader.Domain.Orders.OrderSide;
using Wire = MicroTrader.Trading212;

namespace MicroTrader.Actors.Gateway;

/// <summary>
/// One order's way: sent once, then followed until its fills are known; how it is followed is decided in the domain. It does nothing by itself at its start:
/// after a restart it only tells the gateway, because whether its order may be sent is not its to know.
/// </summary>
internal sealed class OrderActor : ReceiveActor
{
    private readonly RobotServices _services;
    private readonly FollowingRules _rules;
    private readonly OrderTicket _ticket;
    private readonly long? _signalTimestamp;
    private readonly IActorRef _reader;
    private readonly ILogger _log;
    private readonly ActorTimer _next;
    private readonly EvidenceNotes _seen;
    private readonly CancellationTokenSource _stop = new();
    private FollowedOrder? _order;
    // A restart clears it: leave that was given to the incarnation before is not the next one's.
    private bool _maySend;
    private bool _hurry;
    private DateTimeOffset? _deadline;
    private string? _withheld;
    private bool _failing;

    public OrderActor(RobotServices services, RobotSettings settings, OrderTicket ticket, long? signalTimestamp, IActorRef reader)
    {
        _services = services;
        _rules = settings.FollowingOf(ticket.Symbol);
        _ticket = ticket;
        _signalTimestamp = signalTimestamp;
        _reader = reader;
        _log = services.Logs.CreateLogger<OrderActor>();
        _next = new ActorTimer(services.Time, Self);
        _seen = new EvidenceNotes(services.Time);

        Receive<SendOrder>(send =>
        {
            _maySend = true;
            _deadline = send.Deadline;
            Context.Parent.Tell(new RequestPermit(BrokerEndpoint.PlaceOrder, Priority, send.Deadline, ticket.Reference, ticket.Side == OrderSide.Buy ? ticket.Reference : null));
        });
        Receive<WithholdOrder>(withhold => Volatile.Write(ref _withheld, withhold.Why));
        Receive<PermitGranted>(OnGranted);
        Receive<PermitExpired>(expired => Answer(new OrderOutcome.NotExecuted(expired.Why)));
        Receive<Posted>(OnPosted);
        Receive<FollowOrder>(OnFollow);
        Receive<HurryOrder>(_ => OnHurry());
        Receive<ActorTimer.Rung>(rung =>
        {
            if (_next.IsCurrent(rung) && _order is { } order)
                Take(OrderFollowing.Look(order, _rules, Now));
        });
        Receive<Polled>(OnPolled);
        Receive<CancelAnswered>(OnCancelAnswered);
        Receive<HistoryRead>(OnHistory);
        Receive<HoldingsRead>(OnHoldings);
    }

    private RequestPriority Priority => _ticket.Side == OrderSide.Sell ? RequestPriority.Exit : RequestPriority.Entry;

    private DateTimeOffset Now => _services.Time.GetUtcNow();

    protected override void PostRestart(Exception reason)
    {
        base.PostRestart(reason);
        Context.Parent.Tell(new OrderChildRestarted(_ticket.Reference));
    }

    protected override void PostStop()
    {
        _next.Dispose();
        _stop.Cancel();
        _stop.Dispose();
    }

    private void OnGranted(PermitGranted granted)
    {
        switch (granted.Tag)
        {
            case OrderReference when _maySend:
                Post();
                break;
            case FollowingStep.AskOrder when _order is not null:
                Poll();
                break;
            case FollowingStep.Cancel when _order is not null:
                Cancel();
                break;
        }
    }

    // The one place from which an order leaves. Nothing repeats it.
    private void Post()
    {
        _maySend = false;
        var askedAt = Now;
        var quantity = _ticket.Side == OrderSide.Buy ? _ticket.Quantity : -_ticket.Quantity;
        _services.Broker
            .PlaceMarketOrderAsync(new MarketOrderRequest(_ticket.Ticker.Value, quantity, _ticket.ExtendedHours ? true : null), OnHandedOver, _stop.Token)
            .PipeTracked(_services.Activity, Self, result => new Posted(askedAt, result, null), failure => new Posted(askedAt, null, failure));
    }

    // Runs on the client's thread, the moment before the first byte: it touches nothing of the actor that another thread writes but one field. A connection
    // may take seconds to open, and what was right at the permit need not be any more; what is thrown holds the order back.
    private void OnHandedOver()
    {
        if (Volatile.Read(ref _withheld) is { } why)
            throw new OrderHeldBackException(why);
        if (_deadline < _services.Time.GetUtcNow())
            throw new OrderHeldBackException("dropped: its deadline passed while the connection was opened");
        if (_signalTimestamp is { } timestamp)
            _services.Metrics.SignalPosted(_services.Time.GetElapsedTime(timestamp));
        _log.HandedOver(_ticket.Reference.Value, _ticket.Symbol.Value);
    }

    private void OnPosted(Posted posted)
    {
        var info = posted.Answer switch
        {
            PlaceOrderResult.Placed p => p.Info,
            PlaceOrderResult.Rejected r => r.Info,
            PlaceOrderResult.NotExecuted n => n.Info,
            PlaceOrderResult.Unknown u => u.Info,
            _ => null,
        };
        if (info is not null)
            Context.Parent.Tell(new AnswerSeen(BrokerEndpoint.PlaceOrder, info));
        var outcome = posted.Failure is { } failure
            ? new OrderOutcome.Unknown($"{failure.GetType().Name}: {failure.Message}")
            : BrokerMapping.Outcome(posted.Answer!);
        _seen.Add(posted.AskedAt, "POST orders/market", EvidenceNotes.Describe(outcome, info?.StatusCode));
        Answer(outcome);
    }

    private void Answer(OrderOutcome outcome) => Context.Parent.Tell(new OrderSent(_ticket.Reference, outcome, _seen.Take()));

    private void OnFollow(FollowOrder follow)
    {
        if (_order?.OrderId == follow.OrderId)
            return;
        var order = new FollowedOrder(
            follow.OrderId,
            _ticket.Ticker,
            _ticket.Side,
            _ticket.Quantity,
            _ticket.IntendedAt,
            _ticket.BrokerClockOffsetMs,
            _ticket.HeldBefore,
            _ticket.IntendedAt,
            IsUrgent: _hurry);
        Take(OrderFollowing.Begin(order, _rules, Now));
    }

    private void OnHurry()
    {
        _hurry = true;
        if (_order is { } order)
            Take(OrderFollowing.Hurry(order, _rules, Now));
    }

    // What the domain decided is carried out, in its order.
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
                    Context.Parent.Tell(new RequestPermit(BrokerEndpoint.OrderById, ask.Priority, null, step));
                    break;
                case FollowingStep.Cancel:
                    Context.Parent.Tell(new RequestPermit(BrokerEndpoint.CancelOrder, RequestPriority.Exit, null, step));
                    break;
                case FollowingStep.AskHoldings:
                    // Until a buy's fill is known its shares cannot be sold: finding it out is no less urgent than an exit.
                    _reader.Tell(new ReadHoldings(RequestPriority.Exit));
                    break;
                case FollowingStep.AskHistory ask:
                    _reader.Tell(new ReadHistory(ask.Since, ask.Priority, ask.DueAt, next.Order));
                    break;
                case FollowingStep.TellEstimate fill:
                    Context.Parent.Tell(new FillEstimated(_ticket.Reference, next.Order.OrderId, fill.Quantity, fill.Price, fill.FilledAt, _seen.Take()));
                    break;
                case FollowingStep.TellEnd end:
                    _next.Cancel();
                    Context.Parent.Tell(new OrderFollowed(
                        _ticket.Reference,
                        new OrderEnded(_ticket.Reference, next.Order.OrderId, end.VenueStatus, end.Fills, _seen.Take())));
                    break;
            }
        }
    }

    private void Poll()
    {
        var askedAt = Now;
        _services.Broker
            .GetOrderAsync(_order!.OrderId, _stop.Token)
            .PipeTracked(_services.Activity, Self, result => new Polled(askedAt, result, null), failure => new Polled(askedAt, null, failure));
    }

    private void OnPolled(Polled polled)
    {
        var (sight, info, words) = polled.Answer switch
        {
            ReadResult<Wire.Order>.Success { Value.IsFinal: true } final => (OrderSight.Ended, final.Info, final.Value.Status?.ToString() ?? "ended"),
            ReadResult<Wire.Order>.Success pending => (
                pending.Value.AbsoluteFilledQuantity > 0 ? OrderSight.PartlyFilled : OrderSight.Pending, pending.Info, pending.Value.Status?.ToString() ?? "pending"),
            // Only pending orders are known here: this one no longer is (Trading 212's description of GET orders/{id}).
            ReadResult<Wire.Order>.NotFound gone => (OrderSight.Ended, gone.Info, "no longer pending"),
            ReadResult<Wire.Order>.Failed failed => (OrderSight.Failed, failed.Info, $"{failed.Kind}: {failed.Detail}"),
            _ => (OrderSight.Failed, null, polled.Failure?.Message ?? "no answer"),
        };
        if (info is not null)
            Context.Parent.Tell(new AnswerSeen(BrokerEndpoint.OrderById, info));
        _seen.Add(polled.AskedAt, "GET orders/{id}", words);
        Context.Parent.Tell(new ReadEnded(BrokerEndpoint.OrderById, sight == OrderSight.Failed ? words : null));
        Failing(sight == OrderSight.Failed ? words : null);
        if (_order is { } order)
            Take(OrderFollowing.Seen(order, sight, polled.AskedAt, _rules, Now));
    }

    // One line when it begins, one when it works again.
    private void Failing(string? detail)
    {
        if (detail is not null && !_failing)
            _log.ReadFailed($"order {_order?.OrderId}", detail);
        else if (detail is null && _failing)
            _log.ReadAgain($"order {_order?.OrderId}");
        _failing = detail is not null;
    }

    private void Cancel()
    {
        var askedAt = Now;
        _log.CancellingOrder(_ticket.Symbol.Value, _order!.OrderId, _ticket.Reference.Value);
        _services.Broker
            .CancelOrderAsync(_order.OrderId, _stop.Token)
            .PipeTracked(_services.Activity, Self, result => new CancelAnswered(askedAt, result, null), failure => new CancelAnswered(askedAt, null, failure));
    }

    // Whatever it says, the order is followed to its end: it may have filled before.
    private void OnCancelAnswered(CancelAnswered answered)
    {
        var (info, words) = answered.Answer switch
        {
            CancelOrderResult.Accepted a => (a.Info, "accepted"),
            CancelOrderResult.NotFound n => (n.Info, "no longer pending"),
            CancelOrderResult.Rejected r => (r.Info, r.Problem.Detail),
            CancelOrderResult.NotExecuted n => (n.Info, n.Detail),
            CancelOrderResult.Unknown u => (u.Info, u.Detail),
            _ => ((ResponseInfo?)null, answered.Failure?.Message ?? "no answer"),
        };
        if (info is not null)
            Context.Parent.Tell(new AnswerSeen(BrokerEndpoint.CancelOrder, info));
        _seen.Add(answered.AskedAt, "DELETE orders/{id}", words);
    }

    private void OnHistory(HistoryRead history)
    {
        _seen.Add(history.ReadAt, "GET history/orders", EvidenceNotes.Describe(history, _order?.OrderId));
        if (_order is { } order)
            Take(OrderFollowing.Seen(order, history.Orders, Now));
    }

    private void OnHoldings(HoldingsRead read)
    {
        _seen.Add(read.ReadAt, "GET positions", EvidenceNotes.Describe(read, _ticket.Ticker));
        if (_order is { } order)
            Take(OrderFollowing.Seen(order, read.Holdings, _rules, Now));
    }

    private sealed record Posted(DateTimeOffset AskedAt, PlaceOrderResult? Answer, Exception? Failure);

    private sealed record Polled(DateTimeOffset AskedAt, ReadResult<Wire.Order>? Answer, Exception? Failure);

    private sealed record CancelAnswered(DateTimeOffset AskedAt, CancelOrderResult? Answer, Exception? Failure);
}
