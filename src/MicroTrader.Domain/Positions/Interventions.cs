using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;

namespace MicroTrader.Domain.Positions;

/// <summary>Why nothing is sent for a symbol until a person has said what is true.</summary>
public enum BlockCode
{
    /// <summary>AMBIGUOUS: several orders could be the one whose answer was lost.</summary>
    Ambiguous,

    /// <summary>CONTRADICTION: what the broker says cannot be true together with what the journal holds.</summary>
    Contradiction,

    /// <summary>LATE_ORDER: an order that was held for not placed turned up after its watch, or after its shares had gone another way.</summary>
    LateOrder,

    /// <summary>OVERSOLD: more was sold than was bought; shares of the person may be among it.</summary>
    Oversold,

    /// <summary>EXIT_UNCERTAIN: a sell's answer was lost, no such order shows, and the account holds shares of the person too.</summary>
    ExitUncertain,

    /// <summary>SHARES_MISSING: the broker refuses to sell for want of shares, and nothing explains where they went.</summary>
    SharesMissing,

    /// <summary>CORPORATE_ACTION: a split or the like changed the holding in a way that cannot be shared out for certain.</summary>
    CorporateAction,
}

/// <summary>What a person said about a blocked symbol.</summary>
public enum Resolution
{
    /// <summary>The order, or the shares, in question are the robot's.</summary>
    Mine,

    /// <summary>The order, or the shares, in question are not the robot's.</summary>
    NotMine,

    /// <summary>Sell what the robot holds, now.</summary>
    Sell,
}

/// <summary>Why shares came or went without an order of ours.</summary>
public enum AdjustmentReason
{
    /// <summary>The person sold shares that the robot had bought.</summary>
    ClosedByYou,

    /// <summary>A person took the shares over, by <c>resolve SYMBOL not-mine</c>.</summary>
    HandedOver,

    /// <summary>A split or the like.</summary>
    CorporateAction,

    /// <summary>A person accepted that more was sold than bought.</summary>
    Accepted,
}

/// <summary>The symbol needs the person: no order is sent for it until it is resolved.</summary>
/// <param name="Code">Why.</param>
/// <param name="Detail">The same in words.</param>
/// <param name="Reference">Our order that is in question; null where shares are.</param>
/// <param name="OrderIds">The broker's orders that are in question.</param>
/// <param name="At">When.</param>
public sealed record PositionBlocked(BlockCode Code, string Detail, OrderReference? Reference, IReadOnlyList<long> OrderIds, DateTimeOffset At) : IPositionEvent;

/// <summary>The person said what is true: the symbol is free again.</summary>
/// <param name="Choice">What was said.</param>
/// <param name="OrderId">The broker's order that was named as ours; null where none was.</param>
/// <param name="OtherOrderIds">Orders that are known from now on not to be the order in question.</param>
/// <param name="Detail">What follows from it, in words.</param>
/// <param name="At">When.</param>
public sealed record PositionResolved(Resolution Choice, long? OrderId, IReadOnlyList<long> OtherOrderIds, string Detail, DateTimeOffset At) : IPositionEvent;

/// <summary>Shares of ours came or went without an order of ours.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Quantity">Shares, negative for those that went.</param>
/// <param name="Price">What a share was sold at, in the instrument's currency; null where unknown or where none was sold.</param>
/// <param name="OrderIds">The broker's orders behind it.</param>
/// <param name="Detail">In words.</param>
/// <param name="At">When it was known.</param>
public sealed record HoldingAdjusted(
    AdjustmentReason Reason,
    decimal Quantity,
    decimal? Price,
    IReadOnlyList<long> OrderIds,
    string Detail,
    DateTimeOffset At) : IPositionEvent;

/// <summary>Evidence says that the shares are there and free: a sell that was refused for want of them, or not placed, may be intended anew.</summary>
/// <param name="Detail">The evidence in words.</param>
/// <param name="At">When.</param>
public sealed record ExitCleared(string Detail, DateTimeOffset At) : IPositionEvent;

/// <summary>An order of an earlier trade that was held for not placed exists, and a person said that it is the robot's: it becomes a trade of its own.</summary>
/// <param name="TradeNumber">The number of the new trade.</param>
/// <param name="Reference">Our reference of the buy, of the earlier trade.</param>
/// <param name="Ticker">The broker's identifier.</param>
/// <param name="Currency">The instrument's currency, ISO 4217.</param>
/// <param name="Quantity">Shares asked for.</param>
/// <param name="Signal">What the buy was decided on.</param>
/// <param name="BrokerClockOffsetMs">The broker's clock minus ours at the intent, in milliseconds.</param>
/// <param name="IntendedAt">When its intent was journalled.</param>
/// <param name="OrderId">The broker's id.</param>
/// <param name="At">When.</param>
public sealed record LateEntryAdopted(
    long TradeNumber,
    OrderReference Reference,
    Ticker Ticker,
    string Currency,
    decimal Quantity,
    EntrySignal Signal,
    long BrokerClockOffsetMs,
    DateTimeOffset IntendedAt,
    long OrderId,
    DateTimeOffset At) : IOrderEvent;

/// <summary>What was seen of an order on its way: requests and their outcomes, reads and what they showed. It changes nothing; it is what <c>explain</c> tells.</summary>
/// <param name="Reference">Our reference.</param>
/// <param name="Notes">What was seen, oldest first.</param>
/// <param name="At">When it was journalled.</param>
public sealed record EvidenceNoted(OrderReference Reference, IReadOnlyList<EvidenceNote> Notes, DateTimeOffset At) : IPositionEvent;

/// <summary>One thing that was seen of an order.</summary>
/// <param name="At">When it began.</param>
/// <param name="What">What was asked, e.g. <c>POST orders/market</c> or <c>verdict</c>.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="DurationMs">How long it took, in milliseconds; null where that means nothing.</param>
/// <param name="Times">How often the same was seen in a row.</param>
public sealed record EvidenceNote(DateTimeOffset At, string What, string Outcome, long? DurationMs = null, int Times = 1);

/// <summary>The words for blocks, resolutions and adjustments.</summary>
public static class InterventionWords
{
    /// <summary>AMBIGUOUS, CONTRADICTION, LATE_ORDER, OVERSOLD, EXIT_UNCERTAIN, SHARES_MISSING or CORPORATE_ACTION.</summary>
    public static string Word(this BlockCode code) => code switch
    {
        BlockCode.Ambiguous => "AMBIGUOUS",
        BlockCode.Contradiction => "CONTRADICTION",
        BlockCode.LateOrder => "LATE_ORDER",
        BlockCode.Oversold => "OVERSOLD",
        BlockCode.ExitUncertain => "EXIT_UNCERTAIN",
        BlockCode.SharesMissing => "SHARES_MISSING",
        BlockCode.CorporateAction => "CORPORATE_ACTION",
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, null),
    };

    /// <summary>What is typed: mine, not-mine or sell.</summary>
    public static string Word(this Resolution choice) => choice switch
    {
        Resolution.Mine => "mine",
        Resolution.NotMine => "not-mine",
        Resolution.Sell => "sell",
        _ => throw new ArgumentOutOfRangeException(nameof(choice), choice, null),
    };

    /// <summary>Reads what is typed; null for anything but mine, not-mine and sell.</summary>
    public static Resolution? ParseResolution(string text) => text switch
    {
        "mine" => Resolution.Mine,
        "not-mine" => Resolution.NotMine,
        "sell" => Resolution.Sell,
        _ => null,
    };
}
