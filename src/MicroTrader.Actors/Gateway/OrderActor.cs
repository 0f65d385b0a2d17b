using Akka.Actor;
using Microsoft.Extensions.Logging;
using MicroTrader.Actors.Diagnostics;
using MicroTrader.Actors.Execution;
using MicroTrader.Actors.Messages;
using MicroTrader.Domain.Gateway;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Reconciliation;
using MicroTrader.Trading212;
using OrderSide = MicroTrader.Domain.Orders.OrderSide;
using Wire = MicroTrader.Trading212;

namespace MicroTrader.Actors.Gateway;

/// <summary>
/// One order's way: sent once, then followed until its fills are known. It does nothing by itself at its start: after a restart it only tells the
/// gateway, because whether its order may be sent is not its to know.
/// </summary>
internal sealed class OrderActor : ReceiveActor
{
    // How long a read may stay without an answer before it is asked for anew: longer than the client's own time-outs and retries.
    private static readonly TimeSpan ReadPatience = TimeSpan.FromSeconds(60);

    // How long the figures of a buy that is held for certain may wait for somebody else's read.
    private static readonly TimeSpan FiguresPatience = TimeSpan.FromSeconds(20);

    private readonly RobotServices _services;
    private readonly RobotSettings _settings;
    private readonly OrderTicket _ticket;
    private readonly long? _signalTimestamp;
    private readonly IActorRef _reader;
    private readonly ILogger _log;
    private readonly ActorTimer _next;
    private readonly CancellationTokenSource _stop = new();
    private long? _orderId;
    // A restart clears it: leave that was given to the incarnation before is not the next one's.
    private bool _maySend;
    private DateTimeOffset _pollAskedAt;
    private DateTimeOffset _lastPendingAt;
    private bool _ended;
    private bool _failing;
    private bool _estimated;
    private int _historyReads;

    public OrderActor(RobotServices services, RobotSettings settings, OrderTicket ticket, long? signalTimestamp, IActorRef reader)
    {
        _services = services;
        _settings = settings;
        _ticket = ticket;
        _lastPendingAt = ticket.IntendedAt;
        _signalTimestamp = signalTimestamp;
        _reader = reader;
        _log = services.Logs.CreateLogger<OrderActor>();
        _next = new ActorTimer(services.Time, Self);

        Receive<SendOrder>(send =>
        {
            _maySend = true;
            Context.Parent.Tell(new RequestPermit(BrokerEndpoint.PlaceOrder, Priority, send.Deadline, ticket.Reference));
        });
        Receive<PermitGranted>(granted =>
        {
            if (granted.Tag is not OrderReference)
                Poll();
            else if (_maySend)
                Post();
        });
        Receive<PermitExpired>(_ => Answer(new OrderOutcome.NotExecuted("dropped: it could not be sent within its deadline")));
        Receive<Posted>(OnPosted);
        Receive<FollowOrder>(OnFollow);
        Receive<ActorTimer.Rung>(rung =>
        {
            if (_next.IsCurrent(rung))
                Step();
        });
        Receive<Polled>(OnPolled);
        Receive<HistoryRead>(OnHistory);
        Receive<HoldingsRead>(OnHoldings);
    }

    private RequestPriority Priority => _ticket.Side == OrderSide.Sell ? RequestPriority.Exit : RequestPriority.Entry;

    // Until a buy's fill is known its shares cannot be sold: finding it out is no less urgent than an exit's.
    private static RequestPriority FollowPriority => RequestPriority.Exit;

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

    // The one place from which an order leaves. Nothing repeats it.
    private void Post()
    {
        _maySend = false;
        var quantity = _ticket.Side == OrderSide.Buy ? _ticket.Quantity : -_ticket.Quantity;
        _services.Broker
            .PlaceMarketOrderAsync(new MarketOrderRequest(_ticket.Ticker.Value, quantity, _ticket.ExtendedHours ? true : null), OnHandedOver, _stop.Token)
            .PipeTracked(_services.Activity, Self, result => new Posted(result, null), failure => new Posted(null, failure));
    }

    // Runs on the client's thread: it touches nothing of the actor.
    private void OnHandedOver()
    {
        if (_signalTimestamp is { } timestamp)
            _services.Metrics.SignalPosted(_services.Time.GetElapsedTime(timestamp));
        _log.HandedOver(_ticket.Reference.Value, _ticket.Symbol.Value);
    }

    private void OnPosted(Posted posted)
    {
        if (posted.Failure is { } failure)
        {
            Answer(new OrderOutcome.Unknown($"{failure.GetType().Name}: {failure.Message}"));
            return;
        }

        var info = posted.Result switch
        {
            PlaceOrderResult.Placed p => p.Info,
            PlaceOrderResult.Rejected r => r.Info,
            PlaceOrderResult.NotExecuted n => n.Info,
            PlaceOrderResult.Unknown u => u.Info,
            _ => null,
        };
        if (info is not null)
            Context.Parent.Tell(new AnswerSeen(BrokerEndpoint.PlaceOrder, info));
        Answer(BrokerMapping.Outcome(posted.Result!));
    }

    private void Answer(OrderOutcome outcome) => Context.Parent.Tell(new OrderSent(_ticket.Reference, outcome));

    private void OnFollow(FollowOrder follow)
    {
        if (_orderId == follow.OrderId)
            return;
        _orderId = follow.OrderId;
        StepIn(_settings.FirstFillPoll);
    }

