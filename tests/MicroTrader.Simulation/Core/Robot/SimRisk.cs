using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Risk;

namespace MicroTrader.Simulation.Core.Robot;

/// <summary>Risk as its actor has it: judges, counts, and at its start catches up with what the positions' journals hold.</summary>
internal sealed class SimRisk(SimRobot robot) : SimActor(robot, "risk")
{
    private const string Past = "past trades";

    private readonly List<ExposureTold> _early = [];

    /// <summary>What its memory holds.</summary>
    public RiskState State { get; private set; } = RiskState.Initial;

    /// <summary>How many facts are in it.</summary>
    public int Applied { get; private set; }

    private RiskLimits Limits => Robot.Settings.Risk;

    private bool HasCounted => !State.NotReady.Contains(Past);

    public override void Start()
    {
        State = RiskState.Initial with { NotReady = [Past, .. Robot.Positions.Select(p => p.Name), SimReconciliation.Ready] };
        foreach (var fact in Robot.Journal.RiskFacts)
            State = State.Apply(fact);
        Applied = Robot.Journal.RiskFacts.Count;
        _early.Clear();
        Broadcast();
        foreach (var position in Robot.Positions)
            position.Enqueue(new RiskStarted());
        Robot.Reconciliation.Enqueue(new RiskStarted());
        Robot.Gateway.Enqueue(new RiskStarted());
        // Read beside whoever writes: what is written from now on, the positions tell.
        var past = Robot.Journal.Symbols
            .SelectMany(s => Robot.Journal.Facts(s.Symbol).OfType<TradeClosed>().Where(e => e.Result is not null).Select(e => new EndedTrade(s.Symbol, e.TradeNumber, e.Result!, e.At)))
            .OrderBy(t => t.ClosedAt)
            .ToList();
        Enqueue(new PastTold(past));
    }

    protected override void Restart() => Start();

    protected override void Receive(object message)
    {
        switch (message)
        {
            case EntryAsked asked:
                Keep(HasCounted ? State.Due(Limits, Now) : [], () => Answer(asked));
                break;
            case ExposureTold told:
                OnExposure(told);
                break;
            case PastTold told:
                var ended = _early.Select(e => e.Standing.Ended).OfType<EndedTrade>().ToList();
                _early.Clear();
                Keep(State.CatchUp([.. told.Trades, .. ended], Limits, Now), () => State = State with { NotReady = State.NotReady.Remove(Past) });
                break;
            case ReadyTold ready:
                State = State with { NotReady = State.NotReady.Remove(ready.What) };
                ready.From.Enqueue(new TradingStateTold(State.TradingState));
                break;
            case ReadsTold told:
                State = State with { Reads = told.Outlook };
                break;
            case TradingStateWished wish:
                if (wish.State != State.TradingState)
                    Keep([new TradingStateChanged(wish.State, wish.Reason, Now)], Broadcast);
                break;
            default:
                throw new InvalidOperationException($"{Name}: {message.GetType().Name} is not handled");
        }
    }

    private void Answer(EntryAsked asked)
    {
        var verdict = Robot.Parts.Judge(State, asked.Request, Limits, Now);
        if (verdict.LeaseUntil is { } until)
            State = State.Grant(asked.Request, until, asked.Number);
        Robot.Position(asked.Request.Symbol).Enqueue(new EntryAnswered(asked.Number, verdict));
    }

    private void OnExposure(ExposureTold told)
    {
        if (!HasCounted)
        {
            _early.Add(told);
            Take();
            return;
        }

        Keep(told.Standing.Ended is { } ended ? State.Count(ended, Limits, Now) : [], Take);

        void Take() => State = State.WithPosition(told.Standing, told.Answered, Now);
    }

    private void Keep(IReadOnlyList<IRiskEvent> facts, Action act)
    {
        if (facts.Count == 0)
        {
            act();
            return;
        }

        Write(
            (durable, failed) => Robot.Journal.Write(facts, durable, failed),
            () =>
            {
                foreach (var fact in facts)
                    State = State.Apply(fact);
                Applied += facts.Count;
                act();
            });
    }

    private void Broadcast()
    {
        foreach (var position in Robot.Positions)
            position.Enqueue(new TradingStateTold(State.TradingState));
    }
}
