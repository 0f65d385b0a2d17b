namespace MicroTrader.Domain.Orders;

/// <summary>What became of handing an order to the broker: exactly one of four.</summary>
public abstract record OrderOutcome
{
    private OrderOutcome()
    {
    }

    /// <summary>The broker has the order.</summary>
    /// <param name="OrderId">The broker's id.</param>
    public sealed record Accepted(long OrderId) : OrderOutcome;

    /// <summary>The broker refused the order; it does not exist.</summary>
    /// <param name="Code">The broker's type of refusal, e.g. <c>insufficient-free-for-stocks-buy</c>.</param>
    /// <param name="Detail">The broker's words.</param>
    public sealed record Rejected(string Code, string Detail) : OrderOutcome;

    /// <summary>The request's body was never handed to the transport, or was answered 429: the order does not exist.</summary>
    /// <param name="Detail">Why.</param>
    public sealed record NotExecuted(string Detail) : OrderOutcome;

    /// <summary>Anything else: the order may exist. It is never sent again on this ground.</summary>
    /// <param name="Detail">What was seen.</param>
    public sealed record Unknown(string Detail) : OrderOutcome;
}