    private void StepIn(TimeSpan wait) => _next.ArmAt(_services.Time.GetUtcNow() + wait);

    // First the order itself, for as long as it is pending; then the history, for its figures.
    private void Step()
    {
        // Should an answer never come, this asks again.
        StepIn(ReadPatience);
        if (_ended)
            SeekFigures();
        else
            Context.Parent.Tell(new RequestPermit(BrokerEndpoint.OrderById, FollowPriority, null, "poll"));
    }

    private void Poll()
    {
        _pollAskedAt = _services.Time.GetUtcNow();
        _services.Broker
            .GetOrderAsync(_orderId!.Value, _stop.Token)
            .PipeTracked(_services.Activity, Self, result => new Polled(result, null), failure => new Polled(null, failure));
    }

    private void OnPolled(Polled polled)
    {
        if (_failing && polled.Result is not (null or ReadResult<Wire.Order>.Failed))
        {
            _failing = false;
            _log.ReadAgain($"order {_orderId}");
        }

        switch (polled.Result)
        {
            case ReadResult<Wire.Order>.Success { Value.IsFinal: true } final:
                Context.Parent.Tell(new AnswerSeen(BrokerEndpoint.OrderById, final.Info));
                Ended();
                break;
            case ReadResult<Wire.Order>.Success pending:
                _lastPendingAt = _pollAskedAt;
                Context.Parent.Tell(new AnswerSeen(BrokerEndpoint.OrderById, pending.Info));
                StepIn(_settings.FillPoll);
                break;
            case ReadResult<Wire.Order>.NotFound gone:
                // Only pending orders are known here: this one no longer is (Trading 212's description of GET orders/{id}).
                Context.Parent.Tell(new AnswerSeen(BrokerEndpoint.OrderById, gone.Info));
                Ended();
                break;
            case ReadResult<Wire.Order>.Failed failed:
                if (failed.Info is { } info)
                    Context.Parent.Tell(new AnswerSeen(BrokerEndpoint.OrderById, info));
                Failing(failed.Detail);
                StepIn(_settings.FillPoll);
                break;
            default:
                Failing(polled.Failure?.Message ?? "no answer");
                StepIn(_settings.FillPoll);
                break;
        }
    }

    // One line when it begins, one when it works again.
    private void Failing(string detail)
    {
        if (!_failing)
            _log.ReadFailed($"order {_orderId}", detail);
        _failing = true;
    }

    private void Ended()
    {
        _ended = true;
        Step();
    }

    // Bought shares must not wait unguarded for the history, which lags and may be read six times a minute: the holding tells as well that they are there.
    // Their figures may then come with somebody else's read; a sale's are needed to end the trade.
    private void SeekFigures()
    {
        if (!_estimated && _ticket is { Side: OrderSide.Buy, HeldBefore: not null })
            _reader.Tell(new ReadHoldings(FollowPriority));
        else
            AskHistory();
    }

    private void AskHistory() => _reader.Tell(new ReadHistory(
        _ticket.IntendedAt - _settings.Reconciliation.ClockSkew - TimeSpan.FromMinutes(1),
        // The figures of what is sold, or held for certain, are wanted, not urgent.
        _estimated || _ticket.Side == OrderSide.Sell ? RequestPriority.Reconciliation : FollowPriority,
        _estimated ? _services.Time.GetUtcNow() + FiguresPatience : null));

    private void OnHistory(HistoryRead history)
    {
        _historyReads++;
        var order = history.Orders?.FirstOrDefault(o => o.OrderId == _orderId);
        if (order is { IsFinal: true } && IsComplete(order))
        {
            Context.Parent.Tell(new OrderFollowed(_ticket.Reference, new OrderEnded(_ticket.Reference, order.Status, order.Fills)));
            _next.Cancel();
            return;
        }

        // The history lags, or could not be read.
        StepIn(TimeSpan.FromSeconds(Math.Min(10, 1 << Math.Min(_historyReads, 4))));
    }

    // FILLED with fewer fills than it says is a history that still lags.
    private bool IsComplete(BrokerOrder order)
    {
        var filled = order.Fills.Sum(f => f.Quantity);
        return order.Status == "FILLED" ? filled == _ticket.Quantity : filled >= order.FilledQuantity;
    }

    private void OnHoldings(HoldingsRead read)
    {
        if (Estimate(read) is { } fill)
        {
            _estimated = true;
            Context.Parent.Tell(fill);
        }

        AskHistory();
    }

    private FillEstimated? Estimate(HoldingsRead read)
    {
        if (_estimated || _ticket.HeldBefore is not { } before)
            return null;
        if (read.Holdings is null || !read.Holdings.TryGetValue(_ticket.Ticker, out var holding) || holding.Quantity - before != _ticket.Quantity)
            return null;
        // The average is of our shares alone only where the account held none before.
        if ((before == 0 ? holding.AveragePrice : holding.CurrentPrice) is not { } price || price <= 0)
            return null;
        // So is the time of the holding. Else: not before the order was last seen pending.
        var opened = before == 0 ? holding.OpenedAt - TimeSpan.FromMilliseconds(_ticket.BrokerClockOffsetMs) : null;
        var filledAt = opened >= _lastPendingAt ? opened.Value : _lastPendingAt;
        return new FillEstimated(_ticket.Reference, _ticket.Quantity, price, filledAt);
    }

    private sealed record Posted(PlaceOrderResult? Result, Exception? Failure);

    private sealed record Polled(ReadResult<Wire.Order>? Result, Exception? Failure);
}
