using MicroTrader.Domain.Market;
using MicroTrader.Simulation.Core.Robot;
using MicroTrader.Simulation.Shared;

namespace MicroTrader.Simulation.Core;

/// <summary>One run: a storm of some minutes, then a healthy stretch until the robot has come to rest.</summary>
internal sealed class CoreRun
{
    private static readonly string[] Names = ["AXSM", "DJT", "WULF", "HUT", "MARA", "RIOT", "SOFI", "PLUG"];

    // So many of them where anything may go wrong: what is at stake then is one symbol's order, not how many there are.
    private const int UsualSymbols = 3;

    // A run that goes on longer than this is stuck in a loop.
    private const long MostSteps = 60_000;

    private static readonly SimSettings Defaults = new();

    private static readonly InvariantLimits Limits = new()
    {
        SettleWindow = Defaults.Reconciliation.SettleWindow,
        LateWatch = Defaults.Reconciliation.LateWatch,
        // What was granted before may still be within its deadline, and its connection slow to be made.
        ExitOnlyNews = TimeSpan.FromSeconds(2 + 5 + 1),
        // The oldest that risk lets pass, the entry's deadline, and a connection that is slow to be made.
        OldestTick = TimeSpan.FromSeconds(5 + 2 + 5 + 1),
        MaxHold = Defaults.Exits.MaxHold,
        SaleDelay = TimeSpan.FromSeconds(60),
        RecoveryDelay = TimeSpan.FromSeconds(180),
    };

    // See "How long a share is held at the most" in docs/architecture.md.
    private static readonly TimeSpan CalmDelay = TimeSpan.FromSeconds(1);

    private readonly RunSpec _spec;
    private readonly Trace _trace;
    private readonly Adversary _adversary;
    private readonly SimClock _clock;
    private readonly SimVenue _venue;
    private readonly SimNetwork _network;
    private readonly SimJournal _journal;
    private readonly SimRobot _robot;
    private readonly Invariants _invariants;
    private readonly SimPeople _people;
    private readonly SimStrategy _strategy;
    private readonly long _stormTicks;
    private readonly bool _isCalm;
    private long _steps;

    public CoreRun(RunSpec spec, Trace trace)
    {
        _spec = spec;
        _trace = trace;
        _adversary = new Adversary(spec);
        _clock = new SimClock(SimRandom.For(spec.Seed, 3));
        var random = _adversary.Random;
        // Where nothing goes wrong, entries may come as fast as they like: no share is held beyond its rules for that.
        _isCalm = FaultKinds.All.All(k => !_adversary.MayStrike(k));
        var pace = SimRandom.For(spec.Seed, 5);
        var isHasty = _isCalm && pace.Below(4) > 0;
        var count = Math.Min(1 + random.Below(UsualSymbols), spec.MostSymbols);
        if (isHasty)
            count = Math.Min(2 + pace.Below(Names.Length - 1), spec.MostSymbols);
        var instruments = Names.Take(count).Select(n => new SimInstrument(Symbol.Parse(n), new Ticker(n + "_US_EQ"), random.Between(500, 20_000) / 100m)).ToList();
        _stormTicks = random.Between(70 * Span.Second, 200 * Span.Second);
        var quantity = random.Below(3) switch { 0 => 1m, 1 => 0.37m, _ => 2.5m };
        _venue = new SimVenue(_clock, _adversary, trace, instruments);
        var reads = new SimVenueReads(_venue, _clock, _adversary);
        _network = new SimNetwork(_venue, _clock, _adversary, trace);
        _journal = new SimJournal(_clock, _adversary, trace, [.. instruments.Select(i => (i.Symbol, i.Ticker.Value))]);
        _invariants = new Invariants(
            _venue,
            _journal,
            reads.HasSmallPages ? Limits with { SaleDelay = Limits.SaleDelay * 3, RecoveryDelay = Limits.RecoveryDelay * 3 }
            : _isCalm ? Limits with { SaleDelay = CalmDelay }
            : Limits);
        var settings = Defaults with { Quantity = quantity, Risk = isHasty ? Defaults.Risk with { MaxOpenPositions = Names.Length } : Defaults.Risk };
        _robot = new SimRobot(_clock, _adversary, trace, _venue, reads, _network, _journal, settings, Sabotage.Of(spec.SwitchedOff));
        _people = new SimPeople(_clock, _adversary, _venue, _network, _robot, _invariants, trace);
        _strategy = new SimStrategy(_clock, _adversary, _venue, _robot, isHasty);
        _venue.OnRobotOrder = _people.OnRobotOrder;
    }

    public RunResult Run()
    {
        var stormSteps = 0;
        InvariantViolation? violation = null;
        try
        {
            _clock.At(0, _robot.Start);
            _people.Start();
            _strategy.Start();
            var mostStorm = _spec.StormSteps ?? int.MaxValue;
            while (_steps < mostStorm && Step(_stormTicks))
            {
            }

            stormSteps = (int)_steps;
            Heal();
        }
        catch (InvariantViolation v)
        {
            violation = v;
            if (stormSteps == 0)
                stormSteps = (int)_steps;
        }

        return new RunResult(_spec, _steps, stormSteps, _robot.Crashes, _adversary.Counts, _invariants.Facts, violation);
    }

    // Nothing goes wrong any more, and some trades still begin: what is promised for a healthy robot is then demanded.
    private void Heal()
    {
        _adversary.Rest();
        _trace.Add(_clock.Ticks, "adversary", "rests: from here on all is healthy");
        _network.Recover();
        _venue.Recover();
        _strategy.EntriesUntil = _clock.Ticks + (30 * Span.Second);
        while (!_robot.IsUp && Step(long.MaxValue))
        {
        }

        var healthySince = _clock.Now.AddSeconds(2);
        var start = _clock.Ticks;
        Care();
        // At least until the last entry had time to end, then until all is at rest; what takes longer than this is stuck.
        while (Step(start + (45 * Span.Second)))
        {
        }

        while (!_invariants.IsAtRest && Step(start + (12 * Span.Minute)))
        {
        }

        foreach (var position in _robot.Positions)
            _invariants.CompareMemory(position.State.Symbol, position.State, position.Applied);
        _invariants.AtEnd(_isCalm ? SimClock.Epoch : healthySince, _clock.Now);
    }

    // The person looks after the robot.
    private void Care()
    {
        _people.Resume();
        _people.ResolveWhatIsBlocked();
        _clock.In(10 * Span.Second, Care);
    }

    private bool Step(long until)
    {
        bool isMore;
        try
        {
            isMore = _clock.Step(until);
        }
        catch (RobotCrashed)
        {
            isMore = true;
            foreach (var position in _robot.Positions)
                _invariants.CompareMemory(position.State.Symbol, position.State, position.Applied);
            _robot.Crash();
        }
        catch (Exception e) when (e is not InvariantViolation)
        {
            // Whatever it is: the product would have failed there.
            throw new InvariantViolation(InvariantNames.NoFault, e.ToString());
        }

        _invariants.AfterStep();
        if (++_steps > MostSteps)
            throw new InvariantViolation(InvariantNames.NoFault, $"no end after {MostSteps} steps");
        return isMore;
    }
}
