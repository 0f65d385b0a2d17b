using MicroTrader.Domain.Gateway;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Reconciliation;
using MicroTrader.Simulation.Shared;

namespace MicroTrader.Simulation.Core.Robot;

/// <summary>
/// The gateway as its actor and its children have it: one leave for each reference, ever; the rate budget; the following of orders, which the domain steers.
/// </summary>
internal sealed class SimGateway : SimActor
{
    private readonly Dictionary<OrderReference, Entry> _orders = [];
    private readonly RateBudget _budget = new(RateBudget.Trading212Limits);
    private readonly PermitQueue<SimGateway> _permits;
    private readonly SimAlarm _release;
    private readonly SimReader _reader;
    private ReadOutlook? _outlookTold;
    private long _offsetMs;

    public SimGateway(SimRobot robot)
        : base(robot, "gateway")
    {
        _permits = new PermitQueue<SimGateway>(_budget);
        _release = new SimAlarm(robot, this);
        _reader = new SimReader(robot, this);
    }

    /// <summary>What the account held at the last read; null before the first.</summary>
    public IReadOnlyDictionary<Ticker, BrokerHolding>? LastHoldings => _reader.LastHoldings;

    public override void Start() => _budget.AssumeSpent(Now);

    /// <summary>Asks for something when the budget allows it, and takes in what the answer's headers say.</summary>
    public void Ask(BrokerEndpoint endpoint, RequestPriority priority, Func<object?> read, Action<SimAnswer> then) =>
        AskLeave(endpoint, priority, _ => Send(endpoint, read, then));

    /// <summary>Asks for leave. The same <paramref name="granted"/> again is the same wish, which may have become more urgent.</summary>
    public void AskLeave(BrokerEndpoint endpoint, RequestPriority priority, Action<bool> granted)
    {
        _permits.Add(new RequestPermit(endpoint, priority, null, granted), this);
        Release();
    }

    /// <summary>Asks for something for which there is leave.</summary>
    public void Send(BrokerEndpoint endpoint, Func<object?> read, Action<SimAnswer> then) => Robot.Network.Ask(endpoint, read, answer => Later(() =>
    {
        Observe(endpoint, answer.Headers);
        then(answer);
    }));

    protected override void Receive(object message)
    {
        switch (message)
        {
            case OrderWished wish:
                OnOrder(wish);
                break;
            case FollowWished wish:
                OnFollow(wish);
                break;
            case HurryWished wish:
                OnHurry(wish);
                break;
            case ClockAsked asked:
                asked.From.Enqueue(new BrokerClockTold(_offsetMs));
                break;
            case ReadWished wish:
                _reader.Join(wish, told => Robot.Reconciliation.Enqueue(told));
                break;
            case Answered answered:
                answered.Then();
                break;
            case Rung rung when rung.Alarm == _release:
                if (_release.Takes(rung))
                    Release();
                break;
            case Rung rung when _reader.Takes(rung):
                break;
            case RiskStarted:
                _outlookTold = null;
                TellOutlook();
                break;
            case Rung rung:
                foreach (var entry in _orders.Values)
                {
                    if (entry.Alarm.Takes(rung))
                    {
                        Step(entry, OrderFollowing.Look(entry.Followed!, Robot.Settings.Following, Now));
                        break;
                    }
                }

                break;
            default:
                throw new InvalidOperationException($"{Name}: {message.GetType().Name} is not handled");
        }
    }

    protected override void Restart() => Robot.RestartGateway();

    // What the network's threads bring waits its turn like any message.
    private void Later(Action then) => SimRobot.IfAlive(this, () => Robot.Network.Crash(FaultKind.CrashBeforeAnswer), () => Enqueue(new Answered(() =>
    {
        then();
        Robot.Network.Crash(FaultKind.CrashAfterAnswer);
    })));

