namespace MicroTrader.MarketData;

/// <summary>Where and how ticks are recorded.</summary>
public sealed record TickRecorderOptions
{
    /// <summary>The folder of the records; made where it is not there.</summary>
    public string Folder { get; init; } = "";

    /// <summary>How much a crash may lose (100 ms to 10 min).</summary>
    public TimeSpan FlushEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many ticks wait for a slow disk before the newest are lost to the record (100 to 10,000,000). Trading never waits.</summary>
    public int QueueTicks { get; init; } = 100_000;

    /// <summary>Names what is impossible in these options; empty when they can be used.</summary>
    public IEnumerable<string> Problems()
    {
        if (string.IsNullOrWhiteSpace(Folder))
            yield return "Folder: is empty; a path is needed";
        if (FlushEvery < TimeSpan.FromMilliseconds(100) || FlushEvery > TimeSpan.FromMinutes(10))
            yield return $"FlushEvery: {FlushEvery:c} is not allowed; 00:00:00.1000000 to 00:10:00";
        if (QueueTicks is < 100 or > 10_000_000)
            yield return $"QueueTicks: {QueueTicks} is not allowed; 100 to 10000000";
    }
}
