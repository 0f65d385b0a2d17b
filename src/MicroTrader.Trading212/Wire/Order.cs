using System.Text.Json.Serialization;

namespace MicroTrader.Trading212;

/// <summary>An order. A field that the venue left out is null. Source: the Trading 212 Public API v0 description, schema Order.</summary>
/// <remarks>By the description the venue shows pending orders only; a finished one is accepted all the same.</remarks>
public sealed record Order
{
    /// <summary>The venue's id of the order.</summary>
    public long? Id { get; init; }

    /// <summary>The instrument; see <see cref="ResolvedTicker"/>.</summary>
    public string? Ticker { get; init; }

    /// <summary>The instrument in words.</summary>
    public Instrument? Instrument { get; init; }

    /// <summary>BUY or SELL.</summary>
    public OrderSide? Side { get; init; }

    /// <summary>Market, limit, stop or stop-limit.</summary>
    public OrderType? Type { get; init; }

    /// <summary>Where the order is in its life.</summary>
    public OrderStatus? Status { get; init; }

    /// <summary>By quantity or by value.</summary>
    public OrderStrategy? Strategy { get; init; }

    /// <summary>Shares asked for, as sent: the sign on a SELL is not specified, use <see cref="SignedQuantity"/>.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>Shares executed so far, as sent; use <see cref="SignedFilledQuantity"/>.</summary>
    public decimal? FilledQuantity { get; init; }

    /// <summary>Money asked for, orders by value only.</summary>
    public decimal? Value { get; init; }

    /// <summary>Money executed, orders by value only.</summary>
    public decimal? FilledValue { get; init; }

    /// <summary>Limit price in the instrument's currency.</summary>
    public decimal? LimitPrice { get; init; }

    /// <summary>Stop price in the instrument's currency.</summary>
    public decimal? StopPrice { get; init; }

    /// <summary>The order's currency, ISO 4217.</summary>
    public string? Currency { get; init; }

    /// <summary>When the venue created the order.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>True when it may execute outside the regular session.</summary>
    public bool? ExtendedHours { get; init; }

    /// <summary>What placed it: a program or the person.</summary>
    public InitiatedFrom? InitiatedFrom { get; init; }

    /// <summary>How long it stays active (requests call the same thing timeValidity).</summary>
    public TimeValidity? TimeInForce { get; init; }

    /// <summary>The ticker, from <see cref="Ticker"/> or else from <see cref="Instrument"/>.</summary>
    [JsonIgnore]
    public string? ResolvedTicker => Ticker ?? Instrument?.Ticker;

    /// <summary>Shares asked for, negative for a sale whatever sign the venue sent: <see cref="Side"/> decides where it is present.</summary>
    [JsonIgnore]
    public decimal? SignedQuantity => SideSign.Apply(Side, Quantity);

    /// <summary>Shares asked for, never negative.</summary>
    [JsonIgnore]
    public decimal? AbsoluteQuantity => Quantity is { } quantity ? Math.Abs(quantity) : null;

    /// <summary>Shares executed so far, negative for a sale whatever sign the venue sent.</summary>
    [JsonIgnore]
    public decimal? SignedFilledQuantity => SideSign.Apply(Side, FilledQuantity);

    /// <summary>Shares executed so far, never negative.</summary>
    [JsonIgnore]
    public decimal? AbsoluteFilledQuantity => FilledQuantity is { } quantity ? Math.Abs(quantity) : null;

    /// <summary>True when the order can fill no further share: FILLED, CANCELLED, REJECTED or REPLACED. False when the status is absent or unknown.</summary>
    [JsonIgnore]
    public bool IsFinal => Status is OrderStatus.Filled or OrderStatus.Cancelled or OrderStatus.Rejected or OrderStatus.Replaced;
}
