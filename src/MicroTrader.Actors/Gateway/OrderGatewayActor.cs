using Akka.Actor;
using Microsoft.Extensions.Logging;
using MicroTrader.Actors.Diagnostics;
using MicroTrader.Actors.Execution;
using MicroTrader.Actors.Messages;
using MicroTrader.Domain.Gateway;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Risk;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Actors.Gateway;

/// <summary>
/// The only one that talks to the broker, through its children: one for each order, one for the reads that many need. It shares out the rate budget, and
/// answers for each reference exactly once. Supervision: children are restarted, for a fault in reading an answer must not lose an order; a restarted child
/// knows nothing and sends nothing, and the gateway, which knows whether its order had been let go, says Unknown for it where it had.
/// </summary>
internal sealed partial class OrderGatewayActor : ReceiveActor
{
    /// <summary>What risk waits for: that it is known how many orders the broker still takes.</summary>
    public const string OrderLimits = "the broker's order limit";

    private readonly RobotServices _services;
    private readonly ILogger _log;
    private readonly RateBudget _budget;
    private readonly PermitQueue<IActorRef> _queue;
    private readonly ActorTimer _release;
    private readonly ActorTimer _limitsKnown;
    private readonly ActorTimer _contactDue;
    private readonly BrokerContact _contact;
    private readonly IActorRef _reader;
    private readonly Func<OrderTicket, long?, IActorRef, Props> _orderProps;

    // A second request for a reference is answered by nobody and sends nothing.
    private readonly OrderMemory _orders = new();
    private readonly DateTimeOffset _startedAt;
    private TradingState _trading;
    private long _brokerClockOffsetMs;
    private long _sent;

