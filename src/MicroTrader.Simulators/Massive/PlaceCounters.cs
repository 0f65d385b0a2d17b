namespace MicroTrader.Simulators.Massive;

/// <summary>What arrived or was due, by place, whatever became of it.</summary>
internal sealed class PlaceCounters
{
    private readonly long[] _counts = new long[Enum.GetValues<FakeMassivePlace>().Length];

    public void Count(FakeMassivePlace place) => Interlocked.Increment(ref _counts[(int)place]);

    public long Read(FakeMassivePlace place) => Interlocked.Read(ref _counts[(int)place]);

    public IReadOnlyDictionary<string, long> ReadAll() => Enum.GetValues<FakeMassivePlace>().ToDictionary(static p => p.ToString(), Read);
}
