namespace MicroTrader.Trading212;

/// <summary>What a status code says about a write.</summary>
internal enum WriteStatus
{
    /// <summary>2xx.</summary>
    Accepted,

    /// <summary>The request was refused before anything was done.</summary>
    Refused,

    /// <summary>429: by the venue's word not executed.</summary>
    RateLimited,

    /// <summary>Nothing certain.</summary>
    Uncertain,
}
