using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Reconciliation;
using MicroTrader.Domain.Risk;

namespace MicroTrader.Simulation.Core.Robot;

/// <summary>
/// A position as its actor has it: decides by the domain, journals, applies, and only then tells others. The robot's PositionActor is its pattern.
/// </summary>
internal sealed class SimPosition : SimActor
{
    private readonly SimInstrument _instrument;
    private readonly SimAlarm _due;
    private TradingState? _trading;
    private long _offsetMs;
    private IReadOnlyDictionary<Ticker, BrokerHolding>? _holdings;
    private Asked? _asked;
    private long _questions;
    private long _answered;

    public SimPosition(SimRobot robot, SimInstrument instrument)
        : base(robot, instrument.Symbol.Value)
    {
        _instrument = instrument;
        _due = new SimAlarm(robot, this);
        State = PositionState.Empty(instrument.Symbol);
    }

    /// <summary>What its memory holds.</summary>
    public PositionState State { get; private set; }

    /// <summary>How many facts are in it.</summary>
    public int Applied { get; private set; }

    /// <summary>The price that ticks are judged against, and its trade; null while none is.</summary>
    public (decimal EntryPrice, long Trade)? Judged { get; private set; }

    private PositionContext Context => new(
        Robot.Settings.Exits, _offsetMs, Robot.Settings.Reconciliation.LateWatch, _trading is TradingState.Active or TradingState.ExitOnly);

    public override void Start()
    {
        var facts = Robot.Journal.Facts(_instrument.Symbol);
        State = PositionState.Empty(_instrument.Symbol).ApplyAll(facts);
        Applied = facts.Count;
        Resume();
    }

    // A new incarnation of a persistent actor: it knows what the journal holds, and nothing else.
    protected override void Restart()
    {
        _trading = null;
        _offsetMs = 0;
        _holdings = null;
        _questions = 0;
        _answered = 0;
        Start();
    }

    protected override void Receive(object message)
    {
        switch (message)
        {
            case EntryWished wish:
                OnEntryWish(wish.Signal);
                break;
            case EntryAnswered answer:
                OnEntryAnswer(answer);
                break;
            case ExitWished wish:
                Decide(new PositionCommand.Exit(wish.Reason, wish.Price, wish.TradeNumber));
                break;
            case Told told:
                Decide(told.Command);
                break;
            case Rung rung:
                if (_due.Takes(rung))
                    Decide(new PositionCommand.CheckDue());
                break;
            case TradingStateTold told:
                _trading = told.State;
                Decide(new PositionCommand.CheckDue());
                break;
            case BrokerClockTold told:
                _offsetMs = told.OffsetMs;
                break;
            case HoldingsTold told:
                // What the account holds beside ours can only be told apart while nothing of ours is held.
                if (State.Status == PositionStatus.Closed)
                    _holdings = told.Holdings ?? _holdings;
                break;
            case GatewayRestarted:
                Resume();
                break;
            case ReconciliationRestarted:
                Robot.Reconciliation.Enqueue(new PositionTold(State));
                break;
            case RiskStarted:
                TellRisk();
                break;
            default:
                throw new InvalidOperationException($"{Name}: {message.GetType().Name} is not handled");
        }
    }

    private void Resume()
    {
        _asked = null;
        Decide(new PositionCommand.Recover(), () =>
        {
            foreach (var effect in PositionEffects.AfterStart(State))
                Do(effect);
            Robot.Gateway.Enqueue(new ClockAsked(this));
            Publish();
            TellRisk();
        });
    }

    private void TellRisk()
    {
        Robot.Risk.Enqueue(Exposure());
        Robot.Risk.Enqueue(new ReadyTold(Name, this));
    }

    private void OnEntryWish(EntrySignal signal)
    {
        if (State.Status != PositionStatus.Closed || State.NoEntryBefore > Now)
            return;
        if (_asked is { } asked && Now - asked.At < Robot.Settings.Risk.Lease)
            return;
        _asked = new Asked(++_questions, signal, Now);
        Robot.Risk.Enqueue(new EntryAsked(new EntryRequest(_instrument.Symbol, Robot.Settings.Quantity, signal.TickTime, signal.Price, "USD"), _questions));
    }

