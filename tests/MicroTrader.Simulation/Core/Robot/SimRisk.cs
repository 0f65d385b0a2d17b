using MicroTrader.Domain.Risk;

namespace MicroTrader.Simulation.Core.Robot;

/// <summary>Risk as its actor has it.</summary>
internal sealed class SimRisk(SimRobot robot) : SimActor(robot, "risk")
{
    /// <summary>What its memory holds.</summary>
    public RiskState State { get; private set; } = RiskState.Initial;

    /// <summary>How many facts are in it.</summary>
    public int Applied { get; private set; }

    public override void Start()
    {
        State = RiskState.Initial with { NotReady = [.. Robot.Positions.Select(p => p.Name), SimReconciliation.Ready] };
        foreach (var fact in Robot.Journal.RiskFacts)
            State = State.Apply(fact);
        Applied = Robot.Journal.RiskFacts.Count;
        Broadcast();
        foreach (var position in Robot.Positions)
            position.Enqueue(new RiskStarted());
        Robot.Reconciliation.Enqueue(new RiskStarted());
    }

    protected override void Restart() => Start();

    protected override void Receive(object message)
    {
        switch (message)
        {
            case EntryAsked asked:
                var verdict = Robot.Parts.Judge(State, asked.Request, Robot.Settings.Risk, Now);
                if (verdict.LeaseUntil is { } until)
                    State = State.Grant(asked.Request.Symbol, until, asked.Number);
                Robot.Position(asked.Request.Symbol).Enqueue(new EntryAnswered(asked.Number, verdict));
                break;
            case ExposureTold told:
                State = State.WithPosition(told.Symbol, told.Exists, told.Answered);
                break;
            case ReadyTold ready:
                State = State with { NotReady = State.NotReady.Remove(ready.What) };
                ready.From.Enqueue(new TradingStateTold(State.TradingState));
                break;
            case TradingStateWished wish:
                if (wish.State == State.TradingState)
                    break;
                IReadOnlyList<IRiskEvent> facts = [new TradingStateChanged(wish.State, wish.Reason, Now)];
                Write(
                    (durable, failed) => Robot.Journal.Write(facts, durable, failed),
                    () =>
                    {
                        State = State.Apply(facts[0]);
                        Applied++;
                        Broadcast();
                    });
                break;
            default:
                throw new InvalidOperationException($"{Name}: {message.GetType().Name} is not handled");
        }
    }

    private void Broadcast()
    {
        foreach (var position in Robot.Positions)
            position.Enqueue(new TradingStateTold(State.TradingState));
    }
}
