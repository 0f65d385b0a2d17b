namespace MicroTrader.Trading212;

/// <summary>
/// What came of the one request that asks for an order: exactly one of <see cref="Placed"/>, <see cref="Rejected"/>, <see cref="NotExecuted"/> and <see cref="Unknown"/>.
/// Only after NotExecuted is it certain that there is no order and never will be one from this request.
/// </summary>
public abstract record PlaceOrderResult
{
    private PlaceOrderResult()
    {
    }

    /// <summary>The venue took the order. Normally it is NEW with nothing filled yet; a 200 with a final status is passed on as it is.</summary>
    /// <param name="Order">The order; its id is always present.</param>
    /// <param name="Info">What the answer said beside its body.</param>
    public sealed record Placed(Order Order, ResponseInfo Info) : PlaceOrderResult
    {
        /// <summary>The venue's id of the order.</summary>
        public long OrderId => Order.Id ?? throw new InvalidOperationException("A placed order has an id.");
    }

    /// <summary>The venue said no (400, 401, 403, 404, 422 and their like).</summary>
    /// <param name="Problem">Its words.</param>
    /// <param name="Info">What the answer said beside its body.</param>
    public sealed record Rejected(Problem Problem, ResponseInfo Info) : PlaceOrderResult;

    /// <summary>The body was never handed to the transport, and never will be; or the venue answered 429.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Detail">Why in words, without secrets.</param>
    /// <param name="Info">What the answer said beside its body: for 429.</param>
    public sealed record NotExecuted(NotExecutedReason Reason, string Detail, ResponseInfo? Info = null) : PlaceOrderResult;

    /// <summary>Anything else: there may be an order. Only evidence from reads can tell.</summary>
    /// <param name="Detail">What happened, without secrets.</param>
    /// <param name="StatusCode">The HTTP status code, where there was one.</param>
    /// <param name="Info">What the answer said beside its body, where there was one.</param>
    public sealed record Unknown(string Detail, int? StatusCode = null, ResponseInfo? Info = null) : PlaceOrderResult;
}