    private void OnOrder(OrderWished wish)
    {
        var ticket = wish.Ticket;
        if (_orders.ContainsKey(ticket.Reference))
            return;
        var entry = new Entry(ticket, new SimAlarm(Robot, this));
        _orders.Add(ticket.Reference, entry);
        var priority = ticket.Side == OrderSide.Sell ? RequestPriority.Exit : RequestPriority.Entry;
        _permits.Add(
            new RequestPermit(BrokerEndpoint.PlaceOrder, priority, wish.Deadline, (Action<bool>)(isGranted =>
            {
                if (!isGranted)
                {
                    Tell(entry, new OrderOutcome.NotExecuted("dropped: it could not be sent within its deadline"));
                    return;
                }

                Post(entry);
            }), ticket.Side == OrderSide.Buy ? ticket.Reference : null),
            this);
        Release();
    }

    private void Post(Entry entry)
    {
        var ticket = entry.Ticket;
        var instrument = Robot.Venue.Instrument(ticket.Ticker.Value);
        Robot.Network.Post(instrument, ticket.Side == OrderSide.Buy ? ticket.Quantity : -ticket.Quantity, ticket.Reference.Value, () => !IsStopped, (outcome, headers) => Later(() =>
        {
            Observe(BrokerEndpoint.PlaceOrder, headers);
            if (outcome is OrderOutcome.Unknown && Robot.Parts.Repeats && !entry.IsRepeated)
            {
                entry.IsRepeated = true;
                Post(entry);
                return;
            }

            Tell(entry, outcome);
            if (outcome is OrderOutcome.Accepted accepted)
                Follow(entry, accepted.OrderId);
            // One that was found before its answer came is followed.
            else if (entry.Followed is null)
                Settle(entry);
        }));
    }

    private void Tell(Entry entry, OrderOutcome outcome)
    {
        if (Robot.Trace.IsOn)
            Robot.Trace.Add(Robot.Clock.Ticks, Name, $"{entry.Ticket.Reference}: {outcome}");
        Robot.Position(entry.Ticket.Symbol).Enqueue(new Told(new PositionCommand.RecordOutcome(entry.Ticket.Reference, outcome)));
    }

    private void OnFollow(FollowWished wish)
    {
        if (!_orders.TryGetValue(wish.Ticket.Reference, out var entry))
            _orders[wish.Ticket.Reference] = entry = new Entry(wish.Ticket, new SimAlarm(Robot, this));
        Follow(entry, wish.OrderId);
    }

    private void Follow(Entry entry, long orderId)
    {
        if (entry.Followed?.OrderId == orderId)
            return;
        var t = entry.Ticket;
        if (t.Side == OrderSide.Buy && _budget.Owe(t.Reference))
            Release();
        var order = new FollowedOrder(orderId, t.Ticker, t.Side, t.Quantity, t.IntendedAt, t.BrokerClockOffsetMs, t.HeldBefore, t.IntendedAt);
        Step(entry, OrderFollowing.Begin(order, Robot.Settings.Following, Now));
        if (entry.IsHurried)
            Step(entry, OrderFollowing.Hurry(entry.Followed!, Robot.Settings.Following, Now));
    }

    // One that is still being sent is hurried when the broker has it.
    private void OnHurry(HurryWished wish)
    {
        if (!_orders.TryGetValue(wish.Reference, out var entry))
            return;
        entry.IsHurried = true;
        if (entry.Followed is { } followed)
            Step(entry, OrderFollowing.Hurry(followed, Robot.Settings.Following, Now));
    }

