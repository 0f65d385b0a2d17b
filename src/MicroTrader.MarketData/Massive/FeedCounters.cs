namespace MicroTrader.MarketData;

/// <summary>What a feed counts. One writer at a time for each counter but the ones that say otherwise; any thread may read.</summary>
internal sealed class FeedCounters
{
    private long _ticks;
    private long _duplicates;
    private long _outOfOrder;
    private long _malformed;
    private long _leftOut;
    private long _conflated;
    private long _reconnects;
    private long _messages;
    private long _failures;

    public FeedStatistics Read() => new()
    {
        Ticks = Interlocked.Read(ref _ticks),
        Duplicates = Interlocked.Read(ref _duplicates),
        OutOfOrder = Interlocked.Read(ref _outOfOrder),
        Malformed = Interlocked.Read(ref _malformed),
        LeftOut = Interlocked.Read(ref _leftOut),
        Conflated = Interlocked.Read(ref _conflated),
        Reconnects = Interlocked.Read(ref _reconnects),
        Messages = Interlocked.Read(ref _messages),
        Failures = Interlocked.Read(ref _failures),
    };

    public void Tick() => Add(ref _ticks);

    public void Duplicate() => Add(ref _duplicates);

    public void OutOfOrder() => Add(ref _outOfOrder);

    public void Malformed() => Add(ref _malformed);

    public void LeftOut() => Add(ref _leftOut);

    public void Conflated() => Add(ref _conflated);

    public void Reconnect() => Add(ref _reconnects);

    public void Message() => Add(ref _messages);

    public void Failure() => Add(ref _failures);

    // No interlocked addition: with one writer a plain one cannot lose a count, and this is the path of every tick.
    private static void Add(ref long counter) => Volatile.Write(ref counter, counter + 1);
}
