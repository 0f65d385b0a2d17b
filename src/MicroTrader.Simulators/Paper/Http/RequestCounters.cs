namespace MicroTrader.Simulators.Paper.Http;

/// <summary>Requests that arrived, by endpoint, whatever became of them.</summary>
internal sealed class RequestCounters
{
    private readonly long[] _counts = new long[Enum.GetValues<PaperEndpoint>().Length];

    public void Count(PaperEndpoint endpoint) => Interlocked.Increment(ref _counts[(int)endpoint]);

    public long Read(PaperEndpoint endpoint) => Interlocked.Read(ref _counts[(int)endpoint]);
}
