using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;

namespace MicroTrader.Domain.Reconciliation;

/// <summary>Who placed an order, as far as the broker says.</summary>
public enum OrderOrigin
{
    /// <summary>The broker did not say.</summary>
    NotGiven,

    /// <summary>A program with the account's API key.</summary>
    Api,

    /// <summary>A person, or the broker itself.</summary>
    Other,
}

/// <summary>An order as the broker shows it.</summary>
/// <param name="OrderId">The broker's id.</param>
/// <param name="Ticker">The instrument.</param>
/// <param name="Side">Buy or sell; null where the broker did not say.</param>
/// <param name="Quantity">Shares asked for, without a sign; null where the broker did not say.</param>
/// <param name="FilledQuantity">Shares filled, without a sign.</param>
/// <param name="Status">The broker's word, e.g. <c>FILLED</c>.</param>
/// <param name="IsFinal">Whether nothing more can be filled.</param>
/// <param name="CreatedAt">When, by the broker's clock; null where it did not say.</param>
/// <param name="Origin">Who placed it.</param>
/// <param name="Fills">Its fills, where the history showed them.</param>
public sealed record BrokerOrder(
    long OrderId,
    Ticker Ticker,
    OrderSide? Side,
    decimal? Quantity,
    decimal FilledQuantity,
    string Status,
    bool IsFinal,
    DateTimeOffset? CreatedAt,
    OrderOrigin Origin,
    IReadOnlyList<Fill> Fills)
{
    /// <summary>
    /// Shares that came (or, negative, went) by fills that are no trade: a split or another corporate action; null where the order has none.
    /// Source: the <c>type</c> of a history item's fill in Trading 212's API description (June 2026).
    /// </summary>
    public decimal? CorporateQuantity { get; init; }
}

/// <summary>A holding as the broker shows it.</summary>
/// <param name="Ticker">The instrument.</param>
/// <param name="Quantity">Shares, the person's own included.</param>
/// <param name="AveragePrice">What was paid for a share on average, in the instrument's currency; null where the broker did not say.</param>
/// <param name="CurrentPrice">Price of a share now, in the instrument's currency; null where the broker did not say.</param>
/// <param name="OpenedAt">When the first of them was bought, by the broker's clock; null where it did not say.</param>
public sealed record BrokerHolding(Ticker Ticker, decimal Quantity, decimal? AveragePrice, decimal? CurrentPrice, DateTimeOffset? OpenedAt = null);

/// <summary>What was read at the broker. Null means that the read failed: it is never evidence of "flat".</summary>
/// <param name="Pending">The pending orders; null if they could not be read.</param>
/// <param name="PendingReadAt">When they were asked for, by our clock.</param>
/// <param name="History">The history's orders, newest first; null if it could not be read.</param>
/// <param name="HistoryReadAt">When its first page was asked for, by our clock.</param>
/// <param name="HistoryCompleteSince">The history holds every order created since then, by the broker's clock; null if it could not be read.</param>
/// <param name="Holdings">The holdings; null if they could not be read.</param>
/// <param name="HoldingsReadAt">When they were asked for, by our clock.</param>
public sealed record Evidence(
    IReadOnlyList<BrokerOrder>? Pending,
    DateTimeOffset PendingReadAt,
    IReadOnlyList<BrokerOrder>? History,
    DateTimeOffset HistoryReadAt,
    DateTimeOffset? HistoryCompleteSince,
    IReadOnlyDictionary<Ticker, BrokerHolding>? Holdings = null,
    DateTimeOffset HoldingsReadAt = default);
