namespace MicroTrader.Trading212;

/// <summary>
/// What came of asking for a cancellation: exactly one of <see cref="Accepted"/>, <see cref="NotFound"/>, <see cref="Rejected"/>, <see cref="NotExecuted"/> and
/// <see cref="Unknown"/>. None of them says that the order is cancelled: it may fill until its status is final.
/// </summary>
public abstract record CancelOrderResult
{
    private CancelOrderResult()
    {
    }

    /// <summary>The venue took the request. The order may still fill.</summary>
    /// <param name="Info">What the answer said beside its body.</param>
    public sealed record Accepted(ResponseInfo Info) : CancelOrderResult;

    /// <summary>404: no such pending order. It may be filled, cancelled, or never have been.</summary>
    /// <param name="Problem">The venue's words.</param>
    /// <param name="Info">What the answer said beside its body.</param>
    public sealed record NotFound(Problem Problem, ResponseInfo Info) : CancelOrderResult;

    /// <summary>The venue said no.</summary>
    /// <param name="Problem">Its words.</param>
    /// <param name="Info">What the answer said beside its body.</param>
    public sealed record Rejected(Problem Problem, ResponseInfo Info) : CancelOrderResult;

    /// <summary>The request was never handed to the transport, and never will be; or the venue answered 429.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Detail">Why in words, without secrets.</param>
    /// <param name="Info">What the answer said beside its body: for 429.</param>
    public sealed record NotExecuted(NotExecutedReason Reason, string Detail, ResponseInfo? Info = null) : CancelOrderResult;

    /// <summary>Anything else: the request may have been carried out.</summary>
    /// <param name="Detail">What happened, without secrets.</param>
    /// <param name="StatusCode">The HTTP status code, where there was one.</param>
    /// <param name="Info">What the answer said beside its body, where there was one.</param>
    public sealed record Unknown(string Detail, int? StatusCode = null, ResponseInfo? Info = null) : CancelOrderResult;
}
