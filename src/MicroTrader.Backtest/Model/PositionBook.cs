using System.Runtime.CompilerServices;
using MicroTrader.Domain.Calendar;
using MicroTrader.Domain.Gateway;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Risk;
using MicroTrader.Domain.Strategy;

namespace MicroTrader.Backtest.Model;

/// <summary>
/// One symbol: its strategy, its position and the orders of its newest trade. What follows from what is decided in the domain; this carries it out in the
/// order in which the robot's actors do: decide, journal, apply, then act.
/// </summary>
internal sealed class PositionBook : IOrderOwner
{
    private readonly Robot _robot;
    private readonly BacktestSymbol _traded;
    private readonly PositionContext _context;
    private readonly FollowingRules _following;
    private readonly SessionRules? _session;
    private readonly ModelTimer _due;
    private readonly PriceAge? _age;
    private readonly Mailbox _box = new();
    private readonly Mailbox _strategyBox = new();
    private readonly Queue<PositionCommand> _stash = new();
    private readonly Dictionary<OrderReference, OrderFollower> _orders = [];
    private bool _writing;
    private long _questions;

    public PositionBook(Robot robot, Symbol symbol, BacktestSymbol traded)
    {
        _robot = robot;
        _traded = traded;
        Symbol = symbol;
        Instrument = new ModelInstrument(traded);
        Judge = new SymbolJudge(symbol, new MomentumStrategy(traded.Momentum), traded.Exits, robot.Settings.Prices);
        State = PositionState.Empty(symbol);
        var settings = robot.Settings;
        _session = settings.Session?.For(traded.Limits);
        _context = new PositionContext(traded.Exits, 0, settings.Reconciliation.LateWatch, MaySell: true, _session, settings.Calendar);
        _following = settings.Following with { FiguresPatience = FollowingRules.PatienceFor(traded.Exits.MaxHold) };
        _due = new ModelTimer(robot.Clock, () => Post(new PositionCommand.CheckDue()));
        if (settings.BrokerPrices || settings.Prices.StaleAfter is not null)
        {
            _age = new PriceAge(
                robot, Judge, traded.Ticker, _strategyBox, Withheld, (reason, price) => Post(new PositionCommand.Exit(reason, price, Judge.Held.TradeNumber, PriceBasis.Broker)));
        }
    }

    public Symbol Symbol { get; }

    public ModelInstrument Instrument { get; }

    public SymbolJudge Judge { get; }

    public PositionState State { get; private set; }

    /// <summary>Its prices, for charts.</summary>
    public PriceTrack Prices { get; } = new();

    /// <summary>What the guard kept out, by code.</summary>
    public WithheldCounts Withheld { get; } = new();

    private DateTimeOffset Now => _robot.Clock.Now;

    /// <summary>Takes a tick in. True where something follows that the pump must carry out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool OnTick(in Tick tick, DateTimeOffset now)
    {
        var wasLate = Judge.IsLate;
        var verdict = Judge.OnTick(tick, now);
        Withheld.Take(verdict.Price);
        if (_age is null && verdict is { Enter: false, Exit: null, IsNews: false })
            return false;
        if (verdict.IsNews)
            _robot.Risk.See(Symbol, tick.Price);
        if (_age is not null && verdict.IsTakenIn && !_age.OnPriced(wasLate, now) && verdict is { Enter: false, Exit: null, IsNews: false })
            return false;
        if (verdict.Exit is { } reason)
            Post(new PositionCommand.Exit(reason, tick.Price, Judge.Held.TradeNumber));
        else if (verdict.Enter)
            Enter(Judge.Signal(Now), SymbolJudge.SpreadPercent(tick), Judge.IsLate ? Now : tick.Time);
        return true;
    }

    public void Answered(OrderReference reference, OrderOutcome outcome) => Post(new PositionCommand.RecordOutcome(reference, outcome));

    public void Estimated(OrderReference reference, FollowingStep.TellEstimate fill) =>
        Post(new PositionCommand.RecordFillEstimate(reference, fill.Quantity, fill.Price, fill.FilledAt));

    public void Ended(OrderReference reference, FollowingStep.TellEnd end) => Post(new PositionCommand.RecordSettlement(reference, end.VenueStatus, end.Fills));

    private void Enter(EntrySignal signal, decimal? spreadPercent, DateTimeOffset freshAt) => _robot.Pump.Post(_box, () =>
    {
        if (State.Status != PositionStatus.Closed || State.Blocked is not null || State.NoEntryBefore > Now)
            return;
        var size = OrderSizing.Size(_traded.Sizing, _traded.Limits ?? new InstrumentLimits(), signal.Price, 0m);
        if (size.Problem is { } problem)
            _robot.NotSized(Symbol, problem);
        var request = new EntryRequest(Symbol, size.Quantity, freshAt, signal.Price, _traded.Currency, spreadPercent) { SizeProblem = size.Problem };
        if (_robot.Risk.Judge(request, _traded.Exits.TakeProfitPercent, _session, ++_questions, _robot.Gateway.Reads).IsGranted)
            Decide(new PositionCommand.IntendEntry(signal, _traded.Ticker, _traded.Currency, size.Quantity, 0m));
    });

    private void Post(PositionCommand command) => _robot.Pump.Post(_box, () =>
    {
        // Whoever writes to the journal takes nothing in until it is written.
        if (_writing)
            _stash.Enqueue(command);
        else
            Decide(command);
    });

    private void Decide(PositionCommand command)
    {
        var decision = State.Decide(command, Now, _context);
        if (decision.Events.Count == 0)
        {
            _due.ArmAt(State.NextDue(_context));
            return;
        }

        _writing = true;
        _robot.Pump.Write(() => Written(decision.Events));
    }

    private void Written(IReadOnlyList<IPositionEvent> facts)
    {
        _writing = false;
        foreach (var fact in facts)
            State = State.Apply(fact);
        foreach (var fact in facts)
            Act(fact);
        _due.ArmAt(State.NextDue(_context));
        Publish();
        while (!_writing && _stash.TryDequeue(out var command))
            Decide(command);
    }

    private void Act(IPositionEvent fact)
    {
        switch (PositionEffects.Of(State, fact))
        {
            case PositionEffect.Send send:
                DateTimeOffset? deadline = send.SignalAt is { } at ? at + _robot.Settings.EntryDeadline : null;
                _orders[send.Reference] = _robot.Gateway.Place(new FollowedTicket(Instrument, State.Trade!.Find(send.Reference)!, deadline, _following, this));
                break;
            case PositionEffect.Hurry hurry when _orders.TryGetValue(hurry.Reference, out var order):
                order.Hurry();
                break;
        }

        if (fact is not TradeClosed)
            return;
        _orders.Clear();
        _robot.TradeEnded(this);
    }

    private void Publish()
    {
        var held = JudgedPosition.From(State);
        _robot.Pump.Post(_strategyBox, () =>
        {
            var exit = Judge.OnPosition(held, _age?.IsStale != true);
            _age?.OnPosition();
            if (exit is { } reason)
                Post(new PositionCommand.Exit(reason, Judge.LastPrice!.Value, held.TradeNumber));
        });
        _robot.Risk.Take(PositionStanding.From(State), _questions);
    }
}
