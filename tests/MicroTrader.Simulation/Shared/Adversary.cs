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
        _rates = Rates(spec.Seed, weather.Below(20));
        _dice = [.. FaultKinds.All.Select(k => SimRandom.For(spec.Seed, Purpose(k)))];
        foreach (var kind in FaultKinds.All)
        {
            if (spec.Only != 0)
                _rates[(int)kind] = spec.Only.Holds(kind) ? kind.Worst() : 0;
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

    // Each kind draws for itself, by its name: a kind that is added later changes nothing of what the others draw, and a recorded seed stays what it was.
    private static int[] Rates(ulong seed, int weather)
    {
        var rates = new int[FaultKinds.All.Count];
        foreach (var kind in FaultKinds.All)
        {
            var draw = SimRandom.For(seed, ~Purpose(kind));
            var chance = draw.Below(1_000);
            var mildness = weather switch
            {
                0 => 0,
                // A few kinds, seldom.
                < 9 => chance < 130 ? 4 : 0,
                // Everything may come.
                < 15 => chance < 670 ? 3 : 0,
                // Two or three kinds at their worst, and some others.
                _ => chance < 60 ? 1 : chance < 170 ? 3 : 0,
            };
            if (mildness > 0)
                rates[(int)kind] = 1 + ((int)draw.Between(kind.Worst() / 10, kind.Worst()) / mildness);
        }

        return rates;
    }

    private static ulong Purpose(FaultKind kind)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in kind.ToString())
            hash = (hash ^ c) * 1099511628211UL;
        return hash;
    }
}