    private void Step(Entry entry, (FollowedOrder Order, IReadOnlyList<FollowingStep> Steps) next)
    {
        entry.Followed = next.Order;
        foreach (var step in next.Steps)
        {
            switch (step)
            {
                case FollowingStep.WaitUntil wait:
                    entry.Alarm.Set(wait.Until);
                    break;
                case FollowingStep.AskOrder ask:
                    AskOrder(entry, next.Order.OrderId, ask.Priority);
                    break;
                case FollowingStep.Cancel:
                    var id = next.Order.OrderId;
                    // What became of the wish shows when the order is asked for next.
                    Ask(BrokerEndpoint.CancelOrder, RequestPriority.Exit, () => Robot.Venue.Cancel(id), _ => { });
                    break;
                case FollowingStep.AskHoldings:
                    _reader.Join(
                        new ReadWished(BrokerEndpoint.Positions, RequestPriority.Exit, null),
                        told => Followed(entry, next.Order.OrderId, o => OrderFollowing.Seen(o, ((HoldingsTold)told).Holdings, Robot.Settings.Following, Now)));
                    break;
                case FollowingStep.AskHistory ask:
                    _reader.Join(
                        new ReadWished(BrokerEndpoint.OrderHistory, ask.Priority, ask.Since, ask.DueAt, next.Order),
                        told => Followed(entry, next.Order.OrderId, o => OrderFollowing.Seen(o, ((HistoryTold)told).Orders, Now)));
                    break;
                case FollowingStep.TellEstimate estimate:
                    Robot.Position(entry.Ticket.Symbol).Enqueue(new Told(new PositionCommand.RecordFillEstimate(entry.Ticket.Reference, estimate.Quantity, estimate.Price, estimate.FilledAt)));
                    break;
                case FollowingStep.TellEnd end:
                    entry.Alarm.Set(null);
                    entry.Followed = null;
                    Settle(entry);
                    Robot.Position(entry.Ticket.Symbol).Enqueue(new Told(new PositionCommand.RecordSettlement(entry.Ticket.Reference, end.VenueStatus, end.Fills)));
                    break;
                default:
                    throw new InvalidOperationException($"{Name}: {step.GetType().Name} is not carried out");
            }
        }
    }

    private void AskOrder(Entry entry, long orderId, RequestPriority priority)
    {
        var askedAt = Now;
        Ask(BrokerEndpoint.OrderById, priority, () => Robot.Reads.Order(orderId), answer =>
        {
            var sight = answer switch
            {
                { Failure: not null } => OrderSight.Failed,
                { IsNotFound: true } => OrderSight.Ended,
                { Value: BrokerOrder { IsFinal: true } } => OrderSight.Ended,
                { Value: BrokerOrder { FilledQuantity: > 0 } } => OrderSight.PartlyFilled,
                _ => OrderSight.Pending,
            };
            Followed(entry, orderId, o => OrderFollowing.Seen(o, sight, askedAt, Robot.Settings.Following, Now));
        });
    }

    // An answer that comes after the order's end is nobody's any more.
    private void Followed(Entry entry, long orderId, Func<FollowedOrder, (FollowedOrder, IReadOnlyList<FollowingStep>)> next)
    {
        if (entry.Followed is { } followed && followed.OrderId == orderId)
            Step(entry, next(followed));
    }

    private void Observe(BrokerEndpoint endpoint, SimHeaders? headers)
    {
        if (headers is null)
            return;
        var offset = headers.ServerDate + TimeSpan.FromMilliseconds(500) - Now;
        var offsetMs = offset.Duration() < TimeSpan.FromSeconds(2) ? 0 : (long)offset.TotalMilliseconds;
        if (Math.Abs(offsetMs - _offsetMs) >= 1_000)
        {
            _offsetMs = offsetMs;
            foreach (var position in Robot.Positions)
                position.Enqueue(new BrokerClockTold(offsetMs));
            Robot.Reconciliation.Enqueue(new BrokerClockTold(offsetMs));
        }

        _budget.Observe(endpoint, headers.Remaining, headers.ResetAt - TimeSpan.FromMilliseconds(_offsetMs), Now);
        Release();
    }

    private void Release()
    {
        foreach (var (request, _, isGranted) in _permits.Release(Now))
            ((Action<bool>)request.Tag)(isGranted);
        TellOutlook();
        _release.Set(_permits.NextRelease(Now));
    }

    private void Settle(Entry entry)
    {
        if (_budget.Settle(entry.Ticket.Reference))
            Release();
    }

    private void TellOutlook()
    {
        if (_budget.Outlook(Now) is not { } outlook || outlook.Equals(_outlookTold))
            return;
        _outlookTold = outlook;
        Robot.Risk?.Enqueue(new ReadsTold(outlook));
    }

    private sealed class Entry(OrderTicket ticket, SimAlarm alarm)
    {
        public OrderTicket Ticket { get; } = ticket;

        public SimAlarm Alarm { get; } = alarm;

        public FollowedOrder? Followed { get; set; }

        public bool IsHurried { get; set; }

        public bool IsRepeated { get; set; }
    }
}
