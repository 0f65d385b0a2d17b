namespace MicroTrader.Simulation.Shared;

/// <summary>
/// Decides by the seed what goes wrong and when. Each run has a weather of its own, from calm to one kind of fault again and again. Every run ends in a
/// healthy stretch, in which nothing goes wrong any more: what is promised for the end can then be demanded.
/// </summary>
internal sealed class Adversary
{
    private readonly SimRandom[] _dice;
    private readonly int[] _rates;

    public Adversary(RunSpec spec)
    {
        Spec = spec;
        Random = SimRandom.For(spec.Seed, 1);
        var weather = SimRandom.For(spec.Seed, 2);
        _rates = Rates(weather);
        _dice = [.. FaultKinds.All.Select(k => SimRandom.For(spec.Seed, 100 + (ulong)k))];
        foreach (var kind in FaultKinds.All)
        {
            if (spec.Without.Holds(kind))
                _rates[(int)kind] = 0;
        }
    }

    public RunSpec Spec { get; }

    /// <summary>For what is no fault: how long things take, what prices do.</summary>
    public SimRandom Random { get; }

    /// <summary>How often each kind struck.</summary>
    public long[] Counts { get; } = new long[FaultKinds.All.Count];

    public bool IsHealthy { get; private set; }

    /// <summary>Whether a kind may come at all in this run.</summary>
    public bool MayStrike(FaultKind kind) => _rates[(int)kind] > 0;

    /// <summary>Whether it strikes on this occasion.</summary>
    public bool Strikes(FaultKind kind)
    {
        var rate = _rates[(int)kind];
        if (rate == 0 || IsHealthy || !_dice[(int)kind].Chance(rate))
            return false;
        Counts[(int)kind]++;
        return true;
    }

    /// <summary>From here on nothing goes wrong.</summary>
    public void Rest() => IsHealthy = true;

    private static int[] Rates(SimRandom weather)
    {
        var rates = new int[FaultKinds.All.Count];
        switch (weather.Below(20))
        {
            case 0:
                break;
            case < 9:
                // A few kinds, seldom.
                for (var i = 0; i < 6; i++)
                    Set(weather.Pick(FaultKinds.All), 4);
                break;
            case < 15:
                // Everything may come.
                foreach (var kind in FaultKinds.All)
                {
                    if (weather.Below(3) > 0)
                        Set(kind, 3);
                }

                break;
            default:
                // Two or three kinds at their worst, and some others.
                for (var i = 0; i < 8; i++)
                    Set(weather.Pick(FaultKinds.All), i < 3 ? 1 : 3);
                break;
        }

        return rates;

        void Set(FaultKind kind, int mildness) => rates[(int)kind] = 1 + (int)weather.Between(kind.Worst() / 10, kind.Worst()) / mildness;
    }
}
