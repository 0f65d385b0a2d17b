namespace MicroTrader.Simulators.Massive;

/// <summary>The faults that a test or a tool asks of a running look-alike: for the next so many times, or until they are cleared. Safe to use from any thread.</summary>
public sealed class FakeMassiveFaults
{
    private readonly Lock _lock = new();
    private readonly List<Waiting> _waiting = [];
    private readonly SortedDictionary<string, long> _struck = new(StringComparer.Ordinal);

    internal FakeMassiveFaults()
    {
    }

    /// <summary>How often each fault struck since the start, cleared or not, by <see cref="FakeMassiveFaultKind"/>.</summary>
    public IReadOnlyDictionary<string, long> Struck
    {
        get
        {
            lock (_lock)
            {
                return new SortedDictionary<string, long>(_struck, StringComparer.Ordinal);
            }
        }
    }

    /// <summary>How many faults have yet to strike, those until cleared not counted.</summary>
    public int Pending
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Sum(static w => w.Times ?? 0);
            }
        }
    }

    /// <summary>The next at a place meet the fault, one each, after those that were asked for before.</summary>
    /// <param name="place">Where.</param>
    /// <param name="fault">What goes wrong.</param>
    /// <param name="times">How often, at least 1.</param>
    /// <exception cref="ArgumentException">The fault cannot strike there, or is impossible.</exception>
    public void Next(FakeMassivePlace place, FakeMassiveFault fault, int times = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        Add(place, fault, times);
    }

    /// <summary>Everything at a place meets the fault until <see cref="Clear"/>, after those that were asked for before.</summary>
    /// <param name="place">Where.</param>
    /// <param name="fault">What goes wrong.</param>
    /// <exception cref="ArgumentException">The fault cannot strike there, or is impossible.</exception>
    public void UntilCleared(FakeMassivePlace place, FakeMassiveFault fault) => Add(place, fault, null);

    /// <summary>Forgets every fault. What has struck stays as it is: a connection that fell silent is silent for ever.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _waiting.Clear();
        }
    }

    /// <summary>The fault that strikes here, and is used up by it; null for none.</summary>
    /// <param name="place">Where.</param>
    /// <param name="concerns">Whether there is anything of a fault's symbol here; asked of faults with a symbol only. Null for always.</param>
    internal FakeMassiveFault? Take(FakeMassivePlace place, Func<string, bool>? concerns = null)
    {
        lock (_lock)
        {
            for (var i = 0; i < _waiting.Count; i++)
            {
                var (where, fault, times) = _waiting[i];
                if (where != place || (fault.Symbol is { } symbol && concerns is not null && !concerns(symbol)))
                {
                    continue;
                }

                if (times == 1)
                {
                    _waiting.RemoveAt(i);
                }
                else if (times is { } many)
                {
                    _waiting[i] = new Waiting(where, fault, many - 1);
                }

                var name = fault.Kind.ToString();
                _struck[name] = _struck.GetValueOrDefault(name) + 1;
                return fault;
            }

            return null;
        }
    }

    private void Add(FakeMassivePlace place, FakeMassiveFault fault, int? times)
    {
        ArgumentNullException.ThrowIfNull(fault);
        if (fault.Problem(place) is { } problem)
        {
            throw new ArgumentException(problem, nameof(fault));
        }

        lock (_lock)
        {
            _waiting.Add(new Waiting(place, fault, times));
        }
    }

    /// <summary>A fault with where it strikes and how often yet; null until cleared.</summary>
    private readonly record struct Waiting(FakeMassivePlace Place, FakeMassiveFault Fault, int? Times);
}
