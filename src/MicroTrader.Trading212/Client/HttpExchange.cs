namespace MicroTrader.Trading212;

/// <summary>One request that was started, for an observer. It holds no query, header or body, and so no secret.</summary>
public sealed record HttpExchange
{
    /// <summary>The client's name of the call, for example PlaceMarketOrder: few and fixed, fit for a metric.</summary>
    public required string Operation { get; init; }

    /// <summary>The HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>The path below the base address, without the query; it may hold an order id.</summary>
    public required string Path { get; init; }

    /// <summary>1 for the first try; more for a read's retries. A write has one try only.</summary>
    public required int Attempt { get; init; }

    /// <summary>What came of it.</summary>
    public required HttpExchangeOutcome Outcome { get; init; }

    /// <summary>The status code, where the answer's head arrived.</summary>
    public int? StatusCode { get; init; }

    /// <summary>What the answer said beside its body, where its head arrived.</summary>
    public ResponseInfo? Info { get; init; }

    /// <summary>The time from the start to the end of this try.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>When it started: <see cref="TimeProvider.GetTimestamp"/> of the client's time provider.</summary>
    public required long StartedTimestamp { get; init; }

    /// <summary>When a write's body was handed to the transport, on the same scale; null for a read, and for a write that never left.</summary>
    public long? HandedOverTimestamp { get; init; }
}
