using System.Text.Json.Serialization;

namespace MicroTrader.Trading212;

/// <summary>One line of the order history: an order, and the fill that it had. A cancelled order has no fill. A field that the venue left out is null. Source: the Trading 212 Public API v0 description, schema HistoricalOrder.</summary>
public sealed record HistoricalOrder
{
    /// <summary>The order.</summary>
    public Order? Order { get; init; }

    /// <summary>The fill, where there was one.</summary>
    public Fill? Fill { get; init; }

    /// <summary>
    /// The fill's shares, negative for a sale whatever sign the venue sent. A corporate action's quantity is left as sent: the side of an order says nothing about it.
    /// </summary>
    [JsonIgnore]
    public decimal? SignedFillQuantity => Fill?.Type is null or FillType.Trade ? SideSign.Apply(Order?.Side, Fill?.Quantity) : Fill.Quantity;
}
