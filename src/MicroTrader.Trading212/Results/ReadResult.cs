namespace MicroTrader.Trading212;

/// <summary>What came of a read: one of <see cref="Success"/>, <see cref="NotFound"/> and <see cref="Failed"/>.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
public abstract record ReadResult<T>
{
    private ReadResult()
    {
    }

    /// <summary>The venue answered.</summary>
    /// <param name="Value">The answer. It may be stale: the venue's reads lag its orders.</param>
    /// <param name="Info">What the answer said beside its body.</param>
    public sealed record Success(T Value, ResponseInfo Info) : ReadResult<T>;

    /// <summary>404. For an order: it is not pending (any more), which says nothing about how it ended.</summary>
    /// <param name="Problem">The venue's words.</param>
    /// <param name="Info">What the answer said beside its body.</param>
    public sealed record NotFound(Problem Problem, ResponseInfo Info) : ReadResult<T>;

    /// <summary>There is no answer that may be believed.</summary>
    /// <param name="Kind">Why.</param>
    /// <param name="Detail">Why in words, without secrets.</param>
    /// <param name="Problem">The venue's words, where it refused.</param>
    /// <param name="Info">What the answer said beside its body, where there was one.</param>
    public sealed record Failed(ReadFailureKind Kind, string Detail, Problem? Problem = null, ResponseInfo? Info = null) : ReadResult<T>;
}
