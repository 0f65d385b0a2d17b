using MicroTrader.Domain.Orders;

namespace MicroTrader.Domain.Positions;

/// <summary>One order of a trade, as the journal knows it.</summary>
/// <param name="Reference">Our reference.</param>
/// <param name="Side">Buy or sell.</param>
/// <param name="Quantity">Shares asked for.</param>
/// <param name="Status">How far it is.</param>
/// <param name="IntendedAt">When its intent was journalled.</param>
/// <param name="BrokerClockOffsetMs">The broker's clock minus ours at the intent, in milliseconds.</param>
/// <param name="OrderId">The broker's id, once known: of an order that was held for not placed, by the person's word after its trade was over.</param>
/// <param name="AcceptedAt">When the broker was known to have it.</param>
/// <param name="UnknownSince">When its outcome was found unknown: the settle window counts from here.</param>
/// <param name="Detail">The last words about it: a refusal, a cause.</param>
/// <param name="FilledQuantity">Shares known to be filled.</param>
/// <param name="Price">Quantity-weighted price of the fills, or its estimate, in the instrument's currency; null while nothing is filled.</param>
/// <param name="FillEstimatedAt">An estimate of when it was filled, by our clock; null where none was made.</param>
/// <param name="Fills">The history's fills; empty until settled.</param>
public sealed record OrderState(
    OrderReference Reference,
    OrderSide Side,
    decimal Quantity,
    OrderStatus Status,
    DateTimeOffset IntendedAt,
    long BrokerClockOffsetMs,
    long? OrderId,
    DateTimeOffset? AcceptedAt,
    DateTimeOffset? UnknownSince,
    string? Detail,
    decimal FilledQuantity,
    decimal? Price,
    DateTimeOffset? FillEstimatedAt,
    IReadOnlyList<Fill> Fills)
{
    /// <summary>Whether nothing more can be filled, as far as we know.</summary>
    public bool IsTerminal => Status is OrderStatus.FilledProvisionally || IsFinal;

    /// <summary>Whether every figure of the order is known.</summary>
    public bool IsFinal => Status is OrderStatus.Settled or OrderStatus.Rejected or OrderStatus.NotExecuted or OrderStatus.NotPlaced;

    /// <summary>Whether the order may exist without our knowing.</summary>
    public bool IsUncertain => Status is OrderStatus.Intended or OrderStatus.Unknown;
}