    public OrderGatewayActor(RobotServices services, RobotSettings settings, Func<OrderTicket, long?, IActorRef, Props>? orderProps = null)
    {
        _services = services;
        _startedAt = services.Time.GetUtcNow();
        _log = services.Logs.CreateLogger<OrderGatewayActor>();
        _budget = new RateBudget(RateBudget.Trading212Limits, settings.TimeScale);
        if (settings.AssumeBudgetSpent)
            _budget.AssumeSpent(_startedAt);
        _queue = new PermitQueue<IActorRef>(_budget);
        _release = new ActorTimer(services.Time, Self);
        _limitsKnown = new ActorTimer(services.Time, Self);
        _contactDue = new ActorTimer(services.Time, Self);
        _contact = new BrokerContact(settings.UnreachableAfter);
        _reader = Context.ActorOf(Props.Create(() => new BrokerReaderActor(services)), "reader");
        _orderProps = orderProps ?? ((ticket, timestamp, reader) => Props.Create(() => new OrderActor(services, settings, ticket, timestamp, reader)));

        services.Metrics.WatchMailbox("gateway", Self);
        services.Metrics.WatchBudget(at => RateBudget.Trading212Limits.Keys.Select(e => (e, _budget.Remaining(e, RequestPriority.Exit, at))));

        Receive<PlaceOrder>(OnPlace);
        Receive<TrackOrder>(OnTrack);
        Receive<TradingStateReport>(OnTradingState);
        Receive<Drain>(_ => OnDrain());
        Receive<OrderSent>(OnSent);
        Receive<FillEstimated>(fill => _orders.Find(fill.Reference)?.ReplyTo.Tell(fill));
        Receive<HurryOrder>(hurry => _orders.Find(hurry.Reference)?.Child.Tell(hurry));
        Receive<GiveUpOrder>(OnGivenUp);
        Receive<OrderFollowed>(OnFollowed);
        Receive<OrderChildRestarted>(OnChildRestarted);
        Receive<RequestPermit>(request =>
        {
            _queue.Add(request, Sender);
            Release();
        });
        Receive<AnswerSeen>(OnAnswerSeen);
        Receive<ReadEnded>(OnReadEnded);
        Receive<ActorTimer.Rung>(rung =>
        {
            if (_release.IsCurrent(rung))
                Release();
            else if (_limitsKnown.IsCurrent(rung))
                TellLimits();
            else if (_contactDue.IsCurrent(rung))
                LookAtContact();
        });
        Receive<RiskStarted>(_ => TellLimits());
        Receive<DescribeBroker>(_ => Sender.Tell(View()));
        Receive<DescribeAccount>(_reader.Forward);
        Receive<ReadPending>(_reader.Forward);
        Receive<ReadHoldings>(read =>
        {
            // A price is no reason to keep a read waiting that tells what became of an order; while one is under way, those reads bring prices too.
            if (read.Priority == RequestPriority.Price && _orders.UnderWay > 0)
                Sender.Tell(new HoldingsRead(null, _services.Time.GetUtcNow(), "an order is under way"));
            else
                _reader.Forward(read);
        });
        Receive<ReadCash>(_reader.Forward);
        Receive<ReadHistory>(_reader.Forward);
        Receive<HoldingsSeen>(Context.Parent.Forward);
        Receive<DescribeBrokerClock>(_ => Sender.Tell(new BrokerClock(_brokerClockOffsetMs)));
        Receive<Report>(_ => Sender.Tell(Describe()));
    }

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Restart);

    protected override void PostRestart(Exception reason)
    {
        base.PostRestart(reason);
        // What the one before had sent is forgotten.
        _budget.AssumeSpent(_startedAt);
        _log.GatewayRestarted();
        Context.Parent.Tell(new GatewayRestarted());
        _limitsTold = false;
        TellLimits();
    }

    protected override void PreStart() => TellLimits();

    protected override void PostStop()
    {
        _release.Dispose();
        _limitsKnown.Dispose();
        _contactDue.Dispose();
    }

    private void OnPlace(PlaceOrder place)
    {
        var reference = place.Ticket.Reference;
        if (_orders.WasAsked(place.Ticket))
        {
            _log.Ignored(Reports.PathOf(Self), place.Ticket.Symbol.Value, $"{reference} was asked for before");
            return;
        }

        foreach (var over in _orders.Begin(place.Ticket))
            Retire(over);

        // Asked of the one before the restart, and never looked at: the position holds it for unknown already, and would not expect it to leave now.
        if (place.Ticket.IntendedAt < _startedAt)
        {
            _orders.Put(new GatewayOrder(place.Ticket, place.ReplyTo, ActorRefs.Nobody) { Retired = true });
            place.ReplyTo.Tell(new OrderAnswered(reference, new OrderOutcome.NotExecuted("the gateway was restarted before it was looked at"), []));
            return;
        }

        if (Forbids(place.Ticket) is { } why)
        {
            _orders.Put(new GatewayOrder(place.Ticket, place.ReplyTo, ActorRefs.Nobody) { Retired = true });
            place.ReplyTo.Tell(new OrderAnswered(reference, new OrderOutcome.NotExecuted(why), []));
            return;
        }

        var child = Child(place.Ticket, place.SignalTimestamp);
        _orders.Put(new GatewayOrder(place.Ticket, place.ReplyTo, child) { Deadline = place.Deadline });
        child.Tell(new SendOrder(place.Deadline));
    }

    // What still waits, for the budget or for a connection, when a person stops the orders, or the entries, does not leave any more.
    private void OnTradingState(TradingStateReport report)
    {
        _trading = report.State;
        LookAtEntries();
        foreach (var entry in _orders.Live.Where(o => o is { Outcome: null, OrderId: null }).ToList())
        {
            if (Forbids(entry.Ticket) is not { } why)
                continue;
            // One that may leave this moment is held back if its first byte has not gone; its own answer says which.
            if (entry.Sent)
                entry.Child.Tell(new WithholdOrder(why));
            else
                OnSent(new OrderSent(entry.Ticket.Reference, new OrderOutcome.NotExecuted(why), []));
        }
    }

    private string? Forbids(OrderTicket ticket) => _trading switch
    {
        TradingState.Stopped => "all orders are stopped",
        TradingState.ExitOnly when ticket.Side == OrderSide.Buy => "exits only",
        _ => null,
    };

    private void OnTrack(TrackOrder track)
    {
        var reference = track.Ticket.Reference;
        if (_orders.Find(reference) is not { } entry)
        {
            entry = new GatewayOrder(track.Ticket, track.ReplyTo, Child(track.Ticket, null)) { Sent = true };
            _orders.Put(entry);
        }

        entry.OrderId = track.OrderId;
        Owe(entry);
        entry.Child.Tell(new FollowOrder(track.OrderId));
    }

    private void OnSent(OrderSent sent)
    {
        if (_orders.Find(sent.Reference) is not { } entry)
            return;
        // Exactly one answer a reference; one that comes after Unknown is evidence all the same.
        if (entry.Outcome is not null and not OrderOutcome.Unknown)
            return;
        if (entry.Outcome is OrderOutcome.Unknown && sent.Outcome is OrderOutcome.Unknown)
            return;
        entry.Outcome = sent.Outcome;
        _services.Metrics.Outcome(sent.Outcome.GetType().Name);
        _log.StateChanged(Reports.PathOf(Self), entry.Ticket.Symbol.Value, entry.Sent ? "Sent" : "Queued", sent.Outcome.GetType().Name, sent.Reference.Value, nameof(OrderSent));
        entry.ReplyTo.Tell(new OrderAnswered(sent.Reference, sent.Outcome, sent.Seen));
        if (sent.Outcome is OrderOutcome.Accepted accepted)
        {
            // Another was adopted for it before its answer came: the position says that a person must look.
            if (entry.OrderId is { } adopted && adopted != accepted.OrderId)
                return;
            entry.OrderId = accepted.OrderId;
            Owe(entry);
            entry.Child.Tell(new FollowOrder(accepted.OrderId));
        }
        else if (entry.OrderId is not null)
        {
            // One was found for it before its answer came: that is followed to its end, whatever the answer. Where they contradict, the position says so.
            return;
        }
        else if (sent.Outcome is OrderOutcome.Unknown)
        {
            // It is sought by the comparison now, whose reads must not be kept from it.
            Settle(entry);
        }
        else
        {
            Retire(entry);
        }
    }

    private void OnFollowed(OrderFollowed followed)
    {
        if (_orders.Find(followed.Reference) is not { } entry)
            return;
        entry.ReplyTo.Tell(followed.End);
        Retire(entry);
    }

    // It is held for not placed. Should it turn up after all, reconciliation finds it, and it is followed anew. One whose answer is still awaited is waited for.
    private void OnGivenUp(GiveUpOrder given)
    {
        if (_orders.Find(given.Reference) is { IsIdle: true } entry)
            Retire(entry);
    }

    private void OnChildRestarted(OrderChildRestarted restarted)
    {
        if (_orders.Find(restarted.Reference) is not { } entry)
            return;
        _queue.Drop(entry.Child);
        if (entry.OrderId is { } id)
            entry.Child.Tell(new FollowOrder(id));
        else if (!entry.Sent)
            entry.Child.Tell(new SendOrder(entry.Deadline));
        else
            OnSent(new OrderSent(restarted.Reference, new OrderOutcome.Unknown("the part that sent the order failed before its answer was read"), []));
    }

    // Said once a failure has lasted, and once more when it is over: what fails now and then is the log's.
    private void OnReadEnded(ReadEnded read)
    {
        var now = _services.Time.GetUtcNow();
        if (read.Failure is { } failure)
            _contact.Failed(read.Endpoint, failure, now);
        else if (_contact.Answered(read.Endpoint) is { } since)
        {
            var seconds = Math.Round((now - since).TotalSeconds);
            _log.BrokerBack(seconds);
            _services.Notify(new RobotNotice(NoticeKind.BrokerBack, null, null, FormattableString.Invariant($"The broker can be read again, after {seconds} s"), now));
        }

        LookAtContact();
    }

    private void LookAtContact()
    {
        var now = _services.Time.GetUtcNow();
        if (_contact.Look(now) is { } away)
        {
            _log.BrokerAway(Reports.Time(away.Since), away.Detail);
            _services.Notify(new RobotNotice(
                NoticeKind.BrokerUnreachable, null, null, $"The broker cannot be read since {Reports.Time(away.Since)} ({away.Detail}). What is held may not be sold until it answers", now));
        }

        _contactDue.ArmAt(_contact.DueAt);
    }

    private void OnBrokerDate(DateTimeOffset date, DateTimeOffset now)
    {
        // The header is cut off to whole seconds, and the way takes a while: less than two seconds is no offset.
        var offset = date + TimeSpan.FromMilliseconds(500) - now;
        var offsetMs = offset.Duration() < TimeSpan.FromSeconds(2) ? 0 : (long)offset.TotalMilliseconds;
        if (Math.Abs(offsetMs - _brokerClockOffsetMs) < 1_000)
            return;
        _brokerClockOffsetMs = offsetMs;
        Context.Parent.Tell(new BrokerClock(offsetMs));
    }

    private IActorRef Child(OrderTicket ticket, long? timestamp) => Context.ActorOf(_orderProps(ticket, timestamp, _reader));

    private void Retire(GatewayOrder entry)
    {
        entry.Retired = true;
        _queue.Drop(entry.Child);
        Context.Stop(entry.Child);
        Settle(entry);
    }

    private BrokerView View()
    {
        var now = _services.Time.GetUtcNow();
        return new BrokerView(
            [.. RateBudget.Trading212Limits.Select(l => new BudgetView(l.Key.ToString(), _budget.Remaining(l.Key, RequestPriority.Exit, now), l.Value.Requests, l.Value.Period.TotalSeconds))],
            _orders.Live.Count(),
            _queue.Count,
            _brokerClockOffsetMs);
    }

    private ActorReport Describe()
    {
        var now = _services.Time.GetUtcNow();
        return Reports.Log(
            _log,
            Self,
            [
                ("orders under way", _orders.Live.Count()),
                ("orders remembered", _orders.Count),
                ("orders sent", _sent),
                ("queue", _queue.Count),
                ("next release", Reports.Time(_release.Due)),
                ("broker clock offset ms", _brokerClockOffsetMs),
                .. RateBudget.Trading212Limits.Select(l => ($"budget {l.Key}", (object?)$"{_budget.Remaining(l.Key, RequestPriority.Exit, now)}/{l.Value.Requests}")),
            ]);
    }
}
