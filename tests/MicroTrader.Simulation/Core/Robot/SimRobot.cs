using MicroTrader.Domain.Market;
using MicroTrader.Simulation.Shared;

namespace MicroTrader.Simulation.Core.Robot;

/// <summary>The robot: its parts, their supervision, its crashes and starts. What it decides is the domain's.</summary>
internal sealed class SimRobot(
    SimClock clock,
    Adversary adversary,
    Trace trace,
    SimVenue venue,
    SimVenueReads reads,
    SimNetwork network,
    SimJournal journal,
    SimSettings settings,
    SimParts parts)
{
    private long _life;
    private int _failures;

    public SimClock Clock { get; } = clock;

    public Adversary Adversary { get; } = adversary;

    public Trace Trace { get; } = trace;

    public SimVenue Venue { get; } = venue;

    public SimVenueReads Reads { get; } = reads;

    public SimNetwork Network { get; } = network;

    public SimJournal Journal { get; } = journal;

    public SimSettings Settings { get; } = settings;

    public SimParts Parts { get; } = parts;

    public bool IsUp { get; private set; }

    public long Crashes { get; private set; }

    public List<SimPosition> Positions { get; private set; } = [];

    public SimRisk Risk { get; private set; } = null!;

    public SimGateway Gateway { get; private set; } = null!;

    public SimReconciliation Reconciliation { get; private set; } = null!;

    /// <summary>Starts: the same after a crash as the first time.</summary>
    public void Start()
    {
        IsUp = true;
        if (Trace.IsOn)
            Trace.Add(Clock.Ticks, "robot", "starts");
        Gateway = new SimGateway(this);
        Reconciliation = new SimReconciliation(this);
        Risk = new SimRisk(this);
        Positions = [.. Venue.Instruments.Select(i => new SimPosition(this, i))];
        Gateway.Start();
        Risk.Start();
        Reconciliation.Start();
        foreach (var position in Positions)
            position.Start();
    }

    /// <summary>The process is gone; somebody starts it again after a while.</summary>
    public void Crash()
    {
        Crashes++;
        if (Trace.IsOn)
            Trace.Add(Clock.Ticks, "robot", "crashes");
        foreach (var actor in Actors())
            actor.Stop();
        IsUp = false;
        _life++;
        Journal.OnCrash();
        Clock.In(Adversary.Random.Between(100 * Span.Millisecond, Adversary.Random.Below(4) == 0 ? 90 * Span.Second : 6 * Span.Second), Start);
    }

    public SimPosition Position(Symbol symbol)
    {
        foreach (var position in Positions)
        {
            if (position.Name == symbol.Value)
                return position;
        }

        throw new ArgumentOutOfRangeException(nameof(symbol), symbol, "no such symbol");
    }

    /// <summary>Does something for a part, unless it is gone by then.</summary>
    public static void IfAlive(SimActor actor, params ReadOnlySpan<Action> what)
    {
        foreach (var one in what)
        {
            if (!actor.IsStopped)
                one();
        }
    }

    /// <summary>Does something later, unless the robot crashed meanwhile.</summary>
    public void Later(DateTimeOffset when, Action what)
    {
        var life = _life;
        Clock.At(when, () =>
        {
            if (life == _life)
                what();
        });
    }

    /// <summary>How long a message waits for its receiver's turn, in units of 100 ns.</summary>
    public long MessageDelay() => Adversary.Strikes(FaultKind.SlowMessage)
        ? Adversary.Random.Between(Span.Millisecond, 400 * Span.Millisecond)
        : Adversary.Random.Between(20, Span.Millisecond);

    /// <summary>A journal that fails stops its part; it is started again with what the journal really holds.</summary>
    public void JournalFailed(SimActor actor)
    {
        actor.Stop();
        var wait = Settings.RestartBackOff * Math.Min(30, 1 << Math.Min(_failures++, 4));
        Later(Clock.Now + wait, () =>
        {
            if (actor == Risk)
            {
                Risk = new SimRisk(this);
                Risk.Start();
                return;
            }

            var at = Positions.IndexOf((SimPosition)actor);
            Positions[at] = new SimPosition(this, Venue.Instruments[at]);
            Positions[at].Start();
        });
    }

    /// <summary>The gateway failed on a message: the new one knows no order, and tells so.</summary>
    public void RestartGateway()
    {
        Trace.Add(Clock.Ticks, "robot", "the gateway is restarted");
        Gateway.Stop();
        Gateway = new SimGateway(this);
        Gateway.Start();
        foreach (var position in Positions)
            position.Enqueue(new GatewayRestarted());
        Reconciliation.Enqueue(new GatewayRestarted());
    }

    /// <summary>Reconciliation failed on a message: the new one knows no position, and asks.</summary>
    public void RestartReconciliation()
    {
        Trace.Add(Clock.Ticks, "robot", "reconciliation is restarted");
        Reconciliation.Stop();
        Reconciliation = new SimReconciliation(this);
        Reconciliation.Start();
        foreach (var position in Positions)
            position.Enqueue(new ReconciliationRestarted());
    }

    private IEnumerable<SimActor> Actors() => [.. Positions, Risk, Gateway, Reconciliation];
}
