namespace MicroTrader.Trading212;

/// <summary>Sorts status codes.</summary>
internal static class WriteStatuses
{
    /// <remarks>
    /// A refusal is listed, not assumed: of the 4xx, 408 and 499 may follow an execution, 406 is made by common servers after the handler ran, 409 may speak of an earlier
    /// twin, and a code that nobody expects proves nothing. Those, 3xx and 5xx are uncertain.
    /// </remarks>
    internal static WriteStatus Of(int statusCode) => statusCode switch
    {
        >= 200 and <= 299 => WriteStatus.Accepted,
        429 => WriteStatus.RateLimited,
        400 or 401 or 403 or 404 or 405 or 410 or 411 or 413 or 414 or 415 or 417 or 421 or 422 or 426 or 428 or 431 or 451 => WriteStatus.Refused,
        _ => WriteStatus.Uncertain,
    };
}
