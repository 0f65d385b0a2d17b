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

    // An order that was created just before the last sweep may show only now.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(2);

    private readonly SimAlarm _next;
    private readonly Dictionary<Symbol, PositionState> _positions = [];
    private readonly HashSet<long> _foreign = [];
    private PendingTold? _pending;
    private HoldingsTold? _holdings;
    private bool _sweeping;
    private bool _again;
    private bool _ready;
    private DateTimeOffset _foreignSince;
    private long _offsetMs;

    public SimReconciliation(SimRobot robot)
        : base(robot, Ready) => _next = new SimAlarm(robot, this);

    private JournalView View => new([.. _positions.Values], _foreignSince + TimeSpan.FromMilliseconds(_offsetMs), _foreign) { BrokerClockOffsetMs = _offsetMs };

    private bool IsInDoubt => _positions.Values.Any(Reconciler.IsInDoubt);

    private RequestPriority Urgency => IsInDoubt ? RequestPriority.Doubt : RequestPriority.Reconciliation;

    public override void Start()
    {
        _foreignSince = Now;
        Robot.Gateway.Enqueue(new ClockAsked(this));
        Sweep();
    }

    protected override void Receive(object message)
    {
        switch (message)
        {
            case PositionTold told:
                var wasInDoubt = _positions.TryGetValue(told.State.Symbol, out var before) && Reconciler.IsInDoubt(before);
                _positions[told.State.Symbol] = told.State;
                if (!wasInDoubt && Reconciler.IsInDoubt(told.State))
                    SweepSoon();
                break;
            case PendingTold told:
                if (!_sweeping)
                    break;
                _pending = told;
                ReadHistoryIfDue();
                break;
            case HoldingsTold told:
                if (told.Holdings is not null)
                {
                    foreach (var position in Robot.Positions)
                        position.Enqueue(told);
                }

                if (!_sweeping)
                    break;
                _holdings = told;
                ReadHistoryIfDue();
                break;
            case HistoryTold told:
                Compare(told);
                break;
            case BrokerClockTold told:
                _offsetMs = told.OffsetMs;
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

    // A sweep that began before the question cannot answer it: another follows.
    private void SweepSoon()
    {
        if (_sweeping)
            _again = true;
        else
            Sweep();
    }

    // Pending orders and holdings before the history: what ends in between is seen in one of them.
    private void Sweep()
    {
        _sweeping = true;
        _again = false;
        _pending = null;
        _holdings = null;
        _next.Set(Now + SweepPatience);
        Robot.Gateway.Enqueue(new ReadWished(BrokerEndpoint.Positions, Urgency, null));
        Robot.Gateway.Enqueue(new ReadWished(BrokerEndpoint.PendingOrders, Urgency, null));
    }

    private void ReadHistoryIfDue()
    {
        if (_pending is null || _holdings is null)
            return;
        if (_pending.Orders is null || _holdings.Holdings is null)
        {
            EndSweep(failed: true);
            return;
        }

        Robot.Gateway.Enqueue(new ReadWished(BrokerEndpoint.OrderHistory, Urgency, Reconciler.HistoryNeededSince(View, Robot.Settings.Reconciliation, Now)));
    }

    private void Compare(HistoryTold history)
    {
        if (!_sweeping || _pending is not { } pending || _holdings is not { } holdings)
            return;
        // Before every position has told what it holds, an order of one of them would look like another program's.
        if (history.Orders is null || _positions.Count < Robot.Positions.Count)
        {
            EndSweep(failed: true);
            return;
        }

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
                    if (!foreign.OrderIds.All(_foreign.Contains))
                        Robot.Risk.Enqueue(new TradingStateWished(TradingState.ExitOnly, foreign.Detail));
                    _foreign.UnionWith(foreign.OrderIds);
                    break;
            }
        }

        if (history.CompleteSince is not null)
        {
            _foreignSince = _foreignSince > pending.ReadAt - Overlap ? _foreignSince : pending.ReadAt - Overlap;
            if (!_ready)
            {
                _ready = true;
                Robot.Risk.Enqueue(new ReadyTold(Ready, this));
            }
        }

        EndSweep(failed: history.CompleteSince is null);
    }

    private void EndSweep(bool failed)
    {
        _sweeping = false;
        if (_again)
        {
            Sweep();
            return;
        }

        _next.Set(Now + (failed || IsInDoubt ? Robot.Settings.ReconcileRetry : Robot.Settings.ReconcileInterval));
    }
}
