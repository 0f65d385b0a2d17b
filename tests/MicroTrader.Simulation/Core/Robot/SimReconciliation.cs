using MicroTrader.Domain.Gateway;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Reconciliation;
using MicroTrader.Domain.Risk;

namespace MicroTrader.Simulation.Core.Robot;

/// <summary>Reconciliation as its actor has it: reads, has the domain compare, tells.</summary>
internal sealed class SimReconciliation : SimActor
{
    public const string Ready = "reconciliation";

    private static readonly TimeSpan SweepPatience = TimeSpan.FromSeconds(60);

    private readonly SimAlarm _next;
    private readonly Dictionary<Symbol, PositionState> _positions = [];
    private readonly HashSet<long> _foreign = [];
    private PendingTold? _pending;
    private HoldingsTold? _holdings;
    private bool _sweeping;
    private bool _reading;
    private bool _ready;
    private DateTimeOffset _since;

    public SimReconciliation(SimRobot robot)
        : base(robot, Ready) => _next = new SimAlarm(robot, this);

    private JournalView View => new(_positions.Values, _since, _foreign);

    private RequestPriority Urgency => _positions.Values.Any(Reconciler.IsInDoubt) ? RequestPriority.Exit : RequestPriority.Reconciliation;

    public override void Start()
    {
        _since = Now.AddTicks(Robot.Venue.ClockOffset);
        Sweep();
    }

    protected override void Receive(object message)
    {
        switch (message)
        {
            case PositionTold told:
                var before = _positions.GetValueOrDefault(told.State.Symbol);
                _positions[told.State.Symbol] = told.State;
                if (!_sweeping && Reconciler.IsInDoubt(told.State) && (before is null || !Reconciler.IsInDoubt(before)))
                    Sweep();
                break;
            case PendingTold told:
                _pending = told;
                ReadOn();
                break;
            case HoldingsTold told:
                _holdings = told;
                if (told.Holdings is not null)
                {
                    foreach (var position in Robot.Positions)
                        position.Enqueue(told);
                }

                ReadOn();
                break;
            case HistoryTold told:
                Compare(told);
                break;
            case Rung rung:
                if (_next.Takes(rung))
                    Sweep();
                break;
            case RiskStarted:
                if (_ready)
                    Robot.Risk.Enqueue(new ReadyTold(Ready, this));
                break;
            case GatewayRestarted:
                Sweep();
                break;
            case TradingStateTold:
                break;
            default:
                throw new InvalidOperationException($"{Name}: {message.GetType().Name} is not handled");
        }
    }

    protected override void Restart() => Robot.RestartReconciliation();

    // Pending orders and holdings before the history: what ends in between is seen in one of them.
    private void Sweep()
    {
        _sweeping = true;
        _reading = false;
        _pending = null;
        _holdings = null;
        _next.Set(Now + SweepPatience);
        Robot.Gateway.Enqueue(new ReadWished(BrokerEndpoint.Positions, RequestPriority.Reconciliation, null));
        Robot.Gateway.Enqueue(new ReadWished(BrokerEndpoint.PendingOrders, Urgency, null));
    }

    private void ReadOn()
    {
        if (!_sweeping || _reading || _pending is null || _holdings is null)
            return;
        _reading = true;
        Robot.Gateway.Enqueue(new ReadWished(BrokerEndpoint.OrderHistory, Urgency, Reconciler.HistoryNeededSince(View, Robot.Settings.Reconciliation, Now)));
    }

    private void Compare(HistoryTold history)
    {
        if (_pending is not { } pending || _holdings is not { } holdings)
            return;
        var evidence = new Evidence(pending.Orders, pending.ReadAt, history.Orders, history.ReadAt, history.CompleteSince, holdings.Holdings, holdings.ReadAt);
        foreach (var finding in Robot.Parts.Review(View, evidence, Robot.Settings.Reconciliation, Now))
        {
            if (Robot.Trace.IsOn && finding is not Finding.Wait)
                Robot.Trace.Add(Robot.Clock.Ticks, Name, finding.ToString());
            switch (finding)
            {
                case Finding.OfSymbol ofSymbol when ofSymbol.ToCommand() is { } command:
                    Robot.Position(ofSymbol.Symbol).Enqueue(new Told(command));
                    break;
                case Finding.Foreign foreign:
                    _foreign.UnionWith(foreign.OrderIds);
                    Robot.Risk.Enqueue(new TradingStateWished(TradingState.ExitOnly, foreign.Detail));
                    break;
            }
        }

        var failed = pending.Orders is null || holdings.Holdings is null || history.Orders is null;
        if (!failed && !_ready && _positions.Count == Robot.Positions.Count)
        {
            _ready = true;
            Robot.Risk.Enqueue(new ReadyTold(Ready, this));
        }

        _sweeping = false;
        _pending = null;
        _next.Set(Now + (failed || _positions.Values.Any(Reconciler.IsInDoubt) ? Robot.Settings.ReconcileRetry : Robot.Settings.ReconcileInterval));
    }
}