    private void OnEntryAnswer(EntryAnswered answer)
    {
        _answered = Math.Max(_answered, answer.Number);
        if (_asked is not { } asked || asked.Number != answer.Number)
        {
            Robot.Risk.Enqueue(Exposure());
            return;
        }

        _asked = null;
        if (!answer.Verdict.IsGranted)
            return;
        if (answer.Verdict.LeaseUntil < Now || SendBy(asked.Signal) < Now)
        {
            Robot.Risk.Enqueue(Exposure());
            return;
        }

        decimal? held = _holdings is null ? null : _holdings.GetValueOrDefault(_instrument.Ticker)?.Quantity ?? 0m;
        Decide(new PositionCommand.IntendEntry(asked.Signal, _instrument.Ticker, "USD", Robot.Settings.Quantity, held));
    }

    private DateTimeOffset SendBy(EntrySignal signal) => Robot.Parts.Deadline(signal, Robot.Settings.EntryDeadline);

    // Decide, journal, apply, then act: in this order, always.
    private void Decide(PositionCommand command, Action? andThen = null)
    {
        var decision = Robot.Parts.Decide(State, command, Now, Context, Robot.Gateway.LastHoldings?.GetValueOrDefault(_instrument.Ticker)?.Quantity);
        if (decision.Ignored is { } why && Robot.Trace.IsOn)
            Robot.Trace.Add(Robot.Clock.Ticks, Name, $"{command.GetType().Name} changes nothing: {why}");
        if (decision.Events.Count == 0)
        {
            _due.Set(State.NextDue(Context));
            andThen?.Invoke();
            return;
        }

        if (Robot.Parts.SendsFirst)
        {
            var after = State.ApplyAll(decision.Events);
            foreach (var fact in decision.Events)
                Do(PositionEffects.Of(after, fact), after);
        }

        Write(
            (durable, failed) => Robot.Journal.Write(_instrument.Symbol, decision.Events, durable, failed),
            () =>
            {
                State = State.ApplyAll(decision.Events);
                Applied += decision.Events.Count;
                // Told before anything is sent: whoever then sees an order of ours knows of its intent.
                Publish();
                foreach (var fact in decision.Events)
                    Do(PositionEffects.Of(State, fact));
                _due.Set(State.NextDue(Context));
                andThen?.Invoke();
            });
    }

    private void Do(PositionEffect? effect, PositionState? state = null)
    {
        var trade = (state ?? State).Trade;
        switch (effect)
        {
            case null:
                break;
            case PositionEffect.Send send:
                DateTimeOffset? deadline = send.SignalAt is null ? null : SendBy(trade!.Signal);
                Robot.Gateway.Enqueue(new OrderWished(Ticket(trade!, trade!.Find(send.Reference)!), deadline));
                break;
            case PositionEffect.Follow follow:
                Robot.Gateway.Enqueue(new FollowWished(Ticket(trade!, trade!.Find(follow.Reference)!), follow.OrderId));
                break;
            case PositionEffect.Hurry hurry:
                Robot.Gateway.Enqueue(new HurryWished(hurry.Reference));
                break;
            case PositionEffect.GiveUp:
                // The simulated gateway keeps no actor ready for an order: there is nothing to put away, and the order is followed anew should it turn up.
                break;
            default:
                throw new InvalidOperationException($"{Name}: {effect.GetType().Name} is not carried out");
        }
    }

    private OrderTicket Ticket(TradeState trade, OrderState order)
    {
        var before = order.Side == OrderSide.Buy ? trade.HeldBefore : trade.HeldBefore + trade.Held + (order.IsTerminal ? order.FilledQuantity : 0);
        return new OrderTicket(_instrument.Symbol, trade.Ticker, order.Reference, order.Side, order.Quantity, order.IntendedAt, order.BrokerClockOffsetMs, before);
    }

    private ExposureTold Exposure() => new(PositionStanding.From(State), _answered);

    private void Publish()
    {
        var isJudged = State.Trade is { Exit: null } trade
            && (State.Status == PositionStatus.Open || (State.Status == PositionStatus.Pending && trade.Entry.Status == OrderStatus.Accepted));
        Judged = isJudged ? (State.Trade!.EntryPrice, State.TradeNumber) : null;
        Robot.Risk.Enqueue(Exposure());
        Robot.Reconciliation.Enqueue(new PositionTold(State));
    }

    private sealed record Asked(long Number, EntrySignal Signal, DateTimeOffset At);
}
